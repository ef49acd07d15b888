//! Three-letter codes as small `Copy` values: countries (ISO 3166-1 alpha-3 and `XKX`) and PLOVER sectors.
//!
//! A code is only three capital letters here; whether it is *known* is asked of the tables.

use std::fmt;
use std::str::FromStr;

/// A text that is not three ASCII capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code is three capital letters")]
pub struct NotACode;

macro_rules! code {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 3]);

        impl $name {
            /// Reads three ASCII capital letters.
            ///
            /// # Errors
            /// [`NotACode`] for anything else.
            pub const fn parse(text: &str) -> Result<Self, NotACode> {
                match text.as_bytes() {
                    [a @ b'A'..=b'Z', b @ b'A'..=b'Z', c @ b'A'..=b'Z'] => Ok(Self([*a, *b, *c])),
                    _ => Err(NotACode),
                }
            }

            /// A code known when the program is written, e.g. `Country::of("KOR")`.
            ///
            /// # Panics
            /// When `text` is not three capitals; in a `const` that is a compile error.
            pub const fn of(text: &str) -> Self {
                match Self::parse(text) {
                    Ok(code) => code,
                    Err(_) => panic!("not a code"),
                }
            }

            /// The three letters.
            pub fn as_str(&self) -> &str {
                std::str::from_utf8(&self.0).unwrap_or("???")
            }
        }

        impl FromStr for $name {
            type Err = NotACode;
            fn from_str(text: &str) -> Result<Self, NotACode> {
                Self::parse(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

code! {
    /// A country or territory: ISO 3166-1 alpha-3, `XKX` for Kosovo, and the codes of states that are gone (`SUN`).
    Country
}
code! {
    /// What kind of actor: PLOVER's three-letter sectors (`GOV MIL REB OPP …`, listed in `data/sectors.csv`).
    Sector
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_three_capitals() {
        assert_eq!(Country::parse("KOR").unwrap().as_str(), "KOR");
        assert_eq!(Sector::of("GOV").to_string(), "GOV");
        for bad in ["", "KO", "KORE", "kor", "K0R", "ÅÅ"] {
            assert!(Country::parse(bad).is_err(), "{bad}");
        }
    }
}
