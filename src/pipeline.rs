//! One article through language analysis and extraction: what a worker does, and what library users call.

use crate::article::Article;
use crate::extract::{ExtractOptions, Extractor, Findings};
use crate::lexicon::Lexicon;
use crate::nlp::{Annotator, Doc, ModelError};
use std::path::Path;

/// Models and lexicons, loaded once and shared by all workers.
#[derive(Debug, Clone)]
pub struct Pipeline<'l> {
    annotator: Annotator,
    lexicon: &'l Lexicon,
    options: ExtractOptions,
}

/// One worker: shares the models, owns its memory.
#[derive(Debug)]
pub struct Worker<'p> {
    annotator: &'p Annotator,
    extractor: Extractor<'p>,
    nlp: crate::nlp::Scratch,
    extract: crate::extract::Scratch,
    doc: Doc,
    findings: Findings,
}

impl Pipeline<'static> {
    /// With the models and lexicons compiled into the program.
    ///
    /// # Errors
    /// When a built-in model is damaged.
    pub fn builtin(options: ExtractOptions) -> Result<Self, ModelError> {
        Ok(Self { annotator: Annotator::builtin()?, lexicon: Lexicon::builtin(), options })
    }
}

impl<'l> Pipeline<'l> {
    /// With a lexicon of the user's own.
    ///
    /// # Errors
    /// When a built-in model is damaged.
    pub fn with_lexicon(lexicon: &'l Lexicon, options: ExtractOptions) -> Result<Self, ModelError> {
        Ok(Self { annotator: Annotator::builtin()?, lexicon, options })
    }

    /// With models of the user's own from `dir` in place of the built-in ones.
    ///
    /// # Errors
    /// As [`Annotator::from_dir`].
    pub fn with_models(lexicon: &'l Lexicon, options: ExtractOptions, dir: Option<&Path>) -> Result<Self, ModelError> {
        Ok(Self { annotator: Annotator::load(dir)?, lexicon, options })
    }

    /// SHA-256 of the models in use.
    pub fn models_sha256(&self) -> &str {
        self.annotator.sha256()
    }

    /// The lexicon in use.
    pub const fn lexicon(&self) -> &'l Lexicon {
        self.lexicon
    }

    /// A worker over these models.
    pub fn worker(&self) -> Worker<'_> {
        Worker {
            annotator: &self.annotator,
            extractor: Extractor::new(self.lexicon, self.options),
            nlp: crate::nlp::Scratch::default(),
            extract: crate::extract::Scratch::default(),
            doc: Doc::default(),
            findings: Findings::default(),
        }
    }
}

impl Worker<'_> {
    /// Analyses one article. The result stays valid until the next call.
    pub fn analyse(&mut self, article: Article) -> (&Doc, &Findings) {
        self.doc.reset(article);
        self.annotator.run(&mut self.doc, &mut self.nlp);
        self.findings = self.extractor.run(&self.doc, &mut self.extract);
        (&self.doc, &self.findings)
    }
}
