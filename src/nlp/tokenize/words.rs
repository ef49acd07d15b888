//! The word lists of the tokenizer: abbreviations, affixes that keep their hyphen, fused words, units.
//!
//! The hyphen rule and its affixes are those of the treebanks' tokenization (split at every hyphen except after or
//! before a listed affix).

/// Abbreviations that keep their full stop wherever they stand, without it. Lower case ones match any case.
///
/// Words that also end sentences ("no.", "sun.", "art.") are in [`CAPITAL_ONLY`] or left out.
const ABBREVIATIONS: &[&str] = &[
    "adm", "al", "attn", "approx", "apr", "assn", "asst", "atty", "aug", "ave", "blvd", "bros", "brig", "ca", "capt",
    "cf", "cmdr", "co", "col", "comdr", "corp", "cpl", "ct", "dec", "dept", "dist", "dr", "drs", "eg", "esq", "est",
    "etc", "ext", "feb", "fig", "fri", "ft", "gen", "gov", "govs", "hon", "hr", "hrs", "hwy", "ie", "inc", "insp",
    "jr", "lb", "lbs", "lt", "ltd", "maj", "messrs", "mfg", "mlle", "mme", "mr", "mrs", "ms", "msgr", "mt", "mtn",
    "nov", "oct", "oz", "ph.d", "pfc", "pres", "prof", "profs", "pte", "pvt", "rd", "rep", "reps", "rev", "sen",
    "sens", "sept", "sgt", "sq", "sr", "supt", "tel", "univ", "viz", "vol", "vols", "vs", "yr", "yrs", "ret", "st",
];

/// Abbreviations only when written with a capital, because the lower-case word ends sentences.
const CAPITAL_ONLY: &[&str] = &[
    "Jan", "Mar", "Jun", "Jul", "Sep", "Mon", "Tue", "Tues", "Wed", "Thu", "Thur", "Thurs", "Sat", "No", "Nos", "Fla",
    "Calif", "Mass", "Pa", "Va", "Ala", "Ariz", "Ark", "Colo", "Conn", "Del", "Ga", "Ill", "Ind", "Kan", "Ky", "La",
    "Md", "Mich", "Minn", "Miss", "Mo", "Mont", "Neb", "Nev", "Okla", "Ont", "Ore", "Tenn", "Tex", "Vt", "Wash", "Wis",
    "Wyo", "Que", "Op", "Sec", "Comm", "Fr", "Br", "Ste", "Pvt", "Cie", "Cos", "Int", "Sgts", "Treas", "Ph", "Para",
    "Spec",
];

/// Prefixes that stay joined to the word after their hyphen.
const PREFIXES: &[&str] = &[
    "a", "agro", "ante", "anti", "arch", "be", "bi", "bio", "co", "counter", "cross", "cyber", "de", "e", "eco",
    "electro", "ex", "extra", "inter", "intra", "macro", "mega", "meta", "micro", "mid", "mini", "mono", "multi",
    "neo", "non", "over", "pan", "para", "peri", "poly", "post", "pre", "pro", "pseudo", "psycho", "quasi", "re",
    "semi", "socio", "sub", "super", "tri", "u", "uh", "ultra", "un", "uni", "vice",
];

/// Suffixes that stay joined to the word before their hyphen.
const SUFFIXES: &[&str] = &["esque", "ette", "fest", "fold", "gate", "itis", "less", "most", "rama", "wise"];

/// Two words written as one, with the place of the cut.
const FUSED: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("wanna", 3),
    ("gotta", 3),
    ("lemme", 3),
    ("gimme", 3),
    ("dont", 2),
    ("doesnt", 4),
    ("didnt", 3),
    ("isnt", 2),
    ("wasnt", 3),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
    ("havent", 4),
    ("arent", 3),
    ("hasnt", 3),
    ("wont", 2),
    ("cant", 2),
    ("aint", 2),
    ("thats", 4),
    ("youre", 3),
    ("theyre", 4),
    ("outta", 3),
];

/// Units that are split from the digits before them: `5pm`, `10km`, `$3bn`.
const UNITS: &[&str] = &[
    "am", "pm", "a.m", "p.m", "a.m.", "p.m.", "km", "kg", "mph", "kph", "lb", "lbs", "lb.", "ft", "mm", "cm", "m", "k",
    "bn", "mn", "tn", "b", "sq", "kb", "mb", "gb", "hz", "kw", "mw", "gw", "mins", "min", "hrs", "percent", "million",
    "billion", "f", "c", "kt",
];

/// True when `word` (without its full stop) is an abbreviation.
pub(super) fn is_abbreviation(word: &str) -> bool {
    if word.len() > 6 || !word.is_ascii() {
        return false;
    }
    if word.starts_with(|c: char| c.is_ascii_uppercase()) && CAPITAL_ONLY.contains(&word) {
        return true;
    }
    ABBREVIATIONS.iter().any(|a| a.eq_ignore_ascii_case(word))
}

/// True when a hyphen after `left` does not split the word.
pub(super) fn keeps_hyphen_after(left: &str) -> bool {
    left.len() <= 7 && PREFIXES.iter().any(|p| p.eq_ignore_ascii_case(left))
}

/// True when a hyphen before `right` does not split the word.
pub(super) fn keeps_hyphen_before(right: &str) -> bool {
    right.len() <= 5 && SUFFIXES.iter().any(|s| s.eq_ignore_ascii_case(right))
}

/// Where to cut a word that is two syntactic words.
pub(super) fn split_fused(word: &str) -> Option<usize> {
    if !(4..=8).contains(&word.len()) {
        return None;
    }
    FUSED.iter().find(|(w, _)| w.eq_ignore_ascii_case(word)).map(|&(_, cut)| cut)
}

/// True when `unit`, standing right after digits, is a word of its own.
pub(super) fn splits_unit(unit: &str) -> bool {
    unit.len() <= 7 && UNITS.iter().any(|u| u.eq_ignore_ascii_case(unit))
}

/// Syllables of Korean given names as papers romanise them. In "Suk-yeol" and "Jae-in" the second is no word of
/// its own, least of all a preposition.
const SYLLABLES: &[&str] = &[
    "ae", "beom", "bin", "bok", "byung", "chan", "chang", "cheol", "chul", "chun", "dae", "do", "dong", "eok", "eon",
    "eui", "eul", "eun", "eung", "gap", "geun", "gi", "gil", "goo", "gu", "gun", "gwan", "gyu", "gyun", "ha", "hae",
    "hak", "han", "hee", "heon", "heung", "ho", "hong", "hoon", "hui", "hun", "hwa", "hwan", "hye", "hyeok", "hyeon",
    "hyo", "hyok", "hyon", "hyuk", "hyun", "hyung", "il", "im", "in", "ja", "jae", "je", "jeong", "ji", "jik", "jin",
    "jo", "jong", "joo", "joon", "ju", "jun", "jung", "ki", "kil", "kon", "koo", "kook", "ku", "kun", "kwan", "kwang",
    "kwon", "kyo", "kyong", "kyoung", "kyu", "kyun", "kyung", "man", "mi", "min", "moo", "moon", "mu", "mun", "myong",
    "myung", "na", "nak", "nam", "ok", "pil", "pyo", "pyong", "rae", "rim", "rok", "ryong", "ryul", "sang", "seo",
    "seok", "seol", "seon", "seong", "seop", "seul", "seung", "shik", "shin", "si", "sik", "sil", "sin", "so", "sok",
    "son", "song", "soo", "sook", "soon", "su", "suk", "sun", "sung", "tae", "taek", "tal", "u", "ui", "un", "ung",
    "wan", "wha", "wi", "won", "woo", "wook", "woon", "yeo", "yeol", "yeon", "yeong", "yo", "yol", "yon", "yong",
    "yoo", "yoon", "young", "yu", "yul", "yun", "yung",
];

/// True for a Korean given name: a capitalised syllable, a hyphen, a small one.
pub(super) fn is_given_name(left: &str, right: &str) -> bool {
    let syllable = |s: &str| s.len() <= 6 && SYLLABLES.iter().any(|y| y.eq_ignore_ascii_case(s));
    left.starts_with(|c: char| c.is_ascii_uppercase())
        && right.starts_with(|c: char| c.is_ascii_lowercase())
        && syllable(left)
        && syllable(right)
}
