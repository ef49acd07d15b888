use super::*;

const CAMEO: &str = "code,name,goldstein\n04,Consult,1\n190,Use force,-10\n";
const PLOVER: &str = "event_type,mode,score\nCONSULT,,2.5\nCONSULT,visit,4\nASSAULT,,-9\n";

fn compile(text: &str) -> Result<Ontology, OntologyError> {
    Ontology::compile(&[("test.toml", text)], CAMEO, PLOVER)
}

#[test]
fn patterns_are_indexed_by_trigger_and_the_more_specific_come_first() {
    let ontology = compile(
        r#"
        [[act]]
        id = "consult.meet"
        type = "CONSULT"
        cameo = "04"
        patterns = ["S hold T", "S hold talks with T"]
        "#,
    )
    .unwrap();
    let hold = ontology.lemmas.id("hold");
    let found = ontology.triggered(Trigger::Verb, hold);
    assert_eq!(found.len(), 2);
    assert_eq!(ontology.patterns[found[0] as usize].number, 2);
    assert_eq!(ontology.frames(), 2);
}

#[test]
fn mistakes_name_the_act() {
    let act =
        |body: &str| compile(&format!("[[act]]\nid = \"x\"\ntype = \"CONSULT\"\n{body}")).unwrap_err().to_string();
    assert!(act("mode = \"flying\"\npatterns = []").contains("no mode"));
    assert!(act("cameo = \"999\"\npatterns = []").contains("unknown CAMEO"));
    assert!(act("patterns = [\"S meet with\"]").contains("S meet with"));
}

#[test]
fn inner_rules_with_longer_prefixes_win_and_negation_is_told_apart() {
    let ontology = compile(
        r#"
        inner = [
            { outer = "CONSULT", inner = "ASSAULT", mode = "visit" },
            { outer = "CONSULT", inner = "ASSAULT:19", cameo = "04" },
            { outer = "CONSULT", inner = "not ASSAULT", type = "ASSAULT" },
        ]
        "#,
    )
    .unwrap();
    let of = |cameo, negated| ontology.inner((EventType::Consult, None), (EventType::Assault, cameo), negated).unwrap();
    assert_eq!(of(Some("190"), false).cameo.as_deref(), Some("04"));
    assert_eq!(of(None, false).mode.as_deref(), Some("visit"));
    assert_eq!(of(None, true).event_type, Some(EventType::Assault));
}
