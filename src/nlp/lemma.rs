//! Lemmas: a decision list from tag and ending to an edit script, learnt from the treebanks. Needs `tag`.
//!
//! The longest rule that fits decides: the whole word (`fought` → `fight`), then its last five, four, … characters
//! (`…ies` → `…y`), then the tag alone. A rule is kept only where it says something else than the shorter ones.

use super::doc::{Doc, LemmaAt};
use super::model::atoms::hash;
use super::model::container::{Kind, ModelError, Reader, Writer, open};
use super::model::vocabulary::Vocabulary;
use super::tags::{Upos, Xpos};

/// Longest ending of a rule, in characters.
pub const MAX_ENDING: usize = 6;

/// How to get the lemma from a word.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Script {
    /// Fold to lower case first.
    pub lower: bool,
    /// Characters to take off the end.
    pub cut: u8,
    /// What to put there.
    pub add: String,
}

impl Script {
    /// The shortest script from `word` to `lemma`.
    pub fn between(word: &str, lemma: &str) -> Self {
        let folded = word.to_lowercase();
        let lower = folded != word && !lemma.chars().any(char::is_uppercase);
        let from = if lower { &folded[..] } else { word };
        let shared: usize =
            from.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
        let cut = from[shared..].chars().count().min(255) as u8;
        Self { lower, cut, add: lemma[shared..].to_owned() }
    }

    /// Applies the script; `out` is overwritten. False when the word is too short for it.
    pub fn apply(&self, word: &str, out: &mut String) -> bool {
        out.clear();
        if self.lower {
            word.chars().for_each(|c| out.extend(c.to_lowercase()));
        } else {
            out.push_str(word);
        }
        for _ in 0..self.cut {
            if out.pop().is_none() {
                return false;
            }
        }
        out.push_str(&self.add);
        !out.is_empty()
    }
}

/// Key of a rule: a tag pair and the whole form (`None`) or its last `n` characters.
pub fn key(upos: Upos, xpos: Xpos, form: &str, ending: Option<usize>) -> Option<u32> {
    let part = match ending {
        None => form,
        Some(n) => {
            let at = form.char_indices().rev().nth(n.checked_sub(1)?).map(|(i, _)| i)?;
            &form[at..]
        }
    };
    let tags = (upos as u32) << 8 | xpos.index() as u32;
    let level = ending.map_or(99, |n| n as u32);
    Some(hash(part.as_bytes()) ^ (tags << 8 | level).wrapping_mul(0x9E37_79B1))
}

/// Longest word that rules look at, in bytes of its folded form.
const MAX_FORM: usize = 48;

/// The form that rules look at, on the stack: lower case, digits as `0`, quotes and dashes as they are.
#[derive(Debug, Clone, Copy)]
pub struct Folded {
    bytes: [u8; MAX_FORM],
    len: usize,
}

impl Folded {
    /// Folds `word`; `None` when it is too long.
    pub fn new(word: &str) -> Option<Self> {
        let mut form = Self { bytes: [0; MAX_FORM], len: 0 };
        for c in word.chars() {
            if c.is_ascii_digit() {
                form.push('0')?;
            } else {
                for lower in c.to_lowercase() {
                    form.push(lower)?;
                }
            }
        }
        Some(form)
    }

    fn push(&mut self, c: char) -> Option<()> {
        let end = self.len + c.len_utf8();
        c.encode_utf8(self.bytes.get_mut(self.len..end)?);
        self.len = end;
        Some(())
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or("")
    }
}

/// The lemmatiser.
#[derive(Debug, Clone, Default)]
pub struct Lemmatiser {
    scripts: Vec<Script>,
    rules: Vocabulary,
    chosen: Vec<u16>,
}

impl Lemmatiser {
    /// From rules: keys and the numbers of their scripts.
    pub fn new(scripts: Vec<Script>, rules: &[(u32, u16)]) -> Self {
        let keys: Vec<u32> = rules.iter().map(|r| r.0).collect();
        Self { scripts, rules: Vocabulary::new(&keys), chosen: rules.iter().map(|r| r.1).collect() }
    }

    /// The payload of a model file.
    pub fn write(scripts: &[Script], rules: &[(u32, u16)]) -> Vec<u8> {
        let mut w = Writer::default();
        w.u32(scripts.len() as u32);
        for s in scripts {
            w.u32(u32::from(s.lower) | u32::from(s.cut) << 1);
            w.bytes(s.add.as_bytes());
        }
        w.u32s(&rules.iter().map(|r| r.0).collect::<Vec<_>>());
        w.u32s(&rules.iter().map(|r| u32::from(r.1)).collect::<Vec<_>>());
        super::model::container::seal(Kind::Lemma, &w.bytes)
    }

    /// Loads a model file.
    ///
    /// # Errors
    /// When it is not such a model, of another version, or damaged.
    pub fn load(name: &str, bytes: &[u8]) -> Result<Self, ModelError> {
        let mut r = open(name, bytes, Kind::Lemma)?;
        let n = r.count()?;
        let mut scripts = Vec::new();
        for _ in 0..n {
            scripts.push(read_script(&mut r)?);
        }
        let keys = r.u32s()?;
        let chosen = r.u32s()?;
        r.end()?;
        if keys.len() != chosen.len() || chosen.iter().any(|&c| c as usize >= scripts.len()) {
            return Err(r.damaged("rules and scripts disagree"));
        }
        let rules: Vec<(u32, u16)> = keys.into_iter().zip(chosen.into_iter().map(|c| c as u16)).collect();
        Ok(Self::new(scripts, &rules))
    }

    /// Writes the lemma of a tagged word into `out`.
    pub fn lemma(&self, word: &str, upos: Upos, xpos: Xpos, out: &mut String) {
        out.clear();
        if upos == Upos::Num && word.bytes().any(|b| b.is_ascii_digit()) {
            // 1,250 is 1250
            out.extend(word.chars().filter(|&c| c != ','));
            return;
        }
        let Some(form) = Folded::new(word) else {
            out.push_str(word);
            return;
        };
        let form = form.as_str();
        let endings = std::iter::once(None).chain((1..=MAX_ENDING).rev().map(Some)).chain(std::iter::once(Some(0)));
        for ending in endings {
            let key = if ending == Some(0) { key(upos, xpos, "", None) } else { key(upos, xpos, form, ending) };
            if let Some(rule) = key.and_then(|k| self.rules.get(k))
                && self.scripts[self.chosen[rule as usize] as usize].apply(word, out)
            {
                if upos == Upos::Propn && out == word && word.len() > 3 && word.bytes().all(|b| b.is_ascii_lowercase())
                {
                    // "mexico", carelessly written
                    out[..1].make_ascii_uppercase();
                }
                return;
            }
        }
        out.clear();
        if upos == Upos::Propn {
            out.push_str(word);
        } else {
            word.chars().for_each(|c| out.extend(c.to_lowercase()));
        }
    }

    /// Fills the lemma of every token of `doc`.
    pub fn run(&self, doc: &mut Doc, buffer: &mut String) {
        doc.lemma_text.clear();
        for token in &mut doc.tokens {
            token.lemma = LemmaAt::Text;
        }
        for s in 0..doc.sentences.len() {
            let tokens = doc.sentences[s].tokens;
            let mut prose = None;
            for i in tokens.range() {
                let token = doc.tokens[i];
                let word = token.span.slice(&doc.article.text);
                if token.upos == Upos::Noun
                    && (2..=4).contains(&word.len())
                    && word.bytes().all(|b| b.is_ascii_uppercase())
                {
                    // A common noun in capitals is an abbreviation ("the IPO"), unless everything is in capitals.
                    let text = &doc.article.text;
                    let prose = *prose.get_or_insert_with(|| {
                        doc.tokens[tokens.range()]
                            .iter()
                            .any(|t| t.span.len() > 1 && t.span.slice(text).starts_with(|c: char| c.is_lowercase()))
                    });
                    let listed = Folded::new(word)
                        .and_then(|f| key(token.upos, token.xpos, f.as_str(), None))
                        .is_some_and(|k| self.rules.get(k).is_some());
                    if prose && !listed {
                        continue;
                    }
                }
                self.lemma(word, token.upos, token.xpos, buffer);
                doc.set_lemma(i, buffer);
            }
        }
    }
}

fn read_script(r: &mut Reader<'_>) -> Result<Script, ModelError> {
    let head = r.u32()?;
    let add = r.bytes()?;
    let add = std::str::from_utf8(add).map_err(|_| r.damaged("a script is not text"))?.to_owned();
    Ok(Script { lower: head & 1 == 1, cut: (head >> 1 & 255) as u8, add })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_rewrite_words() {
        let mut out = String::new();
        for (word, lemma) in [("Fought", "fight"), ("countries", "country"), ("Kyiv", "Kyiv"), ("was", "be")] {
            let script = Script::between(word, lemma);
            assert!(script.apply(word, &mut out));
            assert_eq!(out, lemma);
        }
        assert!(!Script { lower: false, cut: 9, add: String::new() }.apply("abc", &mut out));
    }

    #[test]
    fn longer_rules_win_and_files_round_trip() {
        let vbd = Xpos::parse("VBD").unwrap();
        let rule = |form: &str, ending| key(Upos::Verb, vbd, form, ending).unwrap();
        let scripts = vec![Script::between("signed", "sign"), Script::between("fed", "feed")];
        let rules = [(rule("ed", Some(2)), 0), (rule("fed", None), 1)];
        let file = Lemmatiser::write(&scripts, &rules);
        let lemmas = Lemmatiser::load("test", &file).unwrap();
        let mut out = String::new();
        for (word, lemma) in [("Signed", "Sign"), ("fed", "feed"), ("struck", "struck")] {
            lemmas.lemma(word, Upos::Verb, vbd, &mut out);
            assert_eq!(out, lemma);
        }
    }
}
