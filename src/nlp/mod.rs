//! Article to [`Doc`]: tokens, sentences, tags, lemmas, dependencies, names.
//!
//! Each pass is a function or predictor with `run(&self, doc: &mut Doc)`; the [`Annotator`] holds them in order:
//! `tokenize`, `sentences`, `syntax` (tags and dependencies), `lemma`, `names`.

mod builtin;
pub mod clusters;
pub mod doc;
pub mod lemma;
pub mod model;
pub mod names;
pub mod sentences;
pub mod syntax;
pub mod tags;
pub mod tokenize;

pub use builtin::sha256 as builtin_sha256;
pub use doc::{Doc, Name, NameKind, Sentence, Token};
pub use model::container::ModelError;

use model::container::Kind;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// All models in the order in which they run. Cheap to clone and to share: models are read-only.
#[derive(Debug, Clone)]
pub struct Annotator {
    splitter: Arc<sentences::Splitter>,
    syntax: Arc<syntax::Syntax>,
    lemmas: Arc<lemma::Lemmatiser>,
    names: Arc<names::Names>,
}

/// What a worker reuses from article to article.
#[derive(Debug, Default)]
pub struct Scratch {
    syntax: syntax::SyntaxScratch,
    lemma: String,
    names: names::NamesScratch,
}

static SPLITTER: OnceLock<Result<Arc<sentences::Splitter>, ModelError>> = OnceLock::new();
static SYNTAX: OnceLock<Result<Arc<syntax::Syntax>, ModelError>> = OnceLock::new();
static LEMMAS: OnceLock<Result<Arc<lemma::Lemmatiser>, ModelError>> = OnceLock::new();
static NAMES: OnceLock<Result<Arc<names::Names>, ModelError>> = OnceLock::new();

impl Annotator {
    /// The models built into the program, loaded at the first call.
    ///
    /// # Errors
    /// When a built-in model was damaged or left from another version at build time.
    pub fn builtin() -> Result<Self, ModelError> {
        let splitter = SPLITTER
            .get_or_init(|| sentences::Splitter::load("sentences (built in)", builtin::SENTENCES).map(Arc::new))
            .clone()?;
        let syntax =
            SYNTAX.get_or_init(|| syntax::Syntax::load("syntax (built in)", builtin::SYNTAX).map(Arc::new)).clone()?;
        let lemmas =
            LEMMAS.get_or_init(|| lemma::Lemmatiser::load("lemma (built in)", builtin::LEMMA).map(Arc::new)).clone()?;
        let names = NAMES.get_or_init(|| load_names("names (built in)", builtin::NAMES)).clone()?;
        Ok(Self { splitter, syntax, lemmas, names })
    }

    /// The models in `dir` (`sentences.bin`, `syntax.bin`, `lemma.bin`, `names.bin`); a file that is not there is
    /// replaced by the built-in one.
    ///
    /// # Errors
    /// When a file there cannot be read, is of another version, or is damaged.
    pub fn from_dir(dir: &Path) -> Result<Self, ModelError> {
        let mut annotator = Self::builtin()?;
        if let Some((name, bytes)) = read_model(dir, Kind::Sentences)? {
            annotator.splitter = Arc::new(sentences::Splitter::load(&name, &bytes)?);
        }
        if let Some((name, bytes)) = read_model(dir, Kind::Syntax)? {
            annotator.syntax = Arc::new(syntax::Syntax::load(&name, &bytes)?);
        }
        if let Some((name, bytes)) = read_model(dir, Kind::Lemma)? {
            annotator.lemmas = Arc::new(lemma::Lemmatiser::load(&name, &bytes)?);
        }
        if let Some((name, bytes)) = read_model(dir, Kind::Names)? {
            annotator.names = load_names(&name, &bytes)?;
        }
        Ok(annotator)
    }

    /// Analyses the article of `doc` from its text.
    pub fn run(&self, doc: &mut Doc, scratch: &mut Scratch) {
        tokenize::run(doc);
        self.splitter.run(doc);
        self.run_pretokenized(doc, scratch);
    }

    /// Analyses a `doc` whose tokens and sentences are given.
    pub fn run_pretokenized(&self, doc: &mut Doc, scratch: &mut Scratch) {
        self.syntax.run(doc, &mut scratch.syntax);
        self.lemmas.run(doc, &mut scratch.lemma);
        self.names.run(doc, &mut scratch.names);
    }

    /// The sentence splitter.
    pub fn splitter(&self) -> &sentences::Splitter {
        &self.splitter
    }

    /// The tagger and parser.
    pub fn syntax(&self) -> &syntax::Syntax {
        &self.syntax
    }
}

fn load_names(name: &str, bytes: &[u8]) -> Result<Arc<names::Names>, ModelError> {
    names::Names::from_bytes(bytes)
        .map(Arc::new)
        .map_err(|e| ModelError::Unreadable { name: name.to_owned(), why: e.to_string() })
}

/// The file of a model in `dir`, if it is there.
fn read_model(dir: &Path, kind: Kind) -> Result<Option<(String, Vec<u8>)>, ModelError> {
    let path = dir.join(kind.file_stem()).with_extension("bin");
    let name = path.display().to_string();
    match std::fs::read(&path) {
        Ok(bytes) => Ok(Some((name, bytes))),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(ModelError::Unreadable { name, why: e.to_string() }),
    }
}

#[cfg(test)]
mod tests;
