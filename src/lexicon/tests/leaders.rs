//! Who held which office when: checked against public knowledge, in office, before, after and at the hand-over.

use super::{lexicon, meaning};
use crate::lexicon::{Country, Office, Standing};
use jiff::civil::{Date, date};

/// Country, office, day, and the family name of the holder then (`None`: we must not name anybody).
const HOLDERS: &str = "
USA head_of_state       1986-06-01 Reagan
USA head_of_state       1992-06-01 Bush
USA head_of_government  1999-12-31 Clinton
USA head_of_state       2012-11-06 Obama
USA head_of_state       2017-01-20 Trump
USA head_of_state       2023-07-12 Biden
USA foreign_minister    2016-09-09 Kerry
USA foreign_minister    2022-02-24 Blinken
USA foreign_minister    2018-04-10 -
USA defence_minister    2003-04-09 Rumsfeld
USA defence_minister    2019-06-30 Esper
GBR head_of_government  1990-11-27 Thatcher
GBR head_of_government  2003-03-20 Blair
GBR head_of_government  2022-09-05 Johnson
GBR head_of_government  2022-09-20 Truss
GBR head_of_government  2022-11-01 Sunak
GBR head_of_government  2024-07-05 Starmer
GBR head_of_state       2022-09-07 Elizabeth
GBR head_of_state       2023-05-06 Charles
GBR foreign_minister    2024-03-01 Cameron
FRA head_of_state       1994-04-07 Mitterrand
FRA head_of_state       2015-11-13 Hollande
FRA head_of_government  2024-10-01 Barnier
DEU head_of_government  1989-11-09 Kohl
DEU head_of_government  2021-12-07 Merkel
DEU head_of_government  2021-12-08 Scholz
DEU foreign_minister    2022-06-01 Baerbock
RUS head_of_state       1999-12-30 Yeltsin
RUS head_of_state       2010-06-01 Medvedev
RUS head_of_government  2010-06-01 Putin
RUS defence_minister    2023-06-24 Shoigu
RUS head_of_state       1990-06-01 -
SUN head_of_state       1990-06-01 Gorbachev
UKR head_of_state       2014-01-15 Yanukovych
UKR head_of_state       2014-03-16 Turchynov
UKR head_of_state       2022-02-24 Zelensky
UKR foreign_minister    2022-02-24 Kuleba
CHN head_of_state       2023-07-12 Xi
CHN head_of_government  2012-06-01 Wen
CHN foreign_minister    2023-03-01 Qin
CHN defence_minister    2023-11-15 -
JPN head_of_government  2023-07-12 Kishida
JPN head_of_government  2022-07-08 Kishida
JPN head_of_government  2019-05-01 Abe
JPN head_of_state       1989-01-06 Hirohito
KOR head_of_state       2017-04-01 -
KOR head_of_state       2018-04-27 Moon
KOR head_of_state       2023-07-12 Yoon
KOR head_of_government  2025-07-01 Lee
KOR foreign_minister    2023-07-12 Park
PRK head_of_state       2011-12-16 Kim
IND head_of_government  2013-01-01 Singh
IND head_of_government  2020-06-15 Modi
PAK head_of_government  2022-04-09 Khan
PAK head_of_government  1999-10-11 Sharif
PAK head_of_state       2005-10-08 Musharraf
IRN head_of_government  2024-05-18 Raisi
IRN head_of_government  2024-08-01 Pezeshkian
IRN head_of_state       1989-06-02 Khomeini
IRQ head_of_state       2003-03-20 Saddam
IRQ head_of_government  2014-06-10 Maliki
ISR head_of_government  1995-11-03 Rabin
ISR head_of_government  2021-07-01 Bennett
ISR head_of_government  2023-10-07 Netanyahu
EGY head_of_state       2011-01-25 Mubarak
EGY head_of_state       2011-06-01 -
EGY head_of_state       2013-07-02 Morsi
SAU head_of_state       2014-06-01 Abdullah
SYR head_of_state       2024-12-07 Assad
SYR head_of_state       2025-03-01 Sharaa
TUR head_of_government  2010-05-31 Erdogan
TUR head_of_government  2015-06-01 Davutoğlu
TUR head_of_state       2023-07-12 Erdogan
POL head_of_state       2023-07-12 Duda
POL head_of_government  2023-07-12 Morawiecki
LTU head_of_state       2023-07-12 Nausėda
ROU head_of_state       2023-07-12 Iohannis
HUN head_of_government  2023-07-12 Orbán
NOR head_of_government  2023-07-12 Støre
SWE head_of_government  2023-07-12 Kristersson
NLD head_of_government  2023-07-12 Rutte
PRT head_of_government  2023-07-12 Costa
NZL head_of_government  2023-07-12 Hipkins
AUS head_of_government  2023-07-12 Albanese
CAN head_of_government  2025-03-14 Carney
BRA head_of_state       2016-05-01 Rousseff
BRA head_of_state       2023-01-01 Lula
MEX head_of_state       2024-10-02 Sheinbaum
COL head_of_state       2016-11-24 Santos
SLV head_of_state       2022-03-27 Bukele
VEN head_of_state       2012-10-07 Chávez
PER head_of_state       2022-12-06 Castillo
PER head_of_state       2022-12-08 Boluarte
ZAF head_of_state       1994-06-16 Mandela
ZAF head_of_state       2018-02-14 Zuma
NGA head_of_state       2014-04-14 Jonathan
KEN head_of_state       2022-09-12 Kenyatta
ETH head_of_government  2020-11-04 Abiy
SDN head_of_state       2019-04-10 Bashir
ZWE head_of_state       2017-11-20 Mugabe
MMR head_of_government  2020-11-08 Suu Kyi
AFG head_of_state       2021-08-14 Ghani
XKX head_of_government  2023-07-12 Kurti
TWN head_of_state       2022-08-02 Tsai
VAT head_of_state       2013-03-05 -
VAT head_of_state       2020-01-01 Francis
";

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn the_holder_of_the_day_is_named_and_nobody_else() {
    let mut wrong = Vec::new();
    for line in HOLDERS.lines().filter(|line| !line.is_empty()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let office = Office::parse(words[1]).unwrap();
        let holder = lexicon().leaders.holder(Country::parse(words[0]).unwrap(), office, day(words[2]));
        let found = holder.map_or("-", |leader| leader.family_name.as_str());
        if found != words[3..].join(" ") {
            wrong.push(format!("{line}: found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_holder_is_given_after_the_day_we_last_checked() {
    for leader in lexicon().leaders.all().iter().filter(|leader| leader.spell.to.is_none()) {
        let later = leader.as_of.unwrap().tomorrow().unwrap();
        assert!(!leader.holds_on(later), "{}", leader.name);
        assert_eq!(leader.standing_on(later), Standing::Presumed, "{}", leader.name);
    }
    let country = Country::of("FRA");
    assert!(lexicon().leaders.holder(country, Office::HeadOfState, date(2050, 1, 1)).is_none());
    assert!(lexicon().leaders.holder(Country::of("ATA"), Office::HeadOfState, date(2020, 1, 1)).is_none());
}

#[test]
fn a_title_finds_its_holder_where_offices_differ() {
    let leaders = &lexicon().leaders;
    let iran = Country::of("IRN");
    assert_eq!(leaders.titled(iran, "president", date(2022, 1, 1)).unwrap().family_name, "Raisi");
    assert_eq!(leaders.titled(iran, "Supreme Leader", date(2022, 1, 1)).unwrap().family_name, "Khamenei");
    let china = Country::of("CHN");
    assert_eq!(leaders.titled(china, "premier", date(2024, 1, 1)).unwrap().name, "Li Qiang");
    assert_eq!(leaders.titled(Country::of("SAU"), "crown prince", date(2024, 1, 1)).unwrap().family_name, "bin Salman");
}

#[test]
fn organisations_have_heads() {
    let head = |id: &str, day: Date| lexicon().leaders.head_of(id, day).map(|leader| leader.name.as_str());
    assert_eq!(head("nato", date(2023, 7, 12)), Some("Jens Stoltenberg"));
    assert_eq!(head("nato", date(2024, 10, 1)), Some("Mark Rutte"));
    assert_eq!(head("un", date(2010, 1, 1)), Some("Ban Ki-moon"));
    assert_eq!(head("european-commission", date(2015, 1, 1)), Some("Jean-Claude Juncker"));
    assert_eq!(head("hezbollah", date(2024, 10, 10)), None);
    assert_eq!(head("nobody", date(2024, 10, 10)), None);
}

#[test]
fn a_person_stands_differently_on_different_days() {
    let leaders = &lexicon().leaders;
    let row_of = |name: &str| {
        let entries = lexicon().phrases.longest_at(name, 0, false).unwrap().entries;
        entries[0].row
    };
    let on = |name: &str, day: Date| {
        let (row, standing) = leaders.best_spell(row_of(name), day);
        (leaders.get(row).titles[0].clone(), standing)
    };
    assert_eq!(on("Moon Jae-in", date(2023, 7, 12)), ("President".into(), Standing::Former));
    assert_eq!(on("Moon Jae-in", date(2020, 7, 12)), ("President".into(), Standing::Current));
    assert_eq!(on("Moon Jae-in", date(2016, 7, 12)), ("President".into(), Standing::Future));
    assert_eq!(on("Fumio Kishida", date(2016, 5, 27)), ("Foreign Minister".into(), Standing::Current));
    assert_eq!(on("Fumio Kishida", date(2023, 7, 12)), ("Prime Minister".into(), Standing::Current));
    assert_eq!(on("Kishida Fumio", date(2023, 7, 12)), ("Prime Minister".into(), Standing::Current));
    assert_eq!(on("Boris Johnson", date(2017, 1, 1)), ("Foreign Secretary".into(), Standing::Current));
    assert_eq!(on("Joe Biden", date(2018, 1, 1)), ("Vice President".into(), Standing::Former));
    assert_eq!(leaders.office_on(row_of("Emmanuel Macron"), date(2050, 1, 1)), Standing::Presumed);
}

#[test]
fn family_names_lead_to_everyone_who_bears_them() {
    let names = |family: &str| -> Vec<&str> {
        let mut names: Vec<&str> =
            lexicon().leaders.by_family(family).iter().map(|row| lexicon().leaders.get(*row).name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    assert_eq!(names("Yoon"), ["Yoon Suk-yeol"]);
    assert!(names("KISHIDA").contains(&"Fumio Kishida"));
    assert!(names("erdogan").contains(&"Recep Tayyip Erdogan"));
    assert!(names("Bush").len() == 2);
    assert!(names("Nobody").is_empty());
}

#[test]
fn names_are_found_in_their_spellings() {
    for (a, b) in [
        ("Volodymyr Zelensky", "Volodymyr Zelenskyy"),
        ("Vladimir Putin", "Vladimir V. Putin"),
        ("Bashar al-Assad", "Bashar Assad"),
        ("Kim Jong Un", "Kim Jong-un"),
        ("Muammar Gaddafi", "Moammar Gadhafi"),
        ("Luiz Inácio Lula da Silva", "Luiz Inacio Lula da Silva"),
        ("Lech Wałęsa", "Lech Walesa"),
        ("Joe Biden", "Joseph R. Biden Jr."),
    ] {
        assert_eq!(meaning(a, 0, false).1, meaning(b, 0, false).1, "{a}, {b}");
        assert!(!meaning(a, 0, false).1.is_empty(), "{a}");
    }
}
