//! The publication date of a page.
//!
//! Families of sources are asked in the order of how often each was right on development pages: the address, the
//! publication fields of the head, JSON-LD, marked elements, `time` elements and short lines beside the headline,
//! variables of scripts. Fields of change come last, when nothing else is known.

use super::jsonld::Described;
use super::stream::{Marked, Page, TimeTag};
use super::tags::Tag;
use crate::article::{Article, Published, PublishedBasis};
use crate::read::metadata::DateOrder;
use crate::read::metadata::date::{self, Reading, Stamp};
use crate::read::metadata::header::Dating;

/// Names of meta tags that hold the publication date, the surest first.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:published_time",
    "datepublished",
    "itemprop:datepublished",
    "date_published",
    "publishdate",
    "publish-date",
    "publish_date",
    "pubdate",
    "article.published",
    "published_time",
    "parsely-pub-date",
    "sailthru.date",
    "publication_date",
    "citation_publication_date",
    "citation_date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "dc.date",
    "article_date_original",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "bt:pubdate",
    "og:article:published_time",
    "article:published",
    "article:post_date",
    "itemprop:datecreated",
    "schema:datecreated",
    "schema:datepublished",
    "article:created",
    "created",
    "date",
    "timestamp",
    "og:pubdate",
    "published-date",
    "article:publish_date",
    "cmspublishingdate",
    "article:publicationdate",
    "shareaholic:article_published_time",
    "gentime",
    "dcsext.articlefirstpublished",
    "vr:published_time",
    "vf:publish-date",
];

/// Names of meta tags that hold the date of the last change.
const CHANGED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "article:updated_time",
    "last-modified",
    "lastmod",
    "modified",
    "dcterms.modified",
    "dc.date.modified",
    "itemprop:datemodified",
    "datemodified",
    "revision_date",
    "updated_time",
    "lastmodified",
];

/// Longest line beside a headline that is a date with its byline.
const MAX_LINE: usize = 160;

/// Blocks beside the headline that may hold the date.
const BEFORE: usize = 6;
const AFTER: usize = 14;

/// Sets the article's date from the best source; `html` is the page's text, for the variables of its scripts.
pub(super) fn set(
    article: &mut Article,
    page: &Page,
    described: &Described,
    headline: Option<usize>,
    html: &str,
    dating: Dating,
) {
    let finder = Finder { page, dating, headline };
    let stated = finder.metas(PUBLISHED).or_else(|| described.published.as_deref().and_then(|t| finder.read(t)));
    // A time in UTC may fall on the next day; the address has the day of the newsroom.
    if let Some(day) = article.url.as_deref().and_then(|u| date::date_in_url(u, dating.today)) {
        let time = stated.as_ref().and_then(|(s, _)| s.time.filter(|_| (s.date - day).get_days().abs() <= 1));
        article.published = Some(Published { date: day, time, basis: PublishedBasis::Url });
        article.published_text = stated.map(|(_, text)| text);
        return;
    }
    let found = stated
        .or_else(|| finder.marked(true))
        .or_else(|| finder.times())
        .or_else(|| finder.marked(false))
        .or_else(|| finder.lines())
        .or_else(|| finder.variables(html))
        .or_else(|| finder.metas(CHANGED))
        .or_else(|| finder.anywhere())
        .or_else(|| finder.in_comments());
    if let Some((stamp, text)) = found {
        article.published = Some(Published { date: stamp.date, time: stamp.time, basis: PublishedBasis::Metadata });
        article.published_text = Some(text);
    }
}

type Found = Option<(Stamp, String)>;

struct Finder<'p> {
    page: &'p Page,
    dating: Dating,
    headline: Option<usize>,
}

impl Finder<'_> {
    fn resolve(&self, reading: Option<Reading>, text: &str) -> Found {
        let stamp = reading?.resolve(self.dating.order, self.dating.today)?;
        // The web is younger than this; older dates on pages are history.
        (stamp.date.year() >= 1990).then(|| (stamp, text.trim().chars().take(100).collect()))
    }

    fn read(&self, text: &str) -> Found {
        self.resolve(date::read(text).or_else(|| date::find(text)), text)
    }

    fn metas(&self, names: &[&str]) -> Found {
        names.iter().find_map(|n| self.page.metas.iter().filter(|(k, _)| k == n).find_map(|(_, v)| self.read(v)))
    }

    /// Elements that say they are the date: by microdata, or by their class.
    fn marked(&self, sure: bool) -> Found {
        let usable = |m: &&Marked| {
            m.sure == sure && !m.in_comment && !m.property.contains("modif") && !m.property.contains("update")
        };
        let marked: Vec<&Marked> = self.page.dates.iter().filter(usable).collect();
        self.by_place(&marked, |m| m.at).into_iter().find_map(|m| self.read(&m.content).or_else(|| self.read(&m.text)))
    }

    fn times(&self) -> Found {
        let usable = |t: &&TimeTag| {
            let names = format!("{} {}", t.class, t.property).to_lowercase();
            !names.contains("updat") && !names.contains("modif") && !names.contains("comment")
        };
        let times: Vec<&TimeTag> = self.page.times.iter().filter(usable).collect();
        let read = |t: &&TimeTag| {
            // What readers see is the newsroom's word, the attribute may be the system's.
            let says = t.text.to_lowercase();
            let published = ["publi", "posted", "veröffentlicht"].iter().any(|w| says.contains(w));
            let by_text = if published { self.read(&t.text) } else { None };
            by_text.or_else(|| self.read(&t.datetime)).or_else(|| self.read(&t.text))
        };
        self.by_place(&times, |t| t.at).iter().find_map(read)
    }

    /// Those beside the headline first, then those below it, then the others.
    fn by_place<'t, T>(&self, all: &[&'t T], at: impl Fn(&T) -> usize) -> Vec<&'t T> {
        let Some(headline) = self.headline else { return all.to_vec() };
        let rank = |t: &T| {
            let place = at(t);
            if place + BEFORE >= headline && place <= headline + AFTER {
                0
            } else if place > headline {
                1
            } else {
                2
            }
        };
        let mut sorted = all.to_vec();
        sorted.sort_by_key(|t| rank(t));
        sorted
    }

    /// Short lines beside the headline.
    fn lines(&self) -> Found {
        let headline = self.headline.unwrap_or(0);
        let blocks = &self.page.blocks;
        let below = headline..blocks.len().min(headline + AFTER);
        let above = headline.saturating_sub(BEFORE)..headline;
        below.chain(above.rev()).find_map(|i| self.line(i))
    }

    fn line(&self, i: usize) -> Found {
        let block = &self.page.blocks[i];
        let is_title = matches!(block.tag, Tag::Heading(1));
        let limit = if says_published(&block.text) { 2 * MAX_LINE } else { MAX_LINE };
        if block.text.len() > limit || is_title || self.page.nodes[block.node as usize].comment {
            return None;
        }
        self.resolve(date::find(&block.text).or_else(|| date::read(&block.text)), &block.text)
    }

    /// The first short line with a date below the headline, wherever it stands.
    fn anywhere(&self) -> Found {
        let from = self.headline.unwrap_or(0);
        (from..self.page.blocks.len()).find_map(|i| self.line(i))
    }

    /// Some sites wrap the whole page in an element named for its comments.
    fn in_comments(&self) -> Found {
        let marked = self.page.dates.iter().find_map(|m| self.read(&m.content).or_else(|| self.read(&m.text)));
        marked.or_else(|| self.page.times.iter().find_map(|t| self.read(&t.datetime)))
    }

    /// `"datePublished":"…"`, `publication_date = "…"` in scripts.
    fn variables(&self, html: &str) -> Found {
        let bytes = html.as_bytes();
        let is_name = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
        memchr::memmem::find_iter(bytes, "ubli").take(3000).find_map(|at| {
            let start = bytes[..at].iter().rposition(|b| !is_name(*b)).map_or(0, |n| n + 1);
            let end = at + bytes[at..].iter().position(|b| !is_name(*b))?;
            if end - start > 40 {
                return None;
            }
            let name = html.get(start..end)?.to_ascii_lowercase();
            let dated = ["date", "time", "_at", "edat", "_on", "first"].iter().any(|w| name.contains(w));
            if !dated
                || name.contains("updat")
                || name.contains("modif")
                || name.contains("unpubl")
                || name.contains("republ")
            {
                return None;
            }
            let after = bytes[end..]
                .iter()
                .take(12)
                .position(|b| !matches!(b, b'"' | b'\'' | b' ' | b':' | b'=' | b'\\' | b'\t'))?;
            if after < 2 {
                return None;
            }
            let value_at = end + after;
            let length = bytes[value_at..]
                .iter()
                .take(40)
                .position(|b| matches!(b, b'"' | b'\'' | b'<' | b',' | b'\\' | b'\n'))?;
            let value = html.get(value_at..value_at + length)?;
            self.resolve(date::read(value), value)
        })
    }
}

/// A line that says it is about the publication may be a sentence.
fn says_published(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["publi", "posted", "veröffentlicht", "erstellt", "geschrieben", "wurde am"].iter().any(|w| lower.contains(w))
}

/// The order of day and month that the language and country of a page make certain.
pub(super) fn order_of(lang: &str) -> Option<DateOrder> {
    let lower = lang.trim().to_ascii_lowercase().replace('_', "-");
    match lower.split_once('-') {
        Some(("en", "us")) => Some(DateOrder::MonthFirst),
        Some(("en", "gb" | "au" | "nz" | "ie" | "in" | "za" | "ng" | "ke")) => Some(DateOrder::DayFirst),
        Some(("en", _)) => None,
        _ if lower.starts_with("en") || lower.len() < 2 => None,
        // Outside English only a few write the year first, and none the month before the day.
        _ => Some(DateOrder::DayFirst),
    }
}
