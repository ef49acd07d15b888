use super::super::{ExtractOptions, findings::Findings};
use crate::Pipeline;
use crate::article::{Article, BlockKind};

fn of(text: &str) -> Findings {
    let pipeline = Pipeline::builtin(ExtractOptions::default()).unwrap();
    let mut article = Article::default();
    article.push_block(BlockKind::Paragraph, text);
    pipeline.worker().analyse(article).1.clone()
}

fn places(text: &str) -> Vec<String> {
    let show = |p: &super::Place| {
        let country = p.country.map_or("-".to_owned(), |c| c.to_string());
        format!("{} {country} {} {}", p.name, p.admin1_code.as_deref().unwrap_or("-"), p.level)
    };
    of(text).places.iter().map(show).collect()
}

#[test]
fn what_stands_after_a_town_says_where_it_is() {
    assert_eq!(
        places("Dockers went on strike in Long Beach, Calif., on Monday."),
        ["Long Beach USA CA city", "California USA CA admin1"]
    );
    assert!(places("A bomb went off in Tripoli, Lebanon.").iter().any(|p| p.starts_with("Tripoli LBN")));
    assert!(places("A bomb went off in Tripoli.").iter().any(|p| p.starts_with("Tripoli LBY")));
}

#[test]
fn words_that_are_also_towns_are_none() {
    assert!(places("Reading is a nice way to spend an evening in March.").is_empty());
    assert!(places("Mr Jackson told reporters that he would retire.").is_empty());
    assert_eq!(places("He lives in Nice, France.")[0], "Nice FRA 93 city");
}

#[test]
fn a_government_is_no_place() {
    assert!(places("Seoul said it would send rice to Pyongyang.").iter().all(|p| !p.starts_with("Seoul")));
    assert!(places("The envoys met in Seoul.").iter().any(|p| p.starts_with("Seoul KOR")));
}

#[test]
fn one_name_has_one_sense() {
    let found = of("Police in Georgia said that two men fled to Alabama. A court in Atlanta, Georgia, will hear them.");
    let states: Vec<_> = found.places.iter().filter(|p| p.name == "Georgia").map(|p| p.level).collect();
    assert_eq!(states, ["admin1"]);
}
