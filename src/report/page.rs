//! The page itself: sections of tables and charts around the counts of a [`Survey`].

use super::charts::{QUADS, bar, legend, over_time, profile};
use super::html::{escape, grouped};
use super::map::map;
use super::survey::Survey;
use crate::extract::findings::{EventType, Precision, Status};
use crate::lexicon::Lexicon;
use serde_json::Value;
use std::fmt::Write as _;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// The whole page.
pub(super) fn render(survey: &Survey, run: Option<&Value>, lexicon: &Lexicon) -> String {
    let mut page = String::with_capacity(256 << 10);
    page.push_str(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\
         <title>tidings: what is in these tables</title><style>",
    );
    page.push_str(STYLE);
    page.push_str("</style></head><body><main>");
    page.push_str(&header(survey, run));
    section(&mut page, "Events over time", &time(survey));
    section(&mut page, "Types of events", &types(survey));
    section(
        &mut page,
        "Countries",
        &format!(
            "<p class=\"note\">Events in which a party is of the country, on a scale of factors.</p>{}",
            map(survey, lexicon)
        ),
    );
    section(&mut page, "Pairs of countries", &pairs(survey));
    section(&mut page, "Actors", &actors(survey));
    section(&mut page, "How well it is known", &profiles(survey));
    section(&mut page, "Events drawn by lot", &sample(survey));
    section(&mut page, "Not read", &rejects(survey));
    section(&mut page, "Settings of the run", &settings(run));
    page.push_str("</main><script>");
    page.push_str(SCRIPT);
    page.push_str("</script></body></html>\n");
    page
}

fn section(page: &mut String, title: &str, body: &str) {
    let _ = write!(page, "<section><h2>{}</h2>{body}</section>", escape(title));
}

fn header(survey: &Survey, run: Option<&Value>) -> String {
    let text = |key: &str| run.and_then(|run| run.get(key)).and_then(Value::as_str).map(escape).unwrap_or_default();
    let mut out = "<header><h1>What is in these tables</h1>".to_owned();
    if run.is_some() {
        let _ = write!(
            out,
            "<p class=\"note\">Written by tidings {} at {} (run {}).</p>",
            text("version"),
            text("finished_at"),
            text("run_id")
        );
    }
    out.push_str("<dl class=\"tiles\">");
    let tiles = [
        ("articles", survey.documents),
        ("words", survey.words),
        ("reports of events", survey.events),
        ("dyad rows", survey.dyads),
        ("records not read", survey.rejects),
    ];
    for (name, n) in tiles {
        let _ = write!(out, "<div><dt>{name}</dt><dd>{}</dd></div>", grouped(n));
    }
    out + "</dl><p>Rows are <em>reports</em> of events, read by a program: some are wrong. Look at the sample below, \
           and at the column <code>evidence</code>, before you count on them.</p></header>"
}

fn time(survey: &Survey) -> String {
    let undated = if survey.undated_documents > 0 {
        format!("<p class=\"note\">{} articles have no day of publication.</p>", grouped(survey.undated_documents))
    } else {
        String::new()
    };
    format!(
        "<p class=\"note\">By day of publication.</p>{}<div class=\"scroll\">{}</div>{undated}",
        legend(),
        over_time(survey)
    )
}

fn types(survey: &Survey) -> String {
    let most = EventType::ALL.iter().map(|&t| survey.of_type(t)).max().unwrap_or(0);
    let mut out = "<div class=\"scroll\"><table data-sort><thead><tr><th>type</th>".to_owned();
    for status in Status::ALL {
        let _ = write!(out, "<th class=\"num\">{}</th>", status.as_str());
    }
    out.push_str("<th class=\"num\">all</th><th class=\"wide\" data-fixed></th></tr></thead><tbody>");
    for &event_type in EventType::ALL {
        let n = survey.of_type(event_type);
        if n == 0 {
            continue;
        }
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", event_type.as_str());
        for status in Status::ALL {
            let by_status = survey.types.get(event_type.as_str()).and_then(|types| types.get(status.as_str()));
            let _ = write!(out, "<td class=\"num\">{}</td>", grouped(by_status.copied().unwrap_or(0)));
        }
        let mut quads = [0; 5];
        quads[event_type.quad_class().map_or(4, |quad| usize::from(quad) - 1)] = n;
        let _ = write!(out, "<td class=\"num\">{}</td><td class=\"wide\">{}</td></tr>", grouped(n), bar(&quads, most));
    }
    let _ = write!(
        out,
        "</tbody></table></div><p class=\"note\">{} are denied (polarity negative).</p>",
        grouped(survey.denied)
    );
    out
}

fn pairs(survey: &Survey) -> String {
    let sum = |quads: &[u64; 5]| quads.iter().sum::<u64>();
    let most = survey.pairs.first().map_or(0, |pair| sum(&pair.1));
    let mut out =
        "<div class=\"scroll\"><table data-sort><thead><tr><th>pair</th><th class=\"num\">events</th>".to_owned();
    for (_, name) in &QUADS[..4] {
        let _ = write!(out, "<th class=\"num\">{name}</th>");
    }
    out.push_str("<th class=\"wide\" data-fixed></th></tr></thead><tbody>");
    for (pair, quads, _) in &survey.pairs {
        let _ =
            write!(out, "<tr><th scope=\"row\">{}</th><td class=\"num\">{}</td>", escape(pair), grouped(sum(quads)));
        for n in &quads[..4] {
            let _ = write!(out, "<td class=\"num\">{}</td>", grouped(*n));
        }
        let _ = write!(out, "<td class=\"wide\">{}</td></tr>", bar(quads, most));
    }
    out + "</tbody></table></div>"
}

fn actors(survey: &Survey) -> String {
    let mut out = "<div class=\"scroll\"><table data-sort><thead><tr><th>name</th><th>kind</th><th>country</th>\
                   <th>sector</th><th class=\"num\">articles</th><th class=\"num\">mentions</th></tr></thead><tbody>"
        .to_owned();
    for actor in &survey.actors {
        let _ = write!(
            out,
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td><td class=\"num\">{}</td><td class=\"num\">{}</td></tr>",
            escape(&actor.name),
            escape(&actor.entity_type.to_lowercase()),
            escape(&actor.country),
            escape(&actor.sector),
            grouped(actor.n_docs),
            grouped(actor.n_mentions)
        );
    }
    out + "</tbody></table></div>"
}

fn profiles(survey: &Survey) -> String {
    let number = |from: &std::collections::BTreeMap<String, u64>, key: &str| from.get(key).copied().unwrap_or(0);
    let precision = Precision::ALL.iter().map(|p| (p.as_str(), number(&survey.precision, p.as_str())));
    let basis = crate::extract::findings::DateBasis::ALL;
    let basis = basis.iter().map(|b| (b.as_str(), number(&survey.basis, b.as_str())));
    let labels: Vec<String> = (0..10).map(|tenth| format!("0.{tenth} and more")).collect();
    let confidence = labels.iter().map(String::as_str).zip(survey.confidence);
    let documents = survey.by_status.iter().map(|(status, &n)| (status.as_str(), n));
    format!(
        "<div class=\"columns\">{}{}{}{}{}</div>",
        profile("How exactly events are dated", precision),
        profile("What their dates come from", basis),
        profile("Confidence of events", confidence),
        profile("Articles by status", documents),
        profile("Articles by publisher", survey.publishers.top()),
    )
}

fn sample(survey: &Survey) -> String {
    let mut out = "<p class=\"note\">The same ones in every report of these tables. Type to filter.</p>\
                   <input type=\"search\" data-filter=\"sample\" placeholder=\"filter\" aria-label=\"Filter the events\">\
                   <div class=\"scroll\"><table data-sort id=\"sample\"><thead><tr><th>type</th><th>who</th><th>to whom</th>\
                   <th>when</th><th>where</th><th>status</th><th class=\"num\">confidence</th><th>sentence</th></tr></thead><tbody>"
        .to_owned();
    for event in &survey.sample {
        let status =
            if event.polarity == "negative" { format!("{}, denied", event.status) } else { event.status.clone() };
        let _ = write!(
            out,
            "<tr title=\"{}\"><th scope=\"row\"><i class=\"{}\"></i> {}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>\
             <td class=\"num\">{:.2}</td><td class=\"sentence\">{}</td></tr>",
            escape(&format!("rule {}; date {}", event.rule, event.precision)),
            QUADS[event.quad].0,
            escape(&event.event_type),
            escape(&event.source.replace(';', "; ")),
            escape(&event.target.replace(';', "; ")),
            escape(&event.date),
            escape(&event.place),
            escape(&status),
            event.confidence,
            marked(&event.evidence, &event.trigger)
        );
    }
    out + "</tbody></table></div>"
}

/// The sentence with its trigger marked.
fn marked(evidence: &str, trigger: &str) -> String {
    match evidence.split_once(trigger).filter(|_| !trigger.is_empty()) {
        Some((before, after)) => format!("{}<mark>{}</mark>{}", escape(before), escape(trigger), escape(after)),
        None => escape(evidence),
    }
}

fn rejects(survey: &Survey) -> String {
    if survey.rejects == 0 {
        return "<p>Every record was read.</p>".to_owned();
    }
    let mut out = "<div class=\"scroll\"><table data-sort><thead><tr><th>reason</th><th class=\"num\">records</th>\
                   <th>such as</th></tr></thead><tbody>"
        .to_owned();
    for (reason, (n, examples)) in &survey.reasons {
        let examples: Vec<_> =
            examples.iter().map(|(path, why)| format!("<code>{}</code>: {}", escape(path), escape(why))).collect();
        let _ = write!(
            out,
            "<tr><th scope=\"row\">{}</th><td class=\"num\">{}</td><td>{}</td></tr>",
            escape(reason),
            grouped(*n),
            examples.join("<br>")
        );
    }
    out + "</tbody></table></div>"
}

fn settings(run: Option<&Value>) -> String {
    let Some(Value::Object(run)) = run else {
        return "<p>There is no <code>run.json</code> beside the tables.</p>".to_owned();
    };
    let mut out = "<div class=\"scroll\"><table class=\"profile\"><tbody>".to_owned();
    for (key, value) in run {
        let value = match value {
            Value::String(text) => text.clone(),
            Value::Object(map) if map.is_empty() => continue,
            other => other.to_string(),
        };
        let _ = write!(out, "<tr><th scope=\"row\">{}</th><td><code>{}</code></td></tr>", escape(key), escape(&value));
    }
    out + "</tbody></table></div>"
}
