//! Bylines: "By Jane Doe and John Roe", "BY JANE DOE", "Jane Doe, Staff Writer".
//!
//! A line that begins with "By" is a byline only when names follow: "By the time talks ended, …" is prose.

/// Longest line that is read as a list of names; the longest real bylines name a dozen reporters.
const MAX_BYLINE: usize = 400;

/// Most authors kept.
const MAX_AUTHORS: usize = 50;

/// What stands before the names.
const OPENERS: &[&str] = &[
    "written by",
    "reported by",
    "story by",
    "reporting by",
    "words by",
    "posted by",
    "published by",
    "article by",
    "report by",
    "analysis by",
    "commentary by",
    "comment by",
    "opinion by",
    "op-ed by",
    "column by",
    "essay by",
    "guest post by",
    "guest column by",
    "guest essay by",
    "feature by",
    "interview by",
    "review by",
    "dispatch by",
    "contributed by",
    "compiled by",
    "prepared by",
    "by the staff of",
    "created by",
    "submitted by",
    "text by",
    "veröffentlicht von",
    "erstellt von",
    "eingestellt von",
    "geschrieben von",
    "publié par",
    "publicado por",
    "verfasst von",
    "by-line:",
    "byline:",
    "authors:",
    "author:",
    "by:",
    "by",
];

/// Words of which one makes a piece of a byline a role, an agency or a paper, and no person.
const ROLE_WORDS: &[&str] = &[
    "writer",
    "writers",
    "correspondent",
    "correspondents",
    "editor",
    "editors",
    "reporter",
    "reporters",
    "staff",
    "bureau",
    "press",
    "news",
    "post",
    "times",
    "agency",
    "agencies",
    "service",
    "columnist",
    "contributor",
    "contributors",
    "desk",
    "online",
    "herald",
    "journal",
    "tribune",
    "guardian",
    "reuters",
    "afp",
    "ap",
    "upi",
    "dpa",
    "ansa",
    "efe",
    "tass",
    "xinhua",
    "yonhap",
    "kyodo",
    "bloomberg",
    "bbc",
    "cnn",
    "npr",
    "pti",
    "ians",
    "telegraph",
    "gazette",
    "network",
    "team",
    "analyst",
    "fellow",
    "professor",
    "director",
    "intern",
    "report",
    "reporting",
    "chief",
    "author",
    "producer",
    "media",
    "daily",
    "weekly",
    "magazine",
    "monitor",
    "observer",
    "independent",
    "chronicle",
    "globe",
    "wires",
    "agence",
    "agentur",
    "newswire",
    "wire",
    "syndicate",
    "newsroom",
    "broadcasting",
];

/// Words of institutions, which are no persons either.
const INSTITUTIONS: &[&str] = &[
    "institute",
    "university",
    "college",
    "centre",
    "center",
    "council",
    "foundation",
    "association",
    "ministry",
    "society",
    "commission",
    "committee",
    "department",
    "school",
];

/// Small words inside names.
const PARTICLES: &[&str] = &[
    "de", "da", "di", "del", "della", "der", "den", "dos", "du", "la", "le", "van", "von", "vom", "zu", "zur", "bin",
    "bint", "ibn", "al", "el", "ben", "y", "e", "ter", "ten", "af", "av", "abu", "st", "san",
];

/// What follows a name and is no part of it.
const SUFFIXES: &[&str] =
    &["phd", "ph.d.", "ph.d", "md", "m.d.", "jr", "jr.", "sr", "sr.", "esq", "esq.", "mba", "ma", "ba", "cfa"];

/// The authors named by a line that is a byline; empty when it is a byline without a person or agency.
pub fn read(line: &str) -> Option<Vec<String>> {
    if line.len() > MAX_BYLINE {
        return None;
    }
    let (rest, opened) = strip_openers(line.trim().trim_matches(['(', ')', '*', '_']));
    let authors = names(rest);
    if opened {
        if is_nameless(rest) {
            return Some(Vec::new());
        }
        let ends_as_prose = rest.ends_with('.') && rest.split_whitespace().count() > 6;
        return (!authors.is_empty() && !ends_as_prose).then_some(authors);
    }
    // Without "By" the line must say what the person is.
    let pieces: Vec<&str> = pieces(rest).collect();
    let person_and_role = pieces.len() >= 2
        && pieces.len() <= 4
        && is_person(pieces[0])
        && pieces[1..].iter().all(|p| is_role(p) && !p.ends_with('.'));
    person_and_role.then_some(authors)
}

/// True when a line begins as a byline does, whatever follows: too long or odd to be read.
pub fn begins_as_byline(line: &str) -> bool {
    strip_openers(line.get(..40.min(line.len())).unwrap_or("")).1
}

/// The authors in a field that holds nothing else: "Jane Doe, John Roe", "By Jane Doe", "Jane Doe | Reuters".
pub fn from_field(text: &str) -> Option<String> {
    let text = super::super::clean::squeeze(text);
    let (rest, _) = strip_openers(&text);
    if rest.is_empty() || rest.len() > MAX_BYLINE || rest.contains("://") {
        return None;
    }
    let authors = names(rest);
    if authors.is_empty() { Some(tidy(rest)) } else { Some(authors.join(";")) }
}

/// "Our Correspondent", "a Staff Reporter": a byline that names no one.
fn is_nameless(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "our",
        "a",
        "an",
        "the",
        "own",
        "staff",
        "special",
        "foreign",
        "political",
        "diplomatic",
        "senior",
        "city",
        "chief",
        "crime",
        "business",
        "sports",
        "correspondent",
        "correspondents",
        "reporter",
        "reporters",
        "writer",
        "writers",
        "editor",
        "editors",
        "bureau",
        "desk",
        "web",
        "online",
        "team",
        "admin",
        "newsroom",
        "contributor",
        "contributors",
        "editorial",
        "board",
        "agencies",
        "and",
    ];
    let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words().next().is_some() && words().all(|w| WORDS.contains(&w.to_lowercase().as_str()))
}

/// "Jane Doe Defence correspondent": a name and, without a comma, what the person is.
pub fn person_and_role(text: &str) -> Option<Vec<String>> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(3..=8).contains(&words.len()) || text.ends_with('.') {
        return None;
    }
    (2..=3.min(words.len() - 1)).find_map(|n| {
        let (name, role) = (words[..n].join(" "), words[n..].join(" "));
        (is_person(&name) && is_role(&role) && !is_role(words[n - 1])).then(|| vec![tidy(&name)])
    })
}

/// The persons named by a line that names nothing else but where they are or work: "Jane Doe and John Roe", "Jane Doe
/// in Kyiv", "Jane Doe (Example Institute)", "Jane Doe reports from Kyiv".
pub fn people(text: &str) -> Option<Vec<String>> {
    let text = text.strip_prefix("From ").unwrap_or(text);
    let text = text.split(" reports from ").next().unwrap_or(text);
    let pieces: Vec<&str> = pieces(text).map(cut_place).collect();
    let all = text.len() <= 120 && !pieces.is_empty() && pieces.iter().all(|p| is_person(p));
    all.then(|| pieces.iter().map(|p| tidy(p)).collect())
}

/// True when a piece of text alone on a line may be a person's name.
pub fn is_person(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(2..=5).contains(&words.len())
        || is_role(text)
        || has_word(text, INSTITUTIONS)
        || text.contains(['?', '!', ':', '"', '“', '(', ')'])
    {
        return false;
    }
    let mut capitals = 0;
    for (i, word) in words.iter().enumerate() {
        let first = word.chars().next().unwrap_or(' ');
        let letters = word.chars().all(|c| c.is_alphabetic() || "'’-.`´".contains(c));
        let bare = word.trim_end_matches('.').to_lowercase();
        if !letters {
            return false;
        }
        if first.is_uppercase() || !first.is_ascii() && first.is_alphabetic() && !first.is_lowercase() {
            capitals += 1;
        } else if i == 0 && !bare.contains('-')
            || !(PARTICLES.contains(&bare.as_str())
                || bare.starts_with("al-")
                || bare.starts_with("d'")
                || bare.starts_with("d’"))
        {
            return false;
        } else {
            capitals += usize::from(word.chars().any(char::is_uppercase));
        }
    }
    capitals >= 2 && !words.last().is_some_and(|w| w.len() > 3 && w.ends_with('.'))
}

/// True when a piece is a role, agency or paper.
pub fn is_role(text: &str) -> bool {
    has_word(text, ROLE_WORDS)
}

fn has_word(text: &str, words: &[&str]) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|w| words.contains(&w.to_lowercase().as_str()))
}

fn strip_openers(text: &str) -> (&str, bool) {
    let (mut rest, mut opened) = (text.trim(), false);
    while let Some(after) = OPENERS.iter().find_map(|o| strip_opener(rest, o)) {
        rest = after.trim_start_matches(|c: char| c.is_whitespace() || c == ':');
        opened = true;
    }
    (rest, opened)
}

fn strip_opener<'t>(text: &'t str, opener: &str) -> Option<&'t str> {
    let head = text.get(..opener.len())?;
    let rest = &text[opener.len()..];
    let ended = opener.ends_with(':') || rest.starts_with([' ', ':', '\u{a0}']);
    (head.eq_ignore_ascii_case(opener) && ended).then_some(rest)
}

/// Pieces between commas, semicolons, bars and "and".
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split([',', ';', '|', '•', '·', '/', '&'])
        .flat_map(|p| p.split(" and "))
        .flat_map(|p| p.split(" AND "))
        .flat_map(|p| p.split(" with "))
        .flat_map(|p| p.split(" – "))
        .flat_map(|p| p.split(" — "))
        .flat_map(|p| p.split(" - "))
        .map(|p| p.trim().trim_start_matches("and ").trim())
        .filter(|p| !p.is_empty())
}

fn names(text: &str) -> Vec<String> {
    let mut authors: Vec<String> = Vec::new();
    let mut agency = None;
    for piece in pieces(text) {
        let piece = cut_place(piece);
        if SUFFIXES.contains(&piece.to_lowercase().as_str()) {
            continue;
        }
        let name = tidy(piece);
        if is_person(&name) {
            if authors.len() < MAX_AUTHORS && !authors.contains(&name) {
                authors.push(name);
            }
        } else if is_role(piece) || has_word(piece, INSTITUTIONS) {
            let organisation =
                piece.chars().next().is_some_and(char::is_uppercase) && piece.split_whitespace().count() <= 4;
            if organisation && agency.is_none() {
                agency = Some(name);
            }
        } else if authors.is_empty() {
            // "By the time …", "By 2030": what follows "By" is no name.
            return Vec::new();
        }
    }
    if authors.is_empty() {
        authors.extend(agency);
    }
    authors
}

/// Cuts "in Kyiv", "for Reuters", "of the Post", addresses and brackets off a name.
fn cut_place(piece: &str) -> &str {
    let mut end = piece.len();
    for mark in [
        " in ", " IN ", " for ", " FOR ", " of ", " OF ", " at ", " AT ", " from ", " FROM ", " (", " @", " on ", " | ",
    ] {
        if let Some(at) = piece.find(mark) {
            end = end.min(at);
        }
    }
    let piece = piece[..end].trim();
    match piece.rsplit_once(' ') {
        Some((before, last)) if last.contains('@') => before.trim(),
        _ => piece,
    }
}

/// Names all in capitals are written as names are: "JANE MCDOE-O'NEILL" is "Jane McDoe-O'Neill".
fn tidy(name: &str) -> String {
    let name = name.trim().trim_end_matches(['.', ',', ':']).trim();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = letters > 4 && !name.chars().any(char::is_lowercase);
    if !shouted {
        return name.to_owned();
    }
    let mut out = String::with_capacity(name.len());
    let mut begins = true;
    for c in name.chars() {
        if begins || !c.is_alphabetic() || out.ends_with("Mc") {
            out.push(c);
        } else {
            out.extend(c.to_lowercase());
        }
        begins = !c.is_alphabetic();
    }
    out.split(' ')
        .map(|w| {
            if PARTICLES.contains(&w.to_lowercase().as_str()) && w.len() <= 3 { w.to_lowercase() } else { w.to_owned() }
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: &str) -> String {
        read(line).map_or("no".into(), |a| a.join(";"))
    }

    #[test]
    fn bylines_name_their_authors() {
        for (line, expected) in [
            ("By Jane Doe", "Jane Doe"),
            ("BY JANE DOE AND JOHN ROE", "Jane Doe;John Roe"),
            ("By Jane Doe, Staff Writer", "Jane Doe"),
            ("Jane Doe, Staff Writer", "Jane Doe"),
            ("by Ana de la Cruz, Omar al-Sayed and Li Wei", "Ana de la Cruz;Omar al-Sayed;Li Wei"),
            ("By Jane Doe in Kyiv and John Roe in Warsaw", "Jane Doe;John Roe"),
            ("By Jane Doe | Reuters", "Jane Doe"),
            ("By Jane Doe of The Example Post", "Jane Doe"),
            ("Written by Jane Q. Doe", "Jane Q. Doe"),
            ("By Dr. Ana-Maria O’Neill, Ph.D.", "Dr. Ana-Maria O’Neill"),
            ("By The Associated Press", "The Associated Press"),
            ("By Reuters Staff", "Reuters Staff"),
            ("Author: Jane Doe", "Jane Doe"),
            ("By By BY Jane Doe", "Jane Doe"),
        ] {
            assert_eq!(told(line), expected, "{line}");
        }
    }

    #[test]
    fn prose_is_no_byline() {
        for line in [
            "By the time talks ended, it was dark",
            "By Wednesday the army had left.",
            "By 2030, exports will double",
            "Bystanders fled",
            "Jane Doe, a farmer, said no.",
            "President Doe met Minister Roe",
            "By design",
        ] {
            assert_eq!(told(line), "no", "{line}");
        }
    }

    #[test]
    fn fields_hold_names_with_or_without_by() {
        assert_eq!(from_field("By Jane Doe, John Roe").as_deref(), Some("Jane Doe;John Roe"));
        assert_eq!(from_field("Jane Doe").as_deref(), Some("Jane Doe"));
        assert_eq!(from_field("jane").as_deref(), Some("jane"));
        assert_eq!(from_field(" "), None);
    }
}
