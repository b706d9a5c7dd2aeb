//! What does the catalogue answer on the sample reports? Every query is asked of `data/reports` as the program reads
//! them, and its answer was checked against the texts: `tests/golden/samples/README.md` says how.

#![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use fazhi::analyze::{self, Kind, analyze};
use fazhi::query::{self, Answer, Limits, Question, Solutions, catalogue};
use oxigraph::model::Term;
use oxigraph::store::Store;
use tempfile::TempDir;

use crate::program::{output, text};

/// Parameters with their values.
pub(crate) type Values = &'static [(&'static str, &'static str)];

/// What each query is asked, the most telling values first.
const CASES: &[(&str, &[Values])] = &[
    ("appearance-without-cases", &[&[]]),
    (
        "citations-of-law",
        &[&[("law", "行政处罚法")], &[("law", "《行政复议法》"), ("region", "甘肃省")], &[("law", "宪法")]],
    ),
    ("court-appearance", &[&[]]),
    ("diffusion-of-law", &[&[("law", "行政处罚法"), ("since", "2021")], &[("law", "民法典")]]),
    ("evidence", &[&[("fact", "620524-2019#939-944")]]),
    ("field-coverage", &[&[]]),
    ("field-gaps", &[&[]]),
    (
        "figures",
        &[
            &[("region", "浙江省")],
            &[("region", "河南省")],
            &[("region", "甘肃省")],
            &[("region", "青梧县")],
            &[("region", "砚溪县")],
        ],
    ),
    ("findings", &[&[], &[("rule", "sum_mismatch")], &[("region", "甘肃省")]]),
    (
        "higher-documents",
        &[
            &[("region", "永城市")],
            &[("region", "武山县")],
            &[("region", "浦江县")],
            &[("region", "青梧县")],
            &[("region", "砚溪县")],
        ],
    ),
    ("identical-passages", &[&[("region", "砚溪县")]]),
    ("implementing-documents", &[&[("law", "党政主要负责人履行推进法治建设第一责任人职责规定")]]),
    (
        "indicator-by-region",
        &[&[("indicator", "出台规范性文件")], &[("indicator", "废止规范性文件")], &[("indicator", "行政复议纠错率")]],
    ),
    ("late-reports", &[&[], &[("year", "2019")]]),
    ("laws-by-counties", &[&[], &[("kind", "party_state_policy")], &[("kind", "administrative_regulation")]]),
    ("laws-of-counties", &[&[], &[("kind", "local_document"), ("region", "永城市")]]),
    ("laws-with-measures", &[&[("field", "enforcement")], &[], &[("law", "行政复议法")]]),
    ("measures-of-body", &[&[], &[("body", "政府")], &[("body", "永城市市场监督管理局")]]),
    ("measures-of-field", &[&[], &[("field", "digital")], &[("field", "法治宣传教育")]]),
    ("missing-years", &[&[]]),
    ("normative-by-county", &[&[]]),
    ("normative-documents", &[&[]]),
    ("passages", &[&[("word", "营商环境")], &[("word", "行政复议")]]),
    ("percentages-above-100", &[&[]]),
    ("plans-and-measures", &[&[]]),
    ("problems-without-plan", &[&[]]),
    ("region-history", &[&[("region", "永城市")], &[("region", "富阳区")], &[("region", "青梧县")]]),
    ("regions-without-report", &[&[("region", "商丘市"), ("year", "2021")]]),
    ("repealed-laws", &[&[]]),
    ("repeated-problems", &[&[]]),
    ("report-overview", &[&[]]),
    ("reuse-by-year", &[&[]]),
    ("review-by-county", &[&[]]),
    ("review-figures", &[&[]]),
    ("similar-citations", &[&[("region", "浦江县")], &[("region", "青梧县")]]),
    ("topic-coverage", &[&[("field", "disputes")]]),
    ("unchanged-passages", &[&[]]),
];

/// The values with which `query` is asked.
pub(crate) fn cases(query: &str) -> &'static [Values] {
    CASES.iter().find(|(name, _)| *name == query).map_or(&[], |(_, cases)| cases)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The four sample reports as `fazhi build` reads them.
pub(crate) fn store() -> &'static Store {
    static STORE: OnceLock<Store> = OnceLock::new();
    STORE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        built(&folder.path().join("store"), &pages("data/reports"))
    })
}

/// The four sample reports, with the three invented ones that follow each other and copy: in memory, and on disk for the
/// commands of the program.
pub(crate) fn all() -> &'static (Store, TempDir) {
    static STORE: OnceLock<(Store, TempDir)> = OnceLock::new();
    STORE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let reports = [pages("data/reports"), pages("data/reports/series")].concat();
        (built(&folder.path().join("fazhi.store"), &reports), folder)
    })
}

fn pages(folder: &str) -> Vec<PathBuf> {
    let mut reports: Vec<PathBuf> = std::fs::read_dir(root().join(folder))
        .expect("the sample reports")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    reports.sort();
    reports
}

fn built(place: &Path, reports: &[PathBuf]) -> Store {
    let mut arguments = vec!["build", "--quiet", "--store", text(place)];
    arguments.extend(reports.iter().map(|path| text(path)));
    output(&arguments);
    let built = fazhi::store::Store::read(place).expect("the store opens");
    let store = Store::new().expect("a store in memory");
    store.extend(built.dataset().iter().map(|quad| quad.expect("readable"))).expect("in memory");
    store
}

pub(crate) fn ask(store: &Store, question: &Question, values: &[(&str, &str)]) -> Solutions {
    let values: Vec<_> = values.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let name = question.name();
    let bindings = question.bind(store, &values).unwrap_or_else(|error| panic!("{name}: {error}"));
    match query::run(store, question.text(), &bindings, Limits::default()) {
        Ok(Answer::Solutions(solutions)) => solutions,
        Ok(_) => panic!("{name} is no SELECT"),
        Err(error) => panic!("{name}: {error}"),
    }
}

/// What a cell says, without the notation of its term.
pub(crate) fn plain(cell: Option<&Term>) -> String {
    match cell {
        Some(Term::NamedNode(node)) => node.as_str().to_owned(),
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        _ => String::new(),
    }
}

/// The command that asks it.
pub(crate) fn command(query: &str, values: &[(&str, &str)]) -> String {
    let mut command = format!("fazhi query {query}");
    for (name, value) in values {
        let quote = if value.contains(['(', '《']) { "'" } else { "" };
        let _ = write!(command, " --param {name}={quote}{value}{quote}");
    }
    command
}

fn table(solutions: &Solutions) -> String {
    let head: Vec<&str> = solutions.variables.iter().map(oxigraph::model::Variable::as_str).collect();
    let mut out = head.join("\t") + "\n";
    for row in &solutions.rows {
        let cells: Vec<String> = row.iter().map(|cell| plain(cell.as_ref()).replace(['\t', '\n'], " ")).collect();
        out += &(cells.join("\t") + "\n");
    }
    out
}

/// Compares a file with what it is to hold, or renews it; whether it was stale.
pub(crate) fn is_stale(path: &Path, found: &str) -> bool {
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().expect("in a folder")).expect("the folder can be made");
        std::fs::write(path, found).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        return false;
    }
    std::fs::read_to_string(path).unwrap_or_default() != found
}

#[test]
fn every_query_is_asked() {
    let asked: Vec<&str> = CASES.iter().map(|(name, _)| *name).collect();
    let known: Vec<&str> = catalogue().iter().map(Question::name).collect();
    assert_eq!(asked, known, "CASES has each query of the catalogue once, in its order");
}

#[test]
fn answers_on_the_samples_are_as_checked_by_hand() {
    let folder = root().join("tests/golden/samples");
    let mut stale = Vec::new();
    for question in catalogue() {
        let name = question.name();
        let mut found = String::new();
        for values in cases(name) {
            let _ = write!(found, "# {}\n{}", command(name, values), table(&ask(&all().0, question, values)));
        }
        if is_stale(&folder.join(format!("{name}.tsv")), &found) {
            stale.push(name);
        }
    }
    for (kind, name) in NETWORKS {
        if is_stale(&folder.join(format!("{name}.tsv")), &network(kind)) {
            stale.push(name);
        }
    }
    assert!(
        stale.is_empty(),
        "the answers of {stale:?} on data/reports have changed: run `UPDATE=1 cargo test`, then check the diff \
         against the texts"
    );
    let known: BTreeSet<&str> = catalogue().iter().map(Question::name).chain(NETWORKS.map(|(_, name)| name)).collect();
    for entry in std::fs::read_dir(folder).expect("the goldens") {
        let path = entry.expect("readable").path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        assert!(name == "README" || known.contains(name), "{} belongs to no query: delete it", path.display());
    }
}

/// A quote, a passage and the characters of a finding stand in the text of the report where the answer says.
#[test]
fn every_quote_stands_where_the_answer_says() {
    let texts: Vec<Vec<char>> = [pages("data/reports"), pages("data/reports/series")]
        .concat()
        .iter()
        .map(|path| std::fs::read_to_string(path).expect("UTF-8").replace('\n', " ").chars().collect())
        .collect();
    let mut looked_at = 0;
    for question in catalogue() {
        let name = question.name();
        for solutions in cases(name).iter().map(|values| ask(&all().0, question, values)) {
            let column = |name: &str| solutions.variables.iter().position(|variable| variable.as_str() == name);
            let quoted = ["quote", "found", "words", "passage"].into_iter().find_map(column);
            // Beside a quote the position is the quote's, and the passage that of the unit.
            let (Some(quoted), Some(start), Some(end)) = (quoted, column("start"), column("end")) else { continue };
            // A document that no report cites has no place in one.
            for row in solutions.rows.iter().filter(|row| row[start].is_some()) {
                let at = |cell: usize| plain(row[cell].as_ref()).parse::<usize>().expect("a position");
                let quote: Vec<char> = plain(row[quoted].as_ref()).replace('\n', " ").chars().collect();
                let stands = texts.iter().any(|text| text.get(at(start)..at(end)) == Some(&quote));
                assert!(stands, "{name}: no report has “{}” at {}", quote.iter().collect::<String>(), at(start));
                looked_at += 1;
            }
        }
    }
    assert!(looked_at > 250, "only {looked_at} quotes");
}

/// Every golden is spoken of where it is said how it was checked.
#[test]
fn the_readme_says_how_each_answer_was_checked() {
    let readme = std::fs::read_to_string(root().join("tests/golden/samples/README.md")).expect("the README");
    let names = catalogue().iter().map(Question::name).chain(NETWORKS.map(|(_, name)| name));
    for name in names {
        assert!(readme.contains(&format!("| `{name}` |")), "tests/golden/samples/README.md does not speak of {name}");
    }
}

/// The networks that are kept, with the names of their files.
const NETWORKS: [(Kind, &str); 3] = [
    (Kind::CocitationInReports, "analyze-cocitation"),
    (Kind::LawMeasure, "analyze-law-measure"),
    (Kind::Regions, "analyze-regions"),
];

/// Rows of a network that are kept.
const TOP: usize = 15;

/// The first nodes of a network by PageRank, and its heaviest edges.
fn network(kind: Kind) -> String {
    let analysis = analyze(store(), kind, &[], None, Limits::default()).expect("a network");
    let mut csv = Vec::new();
    analyze::write(&analysis, analyze::Format::Nodes, 100, &mut csv).expect("written to memory");
    let csv = String::from_utf8(csv).expect("UTF-8");
    let (nodes, edges) = (analysis.nodes().count(), analysis.network().edges().count());
    let mut out = format!("# fazhi analyze {kind}: {nodes} nodes, {edges} edges; the first {TOP} nodes\n");
    for line in csv.lines().take(TOP + 1) {
        let _ = writeln!(out, "{}", line.trim_end());
    }
    let labels: Vec<&str> = analysis.network().nodes().map(|node| node.label.as_str()).collect();
    let mut edges: Vec<(f64, &str, &str)> =
        analysis.network().edges().map(|(one, other, weight)| (weight, labels[one], labels[other])).collect();
    edges.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let _ = writeln!(out, "# the first {TOP} edges");
    for (weight, one, other) in edges.iter().take(TOP) {
        let _ = writeln!(out, "{weight}\t{one}\t{other}");
    }
    out
}

/// The page of a region counts measures of the year after a plan, and where nobody reports on that year, none.
#[test]
fn no_other_year_answers_a_plan() {
    let store = &all().0;
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/queries/pages/region-plans.rq");
    let question = Question::open(path).unwrap();
    // Of one place there is a single report; of the other those of 2021, 2022 and 2023.
    for (region, next) in [("武山县", &[][..]), ("青梧县", &["2022", "2023"][..])] {
        let answer = ask(store, &question, &[("region", region)]);
        let column = |name: &str| answer.variables.iter().position(|variable| variable.as_str() == name).unwrap();
        let (year, after, followed) = (column("year"), column("next_year"), column("followed"));
        let value = |cell: &Option<Term>| match cell {
            Some(Term::Literal(literal)) => Some(literal.value().to_owned()),
            _ => None,
        };
        assert!(!answer.rows.is_empty(), "{region}");
        let mut found = BTreeSet::new();
        for row in &answer.rows {
            match value(&row[after]) {
                Some(after) => {
                    let year: i32 = value(&row[year]).unwrap().parse().unwrap();
                    assert_eq!(after.parse::<i32>().unwrap(), year + 1, "{region}: {row:?}");
                    found.insert(after);
                }
                None => assert_eq!(value(&row[followed]).as_deref(), Some("0"), "{region}: {row:?}"),
            }
        }
        assert_eq!(found.iter().map(String::as_str).collect::<Vec<_>>(), next, "{region}");
    }
}
