//! Learns the lemmatiser's decision list.

use crate::conllu::Sentence;
use crate::raw;
use anyhow::Result;
use std::collections::{HashMap, HashSet};
use std::path::Path;
use tidings::nlp::lemma::{Folded, Lemmatiser, MAX_ENDING, Script, key};
use tidings::nlp::tags::{Upos, Xpos};
use tidings::nlp::{Doc, tokenize};

/// Words that a rule about an ending must be seen with; a rule about a whole word needs one.
const LEAST: usize = 2;

/// Words of raw news to count.
const NEWS_WORDS: usize = 40_000_000;

/// The model file.
pub(crate) fn train(train: &[Sentence], counts_of_news: &HashMap<String, u32>) -> Vec<u8> {
    // Distinct words with their counts: tag, form, script.
    let mut counts: HashMap<(Upos, Xpos, String, Script), usize> = HashMap::new();
    for word in train.iter().flat_map(|s| &s.words) {
        let Some(form) = Folded::new(&word.form) else { continue };
        if word.upos == Upos::Num && form.as_str().contains('0') || word.upos == Upos::X {
            continue;
        }
        let script = script_of(&word.form, &word.lemma, word.upos);
        *counts.entry((word.upos, word.xpos, form.as_str().to_owned(), script)).or_default() += 1;
    }
    let mut words: Vec<_> = counts.into_iter().collect();
    words.sort();
    let mut scripts: Vec<Script> = Vec::new();
    let mut numbers: HashMap<Script, u16> = HashMap::new();
    let items: Vec<(Upos, Xpos, String, u16, usize)> = words
        .into_iter()
        .map(|((u, x, form, script), n)| {
            let id = *numbers.entry(script.clone()).or_insert_with(|| {
                scripts.push(script);
                scripts.len() as u16 - 1
            });
            (u, x, form, id, n)
        })
        .collect();
    // Shortest context first; each level adds what it knows better.
    let mut rules: HashMap<u32, u16> = HashMap::new();
    let mut ordered: Vec<(u32, u16)> = Vec::new();
    let levels = std::iter::once(Some(0)).chain((1..=MAX_ENDING).map(Some)).chain(std::iter::once(None));
    for level in levels {
        let mut votes: HashMap<u32, HashMap<u16, usize>> = HashMap::new();
        for (u, x, form, id, n) in &items {
            let Some(k) = context(*u, *x, form, level) else { continue };
            // A type counts more than its frequency: endings are learnt from the lexicon, words from the text.
            let weight = if level.is_none() { *n } else { 1 };
            *votes.entry(k).or_default().entry(*id).or_default() += weight;
        }
        let mut found: Vec<(u32, u16)> = Vec::new();
        for (u, x, form, ..) in &items {
            let Some(k) = context(*u, *x, form, level) else { continue };
            let Some(vote) = votes.remove(&k) else { continue };
            let (&best, &n) = vote.iter().max_by_key(|&(id, n)| (*n, std::cmp::Reverse(*id))).expect("a vote");
            if level.is_some() && n < LEAST {
                continue;
            }
            let shorter = match level {
                None => (0..=MAX_ENDING).rev().map(Some).collect::<Vec<_>>(),
                Some(l) => (0..l).rev().map(Some).collect(),
            };
            let now = shorter.into_iter().find_map(|l| rules.get(&context(*u, *x, form, l)?));
            if now != Some(&best) {
                found.push((k, best));
            }
        }
        for (k, id) in found {
            rules.insert(k, id);
            ordered.push((k, id));
        }
    }
    let learnt = Lemmatiser::new(scripts.clone(), &ordered);
    for (k, script) in exceptions(&learnt, &items, &scripts, counts_of_news) {
        let id = *numbers.entry(script.clone()).or_insert_with(|| {
            scripts.push(script);
            scripts.len() as u16 - 1
        });
        ordered.retain(|r| r.0 != k);
        ordered.push((k, id));
    }
    eprintln!("lemma: {} scripts, {} rules", scripts.len(), ordered.len());
    Lemmatiser::write(&scripts, &ordered)
}

/// Scripts of anything but a name fold case first, so that capitals at the start of a sentence teach nothing.
fn script_of(word: &str, lemma: &str, upos: Upos) -> Script {
    if upos == Upos::Propn || upos != Upos::Pron && lemma.chars().any(char::is_uppercase) {
        return Script::between(word, lemma);
    }
    Script { lower: true, ..Script::between(&word.to_lowercase(), lemma) }
}

fn context(upos: Upos, xpos: Xpos, form: &str, level: Option<usize>) -> Option<u32> {
    if level == Some(0) { key(upos, xpos, "", None) } else { key(upos, xpos, form, level) }
}

/// Irregular verbs: base, past, participle. The treebanks miss the rarer ones ("fled", "sought", "shot down").
const IRREGULAR: &str = "arise arose arisen;awake awoke awoken;bear bore borne;beat beat beaten;become became become;\
befall befell befallen;begin began begun;bend bent bent;bid bid bid;bind bound bound;bite bit bitten;bleed bled bled;\
blow blew blown;break broke broken;breed bred bred;bring brought brought;build built built;burst burst burst;\
buy bought bought;catch caught caught;choose chose chosen;cling clung clung;come came come;cost cost cost;\
creep crept crept;cut cut cut;deal dealt dealt;dig dug dug;draw drew drawn;drink drank drunk;drive drove driven;\
eat ate eaten;fall fell fallen;feed fed fed;feel felt felt;fight fought fought;find found found;flee fled fled;\
fling flung flung;fly flew flown;forbid forbade forbidden;forecast forecast forecast;foresee foresaw foreseen;\
forget forgot forgotten;forgive forgave forgiven;forgo forwent forgone;freeze froze frozen;get got gotten;give gave given;\
go went gone;grind ground ground;grow grew grown;hang hung hung;hear heard heard;hide hid hidden;hit hit hit;hold held held;\
hurt hurt hurt;keep kept kept;kneel knelt knelt;know knew known;lay laid laid;lead led led;leave left left;lend lent lent;\
let let let;light lit lit;lose lost lost;make made made;mean meant meant;meet met met;mislead misled misled;\
mistake mistook mistaken;misunderstand misunderstood misunderstood;outbid outbid outbid;outdo outdid outdone;\
overcome overcame overcome;oversee oversaw overseen;overtake overtook overtaken;overthrow overthrew overthrown;\
pay paid paid;plead pled pled;put put put;quit quit quit;read read read;rebuild rebuilt rebuilt;redo redid redone;\
rend rent rent;repay repaid repaid;retake retook retaken;rewrite rewrote rewritten;rid rid rid;ride rode ridden;\
ring rang rung;rise rose risen;run ran run;say said said;see saw seen;seek sought sought;sell sold sold;send sent sent;\
set set set;shake shook shaken;shed shed shed;shine shone shone;shoot shot shot;show showed shown;shrink shrank shrunk;\
shut shut shut;sing sang sung;sink sank sunk;sit sat sat;slay slew slain;sleep slept slept;slide slid slid;sling slung slung;\
slit slit slit;speak spoke spoken;speed sped sped;spend spent spent;spill spilt spilt;spin spun spun;spit spat spat;\
split split split;spread spread spread;spring sprang sprung;stand stood stood;steal stole stolen;stick stuck stuck;\
sting stung stung;stink stank stunk;strew strewed strewn;stride strode stridden;strike struck struck;strike struck stricken;\
strive strove striven;swear swore sworn;sweep swept swept;swell swelled swollen;swim swam swum;swing swung swung;\
take took taken;teach taught taught;tear tore torn;tell told told;think thought thought;throw threw thrown;\
thrust thrust thrust;tread trod trodden;undercut undercut undercut;undergo underwent undergone;\
understand understood understood;undertake undertook undertaken;undo undid undone;uphold upheld upheld;upset upset upset;\
wake woke woken;wear wore worn;weave wove woven;weep wept wept;win won won;wind wound wound;withdraw withdrew withdrawn;\
withhold withheld withheld;withstand withstood withstood;wring wrung wrung;write wrote written";

/// A word of news must be this frequent to become a rule, and so must its lemma.
const NEWS_LEAST: u32 = 5;
/// Types that a script must serve in the treebanks to be tried on a new word.
const REGULAR: usize = 8;

/// Rules for whole words that the treebanks lack: irregular verbs, and inflected words of news whose lemma by the
/// learnt rules is no word ("provok"), while a regular script gives one ("provoke").
fn exceptions(
    learnt: &Lemmatiser,
    items: &[(Upos, Xpos, String, u16, usize)],
    scripts: &[Script],
    news: &HashMap<String, u32>,
) -> Vec<(u32, Script)> {
    let tag = |t: &str| Xpos::parse(t).expect("a Penn tag");
    let known: HashSet<(Upos, Xpos, &str)> = items.iter().map(|(u, x, f, ..)| (*u, *x, &f[..])).collect();
    let mut out = Vec::new();
    let mut found = String::new();
    let mut add = |x: Xpos, u: Upos, word: &str, lemma: &str, sure: bool| {
        if !sure && known.contains(&(u, x, word)) {
            return;
        }
        learnt.lemma(word, u, x, &mut found);
        if found != lemma
            && let Some(k) = key(u, x, word, None)
        {
            out.push((k, Script { lower: true, ..Script::between(word, lemma) }));
        }
    };
    for verb in IRREGULAR.split(';') {
        let forms: Vec<&str> = verb.split(' ').collect();
        for (t, form, sure) in
            [("VBD", forms[1], true), ("VBN", forms[2], true), ("VBN", forms[1], false), ("VBD", forms[2], false)]
        {
            add(tag(t), Upos::Verb, form, forms[0], sure);
        }
    }
    let irregular: HashSet<&str> = IRREGULAR.split(';').flat_map(|v| v.split(' ').skip(1)).collect();
    let mut words: Vec<(&String, &u32)> = news.iter().filter(|w| *w.1 >= NEWS_LEAST && w.0.len() > 3).collect();
    words.sort();
    let inflected = ["VBD", "VBN", "VBG", "VBZ"].map(|t| (Upos::Verb, tag(t)));
    let mut lemma = String::new();
    for (u, x) in inflected.iter().chain(&[(Upos::Noun, tag("NNS"))]) {
        let mut uses: HashMap<u16, usize> = HashMap::new();
        for (.., id, _) in items.iter().filter(|i| i.0 == *u && i.1 == *x) {
            *uses.entry(*id).or_default() += 1;
        }
        let mut regular: Vec<u16> = uses.iter().filter(|u| *u.1 >= REGULAR).map(|u| *u.0).collect();
        regular.sort_unstable();
        let ending = match x.as_str() {
            "VBG" => "ing",
            "VBD" | "VBN" => "ed",
            _ => "s",
        };
        for (word, _) in words.iter().filter(|w| w.0.ends_with(ending) && !irregular.contains(&w.0[..])) {
            learnt.lemma(word, *u, *x, &mut lemma);
            let count = |l: &str| news.get(l).copied().unwrap_or(0);
            if count(&lemma) >= NEWS_LEAST {
                continue;
            }
            let mut choice: Option<(u32, String)> = None;
            for &id in &regular {
                if scripts[id as usize].apply(word, &mut lemma) && lemma != **word {
                    let n = count(&lemma);
                    if n >= NEWS_LEAST && choice.as_ref().is_none_or(|c| n > c.0) {
                        choice = Some((n, lemma.clone()));
                    }
                }
            }
            if let Some((_, lemma)) = choice {
                add(*x, *u, word, &lemma, false);
            }
        }
    }
    out
}

/// How often each lower-case word stands in raw news.
pub(crate) fn count_news(data: &Path) -> Result<HashMap<String, u32>> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    let mut doc = Doc::default();
    let mut words = 0;
    raw::for_each(&data.join("raw/allsides.jsonl.zst"), |article| {
        doc.reset(article);
        tokenize::run(&mut doc);
        for i in 0..doc.tokens.len() {
            let word = doc.word(i);
            if word.bytes().all(|b| b.is_ascii_lowercase()) {
                *counts.entry(word.to_owned()).or_default() += 1;
            }
        }
        words += doc.tokens.len();
        words < NEWS_WORDS
    })?;
    Ok(counts)
}
