//! One article as the program sees it: its text with everything that was found marked in place, and a card for each
//! event. As a page, and as text for a terminal.
//!
//! Marks may overlap in any way (a name within a clause within a quotation), so the text is cut at every beginning
//! and end of a mark and each piece carries all that cover it.

use super::charts::QUADS;
use super::html::escape;
use crate::article::BlockKind;
use crate::extract::Findings;
use crate::extract::findings::{Event, Interval, Mention, MentionType, Polarity, Side};
use crate::nlp::Doc;
use crate::text::{Byte, Span};
use std::fmt::Write as _;

const STYLE: &str = include_str!("style.css");
const VIEW_STYLE: &str = include_str!("view.css");

/// What a stretch of text is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Mark {
    Mention(usize),
    Time(usize),
    Trigger(usize),
    /// The clause that reports an event.
    Evidence(usize),
}

/// A piece of text and the marks that cover all of it.
type Piece = (Span<Byte>, Vec<Mark>);

/// The article as a page.
pub fn page(doc: &Doc, findings: &Findings) -> String {
    let article = &doc.article;
    let mut out = format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
         <title>{}</title><style>{STYLE}{VIEW_STYLE}</style></head><body><main class=\"view\"><div class=\"text\">",
        escape(article.title.as_deref().unwrap_or("An article"))
    );
    let _ = write!(out, "<p class=\"note\">{}</p>", escape(&about(doc)));
    out.push_str(LEGEND);
    for block in &article.blocks {
        let tag = match block.kind {
            BlockKind::Title => "h1",
            BlockKind::Heading => "h3",
            BlockKind::Quote => "blockquote",
            _ => "p",
        };
        let _ = write!(out, "<{tag} class=\"{}\">", block.kind.as_str());
        for (span, marks) in pieces(block.span, doc, findings) {
            out.push_str(&piece(span, &marks, doc, findings));
        }
        let _ = write!(out, "</{tag}>");
    }
    out.push_str("</div><aside>");
    if findings.events.is_empty() {
        out.push_str("<p class=\"note\">No event was found.</p>");
    }
    for (number, event) in findings.events.iter().enumerate() {
        out.push_str(&card(number, event, doc, findings));
    }
    out.push_str("</aside></main></body></html>\n");
    out
}

const LEGEND: &str = "<p class=\"legend\"><span><b class=\"mention\">who</b></span><span><b class=\"time\">when</b></span>\
                      <span><b class=\"trigger\">what</b></span><span><b class=\"evidence\">clause of an event</b></span></p>";

/// Title, paper and day in one line.
fn about(doc: &Doc) -> String {
    let article = &doc.article;
    let published = article.published.map(|p| format!("{} ({})", p.date, p.basis.as_str()));
    let parts = [
        Some(article.source.path.clone()),
        article.publisher.clone(),
        article.author.as_ref().map(|author| author.replace(';', ", ")),
        Some(published.unwrap_or_else(|| "no day of publication".to_owned())),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Cuts a block at the ends of all marks in it.
fn pieces(block: Span<Byte>, doc: &Doc, findings: &Findings) -> Vec<Piece> {
    let mut marks: Vec<(Span<Byte>, Mark)> = Vec::new();
    let mentions = findings.mentions.iter().enumerate().map(|(i, m)| (m.span, Mark::Mention(i)));
    let times = findings.times.iter().enumerate().map(|(i, t)| (t.span, Mark::Time(i)));
    let events = findings
        .events
        .iter()
        .enumerate()
        .flat_map(|(i, e)| [(e.evidence, Mark::Evidence(i)), (e.trigger, Mark::Trigger(i))]);
    marks.extend(mentions.chain(times).chain(events).filter(|(s, _)| s.start >= block.start && s.end <= block.end));

    let mut cuts: Vec<u32> = marks.iter().flat_map(|(span, _)| [span.start, span.end]).collect();
    cuts.extend([block.start, block.end]);
    cuts.retain(|&at| doc.text().is_char_boundary(at as usize));
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .map(|ends| {
            let span = Span::new(ends[0], ends[1]);
            let covering = marks.iter().filter(|(s, _)| s.start <= span.start && span.end <= s.end);
            (span, covering.map(|&(_, mark)| mark).collect())
        })
        .collect()
}

fn piece(span: Span<Byte>, marks: &[Mark], doc: &Doc, findings: &Findings) -> String {
    let text = escape(span.slice(doc.text()));
    if marks.is_empty() {
        return text;
    }
    let mut classes = Vec::new();
    let mut titles = Vec::new();
    let mut link = None;
    for &mark in marks {
        match mark {
            Mark::Mention(i) => {
                classes.push("mention");
                titles.push(mention(&findings.mentions[i], findings));
            }
            Mark::Time(i) => {
                classes.push("time");
                titles.push(findings.times[i].interval.map_or_else(|| "a time that is not known".to_owned(), days));
            }
            Mark::Trigger(i) => {
                classes.push("trigger");
                link.get_or_insert(i);
                titles.push(format!("{} (event {})", findings.events[i].event_type.as_str(), i + 1));
            }
            Mark::Evidence(_) => classes.push("evidence"),
        }
    }
    classes.sort_unstable();
    classes.dedup();
    let marked = format!("<b class=\"{}\" title=\"{}\">{text}</b>", classes.join(" "), escape(&titles.join("; ")));
    match link {
        // The mark may be cut into pieces; the first one carries the name.
        Some(i) if findings.events[i].trigger.start == span.start => {
            format!("<a href=\"#event{n}\" id=\"trigger{n}\">{marked}</a>", n = i + 1)
        }
        Some(i) => format!("<a href=\"#event{}\">{marked}</a>", i + 1),
        None => marked,
    }
}

fn mention(mention: &Mention, findings: &Findings) -> String {
    let entity = mention.entity.and_then(|e| findings.entities.get(e as usize));
    let name = entity.map_or("not resolved", |e| e.name.as_str());
    let sectors: Vec<_> =
        entity.map(|e| e.sectors.iter().map(crate::lexicon::Sector::as_str).collect()).unwrap_or_default();
    let country = mention.country.map(|c| c.to_string()).unwrap_or_default();
    let kind = if mention.mention_type == MentionType::Pron { "pronoun for " } else { "" };
    format!("{kind}{name} {country} {}", sectors.join(" ")).trim_end().to_owned()
}

/// A span of days in words.
fn days(interval: Interval) -> String {
    match (interval.start, interval.end) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (a, b) => {
            let text = |date: Option<jiff::civil::Date>| date.map(|d| d.to_string()).unwrap_or_default();
            format!("{} to {}", text(a), text(b)).trim().to_owned()
        }
    }
}

/// One party of a side after the other, with country and sector.
fn side(event: &Event, side: Side) -> String {
    let parties = event.participants.iter().filter(|p| p.side == side).map(|p| {
        let codes: Vec<String> =
            [p.country.map(|c| c.to_string()), p.sector.map(|s| s.to_string())].into_iter().flatten().collect();
        let implicit = if p.implicit { ", implied" } else { "" };
        if codes.is_empty() && implicit.is_empty() {
            p.name.clone()
        } else {
            format!("{} ({}{implicit})", p.name, codes.join(" "))
        }
    });
    parties.collect::<Vec<_>>().join("; ")
}

/// What is known of an event, as names and values.
fn facts(event: &Event, findings: &Findings) -> Vec<(&'static str, String)> {
    let denied = if event.polarity == Polarity::Negative { ", denied" } else { "" };
    let act = if event.act_type == event.event_type { "" } else { event.act_type.as_str() };
    let place = event.place.and_then(|p| findings.places.get(p as usize));
    let when = event.date.map(|date| {
        let text = event.date_text.as_deref().map(|text| format!(" (“{text}”)")).unwrap_or_default();
        format!("{}{text}", days(date))
    });
    let all = [
        ("who", side(event, Side::Source)),
        ("to whom", side(event, Side::Target)),
        ("act", act.to_owned()),
        ("mode", event.mode.clone().unwrap_or_default()),
        ("CAMEO", event.cameo.clone().unwrap_or_default()),
        ("status", format!("{}{denied}", event.status.as_str())),
        ("when", when.unwrap_or_default()),
        ("where", place.map(|p| p.name.clone()).unwrap_or_default()),
        ("told by", event.attributed_to.clone().unwrap_or_default()),
        ("killed", event.fatalities.map(|n| n.to_string()).unwrap_or_default()),
        ("confidence", format!("{:.2}", event.confidence)),
        ("rule", event.rule_id.clone()),
    ];
    all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

fn card(number: usize, event: &Event, doc: &Doc, findings: &Findings) -> String {
    let quad = event.quad_class.map_or(4, |quad| usize::from(quad) - 1);
    let mut out = format!(
        "<article class=\"card\" id=\"event{n}\"><h4><i class=\"{}\"></i> <a href=\"#trigger{n}\">{n}. {} <q>{}</q></a></h4><dl>",
        QUADS[quad].0,
        event.event_type.as_str(),
        escape(event.trigger.slice(doc.text())),
        n = number + 1
    );
    for (name, value) in facts(event, findings) {
        let _ = write!(out, "<dt>{name}</dt><dd>{}</dd>", escape(&value));
    }
    out + "</dl></article>"
}

/// How a terminal shows marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Brackets around names, times and triggers.
    Plain,
    /// ANSI colours.
    Color,
}

/// The article as text: block by block, with the events that a block reports after it.
pub fn text(doc: &Doc, findings: &Findings, ink: Ink) -> String {
    let mut out = format!("{}\n", clean(&about(doc)));
    for block in &doc.article.blocks {
        let _ = write!(out, "\n[{}] ", block.kind.as_str());
        for (span, marks) in pieces(block.span, doc, findings) {
            let text = clean(span.slice(doc.text()));
            let is = |wanted: fn(&Mark) -> bool| marks.iter().any(wanted);
            let style = if is(|m| matches!(m, Mark::Trigger(_))) {
                Some(("{", "}", "\x1b[1;31m"))
            } else if is(|m| matches!(m, Mark::Time(_))) {
                Some(("<", ">", "\x1b[33m"))
            } else if is(|m| matches!(m, Mark::Mention(_))) {
                Some(("[", "]", "\x1b[36m"))
            } else {
                None
            };
            let _ = match (style, ink) {
                (None, _) => write!(out, "{text}"),
                (Some((open, close, _)), Ink::Plain) => write!(out, "{open}{text}{close}"),
                (Some((_, _, code)), Ink::Color) => write!(out, "{code}{text}\x1b[0m"),
            };
        }
        out.push('\n');
        let inside = |e: &&(usize, &Event)| e.1.trigger.start >= block.span.start && e.1.trigger.end <= block.span.end;
        for (number, event) in findings.events.iter().enumerate().collect::<Vec<_>>().iter().filter(inside) {
            let facts: Vec<_> = facts(event, findings).iter().map(|(k, v)| format!("{k}: {}", clean(v))).collect();
            let _ = writeln!(out, "  {}. {} — {}", number + 1, event.event_type.as_str(), facts.join("; "));
        }
    }
    out
}

/// Text for a terminal: no control characters, which could move the cursor or ring the bell.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Pipeline;
    use crate::article::Article;
    use crate::extract::ExtractOptions;

    fn analysed(text: &str, check: impl Fn(&Doc, &Findings)) {
        let mut article = Article::default();
        article.push_block(BlockKind::Paragraph, text);
        let pipeline = Pipeline::builtin(ExtractOptions::default()).unwrap();
        let mut worker = pipeline.worker();
        let (doc, findings) = worker.analyse(article);
        check(doc, findings);
    }

    #[test]
    fn pieces_rebuild_the_text_and_events_have_cards() {
        analysed("Poland sent tanks to Ukraine in March 2023, <b>said</b> the minister.", |doc, findings| {
            let block = doc.article.blocks[0].span;
            let rebuilt: String = pieces(block, doc, findings).iter().map(|p| p.0.slice(doc.text())).collect();
            assert_eq!(rebuilt, doc.text());
            let page = page(doc, findings);
            assert!(page.contains("id=\"event1\"") && page.contains("id=\"trigger1\""), "an event and its trigger");
            assert!(!page.contains("<b>said"), "hostile text stays text");
        });
    }

    #[test]
    fn a_terminal_gets_no_control_characters() {
        analysed("Poland met Ukraine\u{1b}[2J in Kyiv.", |doc, findings| {
            assert!(!text(doc, findings, Ink::Plain).contains('\u{1b}'));
        });
    }
}
