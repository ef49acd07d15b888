//! Where the ontology's files come from: compiled in, or a folder of the user's.

use super::{Ontology, OntologyError};
use std::path::Path;

/// Sets, vetoes, status words and inner rules first, then one file for each event type.
const BUILTIN: &[(&str, &str)] = &[
    ("common.toml", include_str!("../../../data/ontology/common.toml")),
    ("inner.toml", include_str!("../../../data/ontology/inner.toml")),
    ("agree.toml", include_str!("../../../data/ontology/agree.toml")),
    ("consult.toml", include_str!("../../../data/ontology/consult.toml")),
    ("support.toml", include_str!("../../../data/ontology/support.toml")),
    ("concede.toml", include_str!("../../../data/ontology/concede.toml")),
    ("cooperate.toml", include_str!("../../../data/ontology/cooperate.toml")),
    ("aid.toml", include_str!("../../../data/ontology/aid.toml")),
    ("retreat.toml", include_str!("../../../data/ontology/retreat.toml")),
    ("request.toml", include_str!("../../../data/ontology/request.toml")),
    ("accuse.toml", include_str!("../../../data/ontology/accuse.toml")),
    ("reject.toml", include_str!("../../../data/ontology/reject.toml")),
    ("threaten.toml", include_str!("../../../data/ontology/threaten.toml")),
    ("protest.toml", include_str!("../../../data/ontology/protest.toml")),
    ("sanction.toml", include_str!("../../../data/ontology/sanction.toml")),
    ("mobilize.toml", include_str!("../../../data/ontology/mobilize.toml")),
    ("coerce.toml", include_str!("../../../data/ontology/coerce.toml")),
    ("assault.toml", include_str!("../../../data/ontology/assault.toml")),
    ("general.toml", include_str!("../../../data/ontology/general.toml")),
    ("statement.toml", include_str!("../../../data/ontology/statement.toml")),
];

const CAMEO: &str = include_str!("../../../data/ontology/cameo.csv");
const PLOVER: &str = include_str!("../../../data/ontology/plover.csv");

impl Ontology {
    /// The ontology compiled into the program.
    ///
    /// # Errors
    /// Never in a program whose tests passed: they compile the same text.
    pub fn builtin() -> Result<Self, OntologyError> {
        Self::compile(BUILTIN, CAMEO, PLOVER)
    }

    /// The built-in files, each replaced by the file of its name in `dir` where there is one; others are added.
    ///
    /// # Errors
    /// A file that cannot be read, or the first thing that cannot be used, with file, act and pattern.
    pub fn load(dir: &Path) -> Result<Self, OntologyError> {
        let unreadable = |file: &Path, e: &std::io::Error| OntologyError::Toml {
            file: file.display().to_string(),
            message: e.to_string(),
        };
        let mut files: Vec<(String, String)> =
            BUILTIN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        if dir.is_dir() {
            let mut own: Vec<_> = std::fs::read_dir(dir)
                .and_then(Iterator::collect::<Result<Vec<_>, _>>)
                .map_err(|e| unreadable(dir, &e))?;
            own.sort_by_key(std::fs::DirEntry::file_name);
            for entry in own {
                let path = entry.path();
                if path.extension().is_none_or(|e| e != "toml") {
                    continue;
                }
                let text = std::fs::read_to_string(&path).map_err(|e| unreadable(&path, &e))?;
                let name = entry.file_name().to_string_lossy().into_owned();
                match files.iter_mut().find(|(n, _)| *n == name) {
                    Some(file) => file.1 = text,
                    None => files.push((path.display().to_string(), text)),
                }
            }
        }
        let files: Vec<(&str, &str)> = files.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        Self::compile(&files, CAMEO, PLOVER)
    }
}
