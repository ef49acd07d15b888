//! What stands around an article's prose: captions, "read more", copyright lines, correction notes, biographies.
//!
//! Every test is on one paragraph as a whole. Prose is never dropped for a phrase inside it: the phrases must begin a
//! paragraph, or be most of a short one.

use crate::article::BlockKind;

/// A paragraph longer than this is prose whatever it begins with: "Follow" opens stories too.
const MAX_FURNITURE: usize = 420;

/// Biographies take at most a long paragraph.
const MAX_BIO: usize = 900;

/// Beginnings of lines that are never prose.
const OPENINGS: &[&str] = &[
    "read more",
    "read also",
    "read next",
    "also read",
    "see also",
    "more on this",
    "related:",
    "related stories",
    "related articles",
    "related topics",
    "related content",
    "recommended:",
    "don't miss",
    "click here",
    "sign up",
    "subscribe",
    "follow us",
    "share this",
    "share on",
    "download the app",
    "download our app",
    "copyright",
    "©",
    "(c) ",
    "all rights reserved",
    "this article was originally published",
    "this article first appeared",
    "this story was originally published",
    "this article originally appeared",
    "correction:",
    "corrections:",
    "clarification:",
    "editor's note",
    "editor’s note",
    "(reporting by",
    "reporting by",
    "(editing by",
    "editing by",
    "(writing by",
    "additional reporting by",
    "(additional reporting",
    "our standards:",
    "follow him on",
    "follow her on",
    "follow them on",
    "have a news tip",
    "send tips",
    "got a tip",
    "most read",
    "most popular",
    "trending now",
    "advertisement",
    "sponsored",
    "support independent journalism",
    "support our journalism",
    "become a member",
    "donate ",
    "print this",
    "email this",
    "leave a comment",
    "comments are closed",
    "join the conversation",
    "this material may not be published",
    "the views expressed",
    "the opinions expressed",
    "views expressed in this",
    "listen to this article",
    "watch live",
    "watch:",
    "video:",
    "tags:",
    "filed under",
    "topics:",
    "share:",
    "if you enjoyed",
    "if you liked",
    "thank you for reading",
    "enter your email",
    "by signing up",
    "by subscribing",
    "privacy policy",
    "terms of use",
    "terms of service",
    "skip to",
    "back to top",
    "view comments",
    "load more",
    "the-cnn-wire",
    "[reuters]",
    "(end)",
    "contact us",
    "for more information, contact",
    "media contact",
    "press contact",
    "for immediate release",
    "not for publication",
    "last updated",
    "this is a developing story",
    "this story has been updated",
    "this article has been updated",
    "this article was amended",
    "an earlier version of this",
    "a version of this article",
];

/// Phrases that make a short line furniture wherever they stand in it.
const PHRASES: &[&str] = &[
    "all rights reserved",
    "sign up for our",
    "subscribe to our",
    "newsletter here",
    "get our newsletter",
    "our daily newsletter",
    "follow us on",
    "like us on facebook",
    "click here to",
    "may not be reproduced",
    "may not be published, broadcast",
    "reproduced with permission",
    "first published on",
    "originally published on",
    "originally published in",
    "contact the author at",
    "can be reached at",
    "contributed to this report",
    "contributed reporting",
    "contributed to this article",
];

/// Beginnings of captions.
const CAPTIONS: &[&str] = &[
    "photo:",
    "photo by",
    "(photo by",
    "(photo:",
    "photograph:",
    "photo credit",
    "image:",
    "image credit",
    "image source",
    "picture:",
    "file photo",
    "file -",
    "file –",
    "file —",
    "(file photo",
    "(file)",
    "caption:",
    "credit:",
    "figure ",
    "fig. ",
    "fig ",
    "chart:",
    "map:",
    "graphic:",
    "(ap photo",
    "ap photo",
    "illustration:",
    "getty images",
    "(image:",
    "source: getty",
];

/// Headings that announce the author's biography.
const BIO_HEADINGS: &[&str] = &[
    "about the author",
    "about the authors",
    "about the writer",
    "about the writers",
    "about author",
    "about our author",
    "author bio",
    "author biography",
    "author's biography",
    "authors' biographies",
    "about the analyst",
    "about the analysts",
    "about the contributor",
    "about the contributors",
    "the author",
    "the authors",
    "about the columnist",
    "about me",
    "author information",
    "contributor biography",
    "notes on contributors",
    "note on the author",
    "author profile",
];

/// What a person in a biography is.
const PROFESSIONS: &[&str] = &[
    "fellow",
    "professor",
    "lecturer",
    "researcher",
    "scholar",
    "analyst",
    "journalist",
    "reporter",
    "correspondent",
    "editor",
    "columnist",
    "writer",
    "author",
    "intern",
    "student",
    "director",
    "consultant",
    "historian",
    "economist",
    "ambassador",
    "contributor",
    "producer",
    "freelance",
    "freelancer",
    "associate",
    "expert",
    "specialist",
    "candidate",
    "head",
    "chair",
    "co-founder",
    "founder",
    "president",
    "adviser",
    "advisor",
    "strategist",
    "commentator",
    "novelist",
    "photographer",
];

/// The kind of a paragraph that is no prose, if it is none.
pub fn kind(paragraph: &str) -> Option<BlockKind> {
    if paragraph.len() > MAX_FURNITURE {
        return None;
    }
    let lower = paragraph.trim_start_matches(['*', '_', '[', ' ', '>', '•', '|']).to_lowercase();
    if is_caption(&lower) {
        return Some(BlockKind::Caption);
    }
    let opens = OPENINGS.iter().any(|o| begins_with(&lower, o));
    let short = lower.len() <= 200;
    let holds = short && PHRASES.iter().any(|p| lower.contains(p));
    let symbols_only = !paragraph.is_empty() && !paragraph.chars().any(char::is_alphanumeric);
    let bare_link =
        !paragraph.contains(' ') && (lower.starts_with("http") || lower.starts_with("www.") || lower.starts_with('@'));
    // "-30-", "###": the end of copy.
    let end_mark = matches!(lower.trim_matches(['-', ' ']), "30" | "ends" | "end");
    (opens && fits_as_opening(&lower) || holds || symbols_only || bare_link || end_mark)
        .then_some(BlockKind::Boilerplate)
}

/// "Share prices fell" and "Copyright law will change" begin as furniture does: a sentence of prose has a verb and a
/// full stop and is longer than a link.
fn fits_as_opening(lower: &str) -> bool {
    const AS_PROSE_TOO: &[&str] = &[
        "copyright ",
        "subscribe",
        "donate ",
        "sponsored",
        "advertisement",
        "sign up",
        "reporting by",
        "editing by",
        "most read",
        "most popular",
    ];
    let ambiguous = AS_PROSE_TOO.iter().any(|o| lower.starts_with(o));
    !ambiguous
        || lower.len() <= 90
        || lower.contains("newsletter")
        || lower.contains("reserved")
        || lower.contains("editing by")
}

fn is_caption(lower: &str) -> bool {
    let figure = ["figure ", "fig. ", "fig "].iter().find_map(|f| lower.strip_prefix(f));
    if let Some(rest) = figure {
        return rest.starts_with(|c: char| c.is_ascii_digit()) && rest.len() <= 250;
    }
    let ends = lower.trim_end_matches([')', '.', ' ']);
    CAPTIONS.iter().any(|c| lower.starts_with(c))
        || lower.len() <= 300
            && (ends.ends_with("/getty images")
                || ends.ends_with("via getty images")
                || ends.ends_with("/afp via getty")
                || lower.contains("(ap photo/")
                || ends.ends_with("/reuters") && lower.len() <= 200)
}

fn begins_with(text: &str, opening: &str) -> bool {
    text.strip_prefix(opening)
        .is_some_and(|rest| opening.ends_with([':', ' ', '-']) || !rest.starts_with(|c: char| c.is_alphanumeric()))
}

/// True for "About the Author" and its kin, alone on a line.
pub fn is_bio_heading(line: &str) -> bool {
    let lower = line.trim().trim_matches(['*', '_', '#', ':', '.', ' ', '-']).to_lowercase().replace('’', "'");
    lower.len() <= 40 && BIO_HEADINGS.contains(&lower.as_str())
}

/// True for a last paragraph that says who the author is. `before` is the text above it: a person the article has
/// told about is not its author, unless the byline names them.
pub fn is_bio(paragraph: &str, before: &str, author: Option<&str>) -> bool {
    let text = paragraph.trim().trim_matches(['*', '_', '(', ')', '[', ']']);
    if text.len() > MAX_BIO || text.starts_with(['"', '“', '‘']) {
        return false;
    }
    let Some((subject, predicate)) =
        [" is ", " was ", " are ", " teaches ", " covers ", " writes ", " works ", " serves ", " has been "]
            .iter()
            .filter_map(|verb| text.find(verb).map(|at| (at, at + verb.len())))
            .min()
            .map(|(at, after)| (text[..at].trim(), &text[after..]))
    else {
        return false;
    };
    let subject = subject.split(',').next().unwrap_or(subject).trim();
    let lower = subject.to_lowercase();
    let says_author =
        matches!(lower.as_str(), "the author" | "the writer" | "the authors" | "the writers" | "this writer");
    let first_words: Vec<String> = predicate
        .split_whitespace()
        .take(16)
        .map(|w| w.trim_matches([',', '.', ';', '’', '\'']).to_lowercase())
        .collect();
    let professional = first_words.iter().any(|w| PROFESSIONS.iter().any(|p| w == p || w.strip_suffix('s') == Some(p)));
    if !professional && !text.contains(" covers ") && !text.contains(" writes ") {
        return false;
    }
    let known = author.is_some_and(|a| a.split(';').any(|one| same_person(one, subject)));
    let unmentioned = super::byline::is_person(subject)
        && subject.split_whitespace().last().is_some_and(|family| !before.contains(family));
    says_author || known || unmentioned && reads_as_bio(&first_words)
}

/// "a senior fellow at", "professor of", "an editor for": articles say "is the president of", biographies "is a".
fn reads_as_bio(words: &[String]) -> bool {
    words.first().is_some_and(|w| {
        matches!(w.as_str(), "a" | "an" | "professor" | "senior" | "associate" | "assistant" | "editor" | "director")
    }) && words.iter().any(|w| matches!(w.as_str(), "at" | "for" | "of" | "with" | "in" | "and"))
}

/// The names agree in their last words: "Jane Q. Doe" and "Jane Doe".
fn same_person(a: &str, b: &str) -> bool {
    let family = |n: &str| n.split_whitespace().last().map(str::to_lowercase);
    family(a).is_some() && family(a) == family(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_told_from_prose() {
        for (text, expected) in [
            ("Read more: what the summit decided", Some(BlockKind::Boilerplate)),
            ("© 2023 Example News. All rights reserved.", Some(BlockKind::Boilerplate)),
            ("Sign up for our newsletter", Some(BlockKind::Boilerplate)),
            ("Correction: an earlier version misspelled the name.", Some(BlockKind::Boilerplate)),
            ("(Reporting by Jane Doe; Editing by John Roe)", Some(BlockKind::Boilerplate)),
            ("* * *", Some(BlockKind::Boilerplate)),
            ("FILE PHOTO: Soldiers march in Kyiv, Ukraine", Some(BlockKind::Caption)),
            ("Photo: Jane Doe/Example", Some(BlockKind::Caption)),
            ("Figure 3. Exports by year", Some(BlockKind::Caption)),
            (
                "Copyright law will change next year, the minister told parliament, after talks with publishers in Berlin.",
                None,
            ),
            ("Share prices fell in Tokyo.", None),
            ("Figures released on Monday show growth.", None),
            ("The two sides signed up to the treaty.", None),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
    }

    #[test]
    fn biographies_are_told_from_reports() {
        let body = "President Roe met Minister Poe.";
        assert!(is_bio_heading("About the Author:"));
        assert!(is_bio("Jane Doe is a senior fellow at the Example Institute.", body, None));
        assert!(is_bio("Jane Doe covers security for the Example.", body, Some("Jane Doe")));
        assert!(is_bio("The author is a professor of history.", body, None));
        assert!(!is_bio("Jane Roe is a fellow at the Example Institute.", body, None), "Roe is in the story");
        assert!(!is_bio("Poe is the director of the ministry, which denied it.", body, None));
        assert!(!is_bio("The army is a force of 3,000 men.", body, None));
    }
}
