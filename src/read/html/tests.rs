use crate::article::BlockKind::{Byline, Heading, List, Paragraph, Quote, Title};
use crate::article::{Article, BlockKind};
use crate::read::{ReadOptions, read_bytes};
use std::ops::ControlFlow;

fn article(html: &str) -> Article {
    let mut found = None;
    read_bytes("page.html", html.as_bytes(), &ReadOptions::default(), &mut |item| {
        found = Some(item);
        ControlFlow::Continue(())
    })
    .unwrap();
    found.unwrap().unwrap()
}

const PROSE: &str =
    "The two ministers met in Oslo on Monday and agreed to open a rail line between their countries next year.";

const SECOND: &str =
    "Work on the line began in 2019, and most of the track has been laid since, the ministers said in Oslo.";

#[test]
fn a_page_yields_its_article_and_nothing_around_it() {
    let page = format!(
        "<!DOCTYPE html><html lang=en><head><title>Rail line agreed | Example News</title>\
         <meta property='article:published_time' content='2023-07-13T08:00:00Z'>\
         <script type='application/ld+json'>{{\"@graph\":[{{\"@type\":\"NewsArticle\",\"headline\":\"Rail line agreed\",\
         \"author\":[{{\"name\":\"Jane Doe\"}}]}}]}}</script></head><body><nav><a href=/>Home</a> <a href=/w>World</a></nav>\
         <article><h1>Rail line agreed</h1><p class=byline>By Jane Doe</p><p>{PROSE}</p><h2>What next</h2><p>{SECOND}</p>\
         <ul><li>One point of the deal</li></ul><blockquote>We are glad, she said.</blockquote>\
         <script>bad()</script></article><div class=related><a href=x>Other news of today in the world</a></div>\
         <footer>Copyright</footer></body></html>"
    );
    let article = article(&page);
    assert_eq!(article.title.as_deref(), Some("Rail line agreed"));
    assert_eq!(article.author.as_deref(), Some("Jane Doe"));
    assert_eq!(article.published_date().unwrap().to_string(), "2023-07-13");
    assert_eq!(article.lang.as_deref(), Some("en"));
    let kinds: Vec<BlockKind> = article.blocks.iter().map(|b| b.kind).collect();
    assert_eq!(kinds, [Title, Byline, Paragraph, Heading, Paragraph, List, Quote]);
    assert!(!article.text.contains("bad()") && !article.text.contains("World") && !article.text.contains("Copyright"));
}

#[test]
fn bombs_are_read_in_linear_time() {
    for extra in [
        "<div>".repeat(100_000),
        "<b><i><u><font>".repeat(25_000),
        "<table><tr><td>".repeat(30_000),
        format!("<p {}>", "a=1 ".repeat(50_000)),
    ] {
        let start = std::time::Instant::now();
        let article =
            article(&format!("<html><body><article><p>{PROSE}</p><p>{PROSE}</p>{extra}</article></body></html>"));
        assert!(article.text.contains("rail line"));
        assert!(start.elapsed().as_secs() < 5, "{}", &extra[..20]);
    }
}

#[test]
fn broken_json_ld_is_passed_over() {
    let page = format!(
        "<html><head><title>T of the day</title><script type=application/ld+json>{{\"headline\":,,</script></head><body><p>{PROSE}</p></body></html>"
    );
    assert_eq!(article(&page).title.as_deref(), Some("T of the day"));
}
