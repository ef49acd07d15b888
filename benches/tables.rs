//! Rows to files: how many event rows a core writes in a second, by format.
//!
//! Run with `cargo bench --bench tables`. Rows vary as real ones do (ids, offsets and clauses differ in every row;
//! codes, dates and names repeat), since dictionaries and compression depend on it.

use divan::Bencher;
use divan::counter::ItemsCount;
use tidings::extract::findings::{DateBasis, EventType, Polarity, Precision, Status};
use tidings::lexicon::Country;
use tidings::tables::events::EventRow;
use tidings::tables::{Corpus, Day, Formats, Id, Rows, TableWriters, WriteOptions};

/// The allocator of the program.
#[global_allocator]
static GLOBAL: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Rows in a batch: several row groups.
const ROWS: usize = 200_000;

const WORDS: &[&str] = &[
    "minister",
    "talks",
    "border",
    "said",
    "the",
    "of",
    "and",
    "in",
    "with",
    "on",
    "a",
    "to",
    "troops",
    "sanctions",
    "agreement",
    "parliament",
    "vote",
    "protesters",
    "Kyiv",
    "Ankara",
    "gas",
    "pipeline",
    "summit",
    "ceasefire",
    "after",
];
const COUNTRIES: &[&str] = &["TUR", "POL", "SWE", "KOR", "USA", "CHN", "UKR", "RUS", "DEU", "FRA"];

fn main() {
    divan::main();
}

/// Numbers that look random and are the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    fn words(&mut self, n: usize) -> String {
        (0..n).map(|_| self.of(WORDS)).collect::<Vec<_>>().join(" ")
    }
}

fn events() -> Rows {
    let mut numbers = Numbers(7);
    let run_id = Id::of('r', &["bench"]);
    let events = (0..ROWS).map(|n| event(n, run_id, &mut numbers)).collect();
    Rows { events, ..Rows::default() }
}

fn event(n: usize, run_id: Id, numbers: &mut Numbers) -> EventRow {
    let event_id = Id::of('e', &[&n.to_string()]);
    let day = Day::of(jiff::civil::date(2023, 1 + (n / 17_000) as i8, 1 + numbers.below(28) as i8));
    let event_type = numbers.of(EventType::ALL);
    let start = numbers.below(4_000) as u32;
    let located = numbers.below(2) == 0;
    let evidence = numbers.words(22);
    EventRow {
        event_id,
        doc_id: Id::of('d', &[&(n / 4).to_string()]),
        sentence_no: (n % 30) as u32,
        published_at: day,
        event_type,
        act_type: event_type,
        mode: Some("meet".to_owned()),
        contexts: Some("military;diplomatic".to_owned()),
        quad_class: Some(numbers.below(4) as u8 + 1),
        cameo_code: Some(format!("0{}", 36 + numbers.below(40))),
        cameo_root: Some("04".to_owned()),
        goldstein: Some(numbers.below(20) as f64 / 2.0 - 5.0),
        plover_score: Some(numbers.below(20) as f64 / 2.0 - 5.0),
        status: Status::Past,
        polarity: Polarity::Affirmative,
        attributed_to: n.is_multiple_of(5).then(|| numbers.words(2)),
        date_start: day,
        date_end: day,
        date_precision: Precision::Day,
        date_basis: DateBasis::Relative,
        date_text: Some("on Wednesday".to_owned()),
        event_date: day,
        source_name: Some(numbers.words(2)),
        source_country: Some(numbers.of(COUNTRIES).to_owned()),
        source_sector: Some("GOV".to_owned()),
        target_name: Some(numbers.words(2)),
        target_country: Some(numbers.of(COUNTRIES).to_owned()),
        target_sector: Some("MIL;GOV".to_owned()),
        n_participants: 2 + numbers.below(3) as u32,
        reciprocal: n.is_multiple_of(3),
        place_id: located.then(|| Id::of('p', &[numbers.of(COUNTRIES)])),
        place_name: located.then(|| "Vilnius".to_owned()),
        place_country: located.then(|| Country::parse(numbers.of(COUNTRIES)).ok()).flatten(),
        place_level: located.then_some("capital"),
        lat: located.then_some(54.687),
        lon: located.then_some(25.283),
        fatalities: n.is_multiple_of(20).then_some(3),
        injured: None,
        arrested: None,
        trigger: numbers.of(WORDS).to_owned(),
        char_start: start,
        char_end: start + evidence.len() as u32,
        byte_start: start,
        byte_end: start + evidence.len() as u32,
        evidence,
        story_event_id: Id::of('s', &[event_id.as_str()]),
        confidence: numbers.below(100) as f64 / 100.0,
        rule_id: format!("consult.meet/{}", numbers.below(40)),
        run_id,
    }
}

#[divan::bench(args = [Formats::Csv, Formats::Parquet, Formats::Both], sample_count = 5, sample_size = 1)]
fn event_rows(bencher: Bencher<'_, '_>, formats: Formats) {
    let rows = events();
    let options = WriteOptions { formats, ..WriteOptions::default() };
    bencher.counter(ItemsCount::new(ROWS)).bench_local(|| {
        let dir = tempfile::tempdir().unwrap();
        let mut writers = TableWriters::create(dir.path(), &options).unwrap();
        writers.append(&rows).unwrap();
        let files = writers.finish(Corpus::default(), &|_| None).unwrap();
        files.iter().map(|file| file.bytes).sum::<u64>()
    });
}
