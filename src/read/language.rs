//! Which language a text is in: by its script, else by its small words.
//!
//! Made for one question, whether an article is English enough to be analysed, so it answers only when it is sure:
//! a headline, a list of names or placeholder text has no language here. Spoken for: the languages news archives are
//! mixed with most often. A text in another Latin-script language is told by having next to no English in it, which
//! is not enough to name it, so it stays undecided.

use crate::article::{Article, BlockKind};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// Text looked at: some four hundred words.
const LOOKED_AT: usize = 2500;

/// Longest small word in bytes.
const LONGEST: usize = 9;

/// Every small word, and the languages it is one of as bits.
static BY_WORD: LazyLock<FxHashMap<&str, u32>> = LazyLock::new(|| {
    let mut by_word = FxHashMap::default();
    for (n, (_, small)) in WORDS.iter().enumerate() {
        small.iter().for_each(|word| *by_word.entry(*word).or_default() |= 1 << n);
    }
    by_word
});

/// Words below which small words are too few to count.
const MIN_WORDS: usize = 12;

/// Share of small words that any running text in its own language passes (English news has 0.35 to 0.5).
const MIN_SHARE: f64 = 0.12;

/// How many times the small words of another language must outnumber the English ones. English prose that quotes a
/// foreign sentence or is full of Spanish names stays English.
const MARGIN: f64 = 2.0;

/// Small words, without those that are English words as well (`die`, `in`, `was`, `no`, `me`, `son`, `a`).
const WORDS: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "the", "of", "and", "to", "in", "that", "is", "was", "for", "on", "with", "as", "by", "at", "from", "it",
            "he", "said", "has", "have", "had", "be", "are", "were", "his", "their", "which", "who", "will", "not",
            "but", "been", "they", "this", "an", "its", "would", "after", "she", "her", "a",
        ],
    ),
    (
        "de",
        &[
            "der", "und", "den", "von", "zu", "das", "mit", "sich", "des", "auf", "für", "ist", "im", "dem", "nicht",
            "ein", "eine", "als", "auch", "es", "an", "werden", "aus", "er", "hat", "dass", "sie", "nach", "wird",
            "bei", "einer", "einem", "einen", "noch", "wie", "zum", "zur", "haben", "über", "aber", "vor", "durch",
            "sind", "wurde", "oder", "ich", "wir",
        ],
    ),
    (
        "fr",
        &[
            "le", "la", "les", "des", "et", "du", "un", "une", "est", "dans", "qui", "que", "pour", "au", "par", "sur",
            "pas", "plus", "ce", "sont", "avec", "il", "aux", "se", "été", "ont", "cette", "mais", "elle", "ses", "ou",
            "leur", "selon", "nous", "à", "de", "en", "ne", "sa", "était", "l", "d", "qu",
        ],
    ),
    (
        "es",
        &[
            "el", "la", "los", "las", "que", "y", "del", "un", "una", "por", "con", "para", "se", "su", "al", "lo",
            "como", "más", "pero", "sus", "es", "ha", "fue", "este", "esta", "entre", "sobre", "también", "de", "en",
            "según", "años", "hasta", "desde", "ser", "muy", "donde", "ya",
        ],
    ),
    (
        "pt",
        &[
            "o", "os", "as", "que", "e", "do", "da", "dos", "das", "um", "uma", "para", "com", "não", "por", "mais",
            "ao", "na", "nos", "foi", "se", "em", "de", "são", "como", "também", "pelo", "pela", "ele", "seu", "sua",
            "já", "está", "segundo", "à",
        ],
    ),
    (
        "it",
        &[
            "il", "di", "che", "la", "e", "un", "una", "per", "del", "della", "con", "non", "gli", "nel", "alla",
            "sono", "è", "da", "si", "le", "dei", "al", "anche", "più", "ha", "lo", "come", "dal", "delle", "ma",
            "nella", "questo", "stato", "l",
        ],
    ),
    (
        "nl",
        &[
            "de", "het", "een", "en", "van", "dat", "te", "voor", "met", "op", "zijn", "niet", "aan", "er", "ook",
            "om", "bij", "door", "naar", "uit", "wordt", "heeft", "hij", "maar", "nog", "werd", "over", "ze", "deze",
            "worden",
        ],
    ),
    (
        "sv",
        &[
            "och", "att", "det", "som", "en", "på", "är", "av", "för", "med", "till", "den", "har", "de", "inte", "om",
            "ett", "han", "men", "från", "var", "jag", "sig", "så", "vid", "kan", "efter", "när", "också",
        ],
    ),
    (
        "da",
        &[
            "og", "at", "det", "er", "en", "af", "på", "som", "til", "den", "de", "med", "har", "ikke", "et", "han",
            "men", "fra", "om", "jeg", "sig", "ved", "kan", "efter", "også", "blev", "der", "var", "vil",
        ],
    ),
    (
        "no",
        &[
            "og", "det", "er", "en", "av", "på", "som", "til", "den", "de", "med", "har", "ikke", "et", "han", "men",
            "fra", "om", "jeg", "seg", "ved", "kan", "etter", "også", "ble", "å", "var", "vil",
        ],
    ),
    (
        "pl",
        &[
            "w", "i", "na", "z", "że", "się", "nie", "do", "jest", "to", "o", "po", "od", "za", "jak", "przez", "oraz",
            "ale", "dla", "są", "był", "było", "tym", "który", "która", "które", "także", "ze", "przed", "tego",
        ],
    ),
    (
        "cs",
        &[
            "a", "v", "na", "se", "je", "že", "s", "z", "do", "o", "by", "ve", "pro", "jako", "za", "ale", "po",
            "který", "která", "které", "jsou", "také", "byl", "bylo", "si", "není", "při",
        ],
    ),
    (
        "tr",
        &[
            "ve", "bir", "bu", "da", "de", "için", "ile", "olarak", "olan", "daha", "çok", "gibi", "sonra", "kadar",
            "ancak", "ise", "en", "göre", "o", "ne", "her", "değil", "oldu", "dedi",
        ],
    ),
    (
        "id",
        &[
            "yang", "dan", "di", "itu", "dengan", "untuk", "dari", "ini", "tidak", "dalam", "akan", "pada", "juga",
            "ke", "karena", "oleh", "kata", "ada", "sudah", "telah", "saat", "bisa", "atau", "sebagai",
        ],
    ),
    (
        "ro",
        &[
            "și", "de", "în", "a", "la", "cu", "o", "pe", "nu", "că", "din", "să", "care", "pentru", "mai", "au",
            "este", "un", "al", "fost", "sunt", "după", "prin", "ca", "se",
        ],
    ),
    (
        "hu",
        &[
            "a", "az", "és", "hogy", "nem", "is", "egy", "van", "ez", "volt", "meg", "de", "már", "csak", "mint",
            "azt", "szerint", "még", "lesz", "után",
        ],
    ),
    (
        "fi",
        &[
            "ja", "on", "ei", "että", "se", "oli", "hän", "mutta", "ovat", "myös", "joka", "kun", "tai", "jos",
            "mukaan", "ole", "sen", "kuin", "vain",
        ],
    ),
    (
        "ca",
        &[
            "el", "la", "els", "les", "i", "de", "del", "que", "un", "una", "per", "amb", "en", "és", "no", "al",
            "dels", "ha", "més", "també", "aquest", "aquesta", "seva", "són",
        ],
    ),
    (
        "vi",
        &["và", "của", "là", "có", "được", "cho", "trong", "với", "các", "đã", "không", "này", "người", "những", "một"],
    ),
];

/// Scripts that only certain languages are written in: first and last character, and a language.
const SCRIPTS: &[(char, char, &str)] = &[
    ('\u{3040}', '\u{30ff}', "ja"),
    ('\u{ac00}', '\u{d7af}', "ko"),
    ('\u{4e00}', '\u{9fff}', "zh"),
    ('\u{0400}', '\u{052f}', "ru"),
    ('\u{0370}', '\u{03ff}', "el"),
    ('\u{0590}', '\u{05ff}', "he"),
    ('\u{0600}', '\u{06ff}', "ar"),
    ('\u{0900}', '\u{097f}', "hi"),
    ('\u{0980}', '\u{09ff}', "bn"),
    ('\u{0b80}', '\u{0bff}', "ta"),
    ('\u{0e00}', '\u{0e7f}', "th"),
    ('\u{10a0}', '\u{10ff}', "ka"),
    ('\u{0530}', '\u{058f}', "hy"),
];

/// The language of an article's prose as an ISO 639-1 code, if its words leave no doubt.
pub(crate) fn of_article(article: &Article) -> Option<&'static str> {
    let mut scores = Scores::default();
    let mut room = LOOKED_AT;
    let prose = article.blocks.iter().filter(|b| b.kind.is_analysed() && b.kind != BlockKind::Title);
    let title = article.blocks.iter().filter(|b| b.kind == BlockKind::Title);
    for block in prose.chain(title) {
        let text = super::clean::head(block.span.slice(&article.text), room);
        scores.add(text);
        room -= text.len();
        if room == 0 {
            break;
        }
    }
    scores.decide()
}

/// What was counted.
#[derive(Default)]
struct Scores {
    letters: usize,
    scripts: [usize; SCRIPTS.len()],
    words: usize,
    hits: [usize; WORDS.len()],
}

impl Scores {
    fn add(&mut self, text: &str) {
        let mut lower = String::new();
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()) {
            self.words += 1;
            self.letters += word.len();
            if !word.is_ascii() {
                self.script(word);
            }
            if word.len() <= LONGEST {
                lower.clear();
                lower.extend(word.chars().flat_map(char::to_lowercase));
                let mut bits = BY_WORD.get(lower.as_str()).copied().unwrap_or(0);
                while bits != 0 {
                    self.hits[bits.trailing_zeros() as usize] += 1;
                    bits &= bits - 1;
                }
            }
        }
    }

    fn script(&mut self, word: &str) {
        for c in word.chars() {
            if let Some(n) = SCRIPTS.iter().position(|(first, last, _)| (*first..=*last).contains(&c)) {
                self.scripts[n] += c.len_utf8();
            }
        }
    }

    fn decide(&self) -> Option<&'static str> {
        let foreign: usize = self.scripts.iter().sum();
        if foreign > 30 && foreign * 2 > self.letters {
            // Kana decide for Japanese even among many Chinese characters.
            if self.scripts[0] * 10 > foreign {
                return Some(SCRIPTS[0].2);
            }
            let n = (0..SCRIPTS.len()).max_by_key(|n| (self.scripts[*n], SCRIPTS.len() - n))?;
            return Some(SCRIPTS[n].2);
        }
        if self.words < MIN_WORDS {
            return None;
        }
        let share = |n: usize| self.hits[n] as f64 / self.words as f64;
        // The first of equals.
        let best = (1..WORDS.len()).fold(1, |best, n| if self.hits[n] > self.hits[best] { n } else { best });
        if share(best) >= MIN_SHARE && self.hits[best] as f64 >= MARGIN * self.hits[0] as f64 {
            return Some(WORDS[best].0);
        }
        (share(0) >= MIN_SHARE && self.hits[0] > self.hits[best]).then_some(WORDS[0].0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Option<&'static str> {
        let mut article = Article::default();
        article.push_block(BlockKind::Paragraph, text);
        of_article(&article)
    }

    #[test]
    fn languages_are_told_by_small_words_and_scripts() {
        for (text, expected) in [
            (
                "The two ministers met in Oslo on Monday and agreed that the border would be open to trade by the end of the year.",
                Some("en"),
            ),
            (
                "Die beiden Minister trafen sich am Montag in Oslo und einigten sich darauf, dass die Grenze bis zum Ende des Jahres geöffnet wird.",
                Some("de"),
            ),
            (
                "Les deux ministres se sont rencontrés lundi à Oslo et ont décidé que la frontière serait ouverte avant la fin de l'année.",
                Some("fr"),
            ),
            (
                "Los dos ministros se reunieron el lunes en Oslo y acordaron que la frontera se abrirá al comercio antes del fin de año.",
                Some("es"),
            ),
            (
                "Os dois ministros reuniram-se na segunda-feira em Oslo e decidiram que a fronteira não será aberta até ao fim do ano.",
                Some("pt"),
            ),
            (
                "I due ministri si sono incontrati lunedì a Oslo e hanno deciso che il confine sarà aperto per la fine dell'anno.",
                Some("it"),
            ),
            (
                "Министры двух стран встретились в понедельник в Осло и договорились открыть границу до конца года.",
                Some("ru"),
            ),
            (
                "両国の外相は月曜日にオスロで会談し、年末までに国境を開くことで合意した。記者会見が行われた。",
                Some("ja"),
            ),
            ("两国外长星期一在奥斯陆举行会谈并同意在年底之前开放边境贸易口岸", Some("zh")),
            ("Oslo, Vilnius, Nairobi, Lagos, Accra, Dakar, Tunis, Rabat, Algiers, Cairo, Amman, Doha, Riyadh", None),
            ("Ministers meet", None),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
    }

    #[test]
    fn english_with_foreign_names_and_a_quotation_is_not_taken_for_spanish() {
        let text = "El Salvador and Los Angeles signed the accord of La Paz, said José de la Cruz. \"La paz es de todos y para todos\", he told the crowd in the Plaza de Mayo.";
        assert!(told(text).is_none_or(|lang| lang == "en"));
    }
}
