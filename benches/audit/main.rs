//! How much copying is found, with how many false alarms, and how long does it take over many reports?
//!
//! `cargo bench --bench audit -- planted [FOLDER ...]` plants copied passages into the reports of the folders (else into the
//! samples) and counts what is found at each level, `-- planted-other` with sentences of other words; `-- rules [FOLDER ...]` does
//! the same with sums, rates and names, in the wordings that the rules were worked out on, `-- unseen [FOLDER ...]` in wordings
//! written before that and put aside, `-- fresh [FOLDER ...]` in wordings written afterwards; `-- scale [REPORTS]` compares that
//! many invented reports, and a sample of them by brute force.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench panics and prints")]
#![expect(clippy::non_ascii_literal, reason = "the sentences that are planted speak the language of the reports")]

mod planted;
mod rules;
mod scale;
mod sentences;

use fazhi::lexicon::Lexicon;
use fazhi::read::Document;
use fazhi::report::{Role, Span, Statement};
use std::collections::BTreeSet;
use std::path::Path;

/// A report that is the background of what is planted.
#[derive(Clone)]
struct Background {
    name: String,
    text: String,
    /// Code of its region, else its name.
    region: String,
    /// Name of its region; empty where none was told.
    place: String,
    /// Its measures, problems and plans.
    units: Vec<Span>,
    /// The lines that end with a statement of what was done.
    deeds: Vec<usize>,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let lexicon = Lexicon::shared().unwrap();
    match arguments.split_first() {
        Some((mode, folders)) if mode == "planted" => {
            planted::run(&backgrounds(folders, lexicon), &sentences::KNOWN, lexicon);
        }
        Some((mode, folders)) if mode == "planted-other" => {
            planted::run(&backgrounds(folders, lexicon), &sentences::OTHER, lexicon);
        }
        Some((mode, folders)) if mode == "rules" => {
            rules::run(&rules::KNOWN, &backgrounds(folders, lexicon), lexicon);
        }
        Some((mode, folders)) if mode == "unseen" => {
            rules::run(&rules::UNSEEN, &backgrounds(folders, lexicon), lexicon);
        }
        Some((mode, folders)) if mode == "fresh" => {
            rules::run(&rules::FRESH, &backgrounds(folders, lexicon), lexicon);
        }
        Some((mode, reports)) if mode == "scale" => {
            scale::run(reports.first().map_or(10_000, |count| count.parse().unwrap()), lexicon);
        }
        _ => scale::run(1_000, lexicon),
    }
}

fn backgrounds(folders: &[String], lexicon: &Lexicon) -> Vec<Background> {
    let samples = [concat!(env!("CARGO_MANIFEST_DIR"), "/data/reports").to_owned()];
    let folders = if folders.is_empty() { &samples } else { folders };
    let mut files: Vec<_> = folders
        .iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{folder}: {error}")))
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    files.iter().map(|file| background(file, lexicon)).collect()
}

fn background(file: &Path, lexicon: &Lexicon) -> Background {
    let text = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let report = fazhi::extract(&Document { text: text.clone(), ..Document::default() }, lexicon);
    let name = file.file_stem().unwrap().to_string_lossy().into_owned();
    let mut units: Vec<Span> = report.units.iter().map(|unit| unit.span).collect();
    units.sort_unstable();
    let done = |statement: &&Statement| statement.role == Role::Action;
    let line = |statement: &Statement| text.chars().take(statement.span.end).filter(|c| *c == '\n').count();
    let deeds: BTreeSet<usize> = report.statements.iter().filter(done).map(line).collect();
    let region = report.metadata.region.unwrap_or_default();
    let code = region.code.clone().filter(|_| region.township.is_none()).unwrap_or_else(|| name.clone());
    Background { name, text, region: code, place: region.name, units, deeds: deeds.into_iter().collect() }
}
