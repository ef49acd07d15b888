use super::*;
use crate::article::{Article, BlockKind, Published, PublishedBasis};
use crate::lexicon::ontology::Ontology;
use crate::nlp::{Doc, Sentence, Token};
use crate::text::Span;
use jiff::civil::date;

/// A doc of one paragraph, split at blanks and before punctuation, without a parse.
fn doc(text: &str, published: Option<jiff::civil::Date>) -> Doc {
    let mut article = Article::default();
    article.push_block(BlockKind::Paragraph, text);
    article.published = published.map(|date| Published { date, time: None, basis: PublishedBasis::Metadata });
    let mut doc = Doc::new(article);
    let mut at = 0;
    for piece in text.split_inclusive(' ') {
        let word = piece.trim_end();
        let bare = word.trim_end_matches([',', '.']);
        for (start, end) in [(0, bare.len()), (bare.len(), word.len())] {
            if start < end {
                let i = doc.tokens.len() as u32;
                doc.tokens.push(Token::new(Span::of(at + start, at + end), end == word.len(), i));
            }
        }
        at += piece.len();
    }
    let tokens = Span::of(0, doc.tokens.len());
    doc.sentences.push(Sentence { tokens, block: 0, kind: BlockKind::Paragraph });
    doc
}

fn edtf_of(text: &str) -> Vec<(String, String)> {
    let doc = doc(text, Some(date(2023, 7, 13)));
    let ontology = Ontology::default();
    let mut tree = Tree::default();
    tree.build(&doc, &ontology.lemmas);
    let mut found = Vec::new();
    find(&doc, &tree, &ontology, &mut found);
    found.iter().map(|t| (t.span.slice(doc.text()).to_owned(), t.edtf.clone().unwrap_or_default())).collect()
}

#[test]
fn expressions_denote_days_of_the_calendar() {
    // published on Thursday 13 July 2023
    let cases = [
        ("They met on Wednesday night in Vilnius.", "Wednesday night", "2023-07-12"),
        ("They met on Thursday.", "Thursday", "2023-07-13"),
        ("They met last Thursday.", "last Thursday", "2023-07-06"),
        ("They meet on Tuesday, August 1 there.", "Tuesday, August 1", "2023-08-01"),
        ("They met yesterday.", "yesterday", "2023-07-12"),
        ("They met on July 4, 2022 there.", "July 4, 2022", "2022-07-04"),
        ("They met on 4 July 2022 there.", "4 July 2022", "2022-07-04"),
        ("They met on 13.07.2023 there.", "13.07.2023", "2023-07-13"),
        ("They met in March 2014.", "March 2014", "2014-03"),
        ("They met in March.", "March", "2023-03"),
        ("They met on December 3 there.", "December 3", "2022-12-03"),
        ("They met last year.", "last year", "2022"),
        ("They met last month.", "last month", "2023-06"),
        ("They met last week.", "last week", "2023-07-03/2023-07-09"),
        ("They met earlier this year.", "earlier this year", "2023-01-01/2023-07-13"),
        ("They meet later this year.", "later this year", "2023-07-14/2023-12-31"),
        ("They met two days ago.", "two days ago", "2023-07-11"),
        ("They met two years ago.", "two years ago", "2021"),
        ("They met in the first half of 2024 there.", "the first half of 2024", "2024-01-01/2024-06-30"),
        ("They have met since 2014.", "since 2014", "2014-01-01/.."),
        ("They met on Wednesday, May 10 there.", "Wednesday, May 10", "2023-05-10"),
        ("They met between 2014 and 2016 there.", "between 2014 and 2016", "2014-01-01/2016-12-31"),
        ("They met from 3 to 5 May 2023.", "from 3 to 5 May 2023", "2023-05-03/2023-05-05"),
        ("They met in the 1990s.", "1990s", "199X"),
        ("They met over the past two years.", "the past two years", "2021-07-13/2023-07-13"),
    ];
    for (text, words, edtf) in cases {
        assert_eq!(edtf_of(text), [(words.to_owned(), edtf.to_owned())], "{text}");
    }
}

#[test]
fn what_only_looks_like_a_time_is_left_alone() {
    for text in
        ["The army sent 2000 troops there.", "They may march again.", "It cost 1900 dollars.", "A second meeting."]
    {
        assert_eq!(edtf_of(text), [], "{text}");
    }
}

#[test]
fn without_a_publication_date_nothing_relative_is_anchored() {
    let doc = doc("They met on Wednesday.", None);
    let ontology = Ontology::default();
    let mut tree = Tree::default();
    tree.build(&doc, &ontology.lemmas);
    let mut found = Vec::new();
    find(&doc, &tree, &ontology, &mut found);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].interval, None);
}

#[test]
fn no_count_is_too_large() {
    for text in [
        "They met ninety hundred centuries ago.",
        "They met 2000 decades later.",
        "In 4 BC they met 2000 centuries earlier.",
        "They met on February 30, 2023.",
        "They met on 31 June.",
        "The 99th century began in 0 BC and 9999 BC.",
        "Over the next 2000 centuries they met on Easter 1200.",
    ] {
        edtf_of(text);
    }
}
