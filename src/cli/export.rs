//! `tidings export`: the events of a run in the form of another data set.

use super::{Failure, Global, log};
use crate::lexicon::Lexicon;
use crate::run::exit;
use crate::tables::export::{ExportError, ExportOptions, Form, export};
use clap::ValueEnum;
use indicatif::{HumanCount, MultiProgress};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Flags of `tidings export`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Form of the result
    #[arg(value_enum)]
    form: FormArg,
    /// Output folder of a run
    #[arg(value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// File to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Also what is planned, only possible or denied; the other data sets have no column that says so
    #[arg(long)]
    all: bool,
    /// Leave out events below this confidence, 0 to 1
    #[arg(long, value_name = "NUMBER", default_value_t = 0.0)]
    min_confidence: f64,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormArg {
    /// GDELT 2.0 events: 61 columns, no header
    Gdelt2,
    /// ICEWS: 20 columns
    Icews,
    /// POLECAT: 40 columns
    Polecat,
    /// Phoenix, the form of PETRARCH pipelines: 26 columns, no header
    Petrarch,
    /// PLOVER, one JSON object a line
    PloverJsonl,
}

pub(super) fn run(args: &Args, global: &Global) -> Result<u8, Failure> {
    log::start(global, &MultiProgress::new());
    let form = match args.form {
        FormArg::Gdelt2 => Form::Gdelt2,
        FormArg::Icews => Form::Icews,
        FormArg::Polecat => Form::Polecat,
        FormArg::Petrarch => Form::Petrarch,
        FormArg::PloverJsonl => Form::PloverJsonl,
    };
    let options = ExportOptions { past_only: !args.all, min_confidence: args.min_confidence };
    let target = args.file.as_deref().unwrap_or(Path::new("standard output"));
    let mut writer: Box<dyn Write> = match &args.file {
        Some(path) => Box::new(BufWriter::new(File::create(path).map_err(|error| Failure::write(path, &error))?)),
        None => Box::new(BufWriter::new(io::stdout().lock())),
    };
    match export(&args.out, form, options, Lexicon::builtin(), &mut writer) {
        Ok(rows) => tracing::info!(rows, "{} rows: {}", HumanCount(rows), target.display()),
        // `tidings export icews | head` is no error.
        Err(ExportError::Write(error)) if error.kind() == io::ErrorKind::BrokenPipe => {}
        Err(ExportError::Write(error)) => return Err(Failure::write(target, &error)),
        Err(ExportError::Read(error)) => return Err(Failure::tables(&error)),
    }
    Ok(exit::OK)
}
