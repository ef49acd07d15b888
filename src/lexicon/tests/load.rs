//! A user's folder replaces tables and adds rows, and is refused with the place of the mistake.

use super::lexicon;
use crate::lexicon::{Country, Lexicon, Office, Severity, check};
use jiff::civil::date;
use std::fs;

const ROLES: &str = "phrase,plural,sectors,kind,title,office\nmukhtar,mukhtars,GOV,person,true,\n";

#[test]
fn an_empty_folder_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let loaded = Lexicon::load(dir.path()).unwrap();
    assert_eq!(loaded.sha256(), lexicon().sha256());
    assert_eq!(loaded.sha256().len(), 64);
    assert_eq!(loaded.phrases.len(), lexicon().phrases.len());
}

#[test]
fn a_table_replaces_the_one_of_its_name() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("roles.csv"), ROLES).unwrap();
    let loaded = Lexicon::load(dir.path()).unwrap();
    assert_eq!(loaded.roles.all().len(), 1);
    assert_eq!(loaded.phrases.longest_at("Mukhtars met", 0, false).unwrap().end, 8);
    assert!(loaded.phrases.longest_at("rebels", 0, false).is_none());
    assert_ne!(loaded.sha256(), lexicon().sha256());
}

#[test]
fn an_extra_table_adds_rows() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("roles.extra.csv"), ROLES).unwrap();
    let header = "country,organisation,office,title,name,aliases,family_name,valid_from,valid_to,as_of,source\n";
    let row = "ATA,,head_of_state,King,Emperor Penguin,,Penguin,2030-01-01,2031-12-31,,us\n";
    fs::write(dir.path().join("leaders.extra.csv"), format!("{header}{row}")).unwrap();
    let loaded = Lexicon::load(dir.path()).unwrap();
    assert_eq!(loaded.roles.all().len(), lexicon().roles.all().len() + 1);
    let holder = loaded.leaders.holder(Country::of("ATA"), Office::HeadOfState, date(2030, 6, 1)).unwrap();
    assert_eq!(holder.name, "Emperor Penguin");
    assert!(check(&loaded).iter().all(|problem| problem.severity == Severity::Warning));
}

#[test]
fn mistakes_are_named_with_their_place() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("rolls.csv"), ROLES).unwrap();
    let error = Lexicon::load(dir.path()).unwrap_err().to_string();
    assert!(error.contains("rolls.csv is no table of the lexicon"), "{error}");
    fs::remove_file(dir.path().join("rolls.csv")).unwrap();

    fs::write(dir.path().join("roles.csv"), ROLES.replace("GOV", "GOVT")).unwrap();
    let error = Lexicon::load(dir.path()).unwrap_err().to_string();
    assert!(error.contains("roles.csv, line 2, column `sectors`"), "{error}");

    fs::write(dir.path().join("roles.csv"), [b'p', 0xff]).unwrap();
    let error = Lexicon::load(dir.path()).unwrap_err().to_string();
    assert!(error.starts_with("cannot read"), "{error}");
    assert!(Lexicon::load(&dir.path().join("nowhere")).is_err());
}

#[test]
fn checks_find_what_would_give_wrong_rows() {
    let dir = tempfile::tempdir().unwrap();
    let problems = |file: &str, text: &str| -> Vec<String> {
        fs::write(dir.path().join(file), text).unwrap();
        let found = check(&Lexicon::load(dir.path()).unwrap());
        fs::remove_file(dir.path().join(file)).unwrap();
        let errors = found.into_iter().filter(|problem| problem.severity == Severity::Error);
        errors.map(|problem| problem.message).collect()
    };
    let header = "country,organisation,office,title,name,aliases,family_name,valid_from,valid_to,as_of,source\n";
    let rows = [
        ("QQQ,,other,Chief,A B,,B,2020,2021,,x\n", "unknown country QQQ"),
        ("ATA,,other,Chief,A B,,B,2021,2020,,x\n", "A B ends before it begins"),
        ("ATA,,other,Chief,A B,,B,2021,,,x\n", "A B is open and has no as_of"),
        (",no-such,other,Chief,A B,,B,2020,2021,,x\n", "unknown organisation no-such"),
        (
            "ATA,,head_of_state,King,A B,,B,2020,,2026,x\nATA,,head_of_state,King,C D,,D,2022,2023,,x\n",
            "A B has a successor but no end",
        ),
    ];
    for (row, message) in rows {
        let found = problems("leaders.extra.csv", &format!("{header}{row}"));
        assert!(found.iter().any(|one| one.contains(message)), "{message}: {found:?}");
    }
    let found = problems("groups.extra.csv", "group_id,member,valid_from,valid_to,source\nnato,FIN,2024-01-01,,x\n");
    assert_eq!(found, ["FIN is in nato twice at once"]);
    let found = problems("roles.extra.csv", "phrase,plural,sectors,kind,title,office\nrebel,rebels,ZZZ,person,,\n");
    assert_eq!(found.len(), 2, "{found:?}");
}
