use super::*;
use std::fs;

fn shown(plan: &Plan, base: &Path) -> Vec<String> {
    let base = format!("{}/", show(base));
    plan.units.iter().map(|u| u.shown.replace(&base, "")).collect()
}

fn reasons(plan: &Plan) -> Vec<&'static str> {
    plan.rejects.iter().map(|r| r.reason.as_str()).collect()
}

#[test]
fn folders_are_walked_in_one_order_and_hidden_files_passed_over() {
    let dir = tempfile::tempdir().unwrap();
    let base = dir.path();
    fs::create_dir_all(base.join("b/deep")).unwrap();
    fs::create_dir_all(base.join("out")).unwrap();
    for name in ["z.txt", "a.txt", "b/x.txt", "b/deep/y.txt", ".hidden.txt", "c.txt~", "out/old.csv", ".gitignore"] {
        fs::write(base.join(name), "*").unwrap();
    }
    let options = PlanOptions { exclude: Some(base.join("out")), ..PlanOptions::default() };
    let plan = plan(&[base.to_owned()], &options).unwrap();
    assert_eq!(shown(&plan, base), ["a.txt", "b/deep/y.txt", "b/x.txt", "z.txt"]);
    assert_eq!(reasons(&plan), ["hidden_file"; 3]);
    assert!(plan.rejects.iter().all(|r| r.reason.is_skip()));
}

#[test]
fn patterns_are_expanded_and_missing_paths_are_errors() {
    let dir = tempfile::tempdir().unwrap();
    let base = dir.path();
    fs::create_dir_all(base.join("n/2023")).unwrap();
    for name in ["n/a.txt", "n/2023/b.txt", "n/2023/c.json"] {
        fs::write(base.join(name), "x").unwrap();
    }
    let files = |pattern: &str| plan(&[base.join(pattern)], &PlanOptions::default()).map(|p| shown(&p, base));
    assert_eq!(files("n/**/*.txt").unwrap(), ["n/2023/b.txt", "n/a.txt"]);
    assert_eq!(files("n/*.txt").unwrap(), ["n/a.txt"]);
    assert!(matches!(files("n/*.xml"), Err(ReadError::Missing(_))));
    assert!(matches!(files("none"), Err(ReadError::Missing(_))));
    assert!(matches!(files("n/[a.txt"), Err(ReadError::Pattern { .. } | ReadError::Missing(_))));
}

#[cfg(unix)]
#[test]
fn links_and_pipes_are_never_opened() {
    use std::os::unix::fs::symlink;
    let dir = tempfile::tempdir().unwrap();
    let base = dir.path();
    fs::write(base.join("a.txt"), "x").unwrap();
    symlink("loop_b", base.join("loop_a")).unwrap();
    symlink("loop_a", base.join("loop_b")).unwrap();
    symlink("..", base.join("up")).unwrap();
    symlink("/dev/zero", base.join("zero.txt")).unwrap();
    symlink("/nonexistent/x", base.join("gone.txt")).unwrap();
    let plan = plan(&[base.to_owned()], &PlanOptions::default()).unwrap();
    assert_eq!(shown(&plan, base), ["a.txt"]);
    assert_eq!(reasons(&plan), ["symlink_dangling", "symlink_loop", "symlink_loop", "symlink", "special_file"]);
}

#[cfg(unix)]
#[test]
fn odd_names_are_shown_without_loss() {
    use std::os::unix::ffi::OsStrExt;
    let path = Path::new(std::ffi::OsStr::from_bytes(b"caf\xe9\n\x1b[31m.txt"));
    assert_eq!(show(path), "caf\\xe9\\x0a\\x1b[31m.txt");
}
