//! A [`Doc`] as CoNLL-U, the form that every Universal Dependencies tool reads.
//!
//! Names stand in MISC as `Entity=B-PER` at their first word and `Entity=I-PER` at the others (PER, LOC, ORG, MISC);
//! words outside names have no such key. Words printed as one (`don't`) are a range, as in the English treebanks.

use super::doc::Doc;
use super::tags::Xpos;
use super::tokenize::is_second_part;
use std::fmt::Write as _;

/// Words that are printed as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joined {
    /// Index of the first in `Doc::tokens`.
    pub first: usize,
    /// Index of the last.
    pub last: usize,
    /// What is printed.
    pub form: String,
}

/// The words of `doc` that our tokenizer took apart: verbs with `n't`, nouns with `'s`, `can|not`.
pub fn joined(doc: &Doc) -> Vec<Joined> {
    let mut all: Vec<Joined> = Vec::new();
    for s in &doc.sentences {
        for i in s.tokens.range().skip(1) {
            if doc.tokens[i - 1].space_after || !is_second_part(doc.word(i - 1), doc.word(i)) {
                continue;
            }
            match all.last_mut() {
                Some(last) if last.last + 1 == i => {
                    last.last = i;
                    last.form.push_str(doc.word(i));
                }
                _ => {
                    all.push(Joined { first: i - 1, last: i, form: format!("{}{}", doc.word(i - 1), doc.word(i)) });
                }
            }
        }
    }
    all
}

/// `B-PER`, `I-PER` or nothing for every token of `doc`.
fn entities(doc: &Doc) -> Vec<Option<(char, &'static str)>> {
    let mut all = vec![None; doc.tokens.len()];
    for name in &doc.names {
        for (n, i) in name.tokens.range().enumerate() {
            all[i] = Some((if n == 0 { 'B' } else { 'I' }, name.kind.as_str()));
        }
    }
    all
}

/// Appends sentence after sentence. `comments` are lines to print above each sentence (with their `#`); where there
/// are none, paragraphs and sentences are numbered.
pub fn write(doc: &Doc, joined: &[Joined], comments: Option<&[Vec<String>]>, out: &mut String) {
    let entities = entities(doc);
    let mut joined = joined.iter().peekable();
    let mut block = None;
    for (s, sentence) in doc.sentences.iter().enumerate() {
        let given = comments.and_then(|all| all.get(s));
        if let Some(lines) = given {
            for line in lines {
                push_line(out, line);
            }
        } else {
            if block != Some(sentence.block) {
                push_line(out, "# newpar");
            }
            let _ = writeln!(out, "# sent_id = {}", s + 1);
        }
        block = Some(sentence.block);
        if !given.is_some_and(|lines| lines.iter().any(|l| l.starts_with("# text ="))) {
            out.push_str("# text = ");
            push_one_line(out, doc.words(sentence.tokens));
            out.push('\n');
        }
        let start = sentence.tokens.start as usize;
        let mut inside = 0;
        for i in sentence.tokens.range() {
            let token = &doc.tokens[i];
            let id = i - start + 1;
            if let Some(range) = joined.next_if(|j| j.first == i) {
                let misc = if doc.tokens[range.last].space_after { "_" } else { "SpaceAfter=No" };
                let (form, last) = (&range.form, range.last - start + 1);
                let _ = writeln!(out, "{id}-{last}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}");
                inside = range.last + 1;
            }
            let xpos = if token.xpos == Xpos::NONE { "_" } else { token.xpos.as_str() };
            let head = if doc.is_root(i) { 0 } else { token.head as usize - start + 1 };
            let _ = write!(
                out,
                "{id}\t{}\t{}\t{}\t{xpos}\t_\t{head}\t{}\t_\t",
                doc.word(i),
                doc.lemma(i),
                token.upos.as_str(),
                token.rel.as_str()
            );
            // White space after a range is said on the range.
            let glued = !token.space_after && i >= inside;
            match (entities[i], glued) {
                (None, false) => out.push('_'),
                (None, true) => out.push_str("SpaceAfter=No"),
                (Some((place, kind)), glued) => {
                    let _ = write!(out, "Entity={place}-{kind}{}", if glued { "|SpaceAfter=No" } else { "" });
                }
            }
            out.push('\n');
        }
        out.push('\n');
    }
}

fn push_line(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

/// A sentence may run over a line break of its source.
fn push_one_line(out: &mut String, text: &str) {
    out.extend(text.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }));
}

#[cfg(test)]
mod tests {
    use super::super::pretokenized;
    use super::*;
    use crate::article::{Article, BlockKind};
    use crate::nlp::{Annotator, Scratch};

    #[test]
    fn what_is_written_reads_back() {
        let mut article = Article::default();
        article.push_block(BlockKind::Paragraph, "Ministers didn't meet Anna Lindqvist in Riga. They\nleft.");
        let mut doc = Doc::new(article);
        Annotator::builtin().unwrap().run(&mut doc, &mut Scratch::default());
        let mut out = String::new();
        write(&doc, &joined(&doc), None, &mut out);
        assert!(out.contains("2-3\tdidn't\t"), "{out}");
        assert!(out.contains("Entity=B-PER\n") && out.contains("Entity=I-PER\n"), "{out}");
        assert!(out.contains("# text = They left."), "{out}");
        let back = pretokenized::read(&out).unwrap();
        assert_eq!(back.len(), 1);
        let words = |doc: &Doc| (0..doc.tokens.len()).map(|i| doc.word(i).to_owned()).collect::<Vec<_>>();
        assert_eq!(words(&back[0].doc), words(&doc));
        assert_eq!(back[0].joined, joined(&doc));
        let glue = |doc: &Doc| doc.tokens.iter().map(|t| t.space_after).collect::<Vec<_>>();
        assert_eq!(glue(&back[0].doc)[..8], glue(&doc)[..8]);
    }
}
