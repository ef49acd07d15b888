//! What a person may want to read, correct or extend: countries, leaders, organisations, groups and roles.
//!
//! The tables are the CSV files of `data/`, compiled in; a folder of the user's may replace a table
//! (`leaders.csv`) or add rows to one (`leaders.extra.csv`). Everything is read once and never changed. Names of
//! all tables share one index, [`Phrases`]. The tables hold facts with dates; what a name means in its sentence
//! (is "Washington" a place here, or a government?) is decided by the stages that use them.

mod check;
mod code;
mod countries;
mod dates;
pub mod gazetteer;
mod leaders;
mod normal;
pub mod ontology;
mod organisations;
mod phrases;
mod roles;
mod table;
#[cfg(test)]
mod tests;

pub use check::{Problem, Severity, check};
pub use code::{Country, NotACode, Sector};
pub use countries::{Countries, CountryRow, Metonym, Metonyms, NonActor, NonActors};
pub use dates::{Bound, Spell};
pub use gazetteer::{Gazetteer, GazetteerError};
pub use leaders::{Leader, Leaders, Office, Standing};
pub use organisations::{Groups, Membership, Organisation, OrganisationType, Organisations};
pub use phrases::{Case, PhraseKind, PhraseMatch, PhraseRef, Phrases};
pub use roles::{Role, RoleKind, Roles, SectorRow, Sectors};
pub use table::LexiconError;

use crate::text::hex;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::OnceLock;
use table::Source;

/// The tables as they were when the program was built, by name.
const BUILTIN: [(&str, &str); 9] = [
    ("countries", include_str!("../../data/countries.csv")),
    ("groups", include_str!("../../data/groups.csv")),
    ("leaders", include_str!("../../data/leaders.csv")),
    ("metonyms", include_str!("../../data/metonyms.csv")),
    ("nonactors", include_str!("../../data/nonactors.csv")),
    ("organisations", include_str!("../../data/organisations.csv")),
    ("regions", include_str!("../../data/regions.csv")),
    ("roles", include_str!("../../data/roles.csv")),
    ("sectors", include_str!("../../data/sectors.csv")),
];

/// All tables, and the index of their phrases.
#[derive(Debug)]
pub struct Lexicon {
    /// States and territories.
    pub countries: Countries,
    /// Buildings and nicknames that stand for governments.
    pub metonyms: Metonyms,
    /// Names that only sound like actors.
    pub nonactors: NonActors,
    /// Holders of offices.
    pub leaders: Leaders,
    /// Organisations of every kind.
    pub organisations: Organisations,
    /// Members of groups of states.
    pub groups: Groups,
    /// Common nouns for actors.
    pub roles: Roles,
    /// The sectors used.
    pub sectors: Sectors,
    /// What acts there are and how they are said.
    pub ontology: ontology::Ontology,
    /// The phrases of all tables.
    pub phrases: Phrases,
    regions: Vec<gazetteer::Region>,
    gazetteer: OnceLock<Gazetteer>,
    sha256: String,
}

impl Lexicon {
    /// The tables compiled into the program.
    ///
    /// # Panics
    /// Never in a program whose tests passed: they read the same text.
    pub fn builtin() -> &'static Self {
        static LEXICON: OnceLock<Lexicon> = OnceLock::new();
        LEXICON.get_or_init(|| Self::read_builtin().unwrap_or_else(|error| panic!("built-in lexicon: {error}")))
    }

    fn read_builtin() -> Result<Self, LexiconError> {
        Self::from_sources(|name| vec![builtin(name)], ontology::Ontology::builtin()?)
    }

    /// The tables of `dir` as [`Self::load`] reads them, or the built-in ones, with a gazetteer file of the user's.
    ///
    /// # Errors
    /// As [`Self::load`]; and when the gazetteer is none, or damaged.
    pub fn load_with_gazetteer(dir: Option<&Path>, gazetteer: &Path) -> Result<Self, LexiconError> {
        let mut lexicon = dir.map_or_else(Self::read_builtin, Self::load)?;
        let (own, digest) = Gazetteer::load(gazetteer, &lexicon.regions)?;
        lexicon.sha256 = hex(&Sha256::new().chain_update(&lexicon.sha256).chain_update(digest).finalize());
        lexicon.gazetteer = OnceLock::from(own);
        Ok(lexicon)
    }

    /// Where places are. The built-in gazetteer is read at the first call.
    pub fn gazetteer(&self) -> &Gazetteer {
        self.gazetteer.get_or_init(|| Gazetteer::builtin(&self.regions))
    }

    /// The built-in tables, each replaced by `dir/NAME.csv` and extended by `dir/NAME.extra.csv` where these exist.
    ///
    /// # Errors
    /// A file that cannot be read, is no table of ours, or has a line we cannot understand.
    pub fn load(dir: &Path) -> Result<Self, LexiconError> {
        refuse_unknown(dir)?;
        let mut texts = Vec::with_capacity(BUILTIN.len());
        for (name, _) in BUILTIN {
            let base = user_file(dir, &format!("{name}.csv"))?.unwrap_or_else(|| builtin(name));
            let extra = user_file(dir, &format!("{name}.extra.csv"))?;
            texts.push((name, std::iter::once(base).chain(extra).collect::<Vec<_>>()));
        }
        let ontology = ontology::Ontology::load(&dir.join("ontology"))?;
        let sources =
            |name: &str| texts.iter().find(|(own, _)| *own == name).map(|(_, s)| s.clone()).unwrap_or_default();
        Self::from_sources(sources, ontology)
    }

    fn from_sources(sources: impl Fn(&str) -> Vec<Source>, ontology: ontology::Ontology) -> Result<Self, LexiconError> {
        let mut digest = Sha256::new();
        digest.update(ontology.sha256());
        digest.update(gazetteer::builtin_digest());
        for (name, _) in BUILTIN {
            for source in sources(name) {
                // Name and length first, so that moving a line from one table to another changes the digest.
                digest.update(format!("{name} {}\n", source.text.len()));
                digest.update(source.text.as_bytes());
            }
        }
        let sha256 = hex(&digest.finalize());
        let mut lexicon = Self {
            countries: Countries::read(&sources("countries"))?,
            metonyms: Metonyms::read(&sources("metonyms"))?,
            nonactors: NonActors::read(&sources("nonactors"))?,
            leaders: Leaders::read(&sources("leaders"))?,
            organisations: Organisations::read(&sources("organisations"))?,
            groups: Groups::read(&sources("groups"))?,
            roles: Roles::read(&sources("roles"))?,
            sectors: Sectors::read(&sources("sectors"))?,
            ontology,
            phrases: Phrases::default(),
            regions: gazetteer::read_regions(&sources("regions"))?,
            gazetteer: OnceLock::new(),
            sha256,
        };
        let mut phrases = phrases::Builder::default();
        lexicon.countries.index(&mut phrases);
        lexicon.metonyms.index(&mut phrases);
        lexicon.nonactors.index(&mut phrases);
        lexicon.leaders.index(&mut phrases);
        lexicon.organisations.index(&mut phrases);
        lexicon.roles.index(&mut phrases);
        lexicon.phrases = phrases.build();
        Ok(lexicon)
    }

    /// SHA-256 of all tables, lower-case hex: two runs with the same digest used the same lexicon.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}

fn builtin(name: &str) -> Source {
    let text = BUILTIN.iter().find(|(own, _)| *own == name).map_or("", |(_, text)| text);
    Source { file: format!("{name}.csv"), text: text.into() }
}

fn user_file(dir: &Path, name: &str) -> Result<Option<Source>, LexiconError> {
    let path = dir.join(name);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Some(Source { file: path.display().to_string(), text: text.into() })),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(LexiconError::Read { path, source }),
    }
}

/// A misspelt `leader.csv` would be ignored in silence otherwise.
fn refuse_unknown(dir: &Path) -> Result<(), LexiconError> {
    let unreadable = |source| LexiconError::Read { path: dir.to_owned(), source };
    for entry in std::fs::read_dir(dir).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let Some(stem) = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".csv"))
        else {
            continue;
        };
        let table = stem.strip_suffix(".extra").unwrap_or(stem);
        if !BUILTIN.iter().any(|(name, _)| *name == table) {
            let known = BUILTIN.map(|(name, _)| format!("{name}.csv")).join(", ");
            return Err(LexiconError::Unknown { path, known });
        }
    }
    Ok(())
}
