//! Scores event coding on gold files without building the batch job:
//! `cargo run --release --no-default-features --example eval_events -- [--misses LEVEL|lines] GOLD…`

use std::path::Path;
use tidings::Pipeline;
use tidings::eval::{Evaluation, Options, read_gold};
use tidings::extract::ExtractOptions;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut files: Vec<String> = std::env::args().skip(1).collect();
    let misses = files.iter().position(|f| f == "--misses").map(|at| files.drain(at..at + 2).nth(1));
    let pipeline = Pipeline::builtin(ExtractOptions::default())?;
    for file in &files {
        let options = Options { penta: file.contains("penta") || file.contains("cameo200"), ..Options::default() };
        let evaluation = Evaluation::run(&mut pipeline.worker(), &read_gold(Path::new(file))?, options);
        match &misses {
            // for `score_events.py`
            Some(Some(level)) if level == "lines" => print!("{}", evaluation.lines()),
            Some(level) => print!("{}", evaluation.misses(level.as_deref().unwrap_or("root"))),
            None => print!("{file}\n{}{}{}", evaluation.scores(), evaluation.by(false), evaluation.confusions()),
        }
    }
    Ok(())
}
