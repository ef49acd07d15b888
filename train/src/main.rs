//! Trains and scores the models that tidings carries.
//!
//! `tidings-train all --data ../shared/data --out models` trains everything; a model's name in place of `all` trains
//! one; `score` measures what is in `--models` (or built in). The same data give the same bytes on every machine, with
//! any flags and any number of threads: sums run in a fixed order, without fused multiplication, and exponentials and
//! logarithms come from `libm`. `RUSTFLAGS="-C target-cpu=native"` only makes it quicker.

mod bio;
mod clusters;
mod clusters_exchange;
mod clusters_text;
mod conllu;
mod dense;
mod embed;
mod lemma;
mod names;
mod names_clean;
mod names_cli;
mod names_crf;
mod names_data;
mod names_examples;
mod names_lexicon;
mod names_raw;
mod norp;
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
use tidings::nlp::sentences::Splitter;
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
            "usage: tidings-train all|sentences|vectors|parser|syntax|lemma|norp|sparse|score|show|differences|lemma-errors [--data DIR] [--out DIR]",
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

/// One training of the parser.
#[derive(Default)]
struct Job {
    /// Models that label news for it.
    teachers: Vec<PathBuf>,
    news_words: usize,
    /// A model to go on from.
    start: Option<PathBuf>,
    settings: Vec<(String, f32)>,
    out: PathBuf,
}

fn train_syntax(o: &Options, job: &Job) -> Result<()> {
    let vectors = vectors(o)?;
    let train = treebank(&o.data, "train")?;
    let ewt = conllu::read(&o.data.join("syntax/EWT/dev.conllu"))?;
    let gum = conllu::read(&o.data.join("syntax/GUM-free/dev.conllu"))?;
    let mut plan = dense::fit::Plan::default();
    for (name, n) in &job.settings {
        plan.set(name, *n).with_context(|| format!("unknown setting {name}"))?;
    }
    let news = if job.teachers.is_empty() {
        Vec::new()
    } else {
        let load = |path: &PathBuf| -> Result<Syntax> {
            Ok(Syntax::load(&path.display().to_string(), &std::fs::read(path)?)?)
        };
        let teachers = job.teachers.iter().map(load).collect::<Result<Vec<_>>>()?;
        let path = o.out.join("sentences.bin");
        let bytes = std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let splitter = Splitter::load(&path.display().to_string(), &bytes)?;
        dense::teach::label(&o.data, &splitter, &teachers, job.news_words)?
    };
    let start = match &job.start {
        Some(path) => Some(dense::export::import(&path.display().to_string(), &std::fs::read(path)?)?),
        None => None,
    };
    let trained = dense::fit::fit(&plan, &train, &news, &vectors, start, &[("ewt", &ewt), ("gum", &gum)]);
    save(&job.out, &dense::export::export(&trained))
}

/// The shipped parser: two teachers, a student of both, then three courses with most of them as teachers.
fn recipe(o: &Options) -> Result<()> {
    let at = |name: &str| o.cache.join(name).join("syntax.bin");
    let set = |pairs: &[(&str, f32)]| pairs.iter().map(|(n, v)| ((*n).to_owned(), *v)).collect::<Vec<_>>();
    let (first, second, student) = (at("first"), at("second"), at("student"));
    let job = |out: &Path, pairs: &[(&str, f32)]| Job { settings: set(pairs), out: out.to_owned(), ..Job::default() };
    vectors(o)?;
    let pairs = [("words", 32e3), ("least", 2.0), ("epochs", 18.0), ("drop", 0.18), ("drop-input", 0.12)];
    let plan = job(&first, &pairs);
    let mut pairs = vec![("words", 32e3), ("least", 2.0), ("epochs", 16.0), ("drop", 0.2), ("drop-input", 0.12)];
    pairs.extend([("width", 160.0), ("arc", 96.0), ("label", 80.0), ("seed", 2.0)]);
    let wide = job(&second, &pairs);
    let (a, b) = rayon::join(|| train_syntax(o, &plan), || train_syntax(o, &wide));
    a.and(b)?;
    let pairs = [("epochs", 14.0), ("share", 0.3), ("pure", 0.22), ("seed", 3.0)];
    let teachers = vec![first, second];
    train_syntax(o, &Job { teachers: teachers.clone(), news_words: 1_000_000, ..job(&student, &pairs) })?;
    // Three courses more: from where the student stands, with itself among the teachers.
    let course = at("course");
    let mut teachers: Vec<PathBuf> = teachers.into_iter().chain([student.clone()]).collect();
    let pairs = [("epochs", 6.0), ("rate", 0.0015), ("share", 0.2), ("pure", 0.34), ("seed", 5.0)];
    let plan = job(&course, &pairs);
    train_syntax(o, &Job { teachers: teachers.clone(), news_words: 1_600_000, start: Some(student.clone()), ..plan })?;
    teachers.push(course.clone());
    let pairs = [("epochs", 10.0), ("rate", 0.002), ("share", 0.13), ("pure", 0.3), ("seed", 6.0)];
    let second_course = at("second-course");
    let plan = job(&second_course, &pairs);
    train_syntax(o, &Job { teachers: teachers.clone(), news_words: 3_000_000, start: Some(course), ..plan })?;
    // The last one leans on the tags.
    teachers.retain(|t| *t != student);
    teachers.push(second_course.clone());
    let pairs = [("epochs", 6.0), ("rate", 0.0015), ("share", 0.22), ("pure", 0.34), ("seed", 8.0), ("upos", 4.0)];
    let plan = job(&o.out.join("syntax.bin"), &pairs);
    train_syntax(o, &Job { teachers, news_words: 1_500_000, start: Some(second_course), ..plan })
}

fn train_lemma(o: &Options) -> Result<()> {
    save(&o.out.join("lemma.bin"), &lemma::train(&treebank(&o.data, "train")?, &lemma::count_news(&o.data)?))
}

fn train_sentences(o: &Options) -> Result<()> {
    let mut docs = score::documents(&treebank(&o.data, "train")?);
    docs.extend(split::paragraphs(&o.data.join("ner/GMB/train.bio.gz"))?);
    save(&o.out.join("sentences.bin"), &split::train(&docs))
}

fn save(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir)?;
    }
    std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
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
        "syntax" => {
            let job = Job {
                teachers: o.teachers.clone(),
                news_words: o.news_words,
                start: o.start.clone(),
                settings: o.settings.clone(),
                out: o.out.join("syntax.bin"),
            };
            train_syntax(&o, &job)
        }
        "lemma" => train_lemma(&o),
        "sentences" => train_sentences(&o),
        "parser" => recipe(&o),
        "all" => {
            let clusters = o.out.join("clusters.bin");
            clusters::run(&o.data, &clusters)?;
            // The name recogniser's features look words up in the classes compiled in.
            if std::fs::read(&clusters)? != tidings::nlp::clusters::Clusters::builtin_file() {
                bail!(
                    "{} is not what this program was built with; copy it to models/ and build again",
                    clusters.display()
                );
            }
            train_sentences(&o)?;
            train_lemma(&o)?;
            names::run(&o.data, &o.out.join("names.bin"), &names::Settings::default())?;
            recipe(&o)
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
        "norp" => norp::score(&o.data, o.only == "errors"),
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
