//! `tidings panel`: counts by dyad or country and period, from the tables of a run.

use super::{Failure, Global, log};
use crate::extract::findings::{Polarity, Status};
use crate::run::exit;
use crate::tables::panel::{Bin, Dating, PanelOptions, Unit, panel, write};
use clap::ValueEnum;
use indicatif::{HumanCount, MultiProgress};
use jiff::civil::Date;
use std::path::PathBuf;

/// Flags of `tidings panel`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Output folder of a run
    #[arg(value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// What a row is about
    #[arg(long, value_enum, default_value = "dyad")]
    unit: UnitArg,
    /// Length of a period
    #[arg(long, value_enum, default_value = "month")]
    by: BinArg,
    /// First day, such as 2020-01-01
    #[arg(long, value_name = "DATE")]
    from: Option<Date>,
    /// Last day
    #[arg(long, value_name = "DATE")]
    to: Option<Date>,
    /// A row for every unit in every period, with zeros where nothing happened
    #[arg(long)]
    complete: bool,
    /// Only these countries or PLOVER codes, such as USA,CHN
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    countries: Vec<String>,
    /// Which day places an event in a period
    #[arg(long, value_enum, default_value = "event")]
    date: DatingArg,
    /// Status to count (may be repeated)
    #[arg(long, value_delimiter = ',', default_value = "past", value_parser = parse_status)]
    status: Vec<Status>,
    /// Polarity to count (may be repeated)
    #[arg(long, value_delimiter = ',', default_value = "affirmative", value_parser = parse_polarity)]
    polarity: Vec<Polarity>,
    /// Count statements (CAMEO 01) as well
    #[arg(long)]
    statements: bool,
    /// Leave out pairs that stand for the members of a named group
    #[arg(long)]
    no_groups: bool,
    /// Leave out events below this confidence, 0 to 1
    #[arg(long, value_name = "NUMBER", default_value_t = 0.0)]
    min_confidence: f64,
    /// File to write, .csv or .parquet [default: DIR/panels/panel_<unit>_<period>.csv]
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum UnitArg {
    /// Directed pair of countries
    Dyad,
    /// Country that acts
    Country,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum BinArg {
    Day,
    /// Monday to Sunday
    Week,
    Month,
    Quarter,
    Year,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum DatingArg {
    /// What the text says; events without a date are left out
    Event,
    /// The day of publication
    Published,
    /// The day of publication where the text says nothing
    EventOrPublished,
}

fn parse_status(text: &str) -> Result<Status, String> {
    Status::parse(text).ok_or_else(|| format!("`{text}` is none of {}", list(Status::ALL.iter().map(|s| s.as_str()))))
}

fn parse_polarity(text: &str) -> Result<Polarity, String> {
    Polarity::parse(text)
        .ok_or_else(|| format!("`{text}` is none of {}", list(Polarity::ALL.iter().map(|p| p.as_str()))))
}

fn list<'t>(values: impl Iterator<Item = &'t str>) -> String {
    values.collect::<Vec<_>>().join(", ")
}

pub(super) fn run(args: Args, global: &Global) -> Result<u8, Failure> {
    log::start(global, &MultiProgress::new());
    let options = PanelOptions {
        unit: match args.unit {
            UnitArg::Dyad => Unit::Dyad,
            UnitArg::Country => Unit::Country,
        },
        by: match args.by {
            BinArg::Day => Bin::Day,
            BinArg::Week => Bin::Week,
            BinArg::Month => Bin::Month,
            BinArg::Quarter => Bin::Quarter,
            BinArg::Year => Bin::Year,
        },
        from: args.from,
        to: args.to,
        complete: args.complete,
        countries: args.countries,
        dating: match args.date {
            DatingArg::Event => Dating::Event,
            DatingArg::Published => Dating::Published,
            DatingArg::EventOrPublished => Dating::EventOrPublished,
        },
        statuses: args.status,
        polarities: args.polarity,
        statements: args.statements,
        groups: !args.no_groups,
        min_confidence: args.min_confidence,
    };
    let panel = panel(&args.out, options).map_err(|error| Failure::tables(&error))?;
    let file = args.file.unwrap_or_else(|| args.out.join("panels").join(format!("{}.csv", panel.name())));
    write(&panel, &file).map_err(|error| Failure::write(&file, error.io()))?;

    let rows = HumanCount(panel.len() as u64);
    tracing::info!(rows = panel.len(), "{rows} rows from {} dyad rows: {}", HumanCount(panel.counted), file.display());
    let reasons = panel.left_out.reasons();
    if !reasons.is_empty() {
        let reasons: Vec<_> = reasons.iter().map(|(reason, n)| format!("{} {reason}", HumanCount(*n))).collect();
        tracing::info!("not counted: {}", reasons.join(", "));
    }
    Ok(exit::OK)
}
