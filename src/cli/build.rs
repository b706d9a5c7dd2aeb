//! `fazhi build`: pages into a store.

use std::io::{BufReader, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use clap::{Args, ValueEnum};
use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressStyle};

use super::exit::{Exit, Outcome};
use super::output::{Output, say};
use super::{Place, signal};
use crate::build::{self, BATCH, Build, Reading, SkipKind, Summary, registries};
use crate::describe::{Base, BaseError};
use crate::lexicon::Lexicon;
use crate::read::{self, Columns, Document, Format, Input, Inputs, Limits, Options};
use crate::report::Report;
use crate::store::{Store, StoreError};
use crate::{Refusal, extract, judge};

/// Read pages into a store: new reports are added, changed ones replaced, known ones passed over
///
/// A build may be stopped at any moment with Ctrl-C; the same command goes on where it ended.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files, folders, patterns: text, HTML, .docx, PDF, JSON Lines, CSV, Parquet, also packed (.gz .zst .zip .tar); and
    /// for standard input -, which is JSON Lines ({"text" or "html", "url", ...} a line).
    /// Without any, only the ontology and the registries are loaded
    input: Vec<String>,
    #[command(flatten)]
    place: Place,
    #[command(flatten)]
    extraction: Extraction,
    /// Read again what this program has read before
    #[arg(long)]
    renew: bool,
    /// Statements that are stored in one step: fewer need less memory, more take less time
    #[arg(long, value_name = "N", default_value_t = BATCH)]
    batch: usize,
    /// How to print the summary
    #[arg(long, value_enum, default_value_t = Style::Text)]
    format: Style,
    /// Show no progress
    #[arg(short, long)]
    quiet: bool,
}

/// How pages become reports, for every command that reads pages.
#[derive(Debug, Args)]
pub(super) struct Extraction {
    /// Number of threads [default: one a core]
    #[arg(short, long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// What identifiers start with; unless given, what those of the store do
    #[arg(long, value_name = "IRI")]
    base: Option<String>,
    /// Take pages too that look like another kind of document
    #[arg(long)]
    accept_all: bool,
    /// Largest page that is read, in megabytes
    #[arg(long, value_name = "MB", default_value_t = Limits::default().document_bytes >> 20)]
    max_size: u64,
    /// Column of a table, or field of a JSON record, that holds the text [default: text, content, 正文 and the like]
    #[arg(long, value_name = "NAME")]
    text_column: Option<String>,
    /// Column or field that holds the page's address [default: url, link, 网址 and the like]
    #[arg(long, value_name = "NAME")]
    url_column: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Style {
    Text,
    Json,
}

impl Extraction {
    /// The base that was asked for, else the usual one.
    pub(super) fn base(&self) -> Result<Base, BaseError> {
        self.base.as_deref().map_or_else(|| Ok(Base::default()), Base::new)
    }

    /// How pages are read; Ctrl-C stops it.
    pub(super) fn reading(&self) -> Reading<'static> {
        let jobs = self.jobs.or_else(|| available_parallelism().ok()).map_or(1, NonZeroUsize::get);
        let limits = Limits { document_bytes: self.max_size.saturating_mul(1 << 20) };
        let columns = Columns { text: self.text_column.clone(), url: self.url_column.clone() };
        Reading { jobs, options: Options { limits, columns: Arc::new(columns) }, cancel: signal::stop() }
    }

    /// What else decides what is read of the same bytes.
    fn settings(&self) -> String {
        let columns = [("text-column", &self.text_column), ("url-column", &self.url_column)];
        let accepted = self.accept_all.then(|| "accept-all".to_owned());
        let named = columns.into_iter().filter_map(|(option, name)| Some(format!("{option}={}", name.as_ref()?)));
        accepted.into_iter().chain(named).collect::<Vec<_>>().join(" ")
    }

    /// What a page says, or why it is refused.
    pub(super) fn extract(&self, page: &Document, lexicon: &Lexicon) -> Result<Report, Refusal> {
        let report = extract(page, lexicon);
        match judge(&report, lexicon) {
            Err(refusal) if !self.accept_all => Err(*refusal),
            _ => Ok(report),
        }
    }

    /// Opens the store for writing, or makes one.
    fn open(&self, place: &Place) -> Result<(Store, Base), Box<dyn std::error::Error + Send + Sync>> {
        let store = match &self.base {
            Some(base) => Store::open(&place.store, Base::new(base)?.as_str())?,
            None => match Store::open_existing(&place.store) {
                Err(StoreError::Missing { .. }) => Store::open(&place.store, Base::DEFAULT)?,
                opened => opened?,
            },
        };
        let base = Base::new(store.base())?;
        Ok((store, base))
    }
}

pub(super) fn run(arguments: &Arguments) -> Outcome {
    let begin = Instant::now();
    // From here on Ctrl-C is a wish to stop at the next good moment.
    let reading = arguments.extraction.reading();
    let lexicon = Lexicon::shared()?;
    let (store, base) = arguments.extraction.open(&arguments.place)?;
    registries(&store, &base, lexicon)?;
    let inputs = read::inputs(&arguments.input);
    let left_out = inputs.skipped.len();
    let progress = Progress::new(&inputs, arguments.quiet);
    let settings = arguments.extraction.settings();
    let build = Build {
        store: &store,
        base: &base,
        reading,
        extract: |page: &Document| arguments.extraction.extract(page, lexicon),
        settings: &settings,
        renew: arguments.renew,
        batch: arguments.batch,
    };
    let result = build.run(inputs, Box::new(BufReader::new(std::io::stdin())), |now| progress.show(now));
    progress.end();
    let summary = match result {
        Ok(summary) => summary,
        Err(error) => {
            tell_skipped(&error.summary);
            return Err(error.into());
        }
    };
    tell_skipped(&summary);
    let mut out = Output::open(None)?;
    match arguments.format {
        Style::Json => writeln!(out, "{}", serde_json::to_string(&summary)?)?,
        Style::Text => tell(&mut out, &summary, left_out, &store, begin.elapsed())?,
    }
    out.finish()?;
    Ok(match (summary.interrupted, summary.reports(), summary.skipped.len()) {
        (true, _, _) => Exit::Interrupted,
        (false, _, 0) => Exit::Done,
        (false, 0, _) => Exit::Failed,
        (false, _, _) => Exit::Skipped,
    })
}

/// How many refused pages are told one by one; the rest is counted.
pub(super) const REFUSED_TOLD: usize = 50;

/// Says how many more pages were refused than were told one by one.
pub(super) fn tell_refused(refused: usize) {
    if let Some(rest @ 1..) = refused.checked_sub(REFUSED_TOLD) {
        say(&format!("refused: {rest} more pages that are no such report"));
    }
    if refused > 0 {
        say("--accept-all takes refused pages all the same");
    }
}

fn tell_skipped(summary: &Summary) {
    let mut refused = 0;
    for skip in &summary.skipped {
        if skip.kind == SkipKind::NoReport {
            refused += 1;
            if refused <= REFUSED_TOLD {
                say(&format!("refused: {}", skip.message));
            }
        } else {
            say(&format!("skipped: {}", skip.message));
        }
    }
    tell_refused(refused);
    for note in &summary.notes {
        say(&format!("note: {note}"));
    }
}

fn tell(
    out: &mut Output,
    summary: &Summary,
    left_out: usize,
    store: &Store,
    time: Duration,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let Summary { pages, new, replaced, copies, unchanged, statements, skipped, notes: _, interrupted } = summary;
    let count = |kind| skipped.iter().filter(|skip| skip.kind == kind).count();
    let (not_found, unreadable) = (count(SkipKind::NotFound), count(SkipKind::Unreadable));
    let (no_report, failed) = (count(SkipKind::NoReport), count(SkipKind::Failed));
    let seconds = time.as_secs_f64();
    let number = |n: usize| HumanCount(n as u64).to_string();
    writeln!(out, "read        {:>12} pages in {seconds:.1} s", number(*pages))?;
    writeln!(out, "new         {:>12}", number(*new))?;
    writeln!(out, "replaced    {:>12}", number(*replaced))?;
    writeln!(out, "copies      {:>12}", number(*copies))?;
    writeln!(out, "unchanged   {:>12}", number(*unchanged))?;
    writeln!(
        out,
        "skipped     {:>12} ({no_report} no such report, {unreadable} unreadable, {not_found} not found, {failed} failed)",
        number(skipped.len())
    )?;
    if left_out > 0 {
        writeln!(out, "left out    {:>12} files in folders that are no pages", number(left_out))?;
    }
    writeln!(out, "statements  {:>12}", number(*statements))?;
    let megabytes = store.bytes()? / 1_000_000;
    writeln!(out, "store       {} ({} reports, {megabytes} MB)", store.path().display(), store.reports()?.len())?;
    if *interrupted {
        writeln!(out, "interrupted after {}: the same command goes on from here", HumanDuration(time))?;
    }
    Ok(())
}

/// What a person sees while the program works; nothing where standard error is no terminal.
struct Progress(ProgressBar);

impl Progress {
    fn new(inputs: &Inputs, quiet: bool) -> Self {
        if quiet || !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let one_page = |input: &Input| {
            matches!(input, Input::File { format: Format::Text | Format::Html | Format::Docx | Format::Pdf, .. })
        };
        let bar = if inputs.found.iter().all(one_page) {
            let style =
                ProgressStyle::with_template("{bar:30} {human_pos}/{human_len} pages, {per_sec}, {eta} left {msg}");
            ProgressBar::new(inputs.found.len() as u64)
                .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        } else {
            // How many pages a file of many has is known only at its end.
            let style = ProgressStyle::with_template("{spinner} {human_pos} pages, {per_sec}, {elapsed} {msg}");
            ProgressBar::new_spinner().with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
        };
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    fn show(&self, now: build::Progress<'_>) {
        match now {
            build::Progress::Page(summary) => {
                self.0.set_position(summary.pages as u64);
                if !summary.skipped.is_empty() {
                    self.0.set_message(format!("({} skipped)", summary.skipped.len()));
                }
            }
            build::Progress::Merging => self.0.set_message("merging the files of the store"),
        }
    }

    fn end(&self) {
        self.0.finish_and_clear();
    }
}
