//! `tidings annotate`: language analysis alone, in a form that other tools read and score.

use super::{Failure, Global, log, print};
use crate::article::{Article, BlockKind};
use crate::nlp::conllu::{self, Joined};
use crate::nlp::{Annotator, Doc, Scratch, pretokenized};
use crate::read::{PlanOptions, ReadOptions, decode, plan, read_unit};
use crate::run::{RunError, exit};
use indicatif::MultiProgress;
use serde::Serialize;
use std::fmt::Write as _;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Flags of `tidings annotate`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files to analyse, in any format that `tidings run` reads; `-` is plain text on standard input, with blank lines
    /// between paragraphs
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// One JSON object for each article instead of CoNLL-U; offsets count characters
    #[arg(long)]
    json: bool,
    /// The files are CoNLL-U or two columns of words and labels (BIO): keep their sentences and words, and look at
    /// nothing else in them
    #[arg(long)]
    pretokenized: bool,
    /// Folder with models of your own (sentences.bin, syntax.bin, lemma.bin, names.bin); the others are built in
    #[arg(long, value_name = "DIR")]
    models: Option<PathBuf>,
}

const STDIN: &str = "-";

/// Analyses documents one after another and prints them.
struct Printer {
    annotator: Annotator,
    scratch: Scratch,
    json: bool,
    printed: usize,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    log::start(global, &MultiProgress::new());
    let annotator = Annotator::load(args.models.as_deref()).map_err(RunError::from)?;
    let mut printer = Printer { annotator, scratch: Scratch::default(), json: args.json, printed: 0 };
    let mut rejected = 0;
    for file in &args.files {
        if args.pretokenized {
            pretokenized(file, &mut printer)?;
        } else if file.as_os_str() == STDIN {
            let mut article = Article::default();
            for paragraph in text_of(file)?.replace("\r\n", "\n").split("\n\n") {
                article.push_block(BlockKind::Paragraph, paragraph);
            }
            printer.article(article);
        } else {
            rejected += articles(file, &mut printer)?;
        }
    }
    Ok(if rejected > 0 && printer.printed == 0 { exit::TOO_MANY_REJECTS } else { exit::OK })
}

/// Analyses the articles of a file or folder; returns how many records could not be read.
fn articles(path: &Path, printer: &mut Printer) -> Result<usize, Failure> {
    let plan = plan(&[path.to_owned()], &PlanOptions::default()).map_err(RunError::from)?;
    let mut rejected = 0;
    for unit in &plan.units {
        read_unit(unit, &ReadOptions::default(), &mut |record| {
            match record {
                Ok(article) => printer.article(article),
                Err(reject) => {
                    rejected += 1;
                    tracing::warn!("{}: {}", unit.shown, reject.message);
                }
            }
            ControlFlow::Continue(())
        })
        .map_err(RunError::from)?;
    }
    Ok(rejected)
}

fn pretokenized(path: &Path, printer: &mut Printer) -> Result<(), Failure> {
    let text = text_of(path)?;
    let given = pretokenized::read(&text)
        .map_err(|error| Failure::no_input(format!("{} cannot be read: {error}", path.display())))?;
    for mut given in given {
        printer.annotator.run_pretokenized(&mut given.doc, &mut printer.scratch);
        printer.print(&given.doc, &given.joined, Some(&given.comments));
    }
    Ok(())
}

/// The whole text of a file or of standard input.
fn text_of(path: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = if path.as_os_str() == STDIN {
        std::io::stdin().read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(|error| Failure::no_input(format!("cannot read {}: {error}", path.display())))?;
    Ok(decode::decode(&bytes, None).text)
}

impl Printer {
    fn article(&mut self, article: Article) {
        let mut doc = Doc::new(article);
        self.annotator.run(&mut doc, &mut self.scratch);
        self.print(&doc, &conllu::joined(&doc), None);
    }

    fn print(&mut self, doc: &Doc, joined: &[Joined], comments: Option<&[Vec<String>]>) {
        self.printed += 1;
        let mut out = String::new();
        if self.json {
            out = serde_json::to_string(&json(doc)).unwrap_or_default();
            out.push('\n');
        } else {
            if comments.is_none_or(|all| all.first().is_none_or(Vec::is_empty)) {
                let _ = writeln!(out, "# newdoc id = {}", id(doc, self.printed));
            }
            conllu::write(doc, joined, comments, &mut out);
        }
        print(&out);
    }
}

/// Where the article is from, in one line.
fn id(doc: &Doc, n: usize) -> String {
    let source = &doc.article.source;
    let path = source.path.replace(|c: char| c.is_control(), " ");
    if path.is_empty() { n.to_string() } else { format!("{path}#{}", source.record_no) }
}

#[derive(Serialize)]
struct JsonDoc<'d> {
    source: &'d str,
    record: u64,
    title: Option<&'d str>,
    text: &'d str,
    sentences: Vec<JsonSentence<'d>>,
    names: Vec<JsonName<'d>>,
}

#[derive(Serialize)]
struct JsonSentence<'d> {
    start: usize,
    end: usize,
    tokens: Vec<JsonToken<'d>>,
}

/// `head` counts the tokens of the sentence from 0; a root has none.
#[derive(Serialize)]
struct JsonToken<'d> {
    text: &'d str,
    start: usize,
    end: usize,
    lemma: &'d str,
    upos: &'d str,
    xpos: &'d str,
    head: Option<usize>,
    deprel: &'d str,
}

#[derive(Serialize)]
struct JsonName<'d> {
    text: &'d str,
    start: usize,
    end: usize,
    kind: &'static str,
    confidence: f32,
}

fn json(doc: &Doc) -> JsonDoc<'_> {
    // Tokens come in text order: each offset is counted on from the last.
    let (mut at, mut count) = (0, 0);
    let spans: Vec<(usize, usize)> = doc
        .tokens
        .iter()
        .map(|token| {
            let mut to = |offset: u32| {
                count += doc.text()[at..offset as usize].chars().count();
                at = offset as usize;
                count
            };
            (to(token.span.start), to(token.span.end))
        })
        .collect();
    let sentences = doc.sentences.iter().map(|sentence| {
        let range = sentence.tokens.range();
        let tokens = range.clone().map(|i| JsonToken {
            text: doc.word(i),
            start: spans[i].0,
            end: spans[i].1,
            lemma: doc.lemma(i),
            upos: doc.tokens[i].upos.as_str(),
            xpos: doc.tokens[i].xpos.as_str(),
            head: (!doc.is_root(i)).then(|| doc.tokens[i].head as usize - range.start),
            deprel: doc.tokens[i].rel.as_str(),
        });
        JsonSentence { start: spans[range.start].0, end: spans[range.end - 1].1, tokens: tokens.collect() }
    });
    let names = doc.names.iter().map(|name| JsonName {
        text: doc.words(name.tokens),
        start: spans[name.tokens.start as usize].0,
        end: spans[name.tokens.end as usize - 1].1,
        kind: name.kind.as_str(),
        confidence: (name.confidence * 1000.0).round() / 1000.0,
    });
    JsonDoc {
        source: &doc.article.source.path,
        record: doc.article.source.record_no,
        title: doc.article.title.as_deref(),
        text: doc.text(),
        sentences: sentences.collect(),
        names: names.collect(),
    }
}
