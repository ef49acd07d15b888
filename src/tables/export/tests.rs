use super::*;
use std::path::PathBuf;

const DOCUMENTS: &str = "doc_id,publisher,url,lang\nd1,The Post,https://example.org/a,en\n";
const ENTITIES: &str = "\
entity_id,name,sectors,plover_country,role
a1,Yoon Suk-yeol,GOV,,President
a2,Government of Romania,GOV,,
a3,NATO,MIL,IGO,
";
const PARTICIPANTS: &str = "\
event_id,side,entity_id,name,country,sector
e000000000000001,source,a1,President Yoon,KOR,GOV
e000000000000001,target,a2,Bucharest,ROU,GOV
e000000000000002,source,,\"rebel\tgroup\",YEM,REB
e000000000000003,source,a3,NATO,,MIL
e000000000000004,source,,Poland,POL,
e000000000000004,source,,Sweden,SWE,
";
const PLACES: &str = "place_id,admin1,geonames_id,feature_code\np1,Vilnius,593116,PPLC\n";
const EVENTS: &str = "\
event_id,doc_id,sentence_no,published_at,event_type,mode,contexts,quad_class,cameo_code,cameo_root,goldstein,plover_score,status,polarity,date_start,date_end,event_date,reciprocal,place_id,place_name,place_country,place_level,lat,lon,evidence,story_event_id,confidence
e000000000000001,d1,0,2023-07-13,CONSULT,visit,military;diplomatic,1,042,04,1.9,4,past,affirmative,2023-07-12,2023-07-12,2023-07-12,true,p1,Vilnius,LTU,capital,54.69,25.28,\"They met\nthere.\",s1,0.9
e000000000000002,d1,3,2023-07-13,PROTEST,,,4,145,14,-7.5,-6,past,affirmative,2023-07-01,2023-07-31,,false,,,,,,,They rioted.,s2,0.9
e000000000000004,d1,4,2023-07-13,CONSULT,,,1,040,04,1,2.5,past,affirmative,,,,true,,,,,,,The two met.,s4,0.9
e000000000000003,d1,4,2023-07-13,MOBILIZE,,,4,150,15,-7.2,-4,planned,affirmative,,,,false,,,,,,,It will move.,s3,0.9
";

fn tables() -> tempfile::TempDir {
    let out = tempfile::tempdir().unwrap();
    let csv = out.path().join("csv");
    std::fs::create_dir(&csv).unwrap();
    let files = [
        ("documents", DOCUMENTS),
        ("entities", ENTITIES),
        ("event_participants", PARTICIPANTS),
        ("places", PLACES),
        ("events", EVENTS),
    ];
    for (name, text) in files {
        std::fs::write(csv.join(format!("{name}.csv")), text).unwrap();
    }
    out
}

fn lines(form: Form, options: ExportOptions) -> Vec<Vec<String>> {
    let out = tables();
    let mut text = Vec::new();
    let rows = export(out.path(), form, options, Lexicon::builtin(), &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    let lines: Vec<Vec<String>> = text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
    assert_eq!(lines.len() as u64, rows + u64::from(form.has_header()));
    lines
}

fn field<'l>(form: Form, line: &'l [String], name: &str) -> &'l str {
    &line[form.columns().iter().position(|&column| column == name).unwrap()]
}

#[test]
fn columns_are_those_of_the_other_data_sets() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/ontology/crosswalk_columns.csv");
    let Ok(mut reader) = csv::Reader::from_path(&path) else {
        println!("skipped: {} is not here", path.display());
        return;
    };
    let rows: Vec<(String, usize, String)> = reader.deserialize().map(Result::unwrap).collect();
    for (system, form) in
        [("gdelt2", Form::Gdelt2), ("icews", Form::Icews), ("polecat", Form::Polecat), ("phoenix", Form::Petrarch)]
    {
        let mut theirs: Vec<_> = rows.iter().filter(|row| row.0 == system).collect();
        theirs.sort_by_key(|row| row.1);
        assert_eq!(theirs.iter().map(|row| row.2.as_str()).collect::<Vec<_>>(), form.columns(), "{system}");
    }
}

#[test]
fn gdelt_knows_a_meeting_in_both_directions_and_protest_as_verbal() {
    let form = Form::Gdelt2;
    let lines = lines(form, ExportOptions { past_only: true, ..ExportOptions::default() });
    assert_eq!(lines.len(), 5, "the planned event is left out");
    let at = |line: usize, name: &str| field(form, &lines[line], name).to_owned();
    assert_eq!((at(0, "Actor1Code"), at(0, "Actor2Code")), ("KORGOV".into(), "ROMGOV".into()));
    assert_eq!((at(1, "Actor1Code"), at(1, "Actor2Code")), ("ROMGOV".into(), "KORGOV".into()));
    assert_eq!((at(0, "SQLDATE"), at(0, "FractionDate")), ("20230712".into(), "2023.6082".into()));
    assert_eq!((at(2, "SQLDATE"), at(2, "MonthYear")), (String::new(), "202307".into()));
    assert_eq!(
        (at(2, "EventCode"), at(2, "EventRootCode"), at(2, "QuadClass")),
        ("145".into(), "14".into(), "3".into())
    );
    assert_eq!((at(0, "ActionGeo_Type"), at(0, "ActionGeo_CountryCode")), ("4".into(), "LH".into()));
    assert_eq!((at(3, "Actor1Code"), at(3, "Actor2Code")), ("POL".into(), "SWE".into()));
    assert_eq!((at(4, "Actor1Code"), at(4, "Actor2Code")), ("SWE".into(), "POL".into()));
    assert_eq!(at(0, "ActionGeo_FullName"), "Vilnius, Lithuania");
    assert_eq!(at(0, "AvgTone"), "");
    assert_ne!(at(0, "GLOBALEVENTID"), at(1, "GLOBALEVENTID"));
    assert!(at(0, "GLOBALEVENTID").parse::<i64>().is_ok());
    assert!(lines.iter().all(|line| line.len() == 61), "a tab in a name does not make a column");
}

#[test]
fn icews_and_polecat_name_what_they_name() {
    let form = Form::Icews;
    let icews = lines(form, ExportOptions::default());
    assert_eq!(icews[0], form.columns());
    assert_eq!(field(form, &icews[1], "Source Country"), "South Korea");
    assert_eq!(field(form, &icews[1], "Target Sectors"), "Government");
    assert_eq!(field(form, &icews[1], "Sentence Number"), "1");
    assert_eq!(field(form, &icews[1], "City"), "Vilnius");
    assert!(!field(form, &icews[1], "Event Text").is_empty());

    let form = Form::Polecat;
    let polecat = lines(form, ExportOptions::default());
    assert_eq!(field(form, &polecat[1], "Quad Code"), "VERBAL COOPERATION");
    assert_eq!(field(form, &polecat[1], "Actor Name Raw"), "President Yoon");
    assert_eq!(field(form, &polecat[1], "Actor COW"), "732");
    assert_eq!(field(form, polecat.last().unwrap(), "Actor Country"), "IGO");
}

#[test]
fn plover_lines_are_json_and_nothing_is_invented() {
    let out = tables();
    let mut text = Vec::new();
    export(out.path(), Form::PloverJsonl, ExportOptions::default(), Lexicon::builtin(), &mut text).unwrap();
    let objects: Vec<serde_json::Value> =
        String::from_utf8(text).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(objects.len(), 6);
    assert_eq!(objects[0]["actor"]["country"], "KOR");
    assert_eq!(objects[0]["context"], serde_json::json!(["military", "diplomatic"]));
    assert_eq!(objects[2]["date"], serde_json::Value::Null);
    assert_eq!(objects[2]["dateStart"], "2023-07-01");
    assert_eq!(objects[2]["recip"], serde_json::Value::Null);
}

#[test]
fn phoenix_splits_the_actor_code() {
    let form = Form::Petrarch;
    let lines = lines(form, ExportOptions::default());
    let line = &lines[0];
    assert_eq!(field(form, line, "SourceActorFull"), "KORGOV");
    assert_eq!((field(form, line, "SourceActorEntity"), field(form, line, "SourceActorRole")), ("KOR", "GOV"));
    assert_eq!(field(form, line, "Issues"), "military,diplomatic");
}
