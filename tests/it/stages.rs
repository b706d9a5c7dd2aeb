//! Is `src` laid out as the pipeline runs? Each stage uses only stages before it, no file outgrows a screen or two of
//! reading, and ARCHITECTURE.md names only what exists.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below `folder` with this extension, in order.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.unwrap_or_else(|error| panic!("{}: {error}", folder.display())).path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The modules that `src/lib.rs` declares, in its order.
fn stages() -> Vec<String> {
    let declared = |line: &str| -> Option<String> {
        let rest = line.strip_prefix("pub ").unwrap_or(line).strip_prefix("mod ")?;
        rest.strip_suffix(';').map(str::to_owned)
    };
    read(&root().join("src/lib.rs")).lines().filter_map(declared).collect()
}

/// The stage to which a file of `src` belongs: `read` of `src/read/html/mod.rs`.
fn stage_of(path: &Path) -> String {
    let below = path.strip_prefix(root().join("src")).unwrap_or(path);
    let first = below.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned());
    first.unwrap_or_default().trim_end_matches(".rs").to_owned()
}

/// The code of a file: its comments and its module of tests left out.
fn code(path: &Path) -> String {
    let text = read(path);
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
    lines.collect::<Vec<&str>>().join("\n")
}

/// The modules at the root of the crate that a piece of code names: `crate::a`, `crate::{a, b::c}`, and `super::a` in
/// the file of a stage itself.
fn named(code: &str, is_root_of_stage: bool) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let prefixes: &[&str] = if is_root_of_stage { &["crate::", "super::"] } else { &["crate::"] };
    for prefix in prefixes {
        for (at, _) in code.match_indices(prefix) {
            let rest = &code[at + prefix.len()..];
            let inside =
                code[..at].ends_with("::") || (*prefix == "super::" && code[..at].ends_with("mod tests {\n    use "));
            if inside {
                continue;
            }
            let group = rest.strip_prefix('{').map_or(rest, |group| group.split('}').next().unwrap_or(group));
            let parts: Vec<&str> = if rest.starts_with('{') { group.split(',').collect() } else { vec![group] };
            for part in parts {
                let word: String = part.trim().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                if !word.is_empty() {
                    found.insert(word);
                }
            }
        }
    }
    found
}

#[test]
fn a_stage_uses_only_stages_before_it() {
    let stages = stages();
    let place = |name: &str| stages.iter().position(|stage| stage == name);
    let mut backward = Vec::new();
    for path in files(&root().join("src"), "rs") {
        let stage = stage_of(&path);
        let Some(own) = place(&stage) else { continue };
        let below = path.strip_prefix(root().join("src")).unwrap_or(&path);
        let is_root = below.components().count() == 1 || (below.components().count() == 2 && below.ends_with("mod.rs"));
        for used in named(&code(&path), is_root) {
            if place(&used).is_some_and(|used| used > own) {
                backward.push(format!("{}: {stage} uses {used}", below.display()));
            }
        }
    }
    assert!(backward.is_empty(), "later stages used by earlier ones (order of src/lib.rs):\n{}", backward.join("\n"));
}

#[test]
fn every_folder_and_file_of_src_is_a_stage() {
    let stages = stages();
    assert!(stages.len() >= 12, "{stages:?}");
    for path in files(&root().join("src"), "rs") {
        let stage = stage_of(&path);
        let known = stages.contains(&stage) || ["lib", "main", "bin"].contains(&stage.as_str());
        assert!(known, "{} belongs to no module of src/lib.rs", path.display());
    }
}

#[test]
fn arrows_are_found_in_code_and_only_there() {
    let code = "use crate::store::Store;\nuse crate::{\n    text,\n    read::Document,\n};\nlet x = crate::outline::marker();\nfoo::crate::no();";
    let found: Vec<String> = named(code, false).into_iter().collect();
    assert_eq!(found, ["outline", "read", "store", "text"]);
    assert_eq!(named("use super::store::Store;", true).into_iter().collect::<Vec<String>>(), ["store"]);
    assert!(named("use super::store::Store;", false).is_empty());
}

#[test]
fn no_file_of_src_is_a_scroll() {
    const MOST: usize = 500;
    let long = |path: &PathBuf| read(path).lines().count() > MOST;
    let long: Vec<String> =
        files(&root().join("src"), "rs").into_iter().filter(long).map(|path| path.display().to_string()).collect();
    assert!(long.is_empty(), "more than {MOST} lines, split by meaning: {long:?}");
}

/// The paths that a document names in backticks: those that begin with a folder or a file at the top of the repository.
fn named_paths(document: &str) -> BTreeSet<String> {
    let top: BTreeSet<String> = std::fs::read_dir(root())
        .unwrap_or_else(|error| panic!("{}: {error}", root().display()))
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .chain(
            ["src", "data", "ontology", "queries", "tests", "benches", "docs", "tools", "examples"].map(str::to_owned),
        )
        .collect();
    let is_path = |words: &&str| {
        let first = words.split('/').next().unwrap_or_default();
        let plain = words.chars().all(|c| c.is_ascii_alphanumeric() || "_-./*".contains(c));
        plain && words.contains('/') && top.contains(first)
    };
    document.split('`').skip(1).step_by(2).filter(is_path).map(str::to_owned).collect()
}

#[test]
fn documents_name_paths_that_exist() {
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"] {
        let path = root().join(document);
        if !path.exists() {
            continue;
        }
        for named in named_paths(&read(&path)) {
            // NAME stands for any name.
            let pattern = root().join(named.replace("NAME", "*")).display().to_string();
            let exists = glob::glob(&pattern).is_ok_and(|mut found| found.next().is_some());
            assert!(exists, "{document} names {named}, which does not exist");
        }
    }
}

#[test]
fn paths_are_told_from_other_words_in_backticks() {
    let named: Vec<String> =
        named_paths("`src/read/mod.rs`, `cargo test`, `a/b`, `data/*.toml`, `tests/it/`").into_iter().collect();
    assert_eq!(named, ["data/*.toml", "src/read/mod.rs", "tests/it/"]);
}
