//! The whole job, from files to committed tables, in words per second.
//!
//! The sample archive is copied until it is long enough that starting up does not count. `cargo bench --bench run`

use divan::counter::{BytesCount, ItemsCount};
use std::num::NonZeroUsize;
use std::path::Path;
use tidings::run::{Settings, Silent, run};
use tidings::tables::Formats;

/// Copies of the sample archive: about 100,000 words.
const COPIES: usize = 20;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

#[divan::bench(args = [1, 2], sample_count = 5, sample_size = 1)]
fn parquet(bencher: divan::Bencher<'_, '_>, threads: usize) {
    bench(bencher, threads, Formats::Parquet);
}

#[divan::bench(args = [2], sample_count = 5, sample_size = 1)]
fn both_formats(bencher: divan::Bencher<'_, '_>, threads: usize) {
    bench(bencher, threads, Formats::Both);
}

fn bench(bencher: divan::Bencher<'_, '_>, threads: usize, formats: Formats) {
    let dir = tempfile::tempdir().expect("a folder for temporary files");
    let input = dir.path().join("input");
    for copy in 0..COPIES {
        copy_to(&Path::new(env!("CARGO_MANIFEST_DIR")).join("input"), &input.join(copy.to_string()));
    }
    let settings = Settings {
        paths: vec![input],
        out: dir.path().join("output"),
        formats,
        threads: NonZeroUsize::new(threads).expect("at least one thread"),
        ..Settings::default()
    };
    let job = || run(&settings, &Silent).expect("the sample archive can be read");
    let counts = job().counts;
    bencher.counter(ItemsCount::new(counts.words)).counter(BytesCount::new(counts.bytes)).bench(job);
}

fn copy_to(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder for the copy");
    for entry in std::fs::read_dir(from).expect("input/ is in the repository") {
        let path = entry.expect("an entry").path();
        if let (true, Some(name)) = (path.is_file(), path.file_name()) {
            std::fs::copy(&path, to.join(name)).expect("a copy");
        }
    }
}
