//! Tags, heads and relations. Needs `tokenize` and `sentences`; fills `upos`, `xpos`, `head` and `rel` of every token.
//!
//! Every head lies in its token's sentence, every sentence has exactly one root (its own head), and there is no cycle.

use super::doc::Doc;
use super::model::atoms::Atoms;
use super::model::container::{Kind, ModelError, open};
use super::model::features::{Features, SentenceCase, features};
use super::model::network::{BATCH, Network, NetworkScratch};
use super::model::tree::{TreeScratch, decode};

/// The tagger and parser.
#[derive(Debug)]
pub struct Syntax {
    /// The network behind it.
    pub network: Network,
}

/// Its buffers, one for each worker.
#[derive(Debug, Default)]
pub struct SyntaxScratch {
    /// Scores of the batch read last.
    pub network: NetworkScratch,
    tree: TreeScratch,
    atoms: Vec<Atoms>,
    features: Vec<Features>,
    lengths: Vec<usize>,
    heads: Vec<u32>,
}

impl Syntax {
    /// Loads a model file.
    ///
    /// # Errors
    /// When it is not such a model, of another version, or damaged.
    pub fn load(name: &str, bytes: &[u8]) -> Result<Self, ModelError> {
        Ok(Self { network: Network::read(&mut open(name, bytes, Kind::Syntax)?)? })
    }

    /// Tags and parses every sentence of `doc`.
    pub fn run(&self, doc: &mut Doc, scratch: &mut SyntaxScratch) {
        let mut first = 0;
        while first < doc.sentences.len() {
            let mut last = first;
            let mut words = 0;
            while last < doc.sentences.len() && (last == first || words + doc.sentences[last].tokens.len() <= BATCH) {
                words += doc.sentences[last].tokens.len();
                last += 1;
            }
            self.batch(doc, first..last, scratch);
            first = last;
        }
    }

    /// Reads sentences into `s.network`, which then has the scores of their tags.
    pub fn encode(&self, doc: &Doc, range: std::ops::Range<usize>, s: &mut SyntaxScratch) {
        s.features.clear();
        s.lengths.clear();
        for sentence in &doc.sentences[range] {
            let tokens = &doc.tokens[sentence.tokens.range()];
            s.atoms.clear();
            s.atoms.extend(tokens.iter().map(|t| Atoms::new(t.span.slice(&doc.article.text))));
            let case = SentenceCase::of(s.atoms.iter().map(|a| a.shape));
            let mut before = true;
            for (token, atoms) in tokens.iter().zip(&s.atoms) {
                let word = self.network.vocabulary.get(atoms.form);
                s.features.push(features(atoms, word, before, token.space_after, case));
                before = token.space_after;
            }
            s.lengths.push(tokens.len());
        }
        self.network.encode(&s.features, &s.lengths, &mut s.network);
    }

    fn batch(&self, doc: &mut Doc, range: std::ops::Range<usize>, s: &mut SyntaxScratch) {
        self.encode(doc, range.clone(), s);
        let mut t = 0;
        for (k, sentence) in doc.sentences[range].iter().enumerate() {
            let start = sentence.tokens.start;
            let tokens = &mut doc.tokens[sentence.tokens.range()];
            for token in tokens.iter_mut() {
                (token.upos, token.xpos) = self.network.tags(t, &s.network);
                t += 1;
            }
            self.network.score_arcs(k, &mut s.network);
            decode(&s.network.arcs, tokens.len(), &mut s.heads, &mut s.tree);
            for (token, head) in tokens.iter_mut().zip(&s.heads) {
                token.head = start + head;
            }
            self.network.relations(k, &s.heads, &mut s.network, |i, rel| tokens[i].rel = rel);
        }
    }
}
