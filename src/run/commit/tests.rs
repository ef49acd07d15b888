use super::*;

fn put(dir: &Path, file: &str, text: &str) {
    let path = dir.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn get(dir: &Path, file: &str) -> Option<String> {
    fs::read_to_string(dir.join(file)).ok()
}

fn staging(out: &Path) -> Staging {
    Staging::open(out, &make_home(out).unwrap()).unwrap()
}

fn stage(staging: &Staging, files: &[(&str, &str)]) -> Manifest {
    let mut manifest = Manifest::default();
    for (file, text) in files {
        fs::create_dir_all(staging.dir().join(file).parent().unwrap()).unwrap();
        manifest.add_text(staging.dir(), file, text).unwrap();
    }
    manifest.write(staging.dir()).unwrap();
    manifest
}

fn commit(out: &Path, files: &[(&str, &str)]) {
    let staging = staging(out);
    let manifest = stage(&staging, files);
    staging.commit(&manifest).unwrap();
}

#[test]
fn a_commit_replaces_its_own_files_and_leaves_those_of_others() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path();
    commit(out, &[("events/part-0.parquet", "old"), ("csv/events.csv", "old"), ("run.json", "1")]);
    put(out, "csv/my-notes.txt", "mine");
    commit(out, &[("csv/events.csv", "new"), ("run.json", "2")]);
    assert_eq!(get(out, "csv/events.csv").as_deref(), Some("new"));
    assert_eq!(get(out, "csv/my-notes.txt").as_deref(), Some("mine"));
    assert!(!out.join("events").exists(), "a table that is no longer written goes, with its folder");
    assert_eq!(manifest::read(out).unwrap().files.len(), 2);
    assert!(!out.join(HOME).join(STAGING).exists());
}

#[test]
fn what_was_not_committed_leaves_the_old_output_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path();
    commit(out, &[("a.csv", "old")]);
    let failed = staging(out);
    put(failed.dir(), "a.csv", "half");
    drop(failed);
    assert!(!out.join(HOME).join(STAGING).exists());
    let killed = staging(out);
    put(killed.dir(), "a.csv", "half");
    std::mem::forget(killed);
    assert_eq!(get(out, "a.csv").as_deref(), Some("old"));
    drop(staging(out));
    assert_eq!(get(out, "a.csv").as_deref(), Some("old"));
}

#[test]
fn a_commit_cut_off_at_any_move_is_finished_by_the_next_run() {
    for moved in 0..=3 {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path();
        commit(out, &[("a.csv", "old"), ("gone.csv", "old")]);
        let cut = staging(out);
        let manifest = stage(&cut, &[("a.csv", "new"), ("t/b.csv", "new")]);
        let moves = vec!["a.csv".to_owned(), "t/b.csv".to_owned(), MANIFEST.to_owned()];
        cut.write_plan(&Plan { moves: moves.clone(), removes: vec!["gone.csv".to_owned()] }).unwrap();
        for file in &moves[..moved] {
            fs::create_dir_all(out.join(file).parent().unwrap()).unwrap();
            fs::rename(cut.dir().join(file), out.join(file)).unwrap();
        }
        drop(cut);
        drop(staging(out));
        assert_eq!(get(out, "a.csv").as_deref(), Some("new"));
        assert_eq!(get(out, "t/b.csv").as_deref(), Some("new"));
        assert_eq!(get(out, "gone.csv"), None);
        assert_eq!(manifest::read(out), Some(manifest));
    }
}

#[test]
fn an_edited_manifest_cannot_reach_outside_the_folder() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("out");
    fs::create_dir(&out).unwrap();
    put(dir.path(), "precious.txt", "keep");
    let entry = manifest::FileEntry { bytes: 0, sha256: String::new(), rows: None };
    let names = ["../precious.txt".to_owned(), dir.path().join("precious.txt").to_string_lossy().into_owned()];
    Manifest { manifest_version: 1, files: names.map(|n| (n, entry.clone())).into() }.write(&out).unwrap();
    commit(&out, &[("a.csv", "new")]);
    assert_eq!(get(dir.path(), "precious.txt").as_deref(), Some("keep"));
}
