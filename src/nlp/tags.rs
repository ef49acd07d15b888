//! The tag sets: universal parts of speech, Penn Treebank tags, Universal Dependencies relations.
//!
//! Sources: Universal Dependencies v2.16 (upos, relations as used by the English treebanks), Penn Treebank tag
//! set as extended by the English Web Treebank. Each set is a dense `u8` enumeration, so that it indexes arrays.

macro_rules! tag_set {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "the tags are documented by their standards, named in the module doc")]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every member, in order of its number.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            const TEXTS: &'static [&'static str] = &[$($text),+];

            /// As written in CoNLL-U.
            pub const fn as_str(self) -> &'static str {
                Self::TEXTS[self as usize]
            }

            /// The member written `text`, if there is one.
            pub fn parse(text: &str) -> Option<Self> {
                Self::TEXTS.iter().position(|t| *t == text).map(|i| Self::ALL[i])
            }

            /// The member with number `i`.
            pub fn from_index(i: usize) -> Option<Self> {
                Self::ALL.get(i).copied()
            }
        }
    };
}

tag_set! {
    /// Universal parts of speech.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ",
        Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT",
        Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    }
}

tag_set! {
    /// Relations of the English UD treebanks, with their subtypes.
    Rel {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod",
        Amod = "amod", Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc",
        CcPreconj = "cc:preconj", Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt",
        Conj = "conj", Cop = "cop", Csubj = "csubj", CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass",
        Dep = "dep", Det = "det", DetPredet = "det:predet", Discourse = "discourse", Dislocated = "dislocated",
        Expl = "expl", Fixed = "fixed", Flat = "flat", Goeswith = "goeswith", Iobj = "iobj", List = "list",
        Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc", NmodPoss = "nmod:poss",
        NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj", NsubjOuter = "nsubj:outer", NsubjPass = "nsubj:pass",
        Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent", OblUnmarked = "obl:unmarked",
        Orphan = "orphan", Parataxis = "parataxis", Punct = "punct", Reparandum = "reparandum", Root = "root",
        Vocative = "vocative", Xcomp = "xcomp",
    }
}

/// A Penn Treebank tag, as an index into [`Xpos::TEXTS`]; its punctuation tags make poor names for variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Xpos(u8);

impl Xpos {
    /// Not tagged.
    pub const NONE: Self = Self(0);

    /// Every tag; the first means "not tagged".
    pub const TEXTS: &'static [&'static str] = &[
        "_", "NN", "IN", "DT", "NNP", "JJ", "PRP", ".", "RB", ",", "NNS", "VB", "CC", "VBD", "VBP", "VBZ", "CD", "VBN",
        "VBG", "TO", "MD", "PRP$", "UH", ":", "-RRB-", "-LRB-", "WDT", "WRB", "WP", "HYPH", "``", "''", "RP", "POS",
        "NNPS", "JJR", "JJS", "EX", "RBR", "SYM", "FW", "NFP", "$", "GW", "ADD", "PDT", "RBS", "LS", "AFX", "WP$",
        "XX",
    ];

    /// The tag written `text`, if there is one.
    pub fn parse(text: &str) -> Option<Self> {
        Self::TEXTS.iter().position(|t| *t == text).map(|i| Self(i as u8))
    }

    /// As written in CoNLL-U.
    pub fn as_str(self) -> &'static str {
        Self::TEXTS[self.0 as usize]
    }

    /// The tag with number `i`.
    pub fn from_index(i: usize) -> Option<Self> {
        (i < Self::TEXTS.len()).then_some(Self(i as u8))
    }

    /// Its number.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl Rel {
    /// The universal relation: everything before the colon.
    pub fn universal(self) -> &'static str {
        let text = self.as_str();
        text.split_once(':').map_or(text, |(head, _)| head)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tag_reads_back() {
        for (i, &rel) in Rel::ALL.iter().enumerate() {
            assert_eq!(Rel::parse(rel.as_str()), Some(rel));
            assert_eq!(Rel::from_index(i), Some(rel));
        }
        for (i, text) in Xpos::TEXTS.iter().enumerate() {
            assert_eq!(Xpos::parse(text), Xpos::from_index(i));
        }
        assert_eq!(Rel::NsubjPass.universal(), "nsubj");
        assert_eq!(Upos::parse("PROPN"), Some(Upos::Propn));
    }
}
