//! A [`Doc`]: one article and what language analysis found in it, in flat arrays.
//!
//! A worker owns one `Doc` and reuses it: [`Doc::reset`] clears the arrays and keeps their memory. Passes take
//! `&mut Doc`, return nothing, and each says which passes it needs before it. All arrays are in text order.

use super::tags::{Rel, Upos, Xpos};
use crate::article::{Article, BlockKind};
use crate::text::{Byte, Span};

/// One article's analysis.
#[derive(Debug, Default, Clone)]
pub struct Doc {
    /// The article itself; its text is what all byte spans index.
    pub article: Article,
    /// All tokens, sentence after sentence. Filled by `tokenize`.
    pub tokens: Vec<Token>,
    /// All sentences. Filled by `sentences`.
    pub sentences: Vec<Sentence>,
    /// Names, never overlapping. Filled by `names`.
    pub names: Vec<Name>,
    /// Lemmas that are not the token's own text, one after another.
    pub(crate) lemma_text: String,
}

/// A token: where it is, and what the passes found about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the article's text.
    pub span: Span<Byte>,
    /// White space follows in the text (`SpaceAfter` of CoNLL-U).
    pub space_after: bool,
    /// Universal part of speech. Filled by `tag`.
    pub upos: Upos,
    /// Penn Treebank tag. Filled by `tag`.
    pub xpos: Xpos,
    /// Relation to `head`. Filled by `parse`.
    pub rel: Rel,
    /// Index in `Doc::tokens` of the syntactic head; a root is its own head. Filled by `parse`.
    pub head: u32,
    /// Where the lemma is. Filled by `lemma`.
    pub(crate) lemma: LemmaAt,
}

/// Where a lemma is to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LemmaAt {
    /// The token's own text.
    Text,
    /// `start..start + len` of `Doc::lemma_text`.
    Arena { start: u32, len: u16 },
}

/// A sentence: a run of tokens within one block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens.
    pub tokens: Span<Token>,
    /// Index of its block in `article.blocks`.
    pub block: u32,
    /// Kind of that block.
    pub kind: BlockKind,
}

/// A name found by the name recogniser (or, until it is trained, by capitals).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Name {
    /// Its tokens, within one sentence.
    pub tokens: Span<Token>,
    /// What it names.
    pub kind: NameKind,
    /// Probability-like score, 0 to 1.
    pub confidence: f32,
}

/// Kinds of names the recogniser tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// A person.
    Per,
    /// A place: country, town, region, river, building.
    Loc,
    /// An organisation, company, party, armed group.
    Org,
    /// Any other name: events, treaties, products, works.
    Misc,
}

impl NameKind {
    /// The usual three- or four-letter label.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Per => "PER",
            Self::Loc => "LOC",
            Self::Org => "ORG",
            Self::Misc => "MISC",
        }
    }
}

impl Token {
    /// An unanalysed token. `head` must be its own index until parsed.
    pub fn new(span: Span<Byte>, space_after: bool, index: u32) -> Self {
        Self { span, space_after, upos: Upos::X, xpos: Xpos::NONE, rel: Rel::Dep, head: index, lemma: LemmaAt::Text }
    }
}

impl Doc {
    /// Takes a new article and clears the analysis of the last, keeping memory.
    pub fn reset(&mut self, article: Article) {
        self.article = article;
        self.tokens.clear();
        self.sentences.clear();
        self.names.clear();
        self.lemma_text.clear();
    }

    /// A doc over a new article, not yet analysed.
    pub fn new(article: Article) -> Self {
        Self { article, ..Self::default() }
    }

    /// The article's text.
    pub fn text(&self) -> &str {
        &self.article.text
    }

    /// Text of token `i`.
    pub fn word(&self, i: usize) -> &str {
        self.tokens[i].span.slice(&self.article.text)
    }

    /// Lemma of token `i`: lower case, except for names and symbols. Before the `lemma` pass, the token's text.
    pub fn lemma(&self, i: usize) -> &str {
        match self.tokens[i].lemma {
            LemmaAt::Text => self.word(i),
            LemmaAt::Arena { start, len } => &self.lemma_text[start as usize..start as usize + len as usize],
        }
    }

    /// Sets the lemma of token `i`.
    pub fn set_lemma(&mut self, i: usize, lemma: &str) {
        self.tokens[i].lemma = if lemma == self.word(i) {
            LemmaAt::Text
        } else {
            let start = self.lemma_text.len() as u32;
            self.lemma_text.push_str(lemma);
            LemmaAt::Arena { start, len: lemma.len() as u16 }
        };
    }

    /// Bytes covered by a run of tokens. The run must not be empty.
    pub fn bytes(&self, tokens: Span<Token>) -> Span<Byte> {
        let first = self.tokens[tokens.start as usize].span;
        let last = self.tokens[tokens.end as usize - 1].span;
        Span::new(first.start, last.end)
    }

    /// Text covered by a run of tokens, as it stands in the article.
    pub fn words(&self, tokens: Span<Token>) -> &str {
        if tokens.is_empty() { "" } else { self.bytes(tokens).slice(&self.article.text) }
    }

    /// Tokens of sentence `s`.
    pub fn sentence(&self, s: usize) -> &[Token] {
        &self.tokens[self.sentences[s].tokens.range()]
    }

    /// Index of the sentence that holds token `i`.
    pub fn sentence_of(&self, i: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.end as usize <= i)
    }

    /// True when token `i` is a root of its sentence.
    pub fn is_root(&self, i: usize) -> bool {
        self.tokens[i].head as usize == i
    }
}
