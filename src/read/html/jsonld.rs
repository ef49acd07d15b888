//! Articles described in JSON-LD (`NewsArticle` and its kin), also inside `@graph` and lists.

use crate::read::clean::{clean, squeeze};
use crate::read::json::{Value, parse};

/// What a page's JSON-LD says of its article.
#[derive(Debug, Default, Clone)]
pub(super) struct Described {
    pub(super) headline: Option<String>,
    pub(super) authors: Vec<String>,
    pub(super) published: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) body: Option<String>,
    pub(super) lang: Option<String>,
}

/// Types that are articles; a page that is a list of articles describes each of them.
const TYPES: &[&str] = &[
    "newsarticle",
    "article",
    "blogposting",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "opinionnewsarticle",
    "liveblogposting",
    "report",
    "socialmediaposting",
    "techarticle",
    "scholarlyarticle",
    "askpublicnewsarticle",
    "backgroundnewsarticle",
    "reviewnewsarticle",
    "advertisercontentarticle",
    "satiricalarticle",
];
/// Types that date a page when no article is described.
const WEAK_TYPES: &[&str] =
    &["webpage", "itempage", "creativework", "videoobject", "podcastepisode", "recipe", "review", "event"];

/// Most objects looked at.
const MAX_OBJECTS: usize = 2000;

/// Reads the first article described in the scripts.
pub(super) fn read(scripts: &[String]) -> Described {
    let mut found = Described::default();
    let mut weak = Described::default();
    let mut people: Vec<(String, String)> = Vec::new();
    let mut references: Vec<String> = Vec::new();
    for script in scripts {
        let script = script
            .trim()
            .trim_start_matches("<!--")
            .trim_end_matches("-->")
            .trim_start_matches("//<![CDATA[")
            .trim()
            .trim_end_matches(';');
        let parsed = parse(script).map(|p| p.value);
        // Line ends inside strings are the usual fault of hand-made JSON-LD.
        let repaired;
        let value = if let Ok(value) = parsed {
            value
        } else {
            repaired = script.replace(['\n', '\r', '\t'], " ");
            match parse(&repaired) {
                Ok(parsed) => parsed.value,
                Err(_) => continue,
            }
        };
        let mut queue = vec![&value];
        let mut seen = 0;
        while let Some(value) = queue.pop() {
            seen += 1;
            if seen > MAX_OBJECTS {
                break;
            }
            match value {
                Value::Array(items) => queue.extend(items.iter().rev()),
                Value::Object(fields, _) => {
                    let types = value.get("@type").map(texts).unwrap_or_default();
                    let is = |list: &[&str]| {
                        types.iter().any(|t| list.contains(&t.rsplit('/').next().unwrap_or(t).to_lowercase().as_str()))
                    };
                    if is(&["person"])
                        && let (Some(id), Some(name)) =
                            (value.get("@id").and_then(Value::as_str), value.get("name").and_then(Value::as_str))
                    {
                        people.push((id.to_owned(), squeeze(&super::plain_if_markup(name))));
                    }
                    if is(TYPES) || is(&["webpage"]) {
                        references.extend(
                            value.get("author").and_then(|a| a.get("@id")).and_then(Value::as_str).map(str::to_owned),
                        );
                    }
                    if is(TYPES) {
                        fill(&mut found, value);
                        continue;
                    }
                    if is(WEAK_TYPES) {
                        fill(&mut weak, value);
                    }
                    for (name, inner) in fields {
                        if matches!(
                            name.as_ref(),
                            "@graph" | "mainEntity" | "mainEntityOfPage" | "hasPart" | "about" | "subjectOf"
                        ) {
                            queue.push(inner);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    found.published = found.published.or(weak.published);
    found.headline = found.headline.or(weak.headline);
    found.publisher = found.publisher.or(weak.publisher);
    if found.authors.is_empty() {
        found.authors = weak.authors;
    }
    if found.authors.is_empty() {
        let named = references.iter().find_map(|r| people.iter().find(|(id, _)| id == r).map(|(_, name)| name.clone()));
        found.authors.extend(named);
    }
    found
}

fn fill(found: &mut Described, value: &Value<'_>) {
    let one = |name: &str| value.get(name).and_then(|v| texts(v).into_iter().find(|t| !t.is_empty()));
    found.headline = found.headline.take().or_else(|| one("headline").or_else(|| one("name")));
    found.published = found.published.take().or_else(|| one("datePublished").or_else(|| one("dateCreated")));
    found.body =
        found.body.take().or_else(|| value.get("articleBody").and_then(Value::as_str).map(|b| clean(b).0.into_owned()));
    found.publisher = found.publisher.take().or_else(|| one("publisher"));
    found.lang = found.lang.take().or_else(|| one("inLanguage"));
    if found.authors.is_empty() {
        let mut authors = value.get("author").or_else(|| value.get("creator")).map(texts).unwrap_or_default();
        authors.retain(|a| !a.is_empty() && !a.contains("://"));
        found.authors = authors;
    }
}

/// Strings in a value: itself, its items, its name.
fn texts(value: &Value<'_>) -> Vec<String> {
    match value {
        Value::String(s) => vec![squeeze(&super::plain_if_markup(s))],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(..) => value.get("name").or_else(|| value.get("@value")).map(texts).unwrap_or_default(),
        _ => Vec::new(),
    }
}
