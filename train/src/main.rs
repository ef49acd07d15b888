//! Trains and scores the models that tidings ships.
//!
//! `clusters`, `names`, `score-names FILE…`, `bench-names`; all take `--data DIR` and `--out FILE`.

mod bio;
mod clusters;
mod clusters_exchange;
mod clusters_text;
mod names;
mod names_clean;
mod names_crf;
mod names_data;
mod names_examples;
mod names_lexicon;
mod names_raw;

use anyhow::{Result, bail};
use std::path::PathBuf;

fn main() -> Result<()> {
    let mut args: Vec<String> = std::env::args().skip(1).collect();
    let data = option(&mut args, "--data", "../shared/data");
    let command = if args.is_empty() { String::new() } else { args.remove(0) };
    match command.as_str() {
        "clusters" => {
            let out = option(&mut args, "--out", "models/clusters.bin");
            clusters::run(&data, &out)
        }
        "names" => {
            let out = option(&mut args, "--out", "models/names.bin");
            names::run(&data, &out, &names_settings(&mut args)?)
        }
        "score-names" => {
            let model = option(&mut args, "--model", "models/names.bin");
            let errors = args.iter().any(|a| a == "--errors");
            let names = tidings::nlp::names::Names::from_bytes(&std::fs::read(&model)?)?;
            if args.iter().all(|a| a.starts_with("--")) {
                return names::report(&data, &names);
            }
            args.iter().filter(|a| !a.starts_with("--")).try_for_each(|f| names::score(f.as_ref(), &names, errors))
        }
        "bench-names" => {
            let model = option(&mut args, "--model", "models/names.bin");
            let show = option(&mut args, "--show", "0").to_string_lossy().parse()?;
            names_raw::bench(&data, &tidings::nlp::names::Names::from_bytes(&std::fs::read(&model)?)?, show)
        }
        other => bail!("unknown command {other:?}; commands are: clusters, names, score-names, bench-names"),
    }
}

fn names_settings(args: &mut Vec<String>) -> Result<names::Settings> {
    let mut settings = names::Settings::default();
    let text = |args: &mut Vec<String>, name: &str| option(args, name, "").to_string_lossy().into_owned();
    let list = text(args, "--without");
    settings.without = list.split(',').filter(|s| !s.is_empty()).map(str::to_owned).collect();
    let list = text(args, "--skip");
    for t in list.split(',').filter(|s| !s.is_empty()) {
        let (a, b) = t.split_once('-').unwrap_or((t, t));
        settings.skip.extend(a.parse::<usize>()?..=b.parse::<usize>()?);
    }
    let teacher = text(args, "--teacher");
    settings.teacher = (!teacher.is_empty()).then(|| teacher.into());
    settings.once = text(args, "--once") == "yes";
    let mut web = settings.web as f32;
    let mut number = |name: &str, to: &mut f32| -> Result<()> {
        let value = text(args, name);
        if !value.is_empty() {
            *to = value.parse()?;
        }
        Ok(())
    };
    let (mut keep, mut least, mut epochs) = (settings.keep as f32, settings.least as f32, settings.plan.epochs as f32);
    number("--keep", &mut keep)?;
    number("--least", &mut least)?;
    number("--web", &mut web)?;
    settings.web = web as usize;
    number("--epochs", &mut epochs)?;
    number("--rate", &mut settings.plan.rate)?;
    number("--dropout", &mut settings.plan.dropout)?;
    number("--again-rate", &mut settings.again.rate)?;
    number("--decay", &mut settings.plan.decay)?;
    (settings.keep, settings.least, settings.plan.epochs) = (keep as usize, least as u32, epochs as usize);
    Ok(settings)
}

/// Takes `name VALUE` out of the arguments.
fn option(args: &mut Vec<String>, name: &str, default: &str) -> PathBuf {
    match args.iter().position(|a| a == name) {
        Some(at) if at + 1 < args.len() => {
            args.remove(at);
            PathBuf::from(args.remove(at))
        }
        _ => PathBuf::from(default),
    }
}
