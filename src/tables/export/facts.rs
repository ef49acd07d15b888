//! What the forms of other data sets need to know of an event, gathered from several tables.

use super::ExportOptions;
use crate::lexicon::{Country, Lexicon};
use crate::tables::cell::{Cell, Day};
use crate::tables::documents::DocumentRow;
use crate::tables::entities::EntityRow;
use crate::tables::events::EventRow;
use crate::tables::participants::ParticipantRow;
use crate::tables::places::PlaceRow;
use crate::tables::reader::{ReadTableError, scan};
use crate::tables::schema::TableRow as _;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::Path;

/// Everything but the events themselves, by id.
pub(super) struct Facts<'l> {
    lexicon: &'l Lexicon,
    documents: FxHashMap<String, Document>,
    parties: FxHashMap<String, Vec<Party>>,
    places: FxHashMap<String, Place>,
    stories: FxHashMap<String, Story>,
    fips: FxHashMap<&'static str, &'static str>,
    cameo: FxHashMap<&'static str, &'static str>,
}

/// An article.
#[derive(Default)]
pub(super) struct Document {
    pub(super) publisher: String,
    pub(super) url: String,
    pub(super) lang: String,
}

/// One side of a pair.
#[derive(Default)]
pub(super) struct Party {
    is_source: bool,
    /// As the article has it.
    pub(super) raw: String,
    /// As the entity is called; `raw` where there is no entity.
    pub(super) name: String,
    pub(super) country: String,
    pub(super) sector: String,
    pub(super) sectors: String,
    /// PLOVER code in place of a country.
    pub(super) body: String,
    pub(super) title: String,
    pub(super) cow: String,
}

/// A place.
#[derive(Default)]
pub(super) struct Place {
    pub(super) admin1: String,
    pub(super) geonames_id: String,
    pub(super) feature: String,
}

/// How often an event is told.
#[derive(Default)]
pub(super) struct Story {
    pub(super) reports: u32,
    docs: FxHashSet<String>,
}

impl Story {
    pub(super) fn articles(&self) -> usize {
        self.docs.len()
    }
}

/// Columns of `events` that some form needs; [`Pair::text`] and its like look them up by name.
const EVENT_COLUMNS: [&str; 27] = [
    "event_id",
    "doc_id",
    "sentence_no",
    "published_at",
    "event_type",
    "mode",
    "contexts",
    "quad_class",
    "cameo_code",
    "cameo_root",
    "goldstein",
    "plover_score",
    "status",
    "polarity",
    "date_start",
    "date_end",
    "event_date",
    "reciprocal",
    "place_id",
    "place_name",
    "place_country",
    "place_level",
    "lat",
    "lon",
    "evidence",
    "story_event_id",
    "confidence",
];

/// One source, one target, and the event between them.
pub(super) struct Pair<'a> {
    cells: &'a [Cell<'a>],
    facts: &'a Facts<'a>,
    pub(super) source: &'a Party,
    pub(super) target: &'a Party,
    /// Number of the pair in the event, from 0.
    pub(super) number: usize,
}

impl<'l> Facts<'l> {
    pub(super) fn load(out: &Path, lexicon: &'l Lexicon) -> Result<Self, ReadTableError> {
        let mut documents = FxHashMap::default();
        scan(out, DocumentRow::TABLE, &["doc_id", "publisher", "url", "lang"], &mut |cells| {
            let document = Document { publisher: own(cells[1]), url: own(cells[2]), lang: own(cells[3]) };
            documents.insert(own(cells[0]), document);
        })?;
        let entities = entities(out)?;
        let mut parties: FxHashMap<String, Vec<Party>> = FxHashMap::default();
        let columns = ["event_id", "side", "entity_id", "name", "country", "sector"];
        scan(out, ParticipantRow::TABLE, &columns, &mut |cells| {
            let (raw, entity) = (own(cells[3]), cells[2].text().and_then(|id| entities.get(id)));
            let known = |of: fn(&Entity) -> &String| entity.map(of).cloned().unwrap_or_default();
            let name = Some(known(|e| &e.name)).filter(|name| !name.is_empty()).unwrap_or_else(|| raw.clone());
            let country = own(cells[4]);
            parties.entry(own(cells[0])).or_default().push(Party {
                is_source: cells[1].text() == Some("source"),
                raw,
                name,
                cow: cow(lexicon, &country),
                country,
                sector: own(cells[5]),
                sectors: known(|e| &e.sectors),
                body: known(|e| &e.body),
                title: known(|e| &e.role),
            });
        })?;
        let mut places = FxHashMap::default();
        let columns = ["place_id", "admin1", "geonames_id", "feature_code"];
        scan(out, PlaceRow::TABLE, &columns, &mut |cells| {
            let geonames_id = cells[2].int().map(|id| id.to_string()).unwrap_or_default();
            places.insert(own(cells[0]), Place { admin1: own(cells[1]), geonames_id, feature: own(cells[3]) });
        })?;
        let mut stories: FxHashMap<String, Story> = FxHashMap::default();
        scan(out, EventRow::TABLE, &["story_event_id", "doc_id"], &mut |cells| {
            let story = stories.entry(own(cells[0])).or_default();
            story.reports += 1;
            story.docs.insert(own(cells[1]));
        })?;
        Ok(Self {
            lexicon,
            documents,
            parties,
            places,
            stories,
            fips: table_of(include_str!("../../../data/fips.csv")),
            cameo: table_of(include_str!("../../../data/ontology/cameo.csv")),
        })
    }

    /// Calls `each` with every pair of every event that the options let through.
    pub(super) fn each_pair(
        &self,
        out: &Path,
        options: ExportOptions,
        each: &mut impl FnMut(&Pair<'_>),
    ) -> Result<(), ReadTableError> {
        let nobody = Party::default();
        scan(out, EventRow::TABLE, &EVENT_COLUMNS, &mut |cells| {
            let event = |source, target, number| Pair { cells, facts: self, source, target, number };
            let about = event(&nobody, &nobody, 0);
            let happened = about.text("status") == "past" && about.text("polarity") == "affirmative";
            if (options.past_only && !happened) || about.float("confidence").unwrap_or(0.0) < options.min_confidence {
                return;
            }
            let parties = self.parties.get(about.text("event_id")).map_or(&[][..], Vec::as_slice);
            let mutual = about.cell("reciprocal").is_true();
            for (number, (source, target)) in pairs(parties, mutual, &nobody).into_iter().enumerate() {
                each(&event(source, target, number));
            }
        })
    }
}

/// Every source with every target; of a mutual act both directions, and where it names no other side ("the two
/// ministers met") every party with every other.
fn pairs<'p>(parties: &'p [Party], mutual: bool, nobody: &'p Party) -> Vec<(&'p Party, &'p Party)> {
    let side = |is_source: bool| parties.iter().filter(move |party| party.is_source == is_source);
    let (sources, targets): (Vec<_>, Vec<_>) = (side(true).collect(), side(false).collect());
    let product = |a: &[&'p Party], b: &[&'p Party]| -> Vec<_> {
        a.iter().flat_map(|&a| b.iter().map(move |&b| (a, b))).filter(|(a, b)| !std::ptr::eq(*a, *b)).collect()
    };
    match (sources.as_slice(), targets.as_slice()) {
        ([], []) => vec![(nobody, nobody)],
        ([], some) => product(&[nobody], some),
        (some @ [_, _, ..], []) if mutual => product(some, some),
        (some, []) => product(some, &[nobody]),
        (sources, targets) if mutual => {
            product(sources, targets).into_iter().flat_map(|(a, b)| [(a, b), (b, a)]).collect()
        }
        (sources, targets) => product(sources, targets),
    }
}

/// What an export takes from `entities`.
struct Entity {
    name: String,
    sectors: String,
    body: String,
    role: String,
}

fn entities(out: &Path) -> Result<FxHashMap<String, Entity>, ReadTableError> {
    let mut entities = FxHashMap::default();
    let columns = ["entity_id", "name", "sectors", "plover_country", "role"];
    scan(out, EntityRow::TABLE, &columns, &mut |cells| {
        let entity = Entity { name: own(cells[1]), sectors: own(cells[2]), body: own(cells[3]), role: own(cells[4]) };
        entities.insert(own(cells[0]), entity);
    })?;
    Ok(entities)
}

/// The first two columns of a table that is compiled in.
fn table_of(text: &'static str) -> FxHashMap<&'static str, &'static str> {
    text.lines()
        .skip(1)
        .filter_map(|line| line.split_once(','))
        .map(|(k, v)| (k, v.split(',').next().unwrap_or(v)))
        .collect()
}

fn own(cell: Cell<'_>) -> String {
    cell.text().unwrap_or_default().to_owned()
}

fn cow(lexicon: &Lexicon, country: &str) -> String {
    let row = Country::parse(country).ok().and_then(|code| lexicon.countries.get(code));
    row.map(|row| row.cow_code.clone()).unwrap_or_default()
}

impl<'a> Pair<'a> {
    fn cell(&self, column: &str) -> Cell<'a> {
        let at = EVENT_COLUMNS.iter().position(|&name| name == column);
        at.map_or(Cell::Null, |at| self.cells[at])
    }

    /// A column of `events` as text, empty where it is null.
    pub(super) fn text(&self, column: &str) -> &'a str {
        self.cell(column).text().unwrap_or_default()
    }

    pub(super) fn int(&self, column: &str) -> Option<i64> {
        self.cell(column).int()
    }

    pub(super) fn float(&self, column: &str) -> Option<f64> {
        self.cell(column).float()
    }

    /// A number as these data sets write it, empty where it is null.
    pub(super) fn number_text(&self, column: &str) -> String {
        self.float(column).map(|x| format!("{x}")).unwrap_or_default()
    }

    pub(super) fn day(&self, column: &str) -> Option<Day> {
        self.cell(column).day()
    }

    /// The day the event happened, where one is known.
    pub(super) fn event_day(&self) -> Option<Day> {
        self.day("event_date").or_else(|| {
            let (start, end) = (self.day("date_start")?, self.day("date_end")?);
            (start == end).then_some(start)
        })
    }

    pub(super) fn document(&self) -> Option<&'a Document> {
        self.facts.documents.get(self.text("doc_id"))
    }

    pub(super) fn place(&self) -> Option<&'a Place> {
        self.facts.places.get(self.text("place_id"))
    }

    pub(super) fn story(&self) -> Option<&'a Story> {
        self.facts.stories.get(self.text("story_event_id"))
    }

    /// English name of a country, by its ISO code.
    pub(super) fn country_name(&self, code: &str) -> String {
        let row = Country::parse(code).ok().and_then(|code| self.facts.lexicon.countries.get(code));
        row.map(|row| row.name.clone()).unwrap_or_default()
    }

    /// FIPS 10-4 code of a country, by its ISO code.
    pub(super) fn fips(&self, code: &str) -> &'static str {
        self.facts.fips.get(code).copied().unwrap_or_default()
    }

    /// Name of the CAMEO code.
    pub(super) fn cameo_name(&self) -> &'static str {
        self.facts.cameo.get(self.text("cameo_code")).copied().unwrap_or_default()
    }
}
