//! `tidings gazetteer`: make a gazetteer file from files of GeoNames.

use super::Failure;
use crate::lexicon::gazetteer::GeoNames;
use crate::run::exit;
use flate2::read::MultiGzDecoder;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Flags of `tidings gazetteer`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Make a gazetteer file for `tidings run --gazetteer` (files may be gzipped)
    Build(Build),
}

#[derive(Debug, clap::Args)]
struct Build {
    /// `cities15000.txt`, `cities500.txt` or another dump of places
    #[arg(long, value_name = "FILE")]
    cities: PathBuf,
    /// `admin1CodesASCII.txt`
    #[arg(long, value_name = "FILE")]
    admin1: PathBuf,
    /// `admin2Codes.txt`
    #[arg(long, value_name = "FILE")]
    admin2: PathBuf,
    /// `countryInfo.txt`
    #[arg(long, value_name = "FILE")]
    countries: PathBuf,
    /// Where to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let Command::Build(build) = &args.command;
    let sources = GeoNames {
        cities: text(&build.cities)?,
        admin1: text(&build.admin1)?,
        admin2: text(&build.admin2)?,
        countries: text(&build.countries)?,
    };
    let file = sources.build().map_err(|error| Failure::no_input(error.to_string()))?;
    std::fs::write(&build.out, &file).map_err(|error| Failure::write(&build.out, &error))?;
    tracing::info!("{} bytes in {}", file.len(), build.out.display());
    Ok(exit::OK)
}

/// A file of UTF-8 text, unpacked if it is gzipped.
fn text(path: &Path) -> Result<String, Failure> {
    let failed = |error: std::io::Error| Failure::no_input(format!("cannot read {}: {error}", path.display()));
    let bytes = std::fs::read(path).map_err(failed)?;
    let mut text = String::new();
    if bytes.starts_with(&[0x1f, 0x8b]) {
        MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut text).map_err(failed)?;
    } else {
        text = String::from_utf8(bytes)
            .map_err(|_| Failure::no_input(format!("cannot read {}: it is not UTF-8", path.display())))?;
    }
    Ok(text)
}
