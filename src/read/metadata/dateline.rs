//! Agency datelines at the start of a paragraph: `SEOUL (Reuters) -`, `SEOUL, July 13 (Yonhap) --`, `PARIS —`.
//!
//! A dateline is a place, perhaps with a country, a day and an agency, closed by a dash or by the agency's brackets.
//! A place in capitals and a dash suffice; a place in small letters needs an agency or a day as well, because
//! "Brussels - which hosts NATO - said" is prose.

use super::date;

/// Longest dateline in bytes: two places, a country, a day with its year and an agency.
const MAX_DATELINE: usize = 120;

/// Agencies and papers that sign datelines, as they stand in brackets.
const AGENCIES: &[&str] = &[
    "reuters",
    "ap",
    "afp",
    "upi",
    "dpa",
    "yonhap",
    "xinhua",
    "kyodo",
    "tass",
    "interfax",
    "ansa",
    "efe",
    "pti",
    "ians",
    "ani",
    "bloomberg",
    "cnn",
    "bbc",
    "tanjug",
    "anadolu",
    "aa",
    "mena",
    "irna",
    "sana",
    "kuna",
    "wam",
    "spa",
    "unian",
    "ukrinform",
    "belta",
    "bta",
    "mti",
    "ctk",
    "pap",
    "lusa",
    "belga",
    "anp",
    "ntb",
    "tt",
    "ritzau",
    "rfe/rl",
    "voa",
    "the associated press",
    "thomson reuters foundation",
    "deutsche presse-agentur",
    "agence france-presse",
    "ria novosti",
    "itar-tass",
    "kcna",
    "jiji",
    "bernama",
    "antara",
    "app",
    "pna",
    "cna",
    "petra",
    "zenit",
    "ips",
    "inter press service",
    "marketwatch",
    "business wire",
    "pr newswire",
    "un news",
    "nan",
    "prnewswire",
    "globe newswire",
    "globenewswire",
    "mehr",
    "mna",
    "isna",
    "fars",
    "vna",
    "sapa",
    "ddp",
    "apa",
    "sda",
    "ats",
    "agerpres",
    "hina",
    "srna",
    "fena",
    "trend",
    "azertac",
    "armenpress",
    "kazinform",
    "montsame",
    "ina",
    "nna",
    "qna",
    "bna",
    "saba",
    "suna",
    "tap",
    "aps",
    "map",
    "notimex",
    "telam",
    "prensa latina",
    "agencia brasil",
    "wafa",
    "lana",
    "npr",
];

/// Length in bytes of the dateline at the start of a paragraph, with its dash; the prose follows it.
pub fn split(paragraph: &str) -> Option<usize> {
    let mut cut = MAX_DATELINE.min(paragraph.len());
    while !paragraph.is_char_boundary(cut) {
        cut -= 1;
    }
    let head = &paragraph[..cut];
    // "UN: three million need aid" is a headline; a place and a colon open a report only before a sentence.
    let is_sentence = paragraph.len() >= 80 && super::layout::ends_sentence(paragraph);
    let end = by_agency(head).or_else(|| by_dash(head, is_sentence)).or_else(|| by_capital_and_state(head))?;
    // Prose must follow, else the line is a heading.
    let rest = paragraph[end..].trim_start();
    (rest.split_whitespace().count() >= 3).then_some(end)
}

/// `Place (Agency) -`, `(Agency) -`, `Place, July 13 (Agency):`
fn by_agency(head: &str) -> Option<usize> {
    let open = head.find('(').or_else(|| head.find(" /").map(|at| at + 1))?;
    let closing = if head[open..].starts_with('(') { ')' } else { '/' };
    let close = open + 1 + head[open + 1..].find(closing)?;
    let written = head[open + 1..close].trim();
    let inside = written.to_lowercase();
    let known =
        inside.split(['/', ',', ';']).any(|a| AGENCIES.contains(&a.trim())) || AGENCIES.contains(&inside.as_str());
    // An agency of a country we have not heard of signs in capitals after a place and a day.
    let signed = (2..=8).contains(&written.len()) && written.bytes().all(|b| b.is_ascii_uppercase());
    let before = head[..open].trim();
    let placed = before.is_empty() && closing == ')' || is_place_and_day(before, true);
    if !(known && placed || signed && is_place_and_day(before, false)) {
        return None;
    }
    Some(after_dash(head, close + 1).unwrap_or(close + 1))
}

/// `PLACE -`, `PLACE, Country, July 13 -`, `Place, July 13 -`
fn by_dash(head: &str, is_sentence: bool) -> Option<usize> {
    let at = head.char_indices().find(|(i, c)| match c {
        '—' | '–' => true,
        '-' => head[..*i].ends_with([' ', '-']) || head[i + 1..].starts_with("- "),
        ':' => is_sentence && head[..*i].split(',').all(is_capitals) && head[*i + 1..].starts_with(' '),
        _ => false,
    })?;
    let before = head[..at.0].trim_end_matches(['-', ' ']);
    if before.is_empty() || !is_place_and_day(before, false) {
        return None;
    }
    after_dash(head, at.0)
}

/// `WASHINGTON, D.C. The minister …`: capitals, a state or country, and then the prose without a dash.
fn by_capital_and_state(head: &str) -> Option<usize> {
    let (place, rest) = head.split_once(", ")?;
    if !is_capitals(place) || place.chars().count() < 4 {
        return None;
    }
    let state = rest.split_whitespace().next()?;
    let abbreviated = state.ends_with('.') && state.len() <= 6 && state.starts_with(|c: char| c.is_uppercase());
    let after = rest[state.len()..].trim_start();
    let prose = after.starts_with(|c: char| c.is_uppercase() || c == '“' || c == '"');
    (abbreviated && prose).then(|| place.len() + 2 + state.len())
}

/// The byte after the dash or colon that stands at `from`, white space aside.
fn after_dash(head: &str, from: usize) -> Option<usize> {
    let rest = &head[from..];
    let trimmed = rest.trim_start_matches(' ');
    let dashes = trimmed.trim_start_matches(['-', '–', '—', ':', '_']);
    let used = trimmed.len() - dashes.len();
    (used > 0).then(|| head.len() - dashes.len())
}

/// A place, perhaps with country and day. `small` allows a place in small letters without a day.
fn is_place_and_day(text: &str, small: bool) -> bool {
    let text = text.trim_end_matches([',', '.', ' ']);
    let mut pieces: Vec<&str> = text.split([',', '/', '|']).map(str::trim).filter(|p| !p.is_empty()).collect();
    let mut has_day = false;
    while let Some(last) = pieces.last() {
        if is_day(last) || pieces.len() > 1 && is_year(last) {
            has_day = true;
            pieces.pop();
        } else {
            break;
        }
    }
    let Some(place) = pieces.first() else { return false };
    if pieces.len() > 3 || place.chars().count() < 2 {
        return false;
    }
    is_capitals(place) && pieces[1..].iter().all(|p| is_capitalised(p))
        || (small || has_day) && pieces.iter().all(|p| is_capitalised(p))
}

/// `July 13`, `13 July`, `Feb. 26`, `13.07.2023`, `Wednesday`
fn is_day(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [word] => date::read(word).is_some() || is_weekday(word),
        [a, b] => date::read(&format!("{a} {b} 2020")).is_some() || date::read(&format!("{a} {b}, 2020")).is_some(),
        [_, _, year] => is_year(year) && date::read(text).is_some(),
        _ => false,
    }
}

fn is_weekday(word: &str) -> bool {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].contains(&word)
}

fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) && (text.starts_with("19") || text.starts_with("20"))
}

/// One to four words, none with a small letter: `NEW YORK`, `PORT-AU-PRINCE`, `ST. PAUL`.
fn is_capitals(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (1..=4).contains(&words)
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 2
        && text.chars().all(|c| c.is_uppercase() || " .-'’".contains(c) || c.is_alphabetic() && !c.is_lowercase())
}

/// One to four words with capitals: `New York`, `South Korea`, `N.C.`, `Rio de Janeiro`.
fn is_capitalised(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    (1..=4).contains(&words.len())
        && words[0].starts_with(char::is_uppercase)
        && words.iter().all(|w| {
            w.chars().all(|c| c.is_alphabetic() || ".-'’".contains(c))
                && (w.starts_with(char::is_uppercase)
                    || matches!(*w, "de" | "of" | "and" | "the" | "la" | "do" | "al" | "am"))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_split_from_the_prose() {
        for (text, expected) in [
            ("SEOUL (Reuters) - Leaders met on Wednesday.", "SEOUL (Reuters) -"),
            ("SEOUL, July 13 (Yonhap) -- Leaders met again.", "SEOUL, July 13 (Yonhap) --"),
            ("PARIS — The minister said no.", "PARIS —"),
            ("Paris (AFP) – The minister said no.", "Paris (AFP) –"),
            ("WASHINGTON, D.C. The minister said no.", "WASHINGTON, D.C."),
            ("PORT-AU-PRINCE, Haiti (AP) _ Gangs burned homes.", "PORT-AU-PRINCE, Haiti (AP) _"),
            ("KYIV, Ukraine — Shells fell overnight.", "KYIV, Ukraine —"),
            ("BUDAPEST, March 12 - The bank said so.", "BUDAPEST, March 12 -"),
            ("Vilnius, 13 July – Leaders met here.", "Vilnius, 13 July –"),
            ("GENEVA/LONDON, June 3, 2021 (Reuters) - Talks began here.", "GENEVA/LONDON, June 3, 2021 (Reuters) -"),
            ("(CNN) — A storm is coming.", "(CNN) —"),
            ("(CNN) A storm is coming soon.", "(CNN)"),
            (
                "NEW DELHI: The government said no to the plan on Monday, and to the loan that was to pay for it.",
                "NEW DELHI:",
            ),
        ] {
            let end = split(text).unwrap_or_else(|| panic!("no dateline in {text}"));
            assert_eq!(&text[..end], expected);
        }
    }

    #[test]
    fn prose_has_none() {
        for text in [
            "Brussels - which hosts NATO - said no.",
            "The minister (AP) said no such thing.",
            "Leaders met - and parted - on Wednesday.",
            "NATO and Japan signed an agreement.",
            "U.S. officials said no.",
            "PARIS — ",
            "North Korea, South Korea and Japan — all three — agreed.",
        ] {
            assert_eq!(split(text).map(|n| &text[..n]), None, "{text}");
        }
    }
}
