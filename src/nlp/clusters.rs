//! Word clusters: which of some 1,000 classes of interchangeable words a word belongs to.
//!
//! Induced by `train/` from raw news (exchange clustering of a class bigram model, then merged into a hierarchy), so
//! that a name never seen in a treebank ("Mbabane") shares a class with names that were. Words are looked up as
//! written, with every digit read as 0; a word that is unknown as written is tried in lower case by
//! [`Clusters::get_any_case`] only. A file of another version, or a damaged one, is refused.

use std::sync::OnceLock;
use xxhash_rust::xxh3::xxh3_64;

/// First bytes of the file.
pub const MAGIC: [u8; 8] = *b"TDCLUS01";
/// Longest word that is looked up; longer ones (addresses) have no class.
const MAX_WORD: usize = 40;
/// Slot without a word. No class has this number.
const EMPTY: u16 = u16::MAX;

/// Why a cluster file was refused.
#[derive(Debug, thiserror::Error)]
pub enum ClustersError {
    /// Not a cluster file, or one of another version.
    #[error("not a word cluster file of this version")]
    Version,
    /// The file ends early or its numbers are out of range.
    #[error("damaged word cluster file: {0}")]
    Damaged(&'static str),
}

/// Class of a word at three widths; each coarser class is a union of finer ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cluster {
    /// Coarse class, below 64.
    pub coarse: u8,
    /// Medium class, below 256.
    pub medium: u8,
    /// Fine class, below [`Clusters::n_fine`].
    pub fine: u16,
}

/// A table of words and their classes, by the hash of the word.
#[derive(Debug)]
pub struct Clusters {
    slots: Vec<Slot>,
    shift: u32,
    fine: Vec<Cluster>,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    /// Bits of the hash that the slot's position does not tell; equal bits are taken for equal words.
    check: u32,
    fine: u16,
}

impl Clusters {
    /// The clusters that are built in, decoded on first use.
    ///
    /// # Panics
    /// Never in a released build: a test decodes the built-in file.
    pub fn builtin() -> &'static Self {
        static BUILTIN: OnceLock<Clusters> = OnceLock::new();
        BUILTIN.get_or_init(|| Self::from_bytes(super::builtin::CLUSTERS).expect("the built-in clusters are sound"))
    }

    /// The file compiled in.
    pub fn builtin_file() -> &'static [u8] {
        super::builtin::CLUSTERS
    }

    /// Decodes a cluster file: magic, number of classes, medium and coarse class of each, number of words, then the
    /// words in byte order, each as shared prefix length, rest length, rest, and the fine class of each as `u16`.
    ///
    /// # Errors
    /// When the file is of another version or damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ClustersError> {
        let mut rest = bytes.strip_prefix(&MAGIC).ok_or(ClustersError::Version)?;
        let n_fine = take_u32(&mut rest)? as usize;
        let n_words = take_u32(&mut rest)? as usize;
        if n_fine == 0 || n_fine >= EMPTY as usize || n_words > 1 << 22 {
            return Err(ClustersError::Damaged("counts out of range"));
        }
        let coarser = take(&mut rest, 2 * n_fine)?;
        let fine = (0..n_fine)
            .map(|i| Cluster { medium: coarser[2 * i], coarse: coarser[2 * i + 1], fine: i as u16 })
            .collect();
        let classes = take(&mut rest, 2 * n_words)?;
        let bits = (n_words * 2).next_power_of_two().trailing_zeros().max(1);
        let mut clusters = Self { slots: vec![Slot { check: 0, fine: EMPTY }; 1 << bits], shift: 64 - bits, fine };
        let mut word = Vec::with_capacity(MAX_WORD);
        for class in classes.chunks_exact(2) {
            let lens = take(&mut rest, 2)?;
            if usize::from(lens[0]) > word.len() {
                return Err(ClustersError::Damaged("prefix longer than the word before"));
            }
            word.truncate(usize::from(lens[0]));
            word.extend_from_slice(take(&mut rest, usize::from(lens[1]))?);
            let class = u16::from_le_bytes([class[0], class[1]]);
            if usize::from(class) >= n_fine {
                return Err(ClustersError::Damaged("class out of range"));
            }
            clusters.insert(xxh3_64(&word), class);
        }
        if rest.is_empty() { Ok(clusters) } else { Err(ClustersError::Damaged("bytes after the end")) }
    }

    /// Number of fine classes.
    pub fn n_fine(&self) -> usize {
        self.fine.len()
    }

    /// Classes of a word as written.
    pub fn get(&self, word: &str) -> Option<Cluster> {
        let bytes = word.as_bytes();
        if bytes.len() > MAX_WORD {
            return None;
        }
        if bytes.iter().any(u8::is_ascii_digit) {
            let mut buffer = [0; MAX_WORD];
            for (to, from) in buffer.iter_mut().zip(bytes) {
                *to = if from.is_ascii_digit() { b'0' } else { *from };
            }
            return self.by_hash(xxh3_64(&buffer[..bytes.len()]));
        }
        self.by_hash(xxh3_64(bytes))
    }

    /// Classes of a word as written or, when it is unknown so, of its ASCII lower-case form.
    pub fn get_any_case(&self, word: &str) -> Option<Cluster> {
        self.get(word).or_else(|| {
            let bytes = word.as_bytes();
            if bytes.len() > MAX_WORD || !bytes.iter().any(u8::is_ascii_uppercase) {
                return None;
            }
            let mut buffer = [0; MAX_WORD];
            buffer[..bytes.len()].copy_from_slice(bytes);
            buffer[..bytes.len()].make_ascii_lowercase();
            self.by_hash(xxh3_64(&buffer[..bytes.len()]))
        })
    }

    fn by_hash(&self, hash: u64) -> Option<Cluster> {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        loop {
            let slot = self.slots[at & mask];
            if slot.fine == EMPTY {
                return None;
            }
            if slot.check == hash as u32 {
                return Some(self.fine[usize::from(slot.fine)]);
            }
            at += 1;
        }
    }

    fn insert(&mut self, hash: u64, fine: u16) {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> self.shift) as usize;
        while self.slots[at & mask].fine != EMPTY {
            at += 1;
        }
        self.slots[at & mask] = Slot { check: hash as u32, fine };
    }
}

fn take<'a>(rest: &mut &'a [u8], n: usize) -> Result<&'a [u8], ClustersError> {
    let (head, tail) = rest.split_at_checked(n).ok_or(ClustersError::Damaged("ends early"))?;
    *rest = tail;
    Ok(head)
}

fn take_u32(rest: &mut &[u8]) -> Result<u32, ClustersError> {
    let bytes = take(rest, 4)?;
    Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tiny() -> Vec<u8> {
        let mut file = MAGIC.to_vec();
        file.extend(2u32.to_le_bytes());
        file.extend(2u32.to_le_bytes());
        file.extend([0, 0, 1, 0]);
        file.extend([0, 0, 1, 0]);
        file.extend(b"\x00\x0400th");
        file.extend(b"\x00\x04Oslo");
        file
    }

    #[test]
    fn words_are_found_and_digits_are_alike() {
        let clusters = Clusters::from_bytes(&tiny()).unwrap();
        assert_eq!(clusters.get("19th"), Some(Cluster { coarse: 0, medium: 0, fine: 0 }));
        assert_eq!(clusters.get("Oslo").map(|c| (c.medium, c.fine)), Some((1, 1)));
        assert_eq!(clusters.get("oslo"), None);
        assert_eq!(clusters.get_any_case("00TH").map(|c| c.fine), Some(0));
    }

    #[test]
    fn damaged_files_are_refused() {
        let file = tiny();
        for cut in 0..file.len() {
            assert!(Clusters::from_bytes(&file[..cut]).is_err(), "cut at {cut}");
        }
        assert!(matches!(Clusters::from_bytes(b"TDCLUS99"), Err(ClustersError::Version)));
    }

    #[test]
    fn built_in_clusters_put_like_words_together() {
        let clusters = Clusters::builtin();
        assert!(clusters.n_fine() >= 256);
        let class = |w: &str| clusters.get(w).map(|c| c.fine);
        assert_eq!(class("Monday"), class("Tuesday"));
        assert_eq!(class("Houston"), class("Philadelphia"));
        assert_ne!(class("Houston"), class("Monday"));
        assert!(class("Houston").is_some());
    }
}
