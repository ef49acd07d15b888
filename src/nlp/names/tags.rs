//! The states of the name recogniser: outside, and begin, inside, end, single of each kind of name.

use crate::nlp::doc::NameKind;

/// Number of states.
pub const N_TAGS: usize = 17;
/// Number of states with weights: "outside" is the zero that the others are measured against.
pub const N_SCORED: usize = N_TAGS - 1;
/// Outside of any name.
pub const OUTSIDE: u8 = 0;

/// Place of a token in its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// First of several.
    Begin,
    /// Neither first nor last.
    Inside,
    /// Last of several.
    End,
    /// The only one.
    Single,
}

/// Kinds in the order of their states.
pub const KINDS: [NameKind; 4] = [NameKind::Per, NameKind::Loc, NameKind::Org, NameKind::Misc];

/// State of a token at `place` in a name of `kind`.
pub const fn tag(kind: NameKind, place: Place) -> u8 {
    1 + 4 * kind as u8 + place as u8
}

/// Kind and place of a state, or nothing outside.
pub const fn untag(tag: u8) -> Option<(NameKind, Place)> {
    if tag == OUTSIDE {
        return None;
    }
    let place = match (tag - 1) % 4 {
        0 => Place::Begin,
        1 => Place::Inside,
        2 => Place::End,
        _ => Place::Single,
    };
    Some((KINDS[((tag - 1) / 4) as usize], place))
}

/// True when a name is open after the state.
pub const fn is_open(tag: u8) -> bool {
    matches!(untag(tag), Some((_, Place::Begin | Place::Inside)))
}

/// True when `to` may follow `from`.
pub const fn may_follow(from: u8, to: u8) -> bool {
    match (untag(from), untag(to)) {
        (Some((a, Place::Begin | Place::Inside)), Some((b, Place::Inside | Place::End))) => a as u8 == b as u8,
        (Some((_, Place::Begin | Place::Inside)), _) | (_, Some((_, Place::Inside | Place::End))) => false,
        _ => true,
    }
}

/// Number of pairs of states that may follow each other.
pub const N_STEPS: usize = {
    let mut n = 0;
    let mut i = 0;
    while i < N_TAGS * N_TAGS {
        n += may_follow((i / N_TAGS) as u8, (i % N_TAGS) as u8) as usize;
        i += 1;
    }
    n
};

/// The pairs of states that may follow each other, sorted by the second, then the first.
pub const STEPS: [(u8, u8); N_STEPS] = {
    let mut steps = [(0, 0); N_STEPS];
    let (mut n, mut i) = (0, 0);
    while i < N_TAGS * N_TAGS {
        let (to, from) = ((i / N_TAGS) as u8, (i % N_TAGS) as u8);
        if may_follow(from, to) {
            steps[n] = (from, to);
            n += 1;
        }
        i += 1;
    }
    steps
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_and_steps_agree() {
        assert_eq!(tag(NameKind::Misc, Place::Single), 16);
        for t in 1..N_TAGS as u8 {
            let (kind, place) = untag(t).unwrap();
            assert_eq!(tag(kind, place), t);
        }
        assert!(may_follow(OUTSIDE, tag(NameKind::Per, Place::Begin)));
        assert!(!may_follow(OUTSIDE, tag(NameKind::Per, Place::End)));
        assert!(!may_follow(tag(NameKind::Per, Place::Begin), tag(NameKind::Loc, Place::End)));
        // 9 closed states before 9 opening ones, 2 open before 2 inner ones for each kind.
        assert_eq!(N_STEPS, 81 + 16);
    }
}
