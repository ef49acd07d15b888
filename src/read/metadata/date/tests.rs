use super::*;

fn at(day: &str) -> Date {
    day.parse().unwrap()
}

fn told(text: &str) -> String {
    let today = at("2026-01-15");
    match read(text) {
        None => "none".into(),
        Some(Reading::Either { .. }) => "either".into(),
        Some(Reading::Impossible) => "impossible".into(),
        Some(reading) => reading.resolve(None, today).map_or("refused".into(), |s| match s.time {
            Some(time) => format!("{} {time}", s.date),
            None => s.date.to_string(),
        }),
    }
}

#[test]
fn dates_are_read_in_the_forms_of_news() {
    for (text, expected) in [
        ("13.07.2023", "2023-07-13"),
        ("1.7.2023", "2023-07-01"),
        ("13.07.23", "2023-07-13"),
        ("2023-07-13", "2023-07-13"),
        ("2023/7/3", "2023-07-03"),
        ("20230713", "2023-07-13"),
        ("July 13, 2023", "2023-07-13"),
        ("Jul. 13th 2023", "2023-07-13"),
        ("Thursday, July 13, 2023", "2023-07-13"),
        ("13 July 2023", "2023-07-13"),
        ("13th of July, 2023", "2023-07-13"),
        ("13. Juli 2023", "2023-07-13"),
        ("13 de julio de 2023", "2023-07-13"),
        ("26-FEB-1987 15:01:01.79", "1987-02-26"),
        ("Thu, 13 Jul 2023 10:00:00 GMT", "2023-07-13 10:00:00"),
        ("Thu, 13 Jul 2023 10:00 GMT", "2023-07-13 10:00:00"),
        ("2023-07-13T10:00:00Z", "2023-07-13 10:00:00"),
        ("2023-07-13T10:00:00.123+02:00", "2023-07-13 08:00:00"),
        ("2023-07-13T23:30:00-0400", "2023-07-13 03:30:00"),
        ("2023-07-13 10:00:00", "2023-07-13"),
        ("20230713T100000Z", "2023-07-13 10:00:00"),
        ("July 13, 2023 at 4:05 p.m. EDT", "2023-07-13 20:05:00"),
        ("2023-07-13T23:59:60Z", "2023-07-13 23:59:59"),
        ("2023-07-13T10:00:00+25:00", "2023-07-13"),
        ("1689206400", "2023-07-13 00:00:00"),
        ("1689206400000", "2023-07-13 00:00:00"),
        ("07/13/2023", "2023-07-13"),
        ("13/07/2023", "2023-07-13"),
        ("01/02/2023", "either"),
        ("2023-07-13\u{202e}", "2023-07-13"),
        ("29.02.2024", "2024-02-29"),
    ] {
        assert_eq!(told(text), expected, "{text}");
    }
}

#[test]
fn what_is_no_day_is_refused() {
    for text in ["31.02.2023", "00.00.0000", "32.13.2023", "29.02.1900", "2023-13-45"] {
        assert_eq!(told(text), "impossible", "{text}");
    }
    for text in ["31.12.9999", "01.01.0000", "01.01.0001", "2099-01-01"] {
        assert_eq!(told(text), "refused", "{text}");
    }
    for text in [
        "0",
        "",
        "Yesterday",
        "-0044-03-15",
        "12023-07-13",
        "２０２３-０７-１３",
        "July 2023",
        "May 5",
        "Talks on 13 July 2023 ended",
    ] {
        assert_eq!(told(text), "none", "{text}");
    }
    assert_eq!(told(&"1".repeat(5000)), "none");
}

#[test]
fn order_comes_from_evidence_only() {
    assert_eq!(order_by_evidence(b"a 13/07/2023 b 01/02/2023"), Some(DateOrder::DayFirst));
    assert_eq!(order_by_evidence(b"07/13/2023 01/02/2023"), Some(DateOrder::MonthFirst));
    assert_eq!(order_by_evidence(b"07/13/2023 13/02/2023"), None);
    assert_eq!(order_by_evidence(b"01/02/2023 1/2/3 99/99/2023"), None);
    let reading = read("01/02/2023").unwrap();
    let today = at("2026-01-15");
    assert_eq!(reading.resolve(Some(DateOrder::DayFirst), today).unwrap().date, at("2023-02-01"));
    assert_eq!(reading.resolve(Some(DateOrder::MonthFirst), today).unwrap().date, at("2023-01-02"));
    assert_eq!(reading.resolve(None, today), None);
}

#[test]
fn dates_are_found_in_prose_names_and_addresses() {
    let today = at("2026-01-15");
    assert_eq!(find("This story is from March 10, 2002").unwrap().resolve(None, today).unwrap().date, at("2002-03-10"));
    assert_eq!(find("In May 2003 talks began"), None);
    for (name, expected) in [
        ("2023-07-13-summit.txt", Some("2023-07-13")),
        ("20230713.txt", Some("2023-07-13")),
        ("afp_2013_03_12.html", Some("2013-03-12")),
        ("000_94df180401b2e48f.txt", None),
        ("12345678.txt", None),
        ("summit.txt", None),
    ] {
        assert_eq!(date_in_name(name, today), expected.map(at), "{name}");
    }
    for (url, expected) in [
        ("https://example.org/2016/09/20/world/talks.html", Some("2016-09-20")),
        ("https://example.org/world/2012/jul/13/talks", Some("2012-07-13")),
        ("https://example.org/talks-2023-07-13", Some("2023-07-13")),
        ("https://example.org/2016/09/talks", None),
        ("https://example.org/talks?d=2016-09-20", None),
        ("https://20160920.example.org/", None),
    ] {
        assert_eq!(date_in_url(url, today), expected.map(at), "{url}");
    }
}
