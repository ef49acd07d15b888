//! Many sorted runs of observations to one stream of rows.

use super::run_file::{RunReader, RunWriter};
use super::{Corpus, Fact, Facts, Known, Membership, Observation, PlaceFacts};
use crate::extract::findings::EntityType;
use crate::lexicon::{Country, Sector};
use crate::tables::cell::{Day, Id};
use crate::tables::entities::EntityRow;
use crate::tables::entity_members::MemberRow;
use crate::tables::places::PlaceRow;
use crate::tables::rows::joined;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io;
use std::path::{Path, PathBuf};

/// Runs merged at once: what they take together is under 4 MB, and few files are open.
const FAN_IN: usize = 8;

/// A row of one of the tables that span articles.
pub(crate) enum Spanning {
    Entity(EntityRow),
    Member(MemberRow),
    Place(PlaceRow),
}

/// Merges the runs and calls `each` with the rows: entities, members and places, each sorted by its key. Needs `scratch`, a folder
/// for intermediate runs, when there are many.
pub(crate) fn merge<E: From<io::Error>>(
    runs: &[PathBuf],
    scratch: &Path,
    country_name: &dyn Fn(Country) -> Option<String>,
    mut each: impl FnMut(Spanning) -> Result<(), E>,
) -> Result<(), E> {
    let mut runs = runs.to_vec();
    let mut made = 0;
    // Neighbours are merged until few enough are left.
    while runs.len() > FAN_IN {
        let mut fewer = Vec::with_capacity(runs.len().div_ceil(FAN_IN));
        for group in runs.chunks(FAN_IN) {
            let path = scratch.join(format!("merge-{made:05}"));
            made += 1;
            let mut writer = RunWriter::create(&path)?;
            merge_few(open(group)?, |observation| writer.push(&observation))?;
            writer.finish()?;
            for old in group.iter().filter(|old| old.parent() == Some(scratch)) {
                std::fs::remove_file(old)?;
            }
            fewer.push(path);
        }
        runs = fewer;
    }
    merge_few(open(&runs)?, |observation| row(observation, country_name).map_or(Ok(()), &mut each))?;
    for old in runs.iter().filter(|old| old.parent() == Some(scratch)) {
        std::fs::remove_file(old)?;
    }
    Ok(())
}

impl Corpus {
    /// Rows of `entities`, `entity_members` and `places`, sorted by key, of what is in memory.
    ///
    /// A country that is only a member of a mentioned group becomes an entity without mentions, so that every
    /// `member_id` can be looked up; `country_name` gives its name, and its code stands in where there is none.
    pub fn into_rows(
        self,
        country_name: &dyn Fn(Country) -> Option<String>,
    ) -> (Vec<EntityRow>, Vec<MemberRow>, Vec<PlaceRow>) {
        let (mut entities, mut members, mut places) = (Vec::new(), Vec::new(), Vec::new());
        let gathered: io::Result<()> = merge_few(vec![self.into_sorted().into_iter().map(Ok)], |observation| {
            match row(observation, country_name) {
                Some(Spanning::Entity(row)) => entities.push(row),
                Some(Spanning::Member(row)) => members.push(row),
                Some(Spanning::Place(row)) => places.push(row),
                None => {}
            }
            Ok(())
        });
        gathered.unwrap_or_else(|_| unreachable!("memory is read without errors"));
        (entities, members, places)
    }
}

fn open(runs: &[PathBuf]) -> io::Result<Vec<RunReader>> {
    runs.iter().map(|path| RunReader::open(path)).collect()
}

/// Calls `each` once for every key, in order, with everything that is said of it. The file is then that of the first.
fn merge_few<I: Iterator<Item = io::Result<Observation>>, E: From<io::Error>>(
    mut sources: Vec<I>,
    mut each: impl FnMut(Observation) -> Result<(), E>,
) -> Result<(), E> {
    let mut heads: Vec<Option<Observation>> = Vec::with_capacity(sources.len());
    let mut order = BinaryHeap::new();
    for (at, source) in sources.iter_mut().enumerate() {
        let head = source.next().transpose()?;
        if let Some(head) = &head {
            order.push(Reverse((head.key.clone(), at)));
        }
        heads.push(head);
    }
    let mut current: Option<Observation> = None;
    while let Some(Reverse((_, at))) = order.pop() {
        let head = heads[at].take().unwrap_or_else(|| unreachable!("every place in the heap has a head"));
        heads[at] = sources[at].next().transpose()?;
        if let Some(next) = &heads[at] {
            order.push(Reverse((next.key.clone(), at)));
        }
        match &mut current {
            Some(same) if same.key == head.key => same.fact.merge(head.fact),
            _ => {
                if let Some(done) = current.replace(head) {
                    each(done)?;
                }
            }
        }
    }
    current.map_or(Ok(()), each)
}

/// The row of merged observations; none for a line that no version of this program wrote.
fn row(observation: Observation, country_name: &dyn Fn(Country) -> Option<String>) -> Option<Spanning> {
    let key = &observation.key;
    let id = |from: usize| key.get(from..from + 16).and_then(Id::parse);
    Some(match observation.fact {
        Fact::Entity(known) => Spanning::Entity(entity_row(id(1)?, known, country_name)?),
        Fact::Member(Membership { valid_from, valid_to, source }) => Spanning::Member(MemberRow {
            group_id: id(1)?,
            member_id: id(17)?,
            valid_from: valid_from.and_then(Day::from_epoch),
            valid_to: valid_to.and_then(Day::from_epoch),
            source,
        }),
        Fact::Place(facts) => Spanning::Place(place_row(id(1)?, facts)),
    })
}

fn country(code: Option<String>) -> Option<Country> {
    code.and_then(|code| Country::parse(&code).ok())
}

fn entity_row(entity_id: Id, known: Known, country_name: &dyn Fn(Country) -> Option<String>) -> Option<EntityRow> {
    let Facts {
        mentioned, role, name, entity_type, country: code, plover_country, sectors, kb_source, kb_date, ..
    } = known.facts;
    let country = country(code);
    let name = if mentioned { name } else { country.and_then(country_name).unwrap_or(name) };
    Some(EntityRow {
        entity_id,
        name,
        entity_type: EntityType::parse(&entity_type)?,
        country,
        cow_code: None,
        plover_country,
        sector: sectors.first().and_then(|sector| Sector::parse(sector).ok()),
        sectors: joined(sectors.iter().map(String::as_str)),
        role,
        wikidata_id: None,
        geonames_id: None,
        kb_source,
        kb_date: kb_date.and_then(Day::from_epoch),
        n_docs: known.n_docs,
        n_mentions: known.n_mentions,
        first_seen: known.first_seen.and_then(Day::from_epoch),
        last_seen: known.last_seen.and_then(Day::from_epoch),
    })
}

fn place_row(place_id: Id, facts: PlaceFacts) -> PlaceRow {
    PlaceRow {
        place_id,
        name: facts.name,
        country: country(facts.country),
        admin1_code: facts.admin1_code,
        admin1: facts.admin1,
        geonames_id: facts.geonames_id,
        lat: facts.lat,
        lon: facts.lon,
        feature_class: facts.feature_class,
        feature_code: facts.feature_code,
        population: facts.population,
        priogrid_gid: facts.priogrid_gid,
        source: facts.source,
    }
}
