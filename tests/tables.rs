//! Rows and files made from hand-made docs and findings.
//!
//! Golden files are rewritten by `TIDINGS_UPDATE=1 cargo test --test tables`; read the diff before committing it.
#![cfg(feature = "run")]

use jiff::civil::date;
use polars::prelude::{AnyValue, DataFrame, ParquetReader, SerReader};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::Path;
use tidings::article::{Article, BlockKind, Published, PublishedBasis, Source};
use tidings::extract::Findings;
use tidings::extract::findings::{
    DateBasis, Dyad, Entity, EntityType, Event, EventType, Expansion, Interval, Member, Mention, MentionForm,
    MentionSource, MentionType, Participant, Place, Polarity, Precision, Quotation, QuotationKind, Side, Status,
    TimeExpr, TimeKind,
};
use tidings::lexicon::{Country, Sector};
use tidings::nlp::{Doc, Sentence, Token};
use tidings::tables::schema::{self, tables};
use tidings::tables::{
    Corpus, DocumentExtras, FileInfo, Formats, Id, RejectRow, Rows, RunContext, RunRow, TableError, TableWriters,
    WriteOptions, write_docs,
};
use tidings::text::{Byte, Span};

const LEAD: &str =
    "Türkiye's foreign minister met her Polish and Swedish colleagues in Vilnius on Wednesday, \"a first\".";
const REPEAT: &str = "The three ministers held talks in Vilnius.\nPolice, however, did not comment.";

// ---- a doc and its findings, made by hand ----

fn article(record_no: u64) -> Article {
    let mut article = Article {
        source: Source { path: "wire/july.jsonl".into(), entry: None, record_no },
        format: "jsonl",
        sha256: format!("{record_no:064x}"),
        byte_len: 480,
        title: Some("=Ministers meet; \"a first\"".into()),
        author: Some("A. Nowak;B. Åkesson".into()),
        published: Some(Published {
            date: date(2023, 7, 13),
            time: Some(jiff::civil::time(6, 5, 0, 0)),
            basis: PublishedBasis::Metadata,
        }),
        meta: vec![("Desk".into(), "Europe".into()), ("slug".into(), "@talks".into())],
        ..Article::default()
    };
    article.push_block(BlockKind::Paragraph, LEAD);
    article.push_block(BlockKind::Quote, REPEAT);
    article
}

/// Splits at spaces and before closing punctuation: enough for tables.
fn doc(article: Article) -> Doc {
    let mut doc = Doc::new(article);
    for (block_no, block) in doc.article.blocks.clone().into_iter().enumerate() {
        let first = doc.tokens.len();
        let text = block.span.slice(&doc.article.text).to_owned();
        let mut at = block.span.start as usize;
        for word in text.split([' ', '\n']) {
            let core = word.trim_end_matches(['.', ',']).len();
            for (start, end) in [(0, core), (core, word.len())] {
                if start < end {
                    let index = doc.tokens.len() as u32;
                    doc.tokens.push(Token::new(Span::of(at + start, at + end), end == word.len(), index));
                }
            }
            at += word.len() + 1;
        }
        doc.sentences.push(Sentence {
            tokens: Span::of(first, doc.tokens.len()),
            block: block_no as u32,
            kind: block.kind,
        });
    }
    doc
}

fn find(doc: &Doc, needle: &str) -> Span<Byte> {
    let start = doc.text().find(needle).unwrap_or_else(|| panic!("{needle} is in the text"));
    Span::of(start, start + needle.len())
}

fn country(code: &str) -> Option<Country> {
    Country::parse(code).ok()
}

fn entity(key: &str, name: &str, entity_type: EntityType, code: &str) -> Entity {
    Entity {
        key: key.into(),
        name: name.into(),
        entity_type,
        country: country(code),
        plover_country: None,
        sectors: vec![],
        role: None,
        kb_source: Some("countries"),
        kb_date: Some(date(2023, 7, 13)),
        members: vec![],
        expands: false,
    }
}

fn mention(doc: &Doc, words: &str, sentence: u32, entity: Option<u32>, code: &str) -> Mention {
    Mention {
        span: find(doc, words),
        sentence,
        mention_type: MentionType::Gpe,
        form: MentionForm::Demonym,
        title: None,
        entity,
        country: country(code),
        confidence: 0.9,
        source: MentionSource::Dictionary,
    }
}

fn participant(side: Side, entity: u32, mention: u32, name: &str, code: &str) -> Participant {
    Participant {
        side,
        entity: Some(entity),
        mention: Some(mention),
        name: name.into(),
        country: country(code),
        sector: Sector::parse("GOV").ok(),
        implicit: false,
        confidence: 0.8,
    }
}

fn findings(doc: &Doc) -> Findings {
    let wednesday = Interval {
        start: Some(date(2023, 7, 12)),
        end: Some(date(2023, 7, 12)),
        precision: Precision::Day,
        basis: DateBasis::Relative,
    };
    let mut nordic = entity("group:nb8", "Nordic-Baltic Eight", EntityType::Group, "");
    let member = |code: &str| Member {
        country: country(code).unwrap(),
        valid_from: Some(date(1992, 1, 1)),
        valid_to: None,
        source: "groups".into(),
    };
    nordic.members = vec![member("SWE"), member("EST")];
    nordic.plover_country = Some("IGO".into());
    let mut minister = entity("role:foreign-minister:TUR", "foreign minister of Türkiye", EntityType::Role, "TUR");
    minister.sectors = ["GOV", "JUD"].into_iter().filter_map(|s| Sector::parse(s).ok()).collect();
    minister.role = Some("Foreign Minister".into());
    let met = Event {
        sentence: 0,
        trigger: find(doc, "met"),
        evidence: find(doc, "Türkiye's foreign minister met her Polish and Swedish colleagues in Vilnius on Wednesday"),
        event_type: EventType::Consult,
        act_type: EventType::Consult,
        mode: Some("meet".into()),
        contexts: vec!["diplomatic".into(), "military".into()],
        cameo: Some("04".into()),
        goldstein: Some(1.0),
        plover_score: Some(2.3),
        quad_class: Some(1),
        status: Status::Past,
        polarity: Polarity::Affirmative,
        attributed_to: None,
        date: Some(wednesday),
        date_text: Some("on Wednesday".into()),
        event_date: Some(date(2023, 7, 12)),
        phrases: Vec::new(),
        participants: vec![
            participant(Side::Source, 0, 0, "foreign minister of Türkiye", "TUR"),
            participant(Side::Target, 1, 1, "Poland", "POL"),
            participant(Side::Target, 2, 2, "Sweden", "SWE"),
        ],
        reciprocal: true,
        place: Some(0),
        fatalities: None,
        injured: Some(0),
        arrested: None,
        confidence: 0.75,
        rule_id: "meet/2".into(),
        same_as: None,
    };
    let mut talks = met.clone();
    talks.sentence = 1;
    talks.trigger = find(doc, "held talks");
    talks.evidence = find(doc, "The three ministers held talks in Vilnius.");
    talks.same_as = Some(0);
    talks.date = None;
    talks.event_date = None;
    talks.cameo = None;
    talks.goldstein = None;
    talks.participants.clear();
    // A second reading at the same trigger: ids must differ all the same.
    let mut refusal = talks.clone();
    refusal.polarity = Polarity::Negative;
    refusal.same_as = None;
    let dyad = |source: &str, target: &str, weight: f64| Dyad {
        event: 0,
        source_country: Some(source.to_owned()).filter(|s| !s.is_empty()),
        target_country: Some(target.into()),
        source_sector: Sector::parse("GOV").ok(),
        target_sector: None,
        reciprocal: true,
        expansion: Expansion::Direct,
        weight,
    };
    Findings {
        mentions: vec![
            mention(doc, "Türkiye's foreign minister", 0, Some(0), "TUR"),
            mention(doc, "Polish", 0, Some(1), "POL"),
            mention(doc, "Swedish", 0, Some(2), "SWE"),
            mention(doc, "Police", 1, None, ""),
        ],
        entities: vec![
            minister,
            entity("country:POL", "Poland", EntityType::Country, "POL"),
            entity("country:SWE", "Sweden", EntityType::Country, "SWE"),
            nordic,
        ],
        times: vec![
            TimeExpr {
                span: find(doc, "on Wednesday"),
                sentence: 0,
                kind: TimeKind::Date,
                value: "2023-07-12".into(),
                interval: Some(wednesday),
                edtf: Some("2023-07-12".into()),
                anchor: Some("publication 2023-07-13".into()),
            },
            TimeExpr {
                span: find(doc, "first"),
                sentence: 0,
                kind: TimeKind::Reference,
                value: "PAST_REF".into(),
                interval: None,
                edtf: None,
                anchor: None,
            },
        ],
        quotations: vec![Quotation {
            span: find(doc, "first"),
            sentence: 0,
            kind: QuotationKind::Direct,
            speaker: Some(1),
            speaker_name: Some("Poland".into()),
            cue: Some("said".into()),
            confidence: 0.95,
        }],
        place_mentions: Vec::new(),
        dateline: None,
        places: vec![Place {
            key: "geonames:593116".into(),
            geonames_id: Some(593_116),
            name: "Vilnius".into(),
            country: country("LTU"),
            level: "capital",
            lat: Some(54.687),
            lon: Some(25.283),
            source: "capitals",
            ..Place::default()
        }],
        events: vec![met, talks, refusal],
        dyads: vec![
            dyad("TUR", "POL", 0.25),
            dyad("POL", "TUR", 0.25),
            dyad("TUR", "SWE", 0.25),
            dyad("SWE", "TUR", 0.25),
            dyad("", "SWE", 0.0),
        ],
    }
}

fn extras() -> DocumentExtras {
    DocumentExtras::new(true, ["slug", "absent"])
}

fn context() -> RunContext {
    RunContext { run_id: Id::of('r', &["test"]), extras: extras() }
}

fn options(formats: Formats) -> WriteOptions {
    WriteOptions { formats, excel: false, extras: extras() }
}

fn reject() -> RejectRow {
    RejectRow {
        reject_id: Id::of('x', &[]),
        source_path: "wire/broken.jsonl".into(),
        entry: None,
        record_no: Some(4),
        line: Some(5),
        byte_offset: Some(2048),
        stage: "read",
        reason: "json_syntax",
        message: "expected a comma, found \"}\"".into(),
        excerpt: Some("{\"text\": \"…\n".into()),
        sha256: None,
        bytes: Some(17),
        retryable: false,
        run_id: context().run_id,
    }
    .sealed()
}

fn run_row() -> RunRow {
    RunRow {
        run_id: context().run_id,
        started_at: "2023-07-14T05:00:00Z".parse().unwrap(),
        finished_at: "2023-07-14T05:00:01.25Z".parse().unwrap(),
        version: "0.1.0".into(),
        config_sha256: "c".repeat(64),
        lexicon_sha256: "l".repeat(64),
        model_sha256: "m".repeat(64),
        event_date_policy: "strict".into(),
        input_files: 2,
        documents: 3,
        events: 6,
        rejects: 1,
        bytes: 960,
        seconds: 1.25,
        shard: None,
        exit_code: 0,
        args: "run wire --out out".into(),
    }
}

/// Two analysed articles, a skipped one, a reject and the run.
fn sample() -> (Rows, Corpus) {
    let (mut rows, mut corpus) = (Rows::default(), Corpus::default());
    for record_no in 0..2 {
        let doc = doc(article(record_no));
        let findings = findings(&doc);
        rows.push_article(&doc, &findings, &context());
        corpus.push_article(&doc, &findings);
    }
    rows.push_skipped(&article(2), "language de", &context());
    rows.rejects.push(reject());
    rows.runs.push(run_row());
    (rows, corpus)
}

fn country_name(code: Country) -> Option<String> {
    (code.as_str() == "EST").then(|| "Estonia".to_owned())
}

fn write(dir: &Path, options: &WriteOptions, rows: &Rows, corpus: Corpus) -> Vec<FileInfo> {
    let mut writers = TableWriters::create(dir, options).unwrap();
    writers.append(rows).unwrap();
    writers.finish(corpus, &country_name).unwrap()
}

// ---- helpers that look at files ----

fn golden(name: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name);
    if std::env::var_os("TIDINGS_UPDATE").is_some() {
        fs::write(&path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let differing = expected.lines().zip(actual.lines()).find(|(old, new)| old != new);
    assert!(expected == actual, "{name} is out of date ({differing:?}); run with TIDINGS_UPDATE=1 and read the diff");
}

fn csv_records(path: &Path) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

fn read_parquet(path: &Path) -> DataFrame {
    ParquetReader::new(fs::File::open(path).unwrap()).finish().unwrap()
}

/// A Parquet value as CSV writes it.
fn as_csv(value: &AnyValue<'_>) -> String {
    match value {
        AnyValue::Null => String::new(),
        AnyValue::String(text) => (*text).to_owned(),
        AnyValue::StringOwned(text) => text.to_string(),
        AnyValue::Int64(int) => int.to_string(),
        AnyValue::Float64(float) => float.to_string(),
        AnyValue::Boolean(bool) => bool.to_string(),
        AnyValue::Date(days) => (date(1970, 1, 1) + jiff::Span::new().days(*days)).to_string(),
        AnyValue::Datetime(micros, ..) | AnyValue::DatetimeOwned(micros, ..) => {
            jiff::Timestamp::from_microsecond(*micros).unwrap().to_string()
        }
        other => panic!("no column has the type of {other:?}"),
    }
}

// ---- tests ----

#[test]
fn the_schema_is_frozen() {
    golden("schema.txt", &schema::render());
}

#[test]
fn names_keys_and_references_hold_together() {
    let mut names = BTreeSet::new();
    for table in tables() {
        assert!(names.insert(table.name), "{} stands twice", table.name);
        let mut columns = BTreeSet::new();
        for column in table.columns {
            assert!(columns.insert(column.name), "{}.{} stands twice", table.name, column.name);
            assert!(column.name.len() <= 32, "{} is too long for Stata", column.name);
            assert!(column.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
            assert!(column.description.ends_with(['.', '?']), "{}: {}", column.name, column.description);
        }
        assert!(table.key.iter().all(|key| columns.contains(key)), "{}", table.name);
        for reference in table.references {
            let target = tables().into_iter().find(|t| t.name == reference.table).expect("a table");
            assert_eq!(target.key, [reference.target]);
            assert!(columns.contains(reference.column));
        }
    }
    assert_eq!(names.len(), 13);
    assert_eq!(schema::to_json()["tables"].as_array().unwrap().len(), 13);
}

#[test]
fn every_csv_is_as_read_and_approved() {
    let dir = tempfile::tempdir().unwrap();
    let (rows, corpus) = sample();
    for file in write(dir.path(), &options(Formats::Csv), &rows, corpus) {
        let name = format!("tables/{}.csv", file.table.unwrap());
        golden(&name, &fs::read_to_string(dir.path().join(&file.path)).unwrap());
    }
}

#[test]
fn parquet_holds_what_csv_holds() {
    let dir = tempfile::tempdir().unwrap();
    let (rows, corpus) = sample();
    write(dir.path(), &options(Formats::Both), &rows, corpus);
    for table in tables() {
        let csv = csv_records(&dir.path().join("csv").join(format!("{}.csv", table.name)));
        let frame = read_parquet(&dir.path().join(table.name).join("part-00000.parquet"));
        assert_eq!(frame.height(), csv.len(), "{}", table.name);
        assert!(frame.height() > 0, "{} has rows to compare", table.name);
        for column in frame.columns() {
            for (row, record) in csv.iter().enumerate() {
                let value = column.get(row).unwrap();
                assert_eq!(as_csv(&value), record[column.name().as_str()], "{}.{}", table.name, column.name());
            }
        }
    }
}

#[test]
fn never_empty_columns_are_never_empty_and_keys_are_unique() {
    let dir = tempfile::tempdir().unwrap();
    let (rows, corpus) = sample();
    write(dir.path(), &options(Formats::Csv), &rows, corpus);
    let read = |table: &str| csv_records(&dir.path().join("csv").join(format!("{table}.csv")));
    for table in tables() {
        let records = read(table.name);
        let mut keys = BTreeSet::new();
        for record in &records {
            assert!(keys.insert(table.key.iter().map(|key| record[*key].clone()).collect::<Vec<_>>()));
            for column in table.columns {
                let value = &record[column.name];
                assert!(column.nullable || !value.is_empty(), "{}.{} is empty", table.name, column.name);
                let closed = !column.values.is_empty() && !value.is_empty();
                assert!(!closed || column.values.contains(&value.as_str()), "{}.{value}", table.name);
            }
            for reference in table.references {
                let value = &record[reference.column];
                let found = value.is_empty() || read(reference.table).iter().any(|r| &r[reference.target] == value);
                assert!(found, "{}.{} {value} is in {}", table.name, reference.column, reference.table);
            }
        }
    }
}

#[test]
fn both_kinds_of_offsets_lead_back_to_the_words() {
    let (rows, _) = sample();
    let text = article(0).text;
    let chars: Vec<char> = text.chars().collect();
    let by_chars = |start: u32, end: u32| chars[start as usize..end as usize].iter().collect::<String>();
    for row in &rows.mentions {
        assert_eq!(&text[row.byte_start as usize..row.byte_end as usize], row.text);
        assert_eq!(by_chars(row.char_start, row.char_end), row.text);
    }
    for row in &rows.events {
        assert_eq!(by_chars(row.char_start, row.char_end), row.evidence);
    }
    for row in &rows.sentences {
        assert_eq!(by_chars(row.char_start, row.char_end), row.text);
    }
    assert_eq!(rows.documents[0].char_len as usize, chars.len());
}

#[test]
fn rows_of_one_story_share_its_id() {
    let (rows, _) = sample();
    let [met, talks, refusal] = &rows.events[..3] else { panic!("three events in an article") };
    assert_eq!(met.story_event_id, talks.story_event_id);
    assert_ne!(met.story_event_id, refusal.story_event_id);
    assert_ne!(talks.event_id, refusal.event_id);
    assert_eq!(met.cameo_code.as_deref(), Some("040"));
    assert_eq!(met.target_name.as_deref(), Some("Poland;Sweden"));
}

#[test]
fn the_same_rows_give_the_same_bytes_however_they_are_cut() {
    let whole = tempfile::tempdir().unwrap();
    let (rows, corpus) = sample();
    let expected = write(whole.path(), &options(Formats::Both), &rows, corpus);

    let parts = tempfile::tempdir().unwrap();
    let mut writers = TableWriters::create(parts.path(), &options(Formats::Both)).unwrap();
    // Parts of the corpus arrive in another order than the rows.
    let mut corpus = Corpus::default();
    for record_no in (0..2).rev() {
        let doc = doc(article(record_no));
        let mut part = Corpus::default();
        part.push_article(&doc, &findings(&doc));
        corpus += part;
    }
    for record_no in 0..2 {
        let doc = doc(article(record_no));
        let mut part = Rows::default();
        part.push_article(&doc, &findings(&doc), &context());
        writers.append(&part).unwrap();
    }
    let mut rest = Rows::default();
    rest.push_skipped(&article(2), "language de", &context());
    let mut run = Rows::default();
    run.rejects.push(reject());
    run.runs.push(run_row());
    rest += run;
    writers.append(&rest).unwrap();
    assert_eq!(writers.finish(corpus, &country_name).unwrap(), expected);
}

#[test]
fn file_infos_tell_the_truth() {
    use sha2::Digest as _;
    let dir = tempfile::tempdir().unwrap();
    let (rows, corpus) = sample();
    let mut files = write(dir.path(), &options(Formats::Both), &rows, corpus);
    files.extend(write_docs(dir.path(), &files, &extras()).unwrap());
    assert_eq!(files.len(), 2 * 13 + 2);
    for file in &files {
        let path = dir.path().join(&file.path);
        let mut bytes = Vec::new();
        fs::File::open(&path).unwrap().read_to_end(&mut bytes).unwrap();
        assert_eq!(file.bytes, bytes.len() as u64, "{}", file.path);
        assert_eq!(file.sha256, format!("{:x}", sha2::Sha256::digest(&bytes)), "{}", file.path);
        if file.format == "csv" {
            assert_eq!(file.rows, csv_records(&path).len() as u64, "{}", file.path);
        }
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o600, 0o600, "{} can be read and written by its owner", file.path);
            let plain = dir.path().join("plain");
            fs::write(&plain, "").unwrap();
            assert_eq!(mode, fs::metadata(&plain).unwrap().permissions().mode(), "{} has usual permissions", file.path);
        }
    }
}

#[test]
fn a_run_without_articles_has_all_tables() {
    let dir = tempfile::tempdir().unwrap();
    let files = write(
        dir.path(),
        &WriteOptions { formats: Formats::Both, ..WriteOptions::default() },
        &Rows::default(),
        Corpus::default(),
    );
    assert_eq!(files.len(), 26);
    for table in tables() {
        let frame = read_parquet(&dir.path().join(table.name).join("part-00000.parquet"));
        assert_eq!((frame.height(), frame.width()), (0, table.columns.len()));
        let csv = fs::read_to_string(dir.path().join("csv").join(format!("{}.csv", table.name))).unwrap();
        let header: Vec<_> = table.columns.iter().map(|column| column.name).collect();
        assert_eq!(csv, format!("{}\n", header.join(",")));
    }
}

#[test]
fn many_rows_make_several_row_groups_and_lose_none() {
    let dir = tempfile::tempdir().unwrap();
    let (mut rows, _) = sample();
    let event = rows.events[0].clone();
    rows.events = (0..70_000)
        .map(|n| {
            let mut row = event.clone();
            row.sentence_no = n;
            row
        })
        .collect();
    let files = write(dir.path(), &options(Formats::Parquet), &rows, Corpus::default());
    let events = files.iter().find(|file| file.table == Some("events")).unwrap();
    assert_eq!(events.rows, 70_000);
    let frame = read_parquet(&dir.path().join(&events.path));
    let numbers: Vec<_> = frame.column("sentence_no").unwrap().i64().unwrap().into_no_null_iter().collect();
    assert!(numbers.into_iter().eq(0..70_000));
}

/// Writes the sample to the folder named in `TIDINGS_SAMPLE_OUT`, for a look with other tools.
#[test]
fn the_sample_can_be_kept() {
    let temporary = tempfile::tempdir().unwrap();
    let dir = std::env::var_os("TIDINGS_SAMPLE_OUT").map_or_else(|| temporary.path().to_owned(), Into::into);
    let (rows, corpus) = sample();
    let files = write(&dir, &options(Formats::Both), &rows, corpus);
    let docs = write_docs(&dir, &files, &extras()).unwrap();
    assert_eq!(docs.iter().map(|file| file.path.as_str()).collect::<Vec<_>>(), ["codebook.md", "datapackage.json"]);
    let package: serde_json::Value = serde_json::from_slice(&fs::read(dir.join("datapackage.json")).unwrap()).unwrap();
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), files.len());
    for resource in resources {
        let file = files.iter().find(|file| resource["path"] == file.path.as_str()).expect("a file that was written");
        assert!(file.format == "parquet" || resource["bytes"] == file.bytes);
    }
    let codebook = fs::read_to_string(dir.join("codebook.md")).unwrap();
    for table in tables() {
        assert!(codebook.contains(&format!("\n## {}\n", table.name)));
        assert!(table.columns.iter().all(|column| codebook.contains(&format!("| `{}`", column.name))));
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(16))]
    /// Whatever a scraped page holds (quotes, line breaks, separators, control characters) comes back as it was.
    #[test]
    fn any_text_comes_back_from_both_formats(texts in proptest::collection::vec("(?s)[a\"',;\r\n\t=\u{0}-\u{1f}é漢\u{1F600}].{0,12}", 1..8)) {
        let dir = tempfile::tempdir().unwrap();
        let rejects = texts.iter().map(|text| RejectRow { message: text.clone(), ..reject() }.sealed()).collect();
        let rows = Rows { rejects, ..Rows::default() };
        write(dir.path(), &options(Formats::Both), &rows, Corpus::default());
        let from_csv: Vec<_> =
            csv_records(&dir.path().join("csv/rejects.csv")).into_iter().map(|mut r| r.remove("message").unwrap()).collect();
        proptest::prop_assert_eq!(&from_csv, &texts);
        let frame = read_parquet(&dir.path().join("rejects/part-00000.parquet"));
        let from_parquet: Vec<_> = frame.column("message").unwrap().str().unwrap().no_null_iter().map(str::to_owned).collect();
        proptest::prop_assert_eq!(&from_parquet, &texts);
    }
}

#[test]
fn excel_gets_a_byte_order_mark_and_no_formulas() {
    let dir = tempfile::tempdir().unwrap();
    let (rows, corpus) = sample();
    let excel = WriteOptions { excel: true, ..options(Formats::Csv) };
    write(dir.path(), &excel, &rows, corpus);
    let csv = fs::read_to_string(dir.path().join("csv/documents.csv")).unwrap();
    assert!(csv.starts_with("\u{feff}doc_id,"));
    assert!(csv.contains("\"'=Ministers meet; \"\"a first\"\"\""));
    assert!(csv.contains(",'@talks,"));
}

#[test]
fn rows_serialise_by_their_column_names() {
    let (rows, _) = sample();
    let json = serde_json::to_value(&rows.events[0]).unwrap();
    assert_eq!(json["event_date"], "2023-07-12");
    assert_eq!(json["reciprocal"], true);
    assert_eq!(json["fatalities"], serde_json::Value::Null);
    assert_eq!(json["plover_score"], 2.3);
    let run = serde_json::to_value(&rows.runs[0]).unwrap();
    assert_eq!(run["finished_at"], "2023-07-14T05:00:01.25Z");
}

#[test]
fn the_latest_facts_of_an_entity_win_whatever_the_order() {
    let facts = |day: i8, role: &str| {
        let mut article = article(day.unsigned_abs().into());
        article.published.as_mut().unwrap().date = date(2023, 7, day);
        let doc = doc(article);
        let mut findings = findings(&doc);
        findings.entities[0].role = Some(role.into());
        let mut part = Corpus::default();
        part.push_article(&doc, &findings);
        part
    };
    let (mut forth, mut back) = (facts(1, "Minister"), facts(20, "Former Minister"));
    forth += facts(20, "Former Minister");
    back += facts(1, "Minister");
    assert_eq!(forth, back);
    let (entities, members, _) = forth.into_rows(&country_name);
    let minister = entities.iter().find(|row| row.role.is_some()).unwrap();
    assert_eq!(minister.role.as_deref(), Some("Former Minister"));
    assert_eq!((minister.n_docs, minister.n_mentions), (2, 2));
    let [first, last] = [minister.first_seen, minister.last_seen].map(|day| day.unwrap().iso());
    assert_eq!((&first, &last), (b"2023-07-01", b"2023-07-20"));
    let estonia = entities.iter().find(|row| row.name == "Estonia").unwrap();
    assert_eq!(estonia.n_docs, 0);
    assert!(members.iter().any(|row| row.member_id == estonia.entity_id));
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("taken");
    fs::write(&file, "").unwrap();
    let Err(error) = TableWriters::create(&file, &options(Formats::Both)) else { panic!("a file is no folder") };
    assert!(matches!(error, TableError::Folder { .. }));
    assert!(error.to_string().contains("taken"), "{error}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error_that_says_so() {
    if !Path::new("/dev/full").exists() {
        println!("skipped: no /dev/full");
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("events")).unwrap();
    std::os::unix::fs::symlink("/dev/full", dir.path().join("events/part-00000.parquet")).unwrap();
    let mut writers = TableWriters::create(dir.path(), &options(Formats::Parquet)).unwrap();
    writers.append(&sample().0).unwrap();
    let error = writers.finish(Corpus::default(), &country_name).unwrap_err();
    assert_eq!(error.io().kind(), std::io::ErrorKind::StorageFull, "{error}");
    assert!(error.to_string().contains("events"), "{error}");
}
