//! ICEWS event files, as published on Dataverse.

use super::facts::{Pair, Party};

pub(super) const COLUMNS: &[&str] = &[
    "Event ID",
    "Event Date",
    "Source Name",
    "Source Sectors",
    "Source Country",
    "Event Text",
    "CAMEO Code",
    "Intensity",
    "Target Name",
    "Target Sectors",
    "Target Country",
    "Story ID",
    "Sentence Number",
    "Publisher",
    "City",
    "District",
    "Province",
    "Country",
    "Latitude",
    "Longitude",
];

pub(super) fn fields(pair: &Pair<'_>) -> Vec<String> {
    let place = pair.place();
    let city = if matches!(pair.text("place_level"), "city" | "capital") { pair.text("place_name") } else { "" };
    let mut fields = vec![
        format!("{}-{}", pair.text("event_id"), pair.number),
        pair.event_day().map(|day| day.date().to_string()).unwrap_or_default(),
    ];
    fields.extend(party(pair, pair.source));
    fields.extend([pair.cameo_name().to_owned(), pair.text("cameo_code").to_owned(), pair.number_text("goldstein")]);
    fields.extend(party(pair, pair.target));
    fields.extend([
        pair.text("doc_id").to_owned(),
        // Sentences of ICEWS count from 1.
        pair.int("sentence_no").map(|n| (n + 1).to_string()).unwrap_or_default(),
        pair.document().map(|document| document.publisher.clone()).unwrap_or_default(),
        city.to_owned(),
        String::new(),
        place.map(|place| place.admin1.clone()).unwrap_or_default(),
        pair.country_name(pair.text("place_country")),
        pair.number_text("lat"),
        pair.number_text("lon"),
    ]);
    fields
}

/// Name, sectors in words, country in words.
fn party(pair: &Pair<'_>, party: &Party) -> [String; 3] {
    let sectors = if party.sectors.is_empty() { &party.sector } else { &party.sectors };
    let sectors: Vec<_> = sectors.split(';').map(sector).filter(|sector| !sector.is_empty()).collect();
    [party.name.clone(), sectors.join(","), pair.country_name(&party.country)]
}

/// The names that ICEWS gives to sectors.
fn sector(code: &str) -> &str {
    match code {
        "GOV" => "Government",
        "MIL" => "Military",
        "COP" => "Police",
        "JUD" => "Judicial",
        "LEG" => "Legislative / Parliamentary",
        "PTY" => "Parties",
        "OPP" | "PRO" => "Dissident",
        "REB" | "INS" => "Insurgents",
        "SEP" => "Separatists",
        "UAF" => "Unidentified Forces",
        "BUS" => "Business",
        "JRN" => "Media",
        "CVL" => "General Population / Civilian / Social",
        "EDU" => "Education",
        "HLH" => "Medical / Health",
        "LAB" => "Labor",
        "REL" => "Religious",
        "REF" => "Refugees",
        "CRM" => "Criminals / Gangs",
        "NGO" => "Nongovernmental Organization",
        "IGO" => "International Government Organization",
        "ELI" => "Elite",
        "SPY" => "Intelligence",
        other => other,
    }
}
