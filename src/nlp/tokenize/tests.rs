use super::*;
use crate::article::{Article, BlockKind};
use proptest::prelude::*;

fn words(text: &str) -> String {
    let mut tokens = Vec::new();
    tokenize(text, 0..text.len(), &mut tokens);
    tokens.iter().map(|t| t.span.slice(text)).collect::<Vec<_>>().join("|")
}

#[test]
fn contractions_and_possessives() {
    assert_eq!(words("They don't, can't and cannot."), "They|do|n't|,|ca|n't|and|can|not|.");
    assert_eq!(words("Japan’s and the countries’ ministers"), "Japan|’s|and|the|countries|’|ministers");
    assert_eq!(words("We should've, I'd've, O'Neill"), "We|should|'ve|,|I|'d|'ve|,|O'Neill");
    assert_eq!(words("the U.S.'s stance (Kyiv)'s"), "the|U.S.|'s|stance|(|Kyiv|)|'s");
}

#[test]
fn abbreviations_and_full_stops() {
    assert_eq!(words("Gen. Park met Mr. J. K. Smith of Acme Inc."), "Gen.|Park|met|Mr.|J.|K.|Smith|of|Acme|Inc.");
    assert_eq!(words("At 5 p.m. in the U.S. on Jan. 3."), "At|5|p.m.|in|the|U.S.|on|Jan.|3|.");
    assert_eq!(words("A U.S.-led force. He said no."), "A|U.S.|-|led|force|.|He|said|no|.");
    assert_eq!(words("It ended.The next day..."), "It|ended|.|The|next|day|...");
    assert_eq!(words("This was plan B. And I."), "This|was|plan|B.|And|I|.");
}

#[test]
fn hyphens_follow_the_treebanks() {
    assert_eq!(words("a 15-year non-nuclear e-mail"), "a|15|-|year|non-nuclear|e-mail");
    assert_eq!(words("al-Shabaab—and Israeli–Palestinian talks"), "al|-|Shabaab|—|and|Israeli|–|Palestinian|talks");
    assert_eq!(words("call 555-1234 -- now"), "call|555-1234|--|now");
}

#[test]
fn korean_given_names_stay_whole() {
    assert_eq!(
        words("Yoon Suk-yeol and Moon Jae-in met Kim Jong-un."),
        "Yoon|Suk-yeol|and|Moon|Jae-in|met|Kim|Jong-un|."
    );
    assert_eq!(words("South-east, All-in, Hong-Kong"), "South|-|east|,|All|-|in|,|Hong|-|Kong");
}

#[test]
fn numbers_units_and_money() {
    assert_eq!(words("$1,250.50, 3.5% and €20m at 10:30am"), "$|1,250.50|,|3.5|%|and|€|20|m|at|10:30|am");
    assert_eq!(words("the 1990s, '90s, 21st"), "the|1990s|,|'90s|,|21st");
    assert_eq!(words("on 12/10/2004 and/or"), "on|12/10/2004|and|/|or");
}

#[test]
fn addresses_and_marks() {
    assert_eq!(words("(see https://example.org/a_b?c=d)."), "(|see|https://example.org/a_b?c=d|)|.");
    assert_eq!(words("Write to a.b@example.org, or @desk #MeToo"), "Write|to|a.b@example.org|,|or|@desk|#MeToo");
    assert_eq!(words("“Never!” he said ... ‘why?!’"), "“|Never|!|”|he|said|...|‘|why|?!|’");
}

#[test]
fn only_analysed_blocks_are_read() {
    let mut article = Article::default();
    article.push_block(BlockKind::Byline, "By A. Writer");
    article.push_block(BlockKind::Paragraph, "Troops left.");
    let mut doc = Doc::new(article);
    run(&mut doc);
    assert_eq!(doc.tokens.len(), 3);
    assert!(doc.tokens.iter().enumerate().all(|(i, t)| t.head as usize == i));
}

proptest! {
    #[test]
    fn tokens_rebuild_any_text(text in "(\\PC|[ \\n\\t.,'’\"A-Za-z0-9@:/-]){0,120}") {
        let mut tokens = Vec::new();
        tokenize(&text, 0..text.len(), &mut tokens);
        let mut at = 0;
        for token in &tokens {
            let (start, end) = (token.span.start as usize, token.span.end as usize);
            prop_assert!(start < end && at <= start);
            prop_assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
            prop_assert!(text[at..start].chars().all(is_space));
            prop_assert!(!text[start..end].chars().any(is_space));
            at = end;
        }
        prop_assert!(text[at..].chars().all(is_space));
        for pair in tokens.windows(2) {
            prop_assert_eq!(pair[0].space_after, pair[0].span.end < pair[1].span.start);
        }
    }
}
