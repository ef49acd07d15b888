//! Trains and scores the models that tidings carries.
//!
//! `tidings-train all --data ../shared/data --out models` trains everything; a model's name in place of `all` trains
//! one; `score` measures what is in `--models` (or built in). Training is deterministic. Build it with
//! `RUSTFLAGS="-C target-cpu=native"` for speed: the numbers are the same.

mod bio;
mod clusters;
mod clusters_exchange;
mod clusters_text;
mod conllu;
mod dense;
mod embed;
mod lemma;
mod names;
mod names_cli;
mod names_crf;
mod names_data;
mod names_examples;
mod names_lexicon;
mod names_raw;
mod raw;
mod rng;
mod score;
mod sparse;
mod split;

use anyhow::{Context, Result, bail};
use conllu::Sentence;
use embed::Vectors;
use std::path::{Path, PathBuf};
use tidings::nlp::Annotator;
use tidings::nlp::syntax::Syntax;

/// Components of the word vectors, and for how many words they are learnt.
const VECTOR: usize = 96;
const VECTOR_WORDS: usize = 50_000;
const VECTOR_EPOCHS: usize = 4;

struct Options {
    command: String,
    data: PathBuf,
    out: PathBuf,
    /// Where word vectors are kept between runs.
    cache: PathBuf,
    models: Option<PathBuf>,
    only: String,
    /// Syntax models that label news for the new one.
    teachers: Vec<PathBuf>,
    news_words: usize,
    /// A model to go on from.
    start: Option<PathBuf>,
    /// `--set name=value` of the syntax plan.
    settings: Vec<(String, f32)>,
}

fn options() -> Result<Options> {
    let mut args = std::env::args().skip(1);
    let mut o = Options {
        command: args.next().context(
            "usage: tidings-train all|sentences|vectors|syntax|lemma|sparse|score|show|differences|lemma-errors [--data DIR] [--out DIR]",
        )?,
        data: "../shared/data".into(),
        out: "models".into(),
        cache: "target/train".into(),
        models: None,
        only: String::new(),
        teachers: Vec::new(),
        news_words: 1_000_000,
        start: None,
        settings: Vec::new(),
    };
    while let Some(arg) = args.next() {
        let mut value = || args.next().with_context(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--data" => o.data = value()?.into(),
            "--out" => o.out = value()?.into(),
            "--cache" => o.cache = value()?.into(),
            "--models" => o.models = Some(value()?.into()),
            "--teacher" => o.teachers.push(value()?.into()),
            "--start" => o.start = Some(value()?.into()),
            "--news-words" => o.news_words = value()?.parse()?,
            "--only" => o.only = value()?,
            "--set" => {
                let pair = value()?;
                let (name, number) = pair.split_once('=').context("--set name=number")?;
                o.settings.push((name.to_owned(), number.parse()?));
            }
            other => bail!("unknown option {other}"),
        }
    }
    Ok(o)
}

fn treebank(data: &Path, part: &str) -> Result<Vec<Sentence>> {
    let ending = if part == "train" { "conllu.gz" } else { "conllu" };
    let mut all = Vec::new();
    for bank in ["EWT", "GUM-free"] {
        all.extend(conllu::read(&data.join(format!("syntax/{bank}/{part}.{ending}")))?);
    }
    Ok(all)
}

fn vectors(o: &Options) -> Result<Vectors> {
    let path = o.cache.join(format!("vectors-{VECTOR}-{VECTOR_WORDS}.bin"));
    if path.exists() {
        return Vectors::load(&path);
    }
    std::fs::create_dir_all(&o.cache)?;
    let vectors = embed::train(&o.data, VECTOR_WORDS, VECTOR, VECTOR_EPOCHS, usize::MAX)?;
    vectors.save(&path)?;
    Ok(vectors)
}

fn train_syntax(o: &Options) -> Result<()> {
    let vectors = vectors(o)?;
    let train = treebank(&o.data, "train")?;
    let ewt = conllu::read(&o.data.join("syntax/EWT/dev.conllu"))?;
    let gum = conllu::read(&o.data.join("syntax/GUM-free/dev.conllu"))?;
    let mut plan = dense::fit::Plan::default();
    for (name, n) in &o.settings {
        plan.set(name, *n).with_context(|| format!("unknown setting {name}"))?;
    }
    let news = if o.teachers.is_empty() {
        Vec::new()
    } else {
        let load = |path: &PathBuf| -> Result<Syntax> {
            Ok(Syntax::load(&path.display().to_string(), &std::fs::read(path)?)?)
        };
        let teachers = o.teachers.iter().map(load).collect::<Result<Vec<_>>>()?;
        dense::teach::label(&o.data, Annotator::builtin()?.splitter(), &teachers, o.news_words)?
    };
    let start = match &o.start {
        Some(path) => Some(dense::export::import(&path.display().to_string(), &std::fs::read(path)?)?),
        None => None,
    };
    let trained = dense::fit::fit(&plan, &train, &news, &vectors, start, &[("ewt", &ewt), ("gum", &gum)]);
    save(o, "syntax.bin", &dense::export::export(&trained))
}

fn train_lemma(o: &Options) -> Result<()> {
    save(o, "lemma.bin", &lemma::train(&treebank(&o.data, "train")?, &lemma::count_news(&o.data)?))
}

fn train_sentences(o: &Options) -> Result<()> {
    let mut docs = score::documents(&treebank(&o.data, "train")?);
    docs.extend(split::paragraphs(&o.data.join("ner/GMB/train.bio.gz"))?);
    save(o, "sentences.bin", &split::train(&docs))
}

fn save(o: &Options, name: &str, bytes: &[u8]) -> Result<()> {
    std::fs::create_dir_all(&o.out)?;
    let path = o.out.join(name);
    std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
    eprintln!("{}: {} bytes", path.display(), bytes.len());
    Ok(())
}

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if args.first().is_some_and(|command| names_cli::COMMANDS.contains(&command.as_str())) {
        return names_cli::run(args);
    }
    let o = options()?;
    match o.command.as_str() {
        "vectors" => vectors(&o).map(|_| ()),
        "syntax" => train_syntax(&o),
        "lemma" => train_lemma(&o),
        "sentences" => train_sentences(&o),
        "all" => {
            train_sentences(&o)?;
            train_lemma(&o)?;
            train_syntax(&o)
        }
        "score" => {
            let annotator = match &o.models {
                Some(dir) => Annotator::from_dir(dir)?,
                None => Annotator::builtin()?,
            };
            for bank in ["EWT", "GUM-free"] {
                let dev = conllu::read(&o.data.join(format!("syntax/{bank}/dev.conllu")))?;
                score::print(bank, &dev, &annotator, &o.only);
            }
            Ok(())
        }
        "show" => {
            let annotator = match &o.models {
                Some(dir) => Annotator::from_dir(dir)?,
                None => Annotator::builtin()?,
            };
            score::show(&o.data.join("raw/news.jsonl.zst"), &annotator, o.news_words)
        }
        "sparse" => {
            let ewt = conllu::read(&o.data.join("syntax/EWT/dev.conllu"))?;
            let gum = conllu::read(&o.data.join("syntax/GUM-free/dev.conllu"))?;
            sparse::compare(&treebank(&o.data, "train")?, &[("EWT", &ewt), ("GUM-free", &gum)]);
            Ok(())
        }
        "lemma-errors" => {
            for bank in ["EWT", "GUM-free"] {
                let dev = conllu::read(&o.data.join(format!("syntax/{bank}/dev.conllu")))?;
                score::print_lemma_errors(&dev, &Annotator::builtin()?);
            }
            Ok(())
        }
        "differences" => {
            for bank in ["EWT", "GUM-free"] {
                let train = conllu::read(&o.data.join(format!("syntax/{bank}/train.conllu.gz")))?;
                score::print_differences(&train, &Annotator::builtin()?);
            }
            Ok(())
        }
        other => bail!("unknown command {other}"),
    }
}
