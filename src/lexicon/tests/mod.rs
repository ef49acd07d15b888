//! The built-in tables, tested against public knowledge.

mod leaders;
mod load;
mod matching;

use super::*;
use jiff::civil::{Date, date};

fn lexicon() -> &'static Lexicon {
    Lexicon::builtin()
}

/// What is matched at the start of `text`: the words, and the meanings as `kind:name`.
fn at_start(text: &str) -> (String, Vec<String>) {
    meaning(text, 0, false)
}

fn meaning(text: &str, at: usize, caps: bool) -> (String, Vec<String>) {
    let Some(found) = lexicon().phrases.longest_at(text, at, caps) else { return (String::new(), Vec::new()) };
    let names = found.entries.iter().map(|entry| match entry.kind {
        PhraseKind::CountryName => format!("name:{}", lexicon().countries.row(entry.row).code),
        PhraseKind::Adjective => format!("adjective:{}", lexicon().countries.row(entry.row).code),
        PhraseKind::People => format!("people:{}", lexicon().countries.row(entry.row).code),
        PhraseKind::Capital => format!("capital:{}", lexicon().countries.row(entry.row).code),
        PhraseKind::Metonym => format!("metonym:{}", lexicon().metonyms.get(entry.row).phrase),
        PhraseKind::Organisation => format!("organisation:{}", lexicon().organisations.get(entry.row).id),
        PhraseKind::Leader => format!("leader:{}", lexicon().leaders.get(entry.row).person),
        PhraseKind::NonActor => format!("nothing:{}", lexicon().nonactors.get(entry.row).what),
        PhraseKind::Role => format!("role:{}", lexicon().roles.get(entry.row).phrase),
    });
    (text[at..found.end].to_owned(), names.collect())
}

fn matched(text: &str) -> String {
    at_start(text).0
}

#[test]
fn the_built_in_tables_have_no_errors() {
    let errors: Vec<String> = check(lexicon())
        .into_iter()
        .filter(|problem| problem.severity == Severity::Error)
        .map(|problem| problem.to_string())
        .collect();
    assert!(errors.is_empty(), "{}", errors.join("\n"));
}

#[test]
fn the_longest_name_wins() {
    assert_eq!(at_start("South Korea said").0, "South Korea");
    assert_eq!(at_start("South Korean troops").1[0], "adjective:KOR");
    assert!(at_start("Guinea-Bissau").1.contains(&"name:GNB".to_owned()));
    assert!(at_start("Guinea, where").1.contains(&"name:GIN".to_owned()));
    assert!(at_start("Equatorial Guinea").1.contains(&"name:GNQ".to_owned()));
    assert_eq!(at_start("Papua New Guinea").0, "Papua New Guinea");
    assert_eq!(at_start("Niger").1, ["name:NER"]);
    assert_eq!(at_start("Nigeria").1, ["name:NGA"]);
    assert_eq!(at_start("Nigerien").1[0], "adjective:NER");
    assert_eq!(at_start("Nigerian").1[0], "adjective:NGA");
    assert_eq!(at_start("Democratic Republic of the Congo").1, ["name:COD"]);
    assert_eq!(at_start("Republic of the Congo").1, ["name:COG"]);
    assert_eq!(at_start("Dominican Republic").1, ["name:DOM"]);
    assert_eq!(at_start("South Sudan").1, ["name:SSD"]);
    assert_eq!(at_start("Washington, D.C., on").0, "Washington, D.C.");
}

#[test]
fn capitals_tell_a_name_from_a_word() {
    assert_eq!(at_start("US officials").1, ["name:USA"]);
    assert_eq!(matched("us all"), "");
    assert_eq!(matched("Us"), "");
    assert_eq!(at_start("WHO said").1, ["organisation:who"]);
    assert_eq!(matched("Who said"), "");
    assert_eq!(matched("who said"), "");
    assert_eq!(at_start("Turkey").1, ["name:TUR"]);
    assert_eq!(matched("turkey sandwich"), "");
    assert_eq!(at_start("Nato").1, ["organisation:nato"]);
    assert_eq!(at_start("Prime Minister").1, at_start("prime minister").1);
}

#[test]
fn a_short_name_keeps_its_inner_capital() {
    assert_eq!(at_start("LeT militants").1, ["organisation:lashkar-e-taiba"]);
    assert_eq!(matched("Let us"), "");
    assert_eq!(meaning("LET US", 0, true).0, "");
}

#[test]
fn what_only_sounds_like_an_actor_is_told() {
    assert_eq!(at_start("New Jersey").1, ["nothing:place"]);
    assert_eq!(at_start("New Mexico").1, ["nothing:place"]);
    assert_eq!(at_start("Michael Jordan").1, ["nothing:person"]);
    assert_eq!(at_start("Panama Papers").1, ["nothing:event"]);
}

#[test]
fn where_case_tells_nothing_words_stay_words() {
    assert_eq!(meaning("WHO WINS", 0, true).0, "");
    assert_eq!(meaning("TURKEY STRIKES", 0, true).1, ["name:TUR"]);
    assert_eq!(meaning("US STRIKES", 0, true).1, ["name:USA"]);
    assert_eq!(meaning("south korea", 0, true).1, ["name:KOR"]);
    assert_eq!(meaning("south korea", 0, false).0, "");
}

#[test]
fn spelling_and_typography_do_not_matter() {
    assert_eq!(at_start("Türkiye").1, ["name:TUR"]);
    assert_eq!(at_start("Turkiye").1, ["name:TUR"]);
    assert_eq!(at_start("Recep Tayyip Erdoğan").1, at_start("Recep Tayyip Erdogan").1);
    assert_eq!(at_start("Yoon Suk Yeol").1, at_start("Yoon Suk-yeol").1);
    assert_eq!(matched("South\nKorea"), "South\nKorea");
    assert_eq!(matched("South\u{a0}Korea"), "South\u{a0}Korea");
    assert_eq!(matched("South  Korea"), "South  Korea");
    assert_eq!(matched("South\n\nKorea"), "");
    assert_eq!(at_start("Cote d’Ivoire").1, ["name:CIV"]);
}

#[test]
fn a_phrase_ends_where_a_word_ends() {
    assert_eq!(matched("NATO-led"), "NATO");
    assert_eq!(matched("U.S.-led"), "U.S.");
    assert_eq!(matched("U.S. troops"), "U.S.");
    assert_eq!(matched("Iran's"), "Iran");
    assert_eq!(matched("Iran’s"), "Iran");
    assert_eq!(matched("Chadwick"), "");
    assert_eq!(matched("Omani"), "Omani");
    assert_eq!(matched("Malians"), "Malians");
    assert_eq!(matched("the"), "");
    assert_eq!(matched(""), "");
}

#[test]
fn a_walk_begins_anywhere_in_the_text() {
    let text = "In Jordan, Georgia’s minister";
    assert_eq!(meaning(text, 3, false).1, ["name:JOR"]);
    assert_eq!(meaning(text, 11, false), ("Georgia".to_owned(), vec!["name:GEO".to_owned()]));
}

#[test]
fn unions_grow_and_shrink() {
    let member = |group: &str, country: &str, day: Date| {
        lexicon().groups.is_member(group, Country::parse(country).unwrap(), day)
    };
    assert!(member("eu", "GBR", date(2019, 6, 1)) && !member("eu", "GBR", date(2021, 1, 1)));
    assert!(member("eu", "GBR", date(2020, 1, 31)) && !member("eu", "GBR", date(2020, 2, 1)));
    assert!(!member("nato", "FIN", date(2023, 4, 3)) && member("nato", "FIN", date(2023, 4, 4)));
    assert!(!member("nato", "SWE", date(2024, 3, 6)) && member("nato", "SWE", date(2024, 3, 7)));
    assert!(member("g8", "RUS", date(2013, 6, 17)) && !member("g8", "RUS", date(2015, 1, 1)));
    assert!(member("opec", "QAT", date(2018, 12, 1)) && !member("opec", "QAT", date(2019, 1, 1)));
    assert!(member("ecowas", "MLI", date(2024, 6, 1)) && !member("ecowas", "MLI", date(2025, 2, 1)));
    assert!(!member("brics", "EGY", date(2023, 12, 31)) && member("brics", "EGY", date(2024, 1, 1)));
    let ap4: Vec<String> =
        lexicon().groups.members("ap4", Some(date(2023, 7, 12))).map(|country| country.to_string()).collect();
    assert_eq!(ap4, ["AUS", "JPN", "KOR", "NZL"]);
    assert_eq!(lexicon().groups.members("nato", Some(date(2023, 7, 12))).count(), 31);
    assert_eq!(lexicon().groups.members("eu", Some(date(2023, 7, 12))).count(), 27);
    assert_eq!(lexicon().groups.members("eu", None).count(), 28);
    assert_eq!(lexicon().groups.members("nobody", None).count(), 0);
}
