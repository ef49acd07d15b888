//! The batch job: an archive in, tables out.
//!
//! [`run`] is the recipe: plan, read, analyse, write, commit. It prints nothing, installs no signal handler and
//! touches no file outside the output folder; what it has to say goes to an [`Observer`]. Same input, same version,
//! same settings: byte-identical tables for any number of threads (`run.json` and the `runs` table tell the hour).

mod analyse;
mod commit;
mod error;
mod identity;
mod lock;
mod manifest;
mod observer;
mod ordered;
mod read;
mod settings;
mod summary;
mod verify;
mod write;

pub mod guard;

pub use error::{RunError, exit};
pub use manifest::{FileEntry, Manifest};
pub use observer::{Observer, Silent};
pub use settings::{Settings, Share};
pub use summary::{Counts, RUN_JSON_VERSION, Summary};
pub use verify::{Verified, verify};

use crate::Pipeline;
use crate::lexicon::Lexicon;
use crate::read::{PlanOptions, plan};
use crate::tables::RunContext;
use analyse::Analyst;
use commit::Staging;
use identity::Identity;
use lock::Lock;
use write::Writer;

/// Batches that may be under way for each worker: one in hand, one waiting, and some that are done while an earlier
/// one is not.
const WINDOW_PER_WORKER: usize = 4;

/// Reads everything the settings name and replaces the tables in the output folder.
///
/// # Errors
/// When the input is missing, the settings cannot be used, the output cannot be written, or `observer` asks to stop.
/// The old output is intact in each case. Bad records are no errors: they become rows in `rejects`.
pub fn run(settings: &Settings, observer: &dyn Observer) -> Result<Summary, RunError> {
    let started = write::now();
    let plan = plan(&settings.paths, &PlanOptions { exclude: Some(settings.out.clone()), hidden: false })?;
    let own_lexicon = match (settings.lexicon.as_deref(), settings.gazetteer.as_deref()) {
        (dir, Some(file)) => Some(Lexicon::load_with_gazetteer(dir, file)?),
        (Some(dir), None) => Some(Lexicon::load(dir)?),
        (None, None) => None,
    };
    let lexicon = own_lexicon.as_ref().unwrap_or_else(|| Lexicon::builtin());
    let pipeline = Pipeline::with_lexicon(lexicon, settings.extract)?;
    let identity = Identity::of(settings, &plan, &pipeline);
    observer.planned(plan.units.len() as u64, plan.units.iter().map(|unit| unit.bytes).sum());

    let home = commit::make_home(&settings.out)?;
    let _lock = Lock::take(&settings.out, &home)?;
    let staging = Staging::open(&settings.out, &home)?;

    let context = RunContext { run_id: identity.run_id, extras: settings.extras.clone() };
    let mut writer = Writer::create(&staging, settings, observer)?;
    ordered::ordered(
        settings.threads.get(),
        settings.threads.get() * WINDOW_PER_WORKER,
        |feed| read::read(&plan, &settings.read, &context, feed),
        || Analyst::new(&pipeline, &context, settings.any_language).into_worker(),
        |part| writer.append(part),
    )?;
    let (summary, manifest) = writer.finish(&pipeline, &identity, &plan, started)?;
    staging.commit(&manifest)?;
    Ok(summary)
}
