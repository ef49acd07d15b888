use super::*;
use clap::Parser;

#[derive(Parser)]
struct Probe {
    #[command(flatten)]
    options: Options,
}

fn flags(args: &[&str]) -> Options {
    Probe::try_parse_from([&["tidings"], args].concat()).unwrap().options
}

fn file(text: &str) -> Result<Options, Failure> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("tidings.toml");
    std::fs::write(&path, text).unwrap();
    Options::from_file(Some(&path))
}

#[test]
fn every_flag_is_a_key_of_the_file() {
    use clap::Args;
    let definition = Options::augment_args(clap::Command::new("x"));
    for arg in definition.get_arguments() {
        let key = arg.get_id().as_str().replace('_', "-");
        // A key of the wrong type is told apart from one that does not exist.
        let error = file(&format!("{key} = {{ no = 1 }}")).map(|_| ()).unwrap_err();
        let text = format!("{error:?}");
        assert!(
            text.contains("invalid type") || text.contains("unknown variant") || text.contains("expected"),
            "{key}: {text}"
        );
    }
}

#[test]
fn flags_win_over_the_file() {
    let text = "paths = [\"a\"]\nout = \"b\"\nformat = \"csv\"\nthreads = 3\nstrict = true\nmap = [\"text=body\"]\n";
    let from_file = flags(&[]).or(file(text).unwrap()).settings(String::new());
    assert_eq!((from_file.out.to_str().unwrap(), from_file.threads.get()), ("b", 3));
    assert_eq!(from_file.formats, Formats::Csv);
    assert_eq!(from_file.max_rejects, Share::NONE);
    assert_eq!(from_file.read.map, [("text".to_owned(), "body".to_owned())]);
    let args = ["c", "--out", "d", "--format", "both", "--max-rejects", "50%"];
    let both = flags(&args).or(file(text).unwrap()).settings(String::new());
    assert_eq!((both.paths, both.out), (vec!["c".into()], "d".into()));
    assert_eq!(both.formats, Formats::Both);
    assert!((both.max_rejects.get() - 0.5).abs() < 1e-9, "a flag is stronger than `strict` in the file");
}

#[test]
fn a_bad_file_is_one_line_that_names_the_line() {
    for (text, wanted) in [
        ("out = \"x\"\nformt = \"csv\"\n", ":2: unknown field `formt`"),
        ("format = \"xls\"\n", ":1: unknown variant `xls`"),
        ("threads = 0\n", "threads must be 1 to 512"),
        ("map = [\"body\"]\n", ":1: `body` is no mapping"),
        ("max-rejects = \"5\"\n", "is not between 0% and 100%"),
        ("out = \n", ":1: "),
    ] {
        let error = file(text).map(|_| ()).unwrap_err();
        let message = format!("{error:?}");
        assert!(message.contains(wanted), "{text}: {message}");
        assert_eq!(error.exit_code(), 78);
    }
}

#[test]
fn a_file_that_was_named_must_exist() {
    assert_eq!(Options::from_file(Some(Path::new("no/such.toml"))).map(|_| ()).unwrap_err().exit_code(), 78);
}

#[test]
fn the_example_in_the_docs_can_be_used_and_shows_every_key() {
    use clap::Args;
    let example = include_str!("../../../docs/tidings.toml");
    // The values that are commented out are examples as well.
    let all: String = example
        .lines()
        .map(|line| line.strip_prefix("# ").filter(|l| l.contains(" = ")).unwrap_or(line).to_owned() + "\n")
        .collect();
    for text in [example, &all] {
        file(text).unwrap();
    }
    for arg in Options::augment_args(clap::Command::new("x")).get_arguments() {
        let key = arg.get_id().as_str().replace('_', "-");
        assert!(all.lines().any(|line| line.starts_with(&format!("{key} = "))), "{key} is not shown");
    }
}
