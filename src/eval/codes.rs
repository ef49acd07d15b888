//! Actor and event codes, brought to one form before they are compared.

use crate::lexicon::Lexicon;

/// Country and sector of an actor code such as `KORGOV`; empty where absent.
pub(super) type Party = (String, String);

/// Old and foreign country codes and what they are in ISO 3166-1 (Kosovo as the gold files write it).
const COUNTRY: &[(&str, &str)] = &[
    ("ROM", "ROU"),
    ("JAP", "JPN"),
    ("ZAR", "COD"),
    ("PAL", "PSE"),
    ("TMP", "TLS"),
    ("YUG", "SRB"),
    ("SCG", "SRB"),
    ("KSV", "KOS"),
    ("XKX", "KOS"),
    ("UNO", "IGO"),
    ("EUR", "IGO"),
    ("INT", "IGO"),
    ("NGM", "NGO"),
    ("ISM", "ISM"),
];

/// Codes of actors without a country, which take no sector.
const UNPLACED: &[&str] = &["IGO", "NGO", "IMG", "MNC"];

/// Sectors of older schemes and religious or ethnic codes that are no sectors.
const SECTOR: &[(&str, &str)] = &[
    ("CIV", "CVL"),
    ("JRN", "MED"),
    ("INS", "REB"),
    ("SEP", "REB"),
    ("MOS", ""),
    ("MUS", ""),
    ("CHR", ""),
    ("KUR", ""),
];

fn mapped(code: &str, table: &[(&str, &str)]) -> String {
    table.iter().find(|(from, _)| *from == code).map_or(code, |(_, to)| to).to_owned()
}

/// Country and sector of a code of the gold files or of ours.
pub(super) fn party(code: &str) -> Party {
    let mut code = code.trim().to_uppercase();
    if let Some(rest) = code.strip_prefix('~') {
        code = format!("---{rest}");
    }
    let part = |from: usize| code.chars().skip(from).take(3).collect::<String>();
    let country = match part(0).as_str() {
        "---" | "" => String::new(),
        other => mapped(other, COUNTRY),
    };
    let sector = if UNPLACED.contains(&country.as_str()) { String::new() } else { part(3) };
    (country, mapped(&sector, SECTOR))
}

/// PLOVER type of a CAMEO code: of the whole code, or of its first three or two digits; empty for CAMEO 01 and 02.
pub(super) fn type_of_cameo(code: &str) -> String {
    if code.is_empty() || code.starts_with("01") || code.starts_with("02") {
        return String::new();
    }
    let scores = Lexicon::builtin().ontology.scores();
    [code.len(), 3, 2]
        .iter()
        .find_map(|&n| code.get(..n).and_then(|c| scores.event_type(c)))
        .map_or_else(String::new, |t| t.as_str().to_owned())
}

/// Quad class of a PLOVER type in the gold files (1 to 4).
pub(super) fn quad(event_type: &str, penta: bool) -> Option<i64> {
    let class = crate::lexicon::ontology::EventType::parse(event_type)?.quad_class()?;
    Some(match event_type {
        "SANCTION" if penta => 3,
        "CONCEDE" if penta => 2,
        _ => i64::from(class),
    })
}

/// Pentaclass of a CAMEO code by its root: 0 statement to 4 material conflict.
pub(super) fn pentaclass(cameo: &str) -> Option<i64> {
    Some(match cameo.get(..2)?.parse().ok()? {
        1 | 2 => 0,
        3..=5 => 1,
        6..=8 => 2,
        9..=13 | 16 => 3,
        14 | 15 | 17..=20 => 4,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_take_one_form() {
        assert_eq!(party("JAPGOV"), ("JPN".into(), "GOV".into()));
        assert_eq!(party("UNOGOV"), ("IGO".into(), String::new()));
        assert_eq!(party("---REB"), (String::new(), "REB".into()));
        assert_eq!(party("~COP"), (String::new(), "COP".into()));
        assert_eq!(type_of_cameo("190"), "ASSAULT");
        assert_eq!(type_of_cameo("010"), "");
        assert_eq!(pentaclass("163"), Some(3));
    }
}
