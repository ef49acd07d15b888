//! [`Failure`]: one clear line, and the exit code.

use super::log;
use crate::run::{RunError, exit};
use std::error::Error;

/// Why the command failed.
#[derive(Debug)]
pub struct Failure {
    message: String,
    code: u8,
}

impl Failure {
    /// A setting that cannot be used.
    pub(super) fn settings(message: impl Into<String>) -> Self {
        Self { message: message.into(), code: exit::SETTINGS }
    }

    /// A file that cannot be written.
    pub(super) fn write(path: &std::path::Path, error: &std::io::Error) -> Self {
        Self { message: format!("cannot write {}: {error}", path.display()), code: exit::IO }
    }

    /// Something that was asked for and is not there.
    pub(super) fn no_input(message: String) -> Self {
        Self { message, code: exit::NO_INPUT }
    }

    /// Data that is not what it should be.
    pub(super) fn data(message: String) -> Self {
        Self { message, code: exit::TOO_MANY_REJECTS }
    }

    /// Tables of a run that cannot be read back.
    pub(super) fn tables(error: &crate::tables::reader::ReadTableError) -> Self {
        Self { message: error.to_string(), code: exit::NO_INPUT }
    }

    /// A subcommand that does not exist.
    pub(super) fn no_such_command(name: &str) -> Self {
        Self { message: format!("there is no command `{name}` (tidings --help lists them)"), code: exit::USAGE }
    }

    /// A bug of ours.
    pub(super) fn bug(message: &str) -> Self {
        let about = format!("please report it with this line and the command (tidings {})", env!("CARGO_PKG_VERSION"));
        Self { message: format!("{message}; {about}"), code: exit::BUG }
    }

    /// What clap says, in one line.
    pub(super) fn usage(error: &clap::Error) -> Self {
        let text = error.render().to_string();
        let hint = "(tidings --help tells more)";
        // With no subcommand clap gives the whole help instead of a message.
        let message = match text.strip_prefix("error: ") {
            Some(text) => {
                let lines = text.lines().map(str::trim).take_while(|line| !line.starts_with("Usage:"));
                let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("For more information"));
                format!("{} {hint}", lines.collect::<Vec<_>>().join(" "))
            }
            None => format!("no command given; try `tidings run input --out output` {hint}"),
        };
        Self { message, code: exit::USAGE }
    }

    /// Prints it, once.
    pub fn report(&self) {
        log::error(&self.message);
    }

    /// How the process ends.
    pub const fn exit_code(&self) -> u8 {
        self.code
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        Self { message: chain(&error), code: error.exit_code() }
    }
}

/// An error and its causes, each said once.
fn chain(error: &dyn Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let text = error.to_string();
        if !message.contains(&text) {
            message = format!("{message}: {text}");
        }
        cause = error.source();
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn causes_follow_in_one_line() {
        let denied = std::io::Error::new(std::io::ErrorKind::PermissionDenied, "permission denied");
        let error = RunError::create("create the output folder", std::path::Path::new("out"))(denied);
        assert_eq!(Failure::from(error).message, "cannot create the output folder out: permission denied");
    }

    #[test]
    fn usage_errors_are_one_line() {
        let error = super::super::definition().try_get_matches_from(["tidings", "run", "--format", "xls"]).unwrap_err();
        let failure = Failure::usage(&error);
        assert!(!failure.message.contains('\n'));
        assert!(failure.message.contains("xls") && failure.message.contains("parquet"), "{}", failure.message);
        assert_eq!(failure.exit_code(), 64);
    }
}
