//! Trains and scores the models that tidings ships.
//!
//! `clusters --data DIR [--out FILE]`

mod clusters;
mod exchange;
mod raw;

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
        other => bail!("unknown command {other:?}; commands are: clusters"),
    }
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
