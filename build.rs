//! Which program is this? A fingerprint of everything that decides what is read from a page.
//!
//! A store passes over pages that the same program read before. The version number alone would not do: whoever adds a cue
//! word to `data/` wants the pages read again.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Where that is decided.
const SOURCES: [&str; 3] = ["src", "data", "ontology"];
/// Parts of it that decide nothing: what comes after the graph is made, and the sample reports.
const OTHERS: [&str; 17] = [
    "src/store",
    "src/build",
    "src/query",
    "src/analyze",
    "src/audit",
    "src/validate",
    "src/export",
    "src/search",
    "src/agents",
    "src/serve",
    "src/cli",
    "src/main.rs",
    "data/audit.toml",
    "data/reports",
    "data/regions/tiles.csv",
    "data/search.toml",
    "data/words.toml",
];
/// What decides, beside all that, what an audit finds.
const AUDIT: [&str; 2] = ["src/audit", "data/audit.toml"];

fn main() -> io::Result<()> {
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
    }
    if env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        // What is embedded is compiled in; a new file would not be noticed otherwise. Other builds read the files where they lie.
        let scripts = if Path::new("web/dist").exists() { "web/dist" } else { "web" };
        for folder in ["web/pages", "web/static", "queries/pages", scripts] {
            println!("cargo::rerun-if-changed={folder}");
        }
    }
    let program = fingerprint(&SOURCES, &OTHERS)?;
    let audit = fingerprint(&AUDIT, &[])?;
    println!("cargo::rustc-env=FAZHI_PROGRAM={}-{program:016x}", env!("CARGO_PKG_VERSION"));
    println!("cargo::rustc-env=FAZHI_AUDIT={}-{program:016x}-{audit:016x}", env!("CARGO_PKG_VERSION"));
    Ok(())
}

/// Eight bytes of a digest over the files of these folders.
fn fingerprint(folders: &[&str], others: &[&str]) -> io::Result<u64> {
    let mut files = Vec::new();
    for folder in folders {
        collect(Path::new(folder), others, &mut files)?;
    }
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        digest.update(file.to_string_lossy().as_bytes());
        digest.update([0]);
        digest.update(Sha256::digest(fs::read(&file)?));
    }
    Ok(digest.finalize().iter().take(8).fold(0_u64, |all, byte| all << 8 | u64::from(*byte)))
}

fn collect(path: &Path, others: &[&str], files: &mut Vec<PathBuf>) -> io::Result<()> {
    if others.iter().any(|other| path == Path::new(other)) || !path.exists() {
        return Ok(());
    }
    if path.is_file() {
        files.push(path.to_path_buf());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), others, files)?;
    }
    Ok(())
}
