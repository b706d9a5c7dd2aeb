//! How long does each question of the catalogue take, and how does that grow with the number of reports?
//!
//!     cargo bench --bench queries                      # 100 and 1,000 invented reports, which it builds into stores
//!     cargo bench --bench queries -- 1000 10000        # other numbers; the first is what the second is compared with
//!     cargo bench --bench queries -- A B               # two stores that are there already
//!     cargo bench --bench queries -- A B figures       # only the lines that have this in the question's name or the region
//!
//! Each question is asked of all regions, of one province and of one county, as far as its parameters allow, each within a
//! time limit. A question should grow no faster than its answer: of one county it takes about the same in both stores.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench panics and prints")]
#![expect(clippy::cast_precision_loss, reason = "figures are printed with few digits")]
#![expect(clippy::non_ascii_literal, reason = "regions have Chinese names")]

mod corpus;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use fazhi::build::{BATCH, Build, Reading, registries};
use fazhi::describe::Base;
use fazhi::lexicon::Lexicon;
use fazhi::query::{self, Answer, Limits, Question};
use fazhi::read::{Document, Options};
use fazhi::store::Store;

static CANCEL: AtomicBool = AtomicBool::new(false);
/// A question is given up after this time.
const PATIENCE: Duration = Duration::from_secs(120);
/// How no region is called.
const ALL: &str = "all";
/// What a region may be: anything, a province, a county.
const REGIONS: [Option<&str>; 3] = [None, Some("河南省"), Some("永城市")];

fn main() {
    let mut stores: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let only = stores.pop_if(|last| last.parse::<usize>().is_err() && !Path::new(last).is_dir());
    if stores.is_empty() {
        stores = vec!["100".to_owned(), "1000".to_owned()];
    }
    let folder = tempfile::tempdir().unwrap();
    let stores: Vec<Store> = stores.iter().map(|store| open(store, folder.path())).collect();
    let mut worst = 0;
    println!("| query | region | rows | ms | MB | rows | ms | MB | rows × | time × |");
    println!("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for question in query::catalogue() {
        for region in REGIONS {
            let line = format!("{} {}", question.name(), region.unwrap_or(ALL));
            if only.as_ref().is_some_and(|only| !line.contains(only.as_str())) {
                continue;
            }
            let Some(parameters) = parameters(question, region) else { continue };
            let runs: Vec<Run> = stores.iter().map(|store| ask(store, question, &parameters)).collect();
            print!("| {} | {} |", question.name(), region.unwrap_or(ALL));
            for run in &runs {
                print!(
                    " {} | {} | {} |",
                    run.rows.as_ref().map_or_else(String::clone, usize::to_string),
                    run.ms(),
                    run.megabytes
                );
                worst = worst.max(run.megabytes);
            }
            match runs.as_slice() {
                [Run { rows: Ok(few), seconds: short, .. }, Run { rows: Ok(many), seconds: long, .. }, ..] => {
                    println!(" {:.1} | {:.1} |", *many as f64 / (*few).max(1) as f64, long / short.max(0.01));
                }
                _ => println!(" | |"),
            }
            std::io::stdout().flush().unwrap();
        }
    }
    println!("\nThe most memory that the process took during one question: {worst} MB");
}

struct Run {
    /// Rows of the answer, or why there is none.
    rows: Result<usize, String>,
    /// Seconds of computing.
    seconds: f64,
    /// The most memory the process had meanwhile; 0 where the system does not tell.
    megabytes: u64,
}

impl Run {
    fn ms(&self) -> String {
        format!("{:.0}", self.seconds * 1e3)
    }
}

/// The parameters of a question with this region; `None` where it takes no region, but there is one, and the reverse.
fn parameters(question: &Question, region: Option<&str>) -> Option<Vec<(String, String)>> {
    let known = question.parameters().unwrap_or_default();
    let place = known.iter().find(|parameter| parameter.name == "region");
    match (place, region) {
        (None, Some(_)) => return None,
        (Some(place), None) if place.required => return None,
        _ => {}
    }
    let examples = known.iter().filter(|parameter| parameter.required && parameter.name != "region");
    let mut given: Vec<(String, String)> =
        examples.map(|parameter| (parameter.name.clone(), parameter.example.clone().unwrap())).collect();
    given.extend(region.map(|region| ("region".to_owned(), region.to_owned())));
    Some(given)
}

/// Asks three times, or once where that takes more than two seconds: the shortest time counts.
fn ask(store: &Store, question: &Question, parameters: &[(String, String)]) -> Run {
    // The example of a parameter may be a thing that this store does not have.
    let bindings = match question.bind(store.dataset(), parameters) {
        Ok(bindings) => bindings,
        Err(error) => return Run { rows: Err(error.to_string()), seconds: 0.0, megabytes: 0 },
    };
    let limits = Limits { timeout: Some(PATIENCE), max_rows: Some(5_000_000) };
    // Linux begins a new maximum on this.
    std::fs::write("/proc/self/clear_refs", "5").ok();
    let mut run = Run { rows: Ok(0), seconds: f64::MAX, megabytes: 0 };
    for _ in 0..3 {
        let begin = clock();
        run.rows = match query::run(store.dataset(), question.text(), &bindings, limits) {
            Ok(Answer::Solutions(solutions)) => Ok(solutions.rows.len()),
            Ok(Answer::Graph(triples)) => Ok(triples.len()),
            Ok(Answer::Boolean(_)) => Ok(1),
            Err(query::Error::TimedOut { .. }) => Err("time out".to_owned()),
            Err(error) => Err(error.to_string()),
        };
        run.seconds = run.seconds.min(clock().saturating_sub(begin).as_secs_f64());
        if run.rows.is_err() || run.seconds > 2.0 {
            break;
        }
    }
    run.megabytes = peak();
    run
}

/// Time that this process has used on all cores: what else goes on in the machine does not count. Where the system does not
/// tell it, the time that went by.
fn clock() -> Duration {
    static BEGIN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let line = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // User and system time, in hundredths of a second, are the 12th and 13th field behind the name in brackets.
    let mut fields = line.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace().skip(11);
    match (
        fields.next().and_then(|field| field.parse::<u64>().ok()),
        fields.next().and_then(|field| field.parse::<u64>().ok()),
    ) {
        (Some(user), Some(system)) => Duration::from_millis(10 * (user + system)),
        _ => BEGIN.elapsed(),
    }
}

/// Megabytes of memory that this process had at most.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok()).unwrap_or(0) / 1000
}

/// The store in a folder, or one that is built of this many invented reports.
fn open(name: &str, folder: &Path) -> Store {
    let Ok(count) = name.parse::<usize>() else { return Store::read(Path::new(name)).unwrap() };
    let lexicon = Lexicon::shared().unwrap();
    let texts: PathBuf = folder.join(format!("{count}.jsonl"));
    let mut file = std::io::BufWriter::new(std::fs::File::create(&texts).unwrap());
    for page in corpus::Corpus::new(lexicon).pages(count) {
        serde_json::to_writer(&mut file, &page).unwrap();
        writeln!(file).unwrap();
    }
    file.into_inner().unwrap();
    let base = Base::default();
    let store = Store::open(&folder.join(name), base.as_str()).unwrap();
    registries(&store, &base, lexicon).unwrap();
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let build = Build {
        store: &store,
        base: &base,
        reading: Reading { jobs, options: Options::default(), cancel: &CANCEL },
        extract: |document: &Document| Ok(fazhi::extract(document, lexicon)),
        settings: "",
        renew: false,
        batch: BATCH,
    };
    let inputs = fazhi::read::inputs(&[texts.display().to_string()]);
    build.run(inputs, Box::new(std::io::empty()), |_| {}).unwrap();
    store.flush().unwrap();
    store
}
