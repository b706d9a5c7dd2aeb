//! Which program is this? A fingerprint of everything that decides what is read from a page.
//!
//! A store passes over pages that the same program read before. The version number alone would not do: whoever adds a cue
//! word to `data/` wants the pages read again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Where that is decided.
const SOURCES: [&str; 3] = ["src", "data", "ontology"];
/// Parts of it that decide nothing: what comes after the graph is made, and the sample reports.
const OTHERS: [&str; 8] =
    ["src/store", "src/build", "src/query", "src/analyze", "src/export", "src/cli", "src/main.rs", "data/reports"];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
        collect(Path::new(source), &mut files)?;
    }
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        digest.update(file.to_string_lossy().as_bytes());
        digest.update([0]);
        digest.update(Sha256::digest(fs::read(&file)?));
    }
    let fingerprint = digest.finalize().iter().take(8).fold(0_u64, |all, byte| all << 8 | u64::from(*byte));
    println!("cargo::rustc-env=FAZHI_PROGRAM={}-{fingerprint:016x}", env!("CARGO_PKG_VERSION"));
    Ok(())
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if OTHERS.iter().any(|other| path == Path::new(other)) || !path.exists() {
        return Ok(());
    }
    if path.is_file() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}
