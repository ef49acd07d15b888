//! Article to [`Doc`]: tokens, sentences, tags, lemmas, dependencies, names.
//!
//! Each pass is a function or predictor with `run(&self, doc: &mut Doc)`; the [`Annotator`] holds them in order:
//! `tokenize`, `sentences`, `syntax` (tags and dependencies), `lemma`, `names`.

mod builtin;
pub mod clusters;
pub mod conllu;
pub mod doc;
pub mod lemma;
pub mod model;
pub mod names;
pub mod pretokenized;
pub mod sentences;
pub mod syntax;
pub mod tags;
pub mod tokenize;

pub use builtin::sha256 as builtin_sha256;
pub use doc::{Doc, Name, NameKind, Sentence, Token};
pub use model::container::ModelError;

use model::container::Kind;
use std::borrow::Cow;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// All models in the order in which they run. Cheap to clone and to share: models are read-only.
#[derive(Debug, Clone)]
pub struct Annotator {
    splitter: Arc<sentences::Splitter>,
    syntax: Arc<syntax::Syntax>,
    lemmas: Arc<lemma::Lemmatiser>,
    names: Arc<names::Names>,
    sha256: Arc<str>,
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
        Ok(Self {
            splitter: builtin_splitter()?,
            syntax: builtin_syntax()?,
            lemmas: builtin_lemmas()?,
            names: builtin_names()?,
            sha256: builtin::sha256().into(),
        })
    }

    /// The models in `dir` (`sentences.bin`, `syntax.bin`, `lemma.bin`, `names.bin`); the built-in one stands in for a
    /// file that is not there, and is not loaded otherwise.
    ///
    /// # Errors
    /// When `dir` is no folder or has none of these files, or when one of them cannot be read, is of another version,
    /// or is damaged; also when it has word classes (`clusters.bin`) other than those compiled in, on which names rest.
    pub fn from_dir(dir: &Path) -> Result<Self, ModelError> {
        let folder = dir.display().to_string();
        if !dir.is_dir() {
            return Err(ModelError::Unreadable { name: folder, why: "there is no such folder".to_owned() });
        }
        let [sentences, syntax, lemma, names] =
            [Kind::Sentences, Kind::Syntax, Kind::Lemma, Kind::Names].map(|kind| read_model(dir, kind));
        let (sentences, syntax, lemma, names) = (sentences?, syntax?, lemma?, names?);
        if [&sentences, &syntax, &lemma, &names].iter().all(|file| file.is_none()) {
            let why = "none of sentences.bin, syntax.bin, lemma.bin and names.bin is in this folder".to_owned();
            return Err(ModelError::Unreadable { name: folder, why });
        }
        if let Some((name, bytes)) = read_model(dir, Kind::Clusters)?
            && bytes != builtin::CLUSTERS
        {
            let why = "the word classes are compiled in and these are others; build the program with them".to_owned();
            return Err(ModelError::Unreadable { name, why });
        }
        let bytes = |file: &Option<ModelFile>, own| file.as_ref().map_or(own, |(_, bytes)| Cow::from(bytes.clone()));
        let sha256 = builtin::digest(&[
            Cow::from(builtin::CLUSTERS),
            bytes(&lemma, builtin::LEMMA.into()),
            bytes(&names, builtin::NAMES.into()),
            bytes(&sentences, builtin::SENTENCES.into()),
            bytes(&syntax, builtin::SYNTAX.into()),
        ]);
        Ok(Self {
            splitter: match sentences {
                Some((name, bytes)) => Arc::new(sentences::Splitter::load(&name, &bytes)?),
                None => builtin_splitter()?,
            },
            syntax: match syntax {
                Some((name, bytes)) => Arc::new(syntax::Syntax::load(&name, &bytes)?),
                None => builtin_syntax()?,
            },
            lemmas: match lemma {
                Some((name, bytes)) => Arc::new(lemma::Lemmatiser::load(&name, &bytes)?),
                None => builtin_lemmas()?,
            },
            names: match names {
                Some((name, bytes)) => load_names(&name, &bytes)?,
                None => builtin_names()?,
            },
            sha256: sha256.into(),
        })
    }

    /// The models in `dir` if one is given, else the built-in ones.
    ///
    /// # Errors
    /// As [`Annotator::from_dir`].
    pub fn load(dir: Option<&Path>) -> Result<Self, ModelError> {
        dir.map_or_else(Self::builtin, Self::from_dir)
    }

    /// SHA-256 of the models in use, lower-case hex: two runs with the same digest used the same models.
    pub fn sha256(&self) -> &str {
        &self.sha256
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

    /// The name recogniser.
    pub fn names(&self) -> &names::Names {
        &self.names
    }

    /// The tagger and parser.
    pub fn syntax(&self) -> &syntax::Syntax {
        &self.syntax
    }
}

fn builtin_splitter() -> Result<Arc<sentences::Splitter>, ModelError> {
    let load = || sentences::Splitter::load("sentences (built in)", builtin::SENTENCES).map(Arc::new);
    SPLITTER.get_or_init(load).clone()
}

fn builtin_syntax() -> Result<Arc<syntax::Syntax>, ModelError> {
    SYNTAX.get_or_init(|| syntax::Syntax::load("syntax (built in)", builtin::SYNTAX).map(Arc::new)).clone()
}

fn builtin_lemmas() -> Result<Arc<lemma::Lemmatiser>, ModelError> {
    LEMMAS.get_or_init(|| lemma::Lemmatiser::load("lemma (built in)", builtin::LEMMA).map(Arc::new)).clone()
}

fn builtin_names() -> Result<Arc<names::Names>, ModelError> {
    NAMES.get_or_init(|| load_names("names (built in)", builtin::NAMES)).clone()
}

/// Name and bytes of a model's file.
type ModelFile = (String, Vec<u8>);

fn load_names(name: &str, bytes: &[u8]) -> Result<Arc<names::Names>, ModelError> {
    names::Names::from_bytes(bytes).map(Arc::new).map_err(|error| error.named(name))
}

/// The file of a model in `dir`, if it is there.
fn read_model(dir: &Path, kind: Kind) -> Result<Option<ModelFile>, ModelError> {
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
