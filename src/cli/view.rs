//! `tidings view`: one article with everything that was found in it.

use super::{Color, Failure, Global, log, print};
use crate::Pipeline;
use crate::article::Article;
use crate::extract::ExtractOptions;
use crate::read::{PlanOptions, ReadOptions, plan, read_unit};
use crate::report::{Ink, view_page, view_text};
use crate::run::{RunError, exit};
use crate::tables::documents::DocumentRow;
use crate::tables::reader::scan;
use crate::tables::schema::TableRow as _;
use indicatif::MultiProgress;
use std::io::IsTerminal;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// Flags of `tidings view`.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A file, or the `doc_id` of an article in the tables of --out
    #[arg(value_name = "FILE|DOC_ID")]
    what: PathBuf,
    /// Which article of a file with several, from 0
    #[arg(long, value_name = "N", default_value_t = 0)]
    record: u64,
    /// Folder with the tables that the `doc_id` is from
    #[arg(long, value_name = "DIR", default_value = "output")]
    out: PathBuf,
    /// Write a page to this file instead of text to the terminal
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
}

/// Where an article is to be found.
struct Wanted {
    path: PathBuf,
    entry: Option<String>,
    record_no: u64,
}

pub(super) fn run(args: Args, global: &Global) -> Result<u8, Failure> {
    log::start(global, &MultiProgress::new());
    let wanted = match doc_id(&args.what) {
        Some(id) => look_up(id, &args.out)?,
        None => Wanted { path: args.what, entry: None, record_no: args.record },
    };
    let article = find(&wanted)?;
    let pipeline = Pipeline::builtin(ExtractOptions::default()).map_err(RunError::from)?;
    let mut worker = pipeline.worker();
    let (doc, findings) = worker.analyse(article);
    if let Some(path) = args.html {
        std::fs::write(&path, view_page(doc, findings)).map_err(|error| Failure::write(&path, &error))?;
        tracing::info!("the page is {}", path.display());
    } else {
        let color = match global.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        };
        print(&view_text(doc, findings, if color { Ink::Color } else { Ink::Plain }));
    }
    Ok(exit::OK)
}

/// The argument as an id, unless a file has that name.
fn doc_id(what: &Path) -> Option<&str> {
    let text = what.to_str()?;
    let is_id = text.len() == 16 && text.starts_with('d') && text[1..].bytes().all(|b| b.is_ascii_hexdigit());
    (is_id && !what.exists()).then_some(text)
}

fn look_up(id: &str, out: &Path) -> Result<Wanted, Failure> {
    let mut found = None;
    scan(out, DocumentRow::TABLE, &["doc_id", "source_path", "source_entry", "record_no"], &mut |cells| {
        if cells[0].text() == Some(id) {
            found = Some(Wanted {
                path: cells[1].text().unwrap_or_default().into(),
                entry: cells[2].text().map(str::to_owned),
                record_no: cells[3].int().and_then(|n| u64::try_from(n).ok()).unwrap_or(0),
            });
        }
    })
    .map_err(|error| Failure::tables(&error))?;
    found.ok_or_else(|| Failure::no_input(format!("there is no article {id} in {}", out.display())))
}

fn find(wanted: &Wanted) -> Result<Article, Failure> {
    let plan = plan(std::slice::from_ref(&wanted.path), &PlanOptions::default()).map_err(RunError::from)?;
    let mut found = None;
    let mut rejected = None;
    for unit in &plan.units {
        read_unit(unit, &ReadOptions::default(), &mut |record| {
            match record {
                Ok(article) => {
                    let source = &article.source;
                    let entry = wanted.entry.is_none() || source.entry == wanted.entry;
                    if entry && source.record_no == wanted.record_no {
                        found = Some(article);
                        return ControlFlow::Break(());
                    }
                }
                Err(reject) => rejected = Some(reject.message),
            }
            ControlFlow::Continue(())
        })
        .map_err(RunError::from)?;
        if found.is_some() {
            break;
        }
    }
    let path = wanted.path.display();
    found.ok_or_else(|| match rejected {
        Some(why) => Failure::no_input(format!("{path} cannot be read: {why}")),
        None => Failure::no_input(format!("{path} has no record {}", wanted.record_no)),
    })
}
