use super::super::Lexicon;
use super::*;

fn best(name: &str) -> Vec<String> {
    let gazetteer = Lexicon::builtin().gazetteer();
    let mut all: Vec<&Entry> = gazetteer.named(name).iter().map(|m| gazetteer.get(m.entry)).collect();
    all.sort_by_key(|e| std::cmp::Reverse(e.population));
    all.iter()
        .map(|e| format!("{} {} {}", e.name, e.country.map_or("-".into(), |c| c.to_string()), e.level.as_str()))
        .collect()
}

#[test]
fn the_built_in_gazetteer_is_sound() {
    let gazetteer = Gazetteer::from_bytes("built in", BUILTIN, &[]).unwrap();
    assert!(gazetteer.len() > 30_000, "{}", gazetteer.len());
    assert!(gazetteer.entries.iter().all(|e| e.point.is_none_or(|(lat, lon)| lat.abs() <= 90.0 && lon.abs() <= 180.0)));
}

#[test]
fn names_are_found_however_they_are_written() {
    assert!(best("ALEPPO").contains(&"Aleppo SYR city".to_owned()));
    assert_eq!(best("São  Paulo")[0], best("Sao Paulo")[0]);
    assert!(best("Helmand Province").contains(&"Helmand AFG admin1".to_owned()));
    assert!(best("Taiwan Strait").contains(&"Taiwan Strait - region".to_owned()));
    assert!(best("").is_empty() && best("-- ").is_empty() && best("Xyzzyville").is_empty());
}

#[test]
fn divisions_contain_their_towns() {
    let gazetteer = Lexicon::builtin().gazetteer();
    let california = gazetteer.abbreviation("Calif.").unwrap();
    assert_eq!(gazetteer.abbreviation("CA"), Some(california));
    assert_eq!(gazetteer.get(california).name, "California");
    let inside = gazetteer.named("Long Beach").iter().filter(|m| gazetteer.is_inside(m.entry, california)).count();
    assert_eq!(inside, 1);
    let usa = gazetteer.country(Country::of("USA")).unwrap();
    assert!(gazetteer.is_inside(california, usa) && !gazetteer.is_inside(usa, california));
}
