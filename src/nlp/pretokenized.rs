//! Text whose words and sentences are given: CoNLL-U, or two columns of words and labels (BIO).
//!
//! Only words, sentences, documents, white space, ranges and comments are taken; tags and labels in the file are not
//! looked at, so that what comes out can be scored against them.

use super::conllu::Joined;
use super::doc::{Doc, Sentence, Token};
use crate::article::{Article, Block, BlockKind};
use crate::text::Span;

/// Longest sentence: scoring all pairs of words costs the square of it. Treebanks stay below 300.
const MAX_WORDS: usize = 1_000;
/// Longest word, in bytes.
const MAX_FORM: usize = 1_000;

/// One document of such a file.
#[derive(Debug, Clone, Default)]
pub struct Given {
    /// Its words and sentences, not yet analysed; each sentence is a block.
    pub doc: Doc,
    /// Ranges of CoNLL-U.
    pub joined: Vec<Joined>,
    /// The comment lines of each sentence; empty for BIO.
    pub comments: Vec<Vec<String>>,
}

/// Why a file was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct GivenError {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: &'static str,
}

/// Reads the documents of a file: CoNLL-U when its first line of words has ten columns, else BIO.
///
/// # Errors
/// A line that is neither, a sentence of more than 1,000 words, a word of more than 1,000 bytes.
pub fn read(text: &str) -> Result<Vec<Given>, GivenError> {
    let first = text.lines().find(|l| !l.trim().is_empty() && !l.starts_with("# "));
    let conllu = first.is_some_and(|l| l.split('\t').count() == COLUMNS);
    let mut reader = Reader::default();
    for (n, line) in text.lines().enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let refused = |what| GivenError { line: n + 1, what };
        if line.trim().is_empty() {
            reader.end_sentence();
        } else if conllu {
            reader.conllu_line(line).map_err(refused)?;
        } else {
            reader.bio_line(line).map_err(refused)?;
        }
    }
    reader.end_document();
    Ok(reader.done)
}

/// Columns of CoNLL-U.
const COLUMNS: usize = 10;

#[derive(Default)]
struct Reader {
    done: Vec<Given>,
    now: Given,
    article: Article,
    /// First token of the sentence at hand.
    first: usize,
    comments: Vec<String>,
    /// Last word of the range at hand, and whether white space follows it.
    range: Option<(usize, bool)>,
}

impl Reader {
    fn conllu_line(&mut self, line: &str) -> Result<(), &'static str> {
        if line.starts_with('#') {
            if line.starts_with("# newdoc") {
                self.end_document();
            }
            self.comments.push(line.to_owned());
            return Ok(());
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let &[id, form, .., misc] = &fields[..] else { return Err("not the ten columns of CoNLL-U") };
        if fields.len() != COLUMNS {
            return Err("not the ten columns of CoNLL-U");
        }
        let space = !misc.split('|').any(|m| m == "SpaceAfter=No");
        let here = self.now.doc.tokens.len() - self.first;
        if let Some((from, to)) = id.split_once('-') {
            let (Ok(from), Ok(to)) = (from.parse::<usize>(), to.parse::<usize>()) else {
                return Err("a range without numbers");
            };
            if from != here + 1 || to < from || to > MAX_WORDS {
                return Err("a range out of order");
            }
            let joined = Joined { first: self.first + from - 1, last: self.first + to - 1, form: form.to_owned() };
            self.now.joined.push(joined);
            self.range = Some((to, space));
            return Ok(());
        }
        if id.contains('.') {
            // Words that were left out of the sentence have no place in the text.
            return Ok(());
        }
        if id.parse() != Ok(here + 1) {
            return Err("words are not numbered from 1");
        }
        let space = match self.range {
            Some((last, space)) if here < last => here + 1 == last && space,
            _ => space,
        };
        self.word(form, space)
    }

    fn bio_line(&mut self, line: &str) -> Result<(), &'static str> {
        let word = line.split(['\t', ' ']).find(|field| !field.is_empty()).unwrap_or_default();
        if word == "-DOCSTART-" {
            self.end_document();
            return Ok(());
        }
        self.word(word, true)
    }

    fn word(&mut self, form: &str, space: bool) -> Result<(), &'static str> {
        if form.is_empty() || form.len() > MAX_FORM {
            return Err("a word that is empty or longer than 1,000 bytes");
        }
        let tokens = &mut self.now.doc.tokens;
        if tokens.len() - self.first == MAX_WORDS {
            return Err("a sentence of more than 1,000 words");
        }
        let text = &mut self.article.text;
        match tokens.last() {
            Some(_) if tokens.len() == self.first => text.push('\n'),
            Some(before) if before.space_after => text.push(' '),
            _ => {}
        }
        let start = text.len();
        text.push_str(form);
        tokens.push(Token::new(Span::of(start, text.len()), space, tokens.len() as u32));
        Ok(())
    }

    fn end_sentence(&mut self) {
        self.range = None;
        let tokens = Span::of(self.first, self.now.doc.tokens.len());
        if tokens.is_empty() {
            return;
        }
        // A range that promises more words than came ends with the last.
        if let Some(last) = self.now.joined.last_mut() {
            last.last = last.last.min(self.now.doc.tokens.len() - 1);
        }
        let kind = BlockKind::Paragraph;
        self.now.doc.sentences.push(Sentence { tokens, block: self.article.blocks.len() as u32, kind });
        self.article.blocks.push(Block { kind, span: self.now.doc.bytes(tokens) });
        self.now.comments.push(std::mem::take(&mut self.comments));
        self.first = tokens.end as usize;
    }

    fn end_document(&mut self) {
        self.end_sentence();
        if self.now.doc.tokens.is_empty() {
            return;
        }
        self.now.doc.article = std::mem::take(&mut self.article);
        self.done.push(std::mem::take(&mut self.now));
        self.first = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nlp::{Annotator, Scratch, conllu};
    use proptest::prelude::*;

    #[test]
    fn two_columns_are_read() {
        let text = "-DOCSTART-\tO\n\nOslo\tB-LOC\nwaits\tO\n\nHe left\n\n-DOCSTART- -X- O O\n\nRiga O\n";
        let given = read(text).unwrap();
        let texts: Vec<&str> = given.iter().map(|g| g.doc.text()).collect();
        assert_eq!(texts, ["Oslo waits\nHe", "Riga"]);
        assert_eq!(given[0].doc.sentences.len(), 2);
    }

    #[test]
    fn what_cannot_be_read_is_told_with_its_line() {
        let row = |id: &str| format!("{id}\tword\t_\t_\t_\t_\t_\t_\t_\t_\n");
        let error = read(&format!("{}{}", row("1"), row("3"))).unwrap_err();
        assert_eq!(error.to_string(), "line 2: words are not numbered from 1");
        let long = "word O\n".repeat(MAX_WORDS + 1);
        assert_eq!(read(&long).unwrap_err().line, MAX_WORDS + 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn any_file_is_refused_or_analysed(text in "([1-4]\t\\PC{1,4}(\t_){7}\t(_|SpaceAfter=No)\n|1-2\tx(\t_){8}\n|\n|\\PC{0,5} O\n){0,20}") {
            let Ok(given) = read(&text) else { return Ok(()) };
            for mut given in given {
                Annotator::builtin().unwrap().run_pretokenized(&mut given.doc, &mut Scratch::default());
                let mut out = String::new();
                conllu::write(&given.doc, &given.joined, Some(&given.comments), &mut out);
                let words = out.lines().filter(|l| l.split('\t').next().is_some_and(|id| id.parse::<u32>().is_ok()));
                prop_assert_eq!(words.count(), given.doc.tokens.len());
            }
        }
    }
}
