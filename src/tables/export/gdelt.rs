//! GDELT 2.0 event files.

use super::facts::{Pair, Party};
use super::{cameo_quad, cameo_sector};
use crate::tables::Day;

/// Names in the order of the GDELT 2.0 codebook. The files themselves have no header.
pub(super) const COLUMNS: &[&str] = &[
    "GLOBALEVENTID",
    "SQLDATE",
    "MonthYear",
    "Year",
    "FractionDate",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1KnownGroupCode",
    "Actor1EthnicCode",
    "Actor1Religion1Code",
    "Actor1Religion2Code",
    "Actor1Type1Code",
    "Actor1Type2Code",
    "Actor1Type3Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2KnownGroupCode",
    "Actor2EthnicCode",
    "Actor2Religion1Code",
    "Actor2Religion2Code",
    "Actor2Type1Code",
    "Actor2Type2Code",
    "Actor2Type3Code",
    "IsRootEvent",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "GoldsteinScale",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "AvgTone",
    "Actor1Geo_Type",
    "Actor1Geo_FullName",
    "Actor1Geo_CountryCode",
    "Actor1Geo_ADM1Code",
    "Actor1Geo_ADM2Code",
    "Actor1Geo_Lat",
    "Actor1Geo_Long",
    "Actor1Geo_FeatureID",
    "Actor2Geo_Type",
    "Actor2Geo_FullName",
    "Actor2Geo_CountryCode",
    "Actor2Geo_ADM1Code",
    "Actor2Geo_ADM2Code",
    "Actor2Geo_Lat",
    "Actor2Geo_Long",
    "Actor2Geo_FeatureID",
    "ActionGeo_Type",
    "ActionGeo_FullName",
    "ActionGeo_CountryCode",
    "ActionGeo_ADM1Code",
    "ActionGeo_ADM2Code",
    "ActionGeo_Lat",
    "ActionGeo_Long",
    "ActionGeo_FeatureID",
    "DATEADDED",
    "SOURCEURL",
];

/// Columns of one `ActorNGeo_` block: tidings places events, not actors.
const ACTOR_GEO: usize = 8;

pub(super) fn fields(pair: &Pair<'_>) -> Vec<String> {
    let mut fields = vec![id(pair)];
    fields.extend(dates(pair));
    fields.extend(actor(pair.source));
    fields.extend(actor(pair.target));
    let code = pair.text("cameo_code");
    let root = pair.text("cameo_root");
    let story = pair.story();
    fields.extend([
        // "In the lead paragraph": known only for the first sentence, which is always in it.
        if pair.int("sentence_no") == Some(0) { "1".to_owned() } else { String::new() },
        code.to_owned(),
        code.get(..3).unwrap_or_default().to_owned(),
        root.to_owned(),
        cameo_quad(root).map(|quad| quad.to_string()).unwrap_or_default(),
        pair.number_text("goldstein"),
        story.map(|story| story.reports.to_string()).unwrap_or_default(),
        String::new(),
        story.map(|story| story.articles().to_string()).unwrap_or_default(),
        String::new(),
    ]);
    fields.extend(std::iter::repeat_n(String::new(), 2 * ACTOR_GEO));
    fields.extend(place(pair));
    fields.push(pair.day("published_at").map(|day| format!("{}000000", compact(day))).unwrap_or_default());
    fields.push(pair.document().map(|document| document.url.clone()).unwrap_or_default());
    fields
}

/// A whole number, as importers expect: the hash in the event's id, times a hundred, plus the number of the pair. It
/// fits a signed 64-bit integer for 52 of the 60 bits; the rest are dropped.
fn id(pair: &Pair<'_>) -> String {
    let hash = pair.text("event_id").get(3..).and_then(|hex| u64::from_str_radix(hex, 16).ok()).unwrap_or(0);
    (hash * 100 + (pair.number as u64).min(99)).to_string()
}

/// `SQLDATE`, `MonthYear`, `Year`, `FractionDate`: each only as far as the date is known.
fn dates(pair: &Pair<'_>) -> [String; 4] {
    let day = pair.event_day();
    let (start, end) = (pair.day("date_start"), pair.day("date_end"));
    let both = |same: fn(Day, Day) -> bool| day.or_else(|| start.zip(end).filter(|&(a, b)| same(a, b)).map(|(a, _)| a));
    let month = both(|a, b| (a.date().year(), a.date().month()) == (b.date().year(), b.date().month()));
    let year = both(|a, b| a.date().year() == b.date().year());
    [
        day.map(compact).unwrap_or_default(),
        month.map(|m| format!("{:04}{:02}", m.date().year(), m.date().month())).unwrap_or_default(),
        year.map(|y| format!("{:04}", y.date().year())).unwrap_or_default(),
        // The codebook's own formula.
        day.map(|d| {
            let d = d.date();
            format!("{:.4}", f64::from(d.year()) + (f64::from(d.month()) * 30.0 + f64::from(d.day())) / 365.0)
        })
        .unwrap_or_default(),
    ]
}

fn compact(day: Day) -> String {
    let day = day.date();
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

/// The ten columns of an actor.
fn actor(party: &Party) -> [String; 10] {
    let country = country(&party.country);
    let group = known_group(&party.name);
    let sector = cameo_sector(&party.sector);
    let first = if country.is_empty() { group } else { country };
    let none = String::new;
    [
        format!("{first}{sector}"),
        party.name.to_uppercase(),
        country.to_owned(),
        group.to_owned(),
        none(),
        none(),
        none(),
        sector.to_owned(),
        none(),
        none(),
    ]
}

/// CAMEO country codes are ISO 3166-1 alpha-3 but for a few.
fn country(iso3: &str) -> &str {
    match iso3 {
        "ROU" => "ROM",
        "TLS" => "TMP",
        "XKX" => "KSV",
        other => other,
    }
}

/// CAMEO codes of the bodies met most often.
fn known_group(name: &str) -> &'static str {
    match name {
        "NATO" | "North Atlantic Treaty Organization" => "NAT",
        "European Union" => "EEC",
        "United Nations" => "UNO",
        "African Union" => "AFU",
        "Arab League" => "ARL",
        "ASEAN" => "ASN",
        "World Bank" => "WBK",
        "International Monetary Fund" => "IMF",
        "OPEC" => "OPC",
        _ => "",
    }
}

fn place(pair: &Pair<'_>) -> [String; 8] {
    let country = pair.text("place_country");
    let united_states = country == "USA";
    let kind = match pair.text("place_level") {
        "" => "",
        "country" => "1",
        "admin1" | "admin2" => {
            if united_states {
                "2"
            } else {
                "5"
            }
        }
        _ => {
            if united_states {
                "3"
            } else {
                "4"
            }
        }
    };
    let name = pair.text("place_name");
    let full = match (name, pair.place().map(|place| place.admin1.as_str()).unwrap_or_default()) {
        ("", _) => String::new(),
        (name, admin1) if kind != "1" => {
            let parts = [name, admin1, &pair.country_name(country)].map(str::to_owned);
            let mut parts: Vec<_> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            parts.dedup();
            parts.join(", ")
        }
        (name, _) => name.to_owned(),
    };
    let none = String::new;
    [
        kind.to_owned(),
        full,
        pair.fips(country).to_owned(),
        none(),
        none(),
        pair.number_text("lat"),
        pair.number_text("lon"),
        none(),
    ]
}
