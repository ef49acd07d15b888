//! Comparing coded events level by level, with compounds expanded to pairs.

use super::Tally;
use super::codes::Party;
use super::record::Coded;

/// What must agree at a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Quad,
    Root,
    CameoRoot,
    Cameo,
    Source,
    Target,
    SourceSector,
    TargetSector,
}

/// A level of comparison and its name.
#[derive(Debug, Clone, Copy)]
pub struct Level {
    /// As the reports write it.
    pub name: &'static str,
    keys: &'static [Key],
}

/// All levels, in the order of the reports.
pub const LEVELS: &[Level] = &[
    Level { name: "any", keys: &[] },
    Level { name: "quad", keys: &[Key::Quad] },
    Level { name: "root", keys: &[Key::Root] },
    Level { name: "cameo2", keys: &[Key::CameoRoot] },
    Level { name: "cameo", keys: &[Key::Cameo] },
    Level { name: "src", keys: &[Key::Source] },
    Level { name: "tgt", keys: &[Key::Target] },
    Level { name: "srcsec", keys: &[Key::SourceSector] },
    Level { name: "dyad", keys: &[Key::Source, Key::Target] },
    Level { name: "dyadsec", keys: &[Key::SourceSector, Key::TargetSector] },
    Level { name: "dyad+quad", keys: &[Key::Source, Key::Target, Key::Quad] },
    Level { name: "dyad+root", keys: &[Key::Source, Key::Target, Key::Root] },
    Level { name: "dyad+cameo", keys: &[Key::Source, Key::Target, Key::Cameo] },
    Level { name: "dyadsec+root", keys: &[Key::SourceSector, Key::TargetSector, Key::Root] },
];

/// One ordered pair of an event, with its share of the event.
struct Atom<'a> {
    event: &'a Coded,
    number: usize,
    weight: f64,
    source: Party,
    target: Party,
}

fn is_nobody(party: &Party) -> bool {
    party.0.is_empty() && party.1.is_empty()
}

/// Pairs of all events: source by target; members among each other where an event is mutual or has no target.
fn atoms(events: &[Coded]) -> Vec<Atom<'_>> {
    let mut all = Vec::new();
    for (number, event) in events.iter().enumerate() {
        let or_nobody = |side: &[Party]| if side.is_empty() { vec![Party::default()] } else { side.to_vec() };
        let (sources, targets) = (or_nobody(&event.sources), or_nobody(&event.targets));
        let no_target = targets.len() == 1 && is_nobody(&targets[0]);
        let mut pairs = Vec::new();
        if (event.reciprocal || no_target) && sources.len() > 1 {
            for (i, a) in sources.iter().enumerate() {
                for (_, b) in sources.iter().enumerate().filter(|(j, _)| *j != i) {
                    pairs.push((a.clone(), b.clone()));
                }
            }
        } else {
            for a in &sources {
                pairs.extend(targets.iter().map(|b| (a.clone(), b.clone())));
            }
        }
        let weight = 1.0 / pairs.len() as f64;
        all.extend(pairs.into_iter().map(|(source, target)| Atom { event, number, weight, source, target }));
    }
    all
}

fn agrees(key: Key, gold: &Atom<'_>, own: &Atom<'_>, lenient: bool) -> bool {
    let any_target = lenient && is_nobody(&gold.target);
    match key {
        Key::Quad => gold.event.quad == own.event.quad,
        Key::Root => gold.event.roots.contains(&own.event.root),
        Key::CameoRoot => gold.event.cameo.get(..2) == own.event.cameo.get(..2),
        Key::Cameo => gold.event.cameo == own.event.cameo,
        Key::Source => gold.source.0 == own.source.0,
        Key::Target => any_target || gold.target.0 == own.target.0,
        Key::SourceSector => gold.source == own.source,
        Key::TargetSector => any_target || gold.target == own.target,
    }
}

impl Level {
    /// Compares one record. Nothing is counted twice: each pair is matched once, in text order.
    pub fn tally(&self, gold: &[Coded], own: &[Coded], lenient: bool) -> Tally {
        let (gold_atoms, own_atoms) = (atoms(gold), atoms(own));
        let by_code = self.keys.iter().any(|k| matches!(k, Key::Cameo | Key::CameoRoot));
        if by_code && gold_atoms.iter().all(|a| a.event.cameo.is_empty()) {
            return Tally::default();
        }
        let mut used = vec![false; own_atoms.len()];
        let mut found = vec![0.0; gold.len()];
        let mut right = 0.0;
        for a in &gold_atoms {
            let fits = |b: &Atom<'_>| self.keys.iter().all(|&k| agrees(k, a, b, lenient));
            if let Some(j) = (0..own_atoms.len()).find(|&j| !used[j] && fits(&own_atoms[j])) {
                used[j] = true;
                found[a.number] += a.weight;
                right += own_atoms[j].weight;
            }
        }
        Tally {
            found: found.iter().sum(),
            right,
            gold: gold.len() as f64,
            system: own.len() as f64,
            hits: f64::from(u8::from(found.iter().any(|&w| w > 0.0))),
            records: f64::from(u8::from(!gold.is_empty())),
        }
    }
}
