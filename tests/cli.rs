//! The command as a person or a scheduler meets it: exit codes, messages, files.
#![cfg(feature = "run")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A folder of its own for each test, gone afterwards.
struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        let place = Self { dir: tempfile::tempdir().unwrap() };
        fs::create_dir(place.path("input")).unwrap();
        place
    }

    /// With three articles that can be read.
    fn with_articles() -> Self {
        let place = Self::new();
        place.put("input/a.txt", MEETING);
        place.put(
            "input/b.md",
            "---\ntitle: Talks in Oslo\ndate: 2023-05-04\n---\n\nNorway and Sweden signed an agreement.\n",
        );
        place.put("input/c.jsonl", JSONL);
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    /// Runs the command here.
    fn tidings(&self, args: &[&str]) -> Output {
        command(self.dir.path(), args).output().unwrap()
    }

    /// `tidings run` with CSV output, which must end with `code`.
    fn run(&self, args: &[&str], code: i32) -> Output {
        let output = self.tidings(&[&["run", "--format", "csv"], args].concat());
        assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
        output
    }

    /// A CSV table of `output`.
    fn table(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_path(self.path("output/csv").join(name).with_extension("csv")).unwrap();
        reader.deserialize().map(Result::unwrap).collect()
    }

    fn rejects(&self) -> Vec<(String, String)> {
        self.table("rejects").into_iter().map(|row| (row["source_path"].clone(), row["reason"].clone())).collect()
    }
}

const MEETING: &str = "Ministers meet in Prague\n\nBy Jana Testova\n12 July 2023\n\nThe foreign minister of Poland met \
his Czech counterpart in Prague on Wednesday. They discussed trade and the repair of a shared railway line.\n";

const JSONL: &str = "{\"title\": \"Ship leaves port\", \"text\": \"A hospital ship left the port of Split on Monday, officials \
of Croatia said, with food for the islands that the storm had cut off.\", \"date\": \"2023-03-06\"}\n";

fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tidings"));
    command.current_dir(dir).args(args);
    command
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The message of a failed command: exactly one line that begins with the program's name.
fn message(output: &Output) -> String {
    let text = stderr(output);
    let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with("tidings: reading ")).collect();
    assert_eq!(lines.len(), 1, "{text}");
    assert!(lines[0].starts_with("tidings: "), "{text}");
    assert!(!text.contains("panicked") && !text.contains("RUST_BACKTRACE"), "{text}");
    lines[0].to_owned()
}

/// All files below `dir` but those that tell the hour, with their bytes.
fn timeless(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(dir).unwrap().to_str().unwrap().replace('\\', "/");
            if path.is_dir() {
                folders.push(path);
            } else if !["run.json", "manifest.json", "csv/runs.csv", "datapackage.json", "report.html", ".tidings/lock"]
                .contains(&name.as_str())
                && !name.starts_with("runs/")
            {
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|meta| std::os::unix::fs::MetadataExt::uid(&meta) == 0)
}

mod output {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn every_table_is_there_in_every_format_and_described() {
        let place = Place::with_articles();
        let output = place.tidings(&["run", "--format", "both"]);
        assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        let schema: serde_json::Value = serde_json::from_slice(&place.tidings(&["schema", "--json"]).stdout).unwrap();
        let tables: Vec<&str> =
            schema["tables"].as_array().unwrap().iter().map(|t| t["name"].as_str().unwrap()).collect();
        assert!(tables.len() >= 12);
        for table in tables {
            assert!(place.path(&format!("output/csv/{table}.csv")).is_file(), "{table}");
            let parquet = fs::read(place.path(&format!("output/{table}/part-00000.parquet"))).unwrap();
            assert!(parquet.starts_with(b"PAR1") && parquet.ends_with(b"PAR1"), "{table}");
        }
        for file in ["run.json", "manifest.json", "datapackage.json", "codebook.md"] {
            assert!(place.path("output").join(file).is_file(), "{file}");
        }
        assert_eq!(place.table("documents").len(), 3);
        assert!(!place.table("sentences").is_empty());
        assert!(place.rejects().is_empty());
    }

    #[test]
    fn the_default_format_is_parquet() {
        let place = Place::with_articles();
        assert_eq!(place.tidings(&["run"]).status.code(), Some(0));
        assert!(place.path("output/documents").is_dir());
        assert!(!place.path("output/csv").exists());
    }

    #[test]
    fn the_manifest_tells_the_truth_of_every_file() {
        let place = Place::with_articles();
        assert_eq!(place.tidings(&["run", "--format", "both"]).status.code(), Some(0));
        let manifest: serde_json::Value =
            serde_json::from_slice(&fs::read(place.path("output/manifest.json")).unwrap()).unwrap();
        let files = manifest["files"].as_object().unwrap();
        for (name, entry) in files {
            let bytes = fs::read(place.path("output").join(name)).unwrap();
            assert_eq!(entry["sha256"], format!("{:x}", Sha256::digest(&bytes)), "{name}");
            assert_eq!(entry["bytes"], bytes.len(), "{name}");
        }
        let mut found: Vec<String> = timeless(&place.path("output")).into_keys().collect();
        found.retain(|name| !files.contains_key(name));
        assert!(found.is_empty(), "not in the manifest: {found:?}");
    }

    #[test]
    fn threads_formats_and_repetition_change_no_row() {
        let place = Place::with_articles();
        // Enough records for many batches, with a bad one now and then.
        for i in 0..400 {
            let text = if i % 37 == 0 { String::new() } else { format!("Report {i}\n\n{MEETING}") };
            place.put(&format!("input/n{i:03}.txt"), text);
        }
        let args =
            |threads, out| ["run", "--format", "both", "--max-rejects", "10%", "--threads", threads, "--out", out];
        for (threads, out) in [("1", "one"), ("2", "two"), ("8", "eight"), ("2", "two")] {
            let output = place.tidings(&args(threads, out));
            assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
        }
        let one = timeless(&place.path("one"));
        assert!(one.len() > 20);
        for other in ["two", "eight"] {
            let other = timeless(&place.path(other));
            assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
            for (name, bytes) in &one {
                assert!(*bytes == other[name], "{name} differs");
            }
        }
    }

    #[test]
    fn documents_rejects_and_skips_add_up_to_the_records() {
        let place = Place::with_articles();
        place.put("input/empty.txt", "");
        place.put("input/.hidden.txt", MEETING);
        place.run(&["--max-rejects", "50%"], 0);
        let run: serde_json::Value = serde_json::from_slice(&fs::read(place.path("output/run.json")).unwrap()).unwrap();
        let count = |name: &str| run[name].as_u64().unwrap();
        assert_eq!((count("records"), count("documents"), count("rejects"), count("skipped")), (5, 3, 1, 1));
        assert_eq!(run["rejects_by_reason"]["empty"], 1);
        assert_eq!(run["skipped_by_reason"]["hidden_file"], 1);
    }

    #[test]
    fn articles_in_other_languages_are_listed_and_not_analysed() {
        let place = Place::with_articles();
        place.put(
            "input/d.txt",
            "Treffen in Oslo\n\nDie beiden Minister trafen sich am Montag in Oslo und einigten sich darauf, dass die \
             Grenze bis zum Ende des Jahres für den Handel geöffnet wird.\n",
        );
        place.run(&[], 0);
        let of_german = |table: &[BTreeMap<String, String>]| {
            let row = table.iter().find(|row| row["source_path"] == "input/d.txt").unwrap();
            (row["lang"].clone(), row["status"].clone(), row["skip_reason"].clone())
        };
        assert_eq!(of_german(&place.table("documents")), ("de".into(), "skipped".into(), "language".into()));
        let run: serde_json::Value = serde_json::from_slice(&fs::read(place.path("output/run.json")).unwrap()).unwrap();
        assert_eq!((run["other_language"].as_u64(), run["documents"].as_u64()), (Some(1), Some(4)));
        place.run(&["--lang", "any"], 0);
        assert_eq!(of_german(&place.table("documents")), ("de".into(), "ok".into(), String::new()));
    }

    #[test]
    fn a_later_run_replaces_the_tables_and_nothing_else() {
        let place = Place::with_articles();
        assert_eq!(place.tidings(&["run", "--format", "both"]).status.code(), Some(0));
        place.put("output/notes.txt", "mine");
        fs::remove_file(place.path("input/a.txt")).unwrap();
        place.run(&[], 0);
        assert_eq!(place.table("documents").len(), 2);
        assert!(!place.path("output/documents").exists(), "Parquet of the first run would be out of date");
        assert_eq!(fs::read_to_string(place.path("output/notes.txt")).unwrap(), "mine");
    }

    #[test]
    fn the_output_inside_the_input_is_not_read() {
        let place = Place::with_articles();
        for _ in 0..2 {
            place.run(&["input", "--out", "input/tables"], 0);
        }
        let run = fs::read(place.path("input/tables/run.json")).unwrap();
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&run).unwrap()["documents"], 3);
    }

    #[test]
    fn text_and_fields_of_the_user_become_columns_on_request() {
        let place = Place::new();
        let record = r#"{"head": "A", "story_of": "Norway and Sweden signed an agreement on fisheries in Oslo on Friday.", "desk": "Asia"}"#;
        place.put("input/x.jsonl", record);
        place.run(&["--map", "text=story_of", "--map", "title=head", "--with-text", "--meta", "desk"], 0);
        let documents = place.table("documents");
        assert_eq!((documents[0]["meta_desk"].as_str(), documents[0]["title"].as_str()), ("Asia", "A"));
        assert!(documents[0]["text"].contains("fisheries"));
    }
}

mod messages {
    use super::*;

    #[test]
    fn quiet_is_quiet() {
        let place = Place::with_articles();
        place.put("input/empty.txt", "");
        let output = place.run(&["--quiet"], 65);
        assert_eq!((stdout(&output), stderr(&output)), (String::new(), String::new()));
        let failed = place.tidings(&["run", "nowhere", "--quiet"]);
        assert!(message(&failed).contains("nowhere"), "errors are told all the same");
    }

    #[test]
    fn json_logs_are_one_object_a_line() {
        let place = Place::with_articles();
        place.put("input/empty.txt", "");
        for (args, code) in [(vec!["--log-format", "json"], 65), (vec!["nowhere", "--log-format", "json"], 66)] {
            let output = place.run(&args, code);
            let lines: Vec<serde_json::Value> =
                stderr(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert!(lines.iter().all(|line| line["message"].is_string() && line["timestamp"].is_string()));
            assert!(lines.iter().any(|line| line["level"] == if code == 66 { "ERROR" } else { "WARN" }), "{lines:?}");
        }
    }

    #[test]
    fn the_last_line_on_stdout_is_the_summary() {
        let place = Place::with_articles();
        let output = place.run(&["--summary", "summary.json"], 0);
        let line: serde_json::Value = serde_json::from_str(stdout(&output).trim_end()).unwrap();
        assert_eq!(line["documents"], 3);
        for file in ["summary.json", "output/run.json"] {
            assert_eq!(
                serde_json::from_slice::<serde_json::Value>(&fs::read(place.path(file)).unwrap()).unwrap(),
                line
            );
        }
    }

    #[test]
    fn names_of_files_cannot_steer_the_terminal() {
        let place = Place::with_articles();
        place.put("input/\u{1b}[2Jred.txt", "");
        let output = place.run(&["--color", "never"], 65);
        assert!(stderr(&output).contains("red.txt"));
        assert!(!stderr(&output).contains('\u{1b}'));
    }

    #[test]
    fn schema_help_version_completions_and_manual_are_printed() {
        let place = Place::new();
        for (args, wanted) in [
            (&["schema"][..], "events (key: event_id)"),
            (&["schema", "--json"], "\"event_id\""),
            (&["--version"], env!("CARGO_PKG_VERSION")),
            (&["run", "--help"], "--max-rejects"),
            (&["--help"], "Exit codes"),
            (&["completions", "bash"], "complete -F"),
            (&["completions", "zsh"], "#compdef tidings"),
            (&["man"], ".TH tidings 1"),
            (&["man", "run"], "max\\-rejects"),
        ] {
            let output = place.tidings(args);
            assert_eq!(output.status.code(), Some(0), "{args:?}");
            assert!(stdout(&output).contains(wanted), "{args:?} does not print {wanted}: {}", stdout(&output));
        }
        assert_eq!(place.tidings(&["man", "--dir", "pages"]).status.code(), Some(0));
        assert!(place.path("pages/tidings-run.1").is_file());
    }
}

mod exit_codes {
    use super::*;

    #[test]
    fn usage_is_64() {
        let place = Place::new();
        for args in [
            &["run", "--no-such-flag"][..],
            &["run", "--format", "xls"],
            &["run", "--threads", "0"],
            &["run", "--threads", "many"],
            &["run", "--max-rejects", "5"],
            &["run", "--min-confidence", "high"],
            &["run", "--map", "body"],
            &["run", "--strict", "--max-rejects", "2%"],
            &["fly"],
            &["man", "fly"],
            &[],
        ] {
            let output = place.tidings(args);
            assert_eq!(output.status.code(), Some(64), "{args:?}");
            message(&output);
        }
        assert!(message(&place.tidings(&["run", "--format", "xls"])).contains("xls"));
    }

    #[test]
    fn more_rejects_than_allowed_is_65_and_the_tables_are_written() {
        let place = Place::with_articles();
        place.put("input/empty.txt", " \n\t\n");
        place.run(&[], 65);
        assert_eq!(place.table("documents").len(), 3);
        assert_eq!(place.rejects(), [("input/empty.txt".to_owned(), "empty".to_owned())]);
        place.run(&["--max-rejects", "25%"], 0);
        place.run(&["--strict"], 65);
        fs::remove_file(place.path("input/empty.txt")).unwrap();
        place.run(&["--strict"], 0);
    }

    #[test]
    fn missing_input_is_66_and_touches_nothing() {
        let place = Place::new();
        for path in ["nowhere", "nowhere/*.txt", "input/*.nothing"] {
            let output = place.run(&[path], 66);
            assert!(message(&output).contains(path));
            assert!(!place.path("output").exists());
        }
    }

    #[test]
    fn an_empty_folder_is_no_error() {
        let place = Place::new();
        place.run(&[], 0);
        assert!(place.table("documents").is_empty());
    }

    #[test]
    fn output_that_cannot_be_made_is_73() {
        let place = Place::with_articles();
        place.put("file", "in the way");
        assert!(message(&place.run(&["--out", "file/out"], 73)).contains("file/out"));
        assert!(message(&place.run(&["--out", "file"], 73)).contains("file"));
        assert_eq!(fs::read_to_string(place.path("file")).unwrap(), "in the way");
    }

    #[test]
    fn a_full_disk_is_74_and_the_old_tables_stay() {
        if !is_root() {
            println!("skipped: a small disk can be mounted by root only");
            return;
        }
        let place = Place::with_articles();
        fs::create_dir(place.path("disk")).unwrap();
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=600k", "tmpfs"]).arg(place.path("disk")).output();
        if !mounted.is_ok_and(|output| output.status.success()) {
            println!("skipped: mounting is not allowed here");
            return;
        }
        let run = |out| place.tidings(&["run", "--format", "csv", "--out", out, "--with-text"]);
        let first = run("disk/out");
        let before = timeless(&place.path("disk/out"));
        for i in 0..300 {
            place.put(&format!("input/n{i:03}.txt"), format!("{i}\n\n{}", MEETING.repeat(20)));
        }
        let second = run("disk/out");
        let after = timeless(&place.path("disk/out"));
        let unmounted = Command::new("umount").arg(place.path("disk")).status().unwrap();
        assert!(unmounted.success());
        assert_eq!(first.status.code(), Some(0), "{}", stderr(&first));
        assert_eq!(second.status.code(), Some(74), "{}", stderr(&second));
        assert!(stderr(&second).to_lowercase().contains("no space left"), "{}", stderr(&second));
        assert_eq!(before, after);
    }

    #[test]
    fn a_second_run_on_the_same_output_is_75() {
        let place = Place::with_articles();
        place.run(&[], 0);
        let lock = fs::File::open(place.path("output/.tidings/lock")).unwrap();
        lock.lock().unwrap();
        assert!(message(&place.run(&[], 75)).contains("another run"));
        drop(lock);
        place.run(&[], 0);
    }

    #[test]
    fn settings_that_cannot_be_used_are_78() {
        let place = Place::with_articles();
        for (text, wanted) in [
            ("out = \"x\"\nformt = \"csv\"\n", "tidings.toml:2: unknown field `formt`"),
            ("format = \"xls\"\n", "unknown variant `xls`"),
            ("threads = 0\n", "threads"),
            ("no toml at all", "tidings.toml:1"),
        ] {
            place.put("tidings.toml", text);
            let said = message(&place.tidings(&["run"]));
            assert!(said.contains(wanted), "{said}");
            assert_eq!(place.tidings(&["run"]).status.code(), Some(78));
        }
        fs::remove_file(place.path("tidings.toml")).unwrap();
        assert!(message(&place.run(&["--config", "no.toml"], 78)).contains("no.toml"));
        assert!(message(&place.run(&["--lexicon", "no-folder"], 78)).contains("no-folder"));
        let (one, two) = ("This column holds one story. ".repeat(9), "That column holds another story. ".repeat(9));
        place.put("input/two.csv", format!("title,text,body\nA,{one},{two}\n"));
        assert!(message(&place.run(&[], 78)).contains("--map text="));
        place.run(&["input/two.csv", "--map", "text=body"], 0);
    }

    #[test]
    fn the_settings_file_is_found_and_flags_win() {
        let place = Place::with_articles();
        place.put("tidings.toml", "out = \"from-file\"\nformat = \"csv\"\nthreads = 1\nmax-rejects = \"5%\"\n");
        assert_eq!(place.tidings(&["run"]).status.code(), Some(0));
        assert!(place.path("from-file/csv/events.csv").is_file());
        assert_eq!(place.tidings(&["run", "--out", "from-flag"]).status.code(), Some(0));
        assert!(place.path("from-flag/csv/events.csv").is_file());
    }

    #[test]
    fn interrupted_is_130_or_143_and_the_old_tables_stay() {
        let place = Place::with_articles();
        place.run(&[], 0);
        let before = timeless(&place.path("output"));
        for i in 0..1000 {
            place.put(&format!("input/n{i:04}.txt"), format!("{i}\n\n{}", MEETING.repeat(10)));
        }
        for (signal, code) in [("INT", 130), ("TERM", 143)] {
            let mut child = command(place.dir.path(), &["run", "--format", "csv", "--quiet"]);
            let child = child.stderr(std::process::Stdio::piped()).spawn().unwrap();
            // Staging appears once the signal handlers are set.
            let staging = place.path("output/.tidings/staging/csv/events.csv");
            while !staging.exists() {
                std::thread::sleep(std::time::Duration::from_millis(5));
            }
            let pid = child.id().to_string();
            assert!(Command::new("kill").args(["-s", signal, &pid]).status().unwrap().success());
            let output = child.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(code), "{}", stderr(&output));
            assert!(message(&output).contains("interrupted"));
            assert_eq!(timeless(&place.path("output")), before);
        }
    }
}

mod bad_input {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn one_bad_record_is_a_row_and_the_rest_is_read() {
        let place = Place::with_articles();
        let long_line = [
            JSONL.as_bytes().to_vec(),
            b"{\"text\": \"".to_vec(),
            vec![b'x'; 40 << 20],
            b"\"}\n".to_vec(),
            JSONL.into(),
        ]
        .concat();
        place.put("input/binary.txt", (0..=255).cycle().take(5000).collect::<Vec<u8>>());
        place.put("input/blank.txt", " \n \n");
        place.put("input/cut.json", "{\"title\": \"Half a rec");
        place.put("input/damaged.jsonl", format!("{JSONL}{{\"text\": \n{JSONL}"));
        place.put("input/empty.txt", "");
        place.put("input/long.jsonl", long_line);
        place.put("input/ragged.csv", format!("title,text\nA,\"{MEETING}\"\nB,too,many,cells\nC,\"{MEETING}\"\n"));
        place.run(&[], 65);
        let rejects = place.rejects();
        for (file, reason) in [
            ("binary.txt", "not_text"),
            ("blank.txt", "empty"),
            ("cut.json", "json_syntax"),
            ("damaged.jsonl", "json_syntax"),
            ("empty.txt", "empty"),
            ("long.jsonl", "too_large"),
            ("ragged.csv", "csv_ragged"),
        ] {
            assert!(rejects.contains(&(format!("input/{file}"), reason.to_owned())), "{file} {reason}: {rejects:?}");
        }
        assert_eq!(rejects.len(), 7);
        assert_eq!(place.table("documents").len(), 3 + 2 + 2 + 2);
        assert!(place.table("rejects").iter().all(|row| !row["message"].is_empty() && row["run_id"].starts_with('r')));
    }

    #[test]
    fn loops_of_links_and_special_files_are_passed_over() {
        let place = Place::with_articles();
        std::os::unix::fs::symlink(".", place.path("input/loop")).unwrap();
        std::os::unix::fs::symlink("b-link", place.path("input/a-link")).unwrap();
        std::os::unix::fs::symlink("a-link", place.path("input/b-link")).unwrap();
        assert!(Command::new("mkfifo").arg(place.path("input/pipe")).status().unwrap().success());
        place.run(&["--strict"], 0);
        assert_eq!(place.table("documents").len(), 3);
        assert!(place.rejects().is_empty());
    }

    #[test]
    fn an_unreadable_file_is_a_row_that_may_be_tried_again() {
        if is_root() {
            println!("skipped: root can read everything");
            return;
        }
        let place = Place::with_articles();
        place.put("input/secret.txt", MEETING);
        fs::set_permissions(place.path("input/secret.txt"), fs::Permissions::from_mode(0o000)).unwrap();
        place.run(&[], 65);
        assert_eq!(place.rejects(), [("input/secret.txt".to_owned(), "permission".to_owned())]);
        assert_eq!(place.table("rejects")[0]["retryable"], "true");
    }
}

mod verify {
    use super::*;

    #[test]
    fn what_was_written_passes_and_what_was_changed_does_not() {
        for format in ["parquet", "csv", "both"] {
            let place = Place::with_articles();
            assert_eq!(place.tidings(&["run", "--format", format]).status.code(), Some(0));
            let output = place.tidings(&["verify"]);
            assert_eq!(output.status.code(), Some(0), "{format}: {}", stderr(&output));
            let codebook = fs::read(place.path("output/codebook.md")).unwrap();

            // Same length, another byte; then longer; then gone.
            let mut changed = codebook.clone();
            changed[0] ^= 1;
            place.put("output/codebook.md", &changed);
            let output = place.tidings(&["verify"]);
            assert_eq!(output.status.code(), Some(65));
            assert!(stderr(&output).contains("codebook.md was changed"), "{}", stderr(&output));
            place.put("output/codebook.md", [codebook.as_slice(), b"x"].concat());
            assert!(stderr(&place.tidings(&["verify"])).contains("codebook.md has"));
            fs::remove_file(place.path("output/codebook.md")).unwrap();
            assert!(stderr(&place.tidings(&["verify"])).contains("cannot read codebook.md"));
        }
    }

    #[test]
    fn a_folder_without_a_manifest_is_66() {
        let place = Place::new();
        assert_eq!(place.tidings(&["verify", "input"]).status.code(), Some(66));
    }

    #[test]
    fn a_manifest_cannot_have_other_folders_read() {
        let place = Place::new();
        let entry = r#"{"manifest_version":1,"files":{"../secret":{"bytes":1,"sha256":"00"}}}"#;
        place.put("input/manifest.json", entry);
        let output = place.tidings(&["verify", "input"]);
        assert_eq!(output.status.code(), Some(65));
        assert!(stderr(&output).contains("not in the folder"), "{}", stderr(&output));
    }
}
