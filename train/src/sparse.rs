//! The sparse linear family, for comparison: a greedy tagger and a greedy arc-hybrid parser with a dynamic oracle, both
//! averaged perceptrons over hashed features. Nothing of it ships; `NOTES.md` says what it reaches.

#![expect(clippy::many_single_char_names, reason = "the letters of the literature")]

use crate::conllu::Sentence;
use crate::dense::data::{Capitals, recased};
use crate::rng::Rng;
use std::cmp::Ordering;
use std::time::Instant;
use tidings::nlp::model::atoms::Atoms;
use tidings::nlp::tags::{Rel, Upos};

/// Rows of the weight tables; features share rows by chance.
const ROWS: usize = 1 << 17;
const TAG_EPOCHS: usize = 5;
const PARSE_EPOCHS: usize = 5;
/// Share of training steps that follow the parser's own choice, from the second epoch.
const EXPLORE: f32 = 0.9;

/// A linear model: a row of class weights for each hashed feature.
struct Linear {
    classes: usize,
    w: Vec<f32>,
    sums: Vec<f32>,
    step: f32,
}

impl Linear {
    fn new(classes: usize) -> Self {
        Self { classes, w: vec![0.0; ROWS * classes], sums: vec![0.0; ROWS * classes], step: 1.0 }
    }

    fn score(&self, features: &[u32], scores: &mut Vec<f32>) {
        scores.clear();
        scores.resize(self.classes, 0.0);
        for &f in features {
            let row = &self.w[(f as usize & (ROWS - 1)) * self.classes..][..self.classes];
            for (s, w) in scores.iter_mut().zip(row) {
                *s += w;
            }
        }
    }

    fn update(&mut self, features: &[u32], class: usize, by: f32) {
        for &f in features {
            let at = (f as usize & (ROWS - 1)) * self.classes + class;
            self.w[at] += by;
            self.sums[at] += by * self.step;
        }
    }

    fn average(&mut self) {
        for (w, s) in self.w.iter_mut().zip(&self.sums) {
            *w -= s / self.step;
        }
    }
}

fn mix(n: u32, a: u32, b: u32) -> u32 {
    let h = (a ^ n.wrapping_mul(0x85EB_CA6B)).wrapping_mul(0x9E37_79B1) ^ b.wrapping_mul(0xC2B2_AE35);
    let h = (h ^ (h >> 15)).wrapping_mul(0x2C1B_3C6D);
    h ^ (h >> 13)
}

struct Tokens {
    atoms: Vec<Atoms>,
    tags: Vec<u8>,
}

fn tokens(s: &Sentence, capitals: Capitals) -> Tokens {
    let atoms = s.words.iter().enumerate().map(|(i, w)| Atoms::new(&recased(&w.form, i == 0, capitals))).collect();
    Tokens { atoms, tags: s.words.iter().map(|w| w.upos as u8).collect() }
}

fn tag_features(atoms: &[Atoms], i: usize, t1: u8, t2: u8, out: &mut Vec<u32>) {
    let none = Atoms::default();
    let at = |d: isize| i.checked_add_signed(d).and_then(|j| atoms.get(j)).unwrap_or(&none);
    let (w, p, n) = (at(0), at(-1), at(1));
    let (t1, t2) = (u32::from(t1), u32::from(t2));
    let shape = u32::from(w.shape);
    let first = u32::from(i == 0);
    let parts = [
        (w.form, 0),
        (w.suffix2, 0),
        (w.suffix3, 0),
        (w.suffix4, 0),
        (w.prefix3, 0),
        (shape, first),
        (t1, 0),
        (t1 << 8 | t2, 0),
        (w.form, t1),
        (p.form, 0),
        (at(-2).form, 0),
        (n.form, 0),
        (at(2).form, 0),
        (p.suffix3, 0),
        (n.suffix3, 0),
        (p.form, w.form),
        (w.form, n.form),
        (u32::from(n.shape), shape),
        (t1, n.form),
        (w.suffix3, t1),
    ];
    out.clear();
    out.extend(parts.iter().enumerate().map(|(k, (a, b))| mix(k as u32, *a, *b)));
}

fn train_tagger(train: &[&Sentence]) -> Linear {
    let mut rng = Rng::new(1);
    let mut model = Linear::new(Upos::ALL.len());
    let mut order: Vec<usize> = (0..train.len()).collect();
    let (mut f, mut scores) = (Vec::new(), Vec::new());
    for _ in 0..TAG_EPOCHS {
        rng.shuffle(&mut order);
        for &s in &order {
            let t = tokens(train[s], draw(&mut rng));
            let (mut t1, mut t2) = (30, 30);
            for i in 0..t.atoms.len() {
                tag_features(&t.atoms, i, t1, t2, &mut f);
                model.score(&f, &mut scores);
                let guess = crate::dense::net::argmax(&scores);
                let gold = t.tags[i] as usize;
                model.step += 1.0;
                if guess != gold {
                    model.update(&f, gold, 1.0);
                    model.update(&f, guess, -1.0);
                }
                (t2, t1) = (t1, guess as u8);
            }
        }
    }
    model.average();
    model
}

/// One sentence in ten in other capitals.
fn draw(rng: &mut Rng) -> Capitals {
    match rng.below(30) {
        0 => Capitals::Upper,
        1 => Capitals::Lower,
        2 => Capitals::Headline,
        _ => Capitals::AsIs,
    }
}

fn tag(model: &Linear, t: &mut Tokens) {
    let (mut f, mut scores) = (Vec::new(), Vec::new());
    let (mut t1, mut t2) = (30, 30);
    for i in 0..t.atoms.len() {
        tag_features(&t.atoms, i, t1, t2, &mut f);
        model.score(&f, &mut scores);
        let guess = crate::dense::net::argmax(&scores) as u8;
        t.tags[i] = guess;
        (t2, t1) = (t1, guess);
    }
}

/// A state of the arc-hybrid system. The root is the last of the buffer, number `n`.
struct State {
    stack: Vec<usize>,
    next: usize,
    heads: Vec<usize>,
    rels: Vec<u8>,
    left: Vec<[usize; 2]>,
    right: Vec<[usize; 2]>,
}

const NONE: usize = usize::MAX;
const SHIFT: usize = 0;

impl State {
    fn new(n: usize) -> Self {
        Self {
            stack: Vec::new(),
            next: 0,
            heads: vec![NONE; n],
            rels: vec![0; n + 1],
            left: vec![[NONE; 2]; n + 1],
            right: vec![[NONE; 2]; n + 1],
        }
    }

    /// Whether `[shift, left, right]` are allowed.
    fn allowed(&self, n: usize) -> [bool; 3] {
        let left = !self.stack.is_empty() && (self.next < n || self.stack.len() == 1);
        [self.next < n, left && self.next <= n, self.stack.len() >= 2]
    }

    fn apply(&mut self, class: usize) {
        if class == SHIFT {
            self.stack.push(self.next);
            self.next += 1;
            return;
        }
        let all = Rel::ALL.len();
        let dependent = self.stack.pop().expect("allowed");
        let (head, rel) =
            if class <= all { (self.next, class - 1) } else { (*self.stack.last().expect("allowed"), class - 1 - all) };
        self.heads[dependent] = head;
        self.rels[dependent] = rel as u8;
        let side = if head > dependent { &mut self.left[head] } else { &mut self.right[head] };
        *side = [dependent, side[0]];
    }

    /// Gold arcs lost by `[shift, left, right]`.
    fn costs(&self, gold: &[usize], n: usize) -> [usize; 3] {
        let b = self.next;
        let shift = if b < n {
            self.stack.iter().filter(|&&d| gold[d] == b).count()
                + usize::from(self.stack.iter().rev().skip(1).any(|&s| gold[b] == s))
        } else {
            0
        };
        let Some(&s0) = self.stack.last() else { return [shift, 0, 0] };
        let lost = (b..n).filter(|&d| gold[d] == s0).count();
        let s1 = self.stack.len().checked_sub(2).map(|i| self.stack[i]);
        let left = lost + usize::from(gold[s0] > b && gold[s0] <= n && gold[s0] != b || Some(gold[s0]) == s1);
        let right = lost + usize::from(gold[s0] >= b);
        [shift, left, right]
    }
}

fn parse_features(t: &Tokens, s: &State, n: usize, out: &mut Vec<u32>) {
    let none = Atoms { form: 3, ..Atoms::default() };
    let root = Atoms { form: 5, ..Atoms::default() };
    let word = |i: usize| match i.cmp(&n) {
        Ordering::Less => t.atoms[i].form,
        Ordering::Equal => root.form,
        Ordering::Greater => none.form,
    };
    let tag = |i: usize| match i.cmp(&n) {
        Ordering::Less => u32::from(t.tags[i]) + 1,
        Ordering::Equal => 40,
        Ordering::Greater => 0,
    };
    let rel = |i: usize| if i < n && s.heads[i] != NONE { u32::from(s.rels[i]) + 1 } else { 0 };
    let at = |k: usize| s.stack.len().checked_sub(k + 1).map_or(NONE, |i| s.stack[i]);
    let buffer = |k: usize| if s.next + k <= n { s.next + k } else { NONE };
    let child = |i: usize, side: &[[usize; 2]], k: usize| if i <= n { side[i][k] } else { NONE };
    let (s0, s1, s2, b0, b1, b2) = (at(0), at(1), at(2), buffer(0), buffer(1), buffer(2));
    let (l, r) = (&s.left[..], &s.right[..]);
    let (s0l, s0r, s1l, s1r, b0l) =
        (child(s0, l, 0), child(s0, r, 0), child(s1, l, 0), child(s1, r, 0), child(b0, l, 0));
    let (s0l2, s0r2) = (child(s0, l, 1), child(s0, r, 1));
    let gap = if s0 <= n && b0 <= n { (b0 - s0).min(8) as u32 } else { 9 };
    let parts = [
        (word(s0), tag(s0)),
        (word(s1), tag(s1)),
        (word(b0), tag(b0)),
        (word(b1), tag(b1)),
        (tag(s0), 0),
        (tag(b0), 0),
        (word(s0), word(b0)),
        (word(s0), tag(b0)),
        (tag(s0), word(b0)),
        (tag(s0) << 8 | tag(b0), 0),
        (word(s1), word(s0)),
        (word(s1), tag(s0)),
        (tag(s1), word(s0)),
        (tag(s1) << 8 | tag(s0), 0),
        (tag(s1) << 16 | tag(s0) << 8 | tag(b0), 0),
        (tag(s0) << 16 | tag(b0) << 8 | tag(b1), 0),
        (tag(b0) << 16 | tag(b1) << 8 | tag(b2), 0),
        (tag(s2) << 16 | tag(s1) << 8 | tag(s0), 0),
        (tag(s0) << 16 | tag(s0l) << 8 | tag(b0), 1),
        (tag(s0) << 16 | tag(s0r) << 8 | tag(b0), 2),
        (tag(b0) << 16 | tag(b0l) << 8 | tag(s0), 3),
        (tag(s1) << 16 | tag(s1r) << 8 | tag(s0), 4),
        (tag(s1) << 16 | tag(s1l) << 8 | tag(s0), 5),
        (rel(s0l) << 8 | rel(s0r), tag(s0)),
        (rel(s0l), word(s0)),
        (rel(s0r), word(s0)),
        (rel(b0l), word(b0)),
        (rel(s0l2) << 8 | rel(s0l), tag(s0)),
        (rel(s0r2) << 8 | rel(s0r), tag(s0)),
        (rel(s1l) << 8 | rel(s1r), tag(s1)),
        (gap, tag(s0) << 8 | tag(b0)),
        (gap, word(s0)),
        (word(s0r), tag(s0)),
        (word(s1r), tag(s1)),
        (word(b0l), tag(b0)),
        (word(b2), 0),
        (word(s2), 0),
    ];
    out.clear();
    out.extend(parts.iter().enumerate().map(|(k, (a, b))| mix(k as u32 + 50, *a, *b)));
}

/// The class of the best score among those `allowed` says yes to.
fn best(scores: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = NONE;
    for c in 0..scores.len() {
        if allowed(c) && (best == NONE || scores[c] > scores[best]) {
            best = c;
        }
    }
    best
}

const fn kind(class: usize) -> usize {
    if class == SHIFT {
        0
    } else if class <= Rel::ALL.len() {
        1
    } else {
        2
    }
}

fn train_parser(train: &[Sentence], tags: &[Vec<u8>]) -> Linear {
    let all = Rel::ALL.len();
    let mut rng = Rng::new(2);
    let mut model = Linear::new(1 + 2 * all);
    let mut order: Vec<usize> = (0..train.len()).collect();
    let (mut f, mut scores) = (Vec::new(), Vec::new());
    for epoch in 0..PARSE_EPOCHS {
        rng.shuffle(&mut order);
        for &k in &order {
            let sentence = &train[k];
            let n = sentence.words.len();
            let mut t = tokens(sentence, Capitals::AsIs);
            t.tags.clone_from(&tags[k]);
            let gold: Vec<usize> =
                sentence.words.iter().enumerate().map(|(i, w)| if w.head == i { n } else { w.head }).collect();
            let mut state = State::new(n);
            while state.next < n || !state.stack.is_empty() {
                parse_features(&t, &state, n, &mut f);
                model.score(&f, &mut scores);
                let can = state.allowed(n);
                let costs = state.costs(&gold, n);
                let least = (0..3).filter(|&m| can[m]).map(|m| costs[m]).min().unwrap_or(0);
                let right = |c: usize| {
                    let m = kind(c);
                    if !can[m] || costs[m] != least {
                        return false;
                    }
                    if m == 0 {
                        return true;
                    }
                    let s0 = *state.stack.last().unwrap_or(&0);
                    let head = if m == 1 { state.next } else { state.stack[state.stack.len() - 2] };
                    let rel = if m == 1 { c - 1 } else { c - 1 - all };
                    gold[s0] != head || sentence.words[s0].rel as usize == rel
                };
                let guess = best(&scores, |c| can[kind(c)]);
                model.step += 1.0;
                let mut take = guess;
                if !right(guess) {
                    let good = best(&scores, right);
                    model.update(&f, good, 1.0);
                    model.update(&f, guess, -1.0);
                    if epoch == 0 || rng.uniform() > EXPLORE {
                        take = good;
                    }
                }
                state.apply(take);
            }
        }
        eprintln!("parser epoch {epoch}");
    }
    model.average();
    model
}

/// Trains both and prints scores and speeds on the development sets.
pub(crate) fn compare(train: &[Sentence], dev: &[(&str, &[Sentence])]) {
    let half: [Vec<&Sentence>; 2] = [0, 1].map(|p| train.iter().skip(p).step_by(2).collect());
    // Each half is tagged by a model of the other, so that the parser learns with realistic tags.
    let judges = [train_tagger(&half[1]), train_tagger(&half[0])];
    let tags: Vec<Vec<u8>> = train
        .iter()
        .enumerate()
        .map(|(i, s)| {
            let mut t = tokens(s, Capitals::AsIs);
            tag(&judges[i % 2], &mut t);
            t.tags
        })
        .collect();
    let tagger = train_tagger(&train.iter().collect::<Vec<_>>());
    let parser = train_parser(train, &tags);
    let (mut f, mut scores) = (Vec::new(), Vec::new());
    for (name, set) in dev {
        let mut all: Vec<Tokens> = set.iter().map(|s| tokens(s, Capitals::AsIs)).collect();
        let words: usize = all.iter().map(|t| t.atoms.len()).sum();
        let started = Instant::now();
        for t in &mut all {
            tag(&tagger, t);
        }
        let tagging = words as f64 / started.elapsed().as_secs_f64();
        let started = Instant::now();
        let states: Vec<State> = all
            .iter()
            .map(|t| {
                let n = t.atoms.len();
                let mut state = State::new(n);
                while state.next < n || !state.stack.is_empty() {
                    parse_features(t, &state, n, &mut f);
                    parser.score(&f, &mut scores);
                    let can = state.allowed(n);
                    state.apply(best(&scores, |c| can[kind(c)]));
                }
                state
            })
            .collect();
        let parsing = words as f64 / started.elapsed().as_secs_f64();
        let mut right = [0_usize; 3];
        for ((s, t), state) in set.iter().zip(&all).zip(&states) {
            let n = s.words.len();
            for (i, w) in s.words.iter().enumerate() {
                right[0] += usize::from(t.tags[i] == w.upos as u8);
                let head = if w.head == i { n } else { w.head };
                if state.heads[i] == head {
                    right[1] += 1;
                    let rel = Rel::ALL[state.rels[i] as usize];
                    right[2] += usize::from(rel.universal() == w.rel.universal());
                }
            }
        }
        let [upos, uas, las] = right.map(|r| 100.0 * r as f64 / words as f64);
        println!("{name} sparse upos {upos:.2} uas {uas:.2} las {las:.2}; {tagging:.0} and {parsing:.0} words/s");
    }
}
