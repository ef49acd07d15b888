use super::*;
use jiff::civil::date;

#[test]
fn days_count_from_1970_and_print_as_iso() {
    for (day, days) in [
        (date(1970, 1, 1), 0),
        (date(1969, 12, 31), -1),
        (date(2000, 2, 29), 11_016),
        (date(2023, 7, 12), 19_550),
        (date(1, 1, 1), -719_162),
        (date(9999, 12, 31), 2_932_896),
    ] {
        assert_eq!(Day::of(day).unwrap().since_epoch(), days, "{day}");
        assert_eq!(Day::of(day).unwrap().iso(), *day.to_string().as_bytes().first_chunk().unwrap());
    }
    assert_eq!(Day::of(date(0, 12, 31)), None);
}

#[test]
fn days_agree_with_jiff_on_every_day_of_four_centuries() {
    let epoch = date(1970, 1, 1);
    let mut day = date(1899, 12, 31);
    while day.year() < 2300 {
        let expected = (day - epoch).get_days();
        assert_eq!(Day::of(day).unwrap().since_epoch(), expected, "{day}");
        day = day.tomorrow().unwrap();
    }
}

#[test]
fn closed_lists_come_from_the_types() {
    assert_eq!(<Option<findings::Side> as Column>::VALUES, ["source", "target"]);
    const { assert!(<Option<findings::Side> as Column>::NULLABLE) };
    assert_eq!(BlockKind::VALUES.len(), 10);
}

#[test]
fn scores_keep_their_four_decimals() {
    assert_eq!(score(0.9).to_string(), "0.9");
    assert_eq!(score(-8.3).to_string(), "-8.3");
}

#[test]
fn numbers_that_are_none_are_null() {
    assert_eq!(f64::NAN.cell(), Cell::Null);
    assert_eq!(f64::NEG_INFINITY.cell(), Cell::Null);
}
