use super::*;
use crate::tables::cell::Kind;
use jiff::civil::date;

const EVENTS: &str = "\
event_id,date_start,date_end,confidence
e000000000000001,2023-07-12,2023-07-12,0.9
e000000000000002,2023-07-01,2023-07-31,0.9
e000000000000003,,,0.9
e000000000000004,2023-09-02,2023-09-02,0.4
e000000000000005,2023-06-30,2023-07-01,0.9
e000000000000006,2023-07-12,2023-07-12,0.9
";

const DYADS: &str = "\
event_id,source_country,target_country,expansion,weight,published_at,event_type,status,polarity,quad_class,goldstein,plover_score,doc_id
e000000000000001,KOR,NOR,direct,0.25,2023-07-13,CONSULT,past,affirmative,1,1,2,d000000000000001
e000000000000001,KOR,NOR,direct,0.25,2023-07-13,CONSULT,past,affirmative,1,1,2,d000000000000001
e000000000000001,NOR,KOR,direct,0.5,2023-07-13,CONSULT,past,affirmative,1,1,2,d000000000000001
e000000000000002,KOR,NOR,direct,1,2023-07-13,AID,past,affirmative,2,7,6,d000000000000001
e000000000000003,KOR,NOR,direct,1,2023-07-13,AID,past,affirmative,2,7,6,d000000000000001
e000000000000004,KOR,NOR,direct,1,2023-09-03,ACCUSE,past,affirmative,3,-2,-3,d000000000000002
e000000000000005,KOR,NOR,group,1,2023-07-13,AID,past,affirmative,2,7,6,d000000000000003
e000000000000005,KOR,NOR,direct,1,2023-07-13,AID,planned,affirmative,2,7,6,d000000000000003
e000000000000006,KOR,NOR,direct,1,2023-07-14,CONSULT,past,affirmative,1,1,2,d000000000000004
";

fn compute(options: PanelOptions) -> Panel {
    let out = tempfile::tempdir().unwrap();
    std::fs::create_dir(out.path().join("csv")).unwrap();
    std::fs::write(out.path().join("csv/events.csv"), EVENTS).unwrap();
    std::fs::write(out.path().join("csv/dyads.csv"), DYADS).unwrap();
    panel(out.path(), options).unwrap()
}

fn csv(panel: &Panel) -> Vec<BTreeMap<String, String>> {
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("panel.csv");
    write(panel, &path).unwrap();
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

fn row(panel: &Panel, source: &str, period: &str) -> BTreeMap<String, String> {
    let found: Vec<_> =
        csv(panel).into_iter().filter(|row| row["source_country"] == source && row["period"] == period).collect();
    assert_eq!(found.len(), 1, "one row for {source} in {period}");
    found.into_iter().next().unwrap()
}

#[test]
fn an_event_counts_once_for_a_dyad_and_its_weight_adds_up() {
    let panel = compute(PanelOptions::default());
    let july = row(&panel, "KOR", "2023-07");
    let get = |name: &str| july[name].as_str();
    // The meeting in two articles and the aid of July; the undated aid and the one over two months are not there.
    assert_eq!((get("n_events"), get("n_events_oad"), get("n_docs")), ("3", "2", "2"));
    assert_eq!((get("n_consult"), get("n_aid"), get("n_accuse")), ("2", "1", "0"));
    assert_eq!((get("n_quad1"), get("n_quad2"), get("n_quad3")), ("2", "1", "0"));
    assert_eq!(
        (get("n_weighted"), get("goldstein_sum"), get("goldstein_mean"), get("plover_sum")),
        ("2.5", "9", "3", "10")
    );
    assert_eq!((get("period_start"), get("period_end")), ("2023-07-01", "2023-07-31"));
    assert_eq!(panel.counted, 6);
    assert_eq!(panel.left_out, LeftOut { undated: 1, imprecise: 1, status: 1, ..LeftOut::default() });
}

#[test]
fn a_day_panel_takes_only_what_is_dated_to_a_day() {
    let panel = compute(PanelOptions { by: Bin::Day, ..PanelOptions::default() });
    assert_eq!(row(&panel, "KOR", "2023-07-12")["n_events"], "2");
    assert_eq!(panel.left_out.imprecise, 2);
}

#[test]
fn the_day_of_publication_dates_everything() {
    let panel = compute(PanelOptions { dating: Dating::EventOrPublished, ..PanelOptions::default() });
    assert_eq!(row(&panel, "KOR", "2023-07")["n_events"], "4");
    assert_eq!(panel.left_out.undated, 0);
}

#[test]
fn filters_say_what_they_leave_out() {
    let options = PanelOptions { min_confidence: 0.5, groups: false, ..PanelOptions::default() };
    let panel = compute(options);
    assert_eq!((panel.left_out.confidence, panel.left_out.group), (1, 1));
    let panel = compute(PanelOptions { to: Some(date(2023, 7, 5)), ..PanelOptions::default() });
    assert_eq!(panel.left_out.outside, 1, "September; July is in, since its period is");
}

#[test]
fn a_complete_panel_has_every_unit_in_every_period() {
    let panel = compute(PanelOptions { complete: true, ..PanelOptions::default() });
    // KOR-NOR and NOR-KOR from July to September.
    assert_eq!(panel.len(), 2 * 3);
    assert_eq!(row(&panel, "NOR", "2023-08")["n_events"], "0");
    assert_eq!(row(&panel, "NOR", "2023-08")["goldstein_mean"], "");

    let countries = ["KOR", "NOR", "POL"].map(str::to_owned).to_vec();
    let (from, to) = (Some(date(2023, 1, 1)), Some(date(2023, 12, 31)));
    let panel = compute(PanelOptions { complete: true, countries, from, to, ..PanelOptions::default() });
    assert_eq!(panel.len(), 3 * 2 * 12);
}

#[test]
fn parquet_and_csv_hold_the_same_rows() {
    let out = tempfile::tempdir().unwrap();
    let panel = compute(PanelOptions { unit: Unit::Country, by: Bin::Quarter, ..PanelOptions::default() });
    assert_eq!(panel.name(), "panel_country_quarter");
    write(&panel, &out.path().join("p.parquet")).unwrap();
    let mut read = Vec::new();
    let columns =
        [("country", Kind::Text), ("period", Kind::Text), ("n_events", Kind::Int), ("period_start", Kind::Date)];
    let wants = columns.map(|(name, kind)| crate::tables::reader::Want { name, kind });
    crate::tables::parquet_reader::scan(&out.path().join("p.parquet"), &wants, &mut |cells| {
        let day = cells[3].day().map(|day| day.date().to_string());
        read.push((cells[0].text().unwrap().to_owned(), cells[1].text().unwrap().to_owned(), cells[2].int(), day));
    })
    .unwrap();
    let quarter = |country: &str, n| (country.to_owned(), "2023-Q3".to_owned(), Some(n), Some("2023-07-01".to_owned()));
    assert_eq!(read, [quarter("KOR", 4), quarter("NOR", 1)]);
}
