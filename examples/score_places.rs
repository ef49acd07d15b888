//! Scores places: from the toponyms that a corpus gives, and from its text alone.
//!
//! A corpus is JSON lines with `text` and `toponyms` (`start`, `end` in code points, `lat`, `lon`, perhaps `country` by
//! name): `cargo run --release --no-default-features --example score_places -- FILE... [--verbose]`. Right within 161 km (100 miles) is the field's measure; a toponym that is not resolved is wrong. Where a
//! corpus gives no country, it is that of the gazetteer's town nearest to the point; seas and continents then have none.

use serde::Deserialize;
use std::error::Error;
use std::path::Path;
use tidings::article::{Article, BlockKind, Published, PublishedBasis};
use tidings::extract::findings::Place;
use tidings::extract::{ExtractOptions, Extractor, Scratch};
use tidings::lexicon::{Country, Lexicon, PhraseKind};
use tidings::text::{Byte, Span};
use tidings::{Pipeline, nlp};

/// 100 miles.
const NEAR_KM: f64 = 161.0;

#[derive(Deserialize)]
struct Record {
    text: String,
    #[serde(default)]
    date: Option<String>,
    toponyms: Vec<Toponym>,
}

#[derive(Deserialize)]
struct Toponym {
    start: usize,
    end: usize,
    lat: Option<f64>,
    lon: Option<f64>,
    #[serde(default)]
    country: Option<String>,
}

#[derive(Default)]
struct Tally {
    points: u32,
    near: u32,
    countries: u32,
    right_country: u32,
    unresolved: u32,
}

impl Tally {
    fn add(&mut self, lexicon: &Lexicon, gold: &Toponym, name: &str, place: Option<&Place>) {
        self.unresolved += u32::from(place.is_none());
        let Some(point) = gold.lat.zip(gold.lon) else { return };
        let wide = gold.country.is_none() && is_of_no_country(lexicon, name);
        self.points += 1;
        let own = place.and_then(|p| p.lat.zip(p.lon));
        self.near += u32::from(own.is_some_and(|own| kilometres(point, own) <= NEAR_KM));
        if let Some(country) = country_of(lexicon, gold, point).filter(|_| !wide) {
            self.countries += 1;
            self.right_country += u32::from(place.and_then(|p| p.country) == Some(country));
        }
    }

    fn show(&self) -> String {
        let share = |n: u32, of: u32| f64::from(n) / f64::from(of.max(1));
        format!(
            "{} toponyms, {} unresolved; within 161 km {:.3}, country {:.3}",
            self.points,
            self.unresolved,
            share(self.near, self.points),
            share(self.right_country, self.countries)
        )
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let verbose = args.iter().any(|arg| arg == "--verbose");
    for path in args.iter().filter(|arg| !arg.starts_with("--")) {
        score(Path::new(path), verbose)?;
    }
    Ok(())
}

/// Prints the figures of one corpus; with `verbose`, every toponym that is wrong.
fn score(path: &Path, verbose: bool) -> Result<(), Box<dyn Error>> {
    let text = std::fs::read_to_string(path)?;
    let lexicon = Lexicon::builtin();
    let pipeline = Pipeline::builtin(ExtractOptions::default())?;
    let mut worker = pipeline.worker();
    let extractor = Extractor::new(lexicon, ExtractOptions::default());
    let mut scratch = Scratch::default();
    let (mut given, mut found) = (Tally::default(), Tally::default());
    let (mut n_gold, mut n_found, mut n_matched) = (0_usize, 0_usize, 0_usize);
    for line in text.lines() {
        let record: Record = serde_json::from_str(line)?;
        let mut article = Article::default();
        // The text goes in as it is, so that offsets hold.
        article.push_block(BlockKind::Paragraph, &record.text);
        let day = record.date.as_deref().and_then(|date| date.get(..10)?.parse().ok());
        article.published = day.map(|date| Published { date, time: None, basis: PublishedBasis::Metadata });
        let shift = record.text.len() - record.text.trim_start().len();
        let bytes: Vec<usize> = record.text.char_indices().map(|(at, _)| at).chain([record.text.len()]).collect();
        let spans: Vec<Span<Byte>> =
            record.toponyms.iter().map(|t| Span::of(bytes[t.start] - shift, bytes[t.end] - shift)).collect();
        let (doc, findings) = worker.analyse(article);
        let doc: &nlp::Doc = doc;
        for ((gold, span), place) in record.toponyms.iter().zip(&spans).zip(extractor.locate(doc, &mut scratch, &spans))
        {
            given.add(lexicon, gold, span.slice(doc.text()), place.as_ref());
            let near = gold.lat.zip(gold.lon).zip(place.as_ref().and_then(|p| p.lat.zip(p.lon)));
            if verbose && !near.is_some_and(|(a, b)| kilometres(a, b) <= NEAR_KM) {
                let shown = place.as_ref().map(|p| (&p.name, p.country, p.admin1.as_deref(), p.level, p.lat, p.lon));
                println!("{:24} {:?} {:?} {:?}: {shown:?}", span.slice(doc.text()), gold.lat, gold.lon, gold.country);
            }
        }
        n_gold += spans.len();
        n_found += findings.place_mentions.len();
        for mention in &findings.place_mentions {
            if let Some(at) = spans.iter().position(|span| span.overlaps(mention.span)) {
                n_matched += 1;
                found.add(
                    lexicon,
                    &record.toponyms[at],
                    mention.span.slice(doc.text()),
                    Some(&findings.places[mention.place as usize]),
                );
            } else if verbose {
                println!(
                    "spurious {:20} {:?}",
                    mention.span.slice(doc.text()),
                    findings.places[mention.place as usize].name
                );
            }
        }
    }
    let (precision, recall) = (n_matched as f64 / n_found as f64, n_matched as f64 / n_gold as f64);
    println!("{}", path.display());
    println!("  toponyms given: {}", given.show());
    println!(
        "  from the text: precision {precision:.3}, recall {recall:.3} of names; of those found: {}",
        found.show()
    );
    Ok(())
}

fn country_of(lexicon: &Lexicon, gold: &Toponym, point: (f64, f64)) -> Option<Country> {
    if let Some(name) = gold.country.as_deref().filter(|name| !name.is_empty()) {
        let entries = lexicon.phrases.exactly(name);
        let entry = entries.iter().find(|entry| entry.kind == PhraseKind::CountryName)?;
        return Some(lexicon.countries.row(entry.row).code);
    }
    let gazetteer = lexicon.gazetteer();
    let towns = (0..gazetteer.len() as u32).map(|at| gazetteer.get(at)).filter(|entry| entry.level.is_city());
    let by_distance = |entry: &&tidings::lexicon::gazetteer::Entry| {
        entry.point.map_or(u64::MAX, |own| (kilometres(point, own) * 10.0) as u64)
    };
    towns.min_by_key(by_distance).and_then(|entry| entry.country)
}

/// "Africa", "the Black Sea".
fn is_of_no_country(lexicon: &Lexicon, name: &str) -> bool {
    let gazetteer = lexicon.gazetteer();
    gazetteer.named(name).iter().any(|meaning| gazetteer.get(meaning.entry).country.is_none())
}

/// Distance over the earth's surface.
fn kilometres(a: (f64, f64), b: (f64, f64)) -> f64 {
    let half = |x: f64, y: f64| ((x - y).to_radians() / 2.0).sin().powi(2);
    let h = half(a.0, b.0) + a.0.to_radians().cos() * b.0.to_radians().cos() * half(a.1, b.1);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}
