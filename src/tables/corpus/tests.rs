use super::merge::{Spanning, merge};
use super::*;
use crate::lexicon::Country;
use std::io;
use std::path::PathBuf;

fn known(name: &str, as_of: i32) -> Fact {
    let mut known = Known::member("POL");
    known.facts.mentioned = true;
    known.facts.name = name.to_owned();
    known.facts.as_of = Some(as_of);
    (known.n_docs, known.n_mentions) = (1, 2);
    (known.first_seen, known.last_seen) = (Some(as_of), Some(as_of));
    Fact::Entity(known)
}

/// Three entities in each of many articles, every article from a file of its own.
fn part(article: i32) -> Corpus {
    let mut part = Corpus::default();
    let file = file_id(&format!("{article}.txt"));
    for entity in 0..3 {
        let id = entity_id(&format!("org:{}", (article + entity) % 7));
        part.observe(format!("e{id}"), file, known(&format!("name of day {article}"), article));
    }
    let (group, member) = (entity_id("group:x"), entity_id("country:NOR"));
    let membership = Membership { valid_from: None, valid_to: None, source: format!("source {}", article % 3) };
    part.observe(format!("m{group}{member}-"), file, Fact::Member(membership));
    part.observe(format!("e{member}"), file, Fact::Entity(Known::member("NOR")));
    part
}

fn name_of(country: Country) -> Option<String> {
    (country.as_str() == "NOR").then(|| "Norway".to_owned())
}

/// Spills after every `each` articles and merges.
fn merged(each: usize) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    let mut corpus = Corpus::default();
    let mut runs: Vec<PathBuf> = Vec::new();
    for article in 0..100 {
        corpus += part(article);
        if (article as usize + 1).is_multiple_of(each) {
            let path = dir.path().join(format!("{:05}", runs.len()));
            corpus.spill(&path).unwrap();
            assert!(corpus.is_empty());
            runs.push(path);
        }
    }
    let mut rows = Vec::new();
    let outcome: io::Result<()> = merge(&runs, dir.path(), &name_of, |row| {
        rows.push(match row {
            Spanning::Entity(row) => format!("{row:?}"),
            Spanning::Member(row) => format!("{row:?}"),
            Spanning::Place(row) => format!("{row:?}"),
        });
        Ok(())
    });
    outcome.unwrap();
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0, "merged runs are removed");
    rows
}

#[test]
fn rows_do_not_depend_on_when_observations_went_to_disk() {
    // One run, a few, and so many (100 and 50) that neighbours are merged first.
    let one = merged(100);
    for each in [1, 2, 25, 50] {
        assert_eq!(merged(each), one, "spilled after every {each} articles");
    }
    let mut sum = Corpus::default();
    (0..100).rev().for_each(|article| sum += part(article));
    let (entities, members, _) = sum.into_rows(&name_of);
    assert_eq!((entities.len(), members.len()), (8, 1));
    let in_memory: Vec<String> =
        entities.iter().map(|row| format!("{row:?}")).chain(members.iter().map(|row| format!("{row:?}"))).collect();
    assert_eq!(in_memory, one);
}

#[test]
fn the_latest_facts_win_and_counts_add_up() {
    let mut sum = Corpus::default();
    (0..100).for_each(|article| sum += part(article));
    let (entities, members, _) = sum.into_rows(&name_of);
    let norway = entities.iter().find(|row| row.entity_id == entity_id("country:NOR")).unwrap();
    assert_eq!((norway.name.as_str(), norway.n_docs), ("Norway", 0));
    let latest = entities.iter().find(|row| row.name == "name of day 99").unwrap();
    assert_eq!(latest.last_seen, Day::from_epoch(99));
    assert_eq!(entities.iter().map(|row| row.n_docs).sum::<u32>(), 300);
    assert_eq!(members[0].source, "source 2", "the greater of several sources");
}

#[test]
fn a_damaged_run_is_an_error_and_no_shorter_table() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("00000");
    part(1).spill(&path).unwrap();
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() - 6]).unwrap();
    let outcome: io::Result<()> = merge(&[path], dir.path(), &name_of, |_| Ok(()));
    assert!(outcome.is_err());
}
