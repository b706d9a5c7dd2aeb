//! How is the answer of a question shown as a table? With links to what it names, and with the ways to take it along.

use std::cmp::Ordering;
use std::sync::Arc;

use oxigraph::model::Term;
use oxigraph::model::vocab::xsd;
use oxigraph::sparql::Variable;
use serde::Serialize;
use tokio::task::spawn_blocking;

use super::link::{self, with_parameters};
use super::question::find;
use crate::query::{self, Answer, Question, Solutions, Text};
use crate::serve::problem::Problem;
use crate::serve::respond::{Asked, ask};
use crate::serve::state::State;

/// A text longer than this many characters gets a wide column.
const LONG: usize = 24;

/// A question's answer, or the first rows of it.
#[derive(Serialize)]
pub(in crate::serve) struct Table {
    pub(super) title: Text,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
    /// Rows of the whole answer.
    pub(super) total: usize,
    /// Where the whole table is.
    pub(super) page: String,
    csv: String,
    xlsx: String,
    json: String,
    query: String,
}

/// A column as it is headed.
#[derive(Serialize)]
pub(in crate::serve) struct Column {
    /// The variable by which the table is sorted.
    pub(super) name: String,
    zh: String,
    en: String,
    numeric: bool,
    /// `ascending` or `descending`, where the table is sorted by it.
    sorted: &'static str,
    /// The table sorted by it, or the other way round.
    href: String,
}

/// A value with where it leads.
#[derive(Serialize, Clone, Default, Debug, PartialEq, Eq)]
pub(in crate::serve) struct Cell {
    pub(super) text: String,
    /// Empty where it leads nowhere.
    pub(super) href: String,
    /// `number`, `date`, `long`, `outside` (of this server) or `short`.
    pub(super) kind: &'static str,
}

/// Which part of an answer is shown, and in which order.
#[derive(Default, Clone)]
pub(super) struct Part {
    /// A variable, after a minus from the greatest down; empty for the order of the query.
    pub(super) sort: String,
    /// Rows that come before.
    pub(super) skipped: usize,
    /// Rows that are shown at most.
    pub(super) most: usize,
}

impl Table {
    /// The first `most` rows of what `name` answers, a question of the catalogue or of a page, with these values of its
    /// parameters (an IRI stands for what it names; an empty value for none).
    pub(in crate::serve) async fn of(
        state: &Arc<State>,
        name: &str,
        given: &[(&str, &str)],
        most: usize,
    ) -> Result<Self, Problem> {
        let question = find(name).ok_or_else(|| query::Error::unknown_query(name))?;
        let given = given.iter().filter(|(_, value)| !value.is_empty());
        let given: Vec<(String, String)> = given.map(|&(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self::of_question(state, question, &given, Part { most, ..Part::default() }).await
    }

    /// A part of the answer to `question`.
    pub(super) async fn of_question(
        state: &Arc<State>,
        question: &'static Question,
        given: &[(String, String)],
        part: Part,
    ) -> Result<Self, Problem> {
        let solutions = solutions(state, question, given).await?;
        Ok(Self::new(state.store.base(), question, given, &solutions, &part))
    }

    /// A part of the answer that `question` had.
    pub(super) fn new(
        base: &str,
        question: &Question,
        given: &[(String, String)],
        solutions: &Solutions,
        part: &Part,
    ) -> Self {
        let (key, falling) = part.sort.strip_prefix('-').map_or((part.sort.as_str(), false), |key| (key, true));
        let mut sorted: Vec<&Vec<Option<Term>>> = solutions.rows.iter().collect();
        if let Some(column) = solutions.variables.iter().position(|variable| variable.as_str() == key) {
            sorted.sort_by(|left, right| {
                let order = compare(left[column].as_ref(), right[column].as_ref());
                // What has no value comes last in both directions.
                let both = left[column].is_some() && right[column].is_some();
                if falling && both { order.reverse() } else { order }
            });
        }
        let total = sorted.len();
        let names: Vec<&str> = solutions.variables.iter().map(Variable::as_str).collect();
        let mut shown = Shown::of(&names);
        // A column in which nothing stands says nothing.
        shown.retain(|column| total == 0 || solutions.rows.iter().any(|row| row[column.value].is_some()));
        let rows = sorted.into_iter().skip(part.skipped).take(part.most);
        let rows: Vec<Vec<Cell>> =
            rows.map(|row| shown.iter().map(|column| column.cell(base, row)).collect()).collect();
        let name = question.name();
        let address = |ending: &str, more: &[(&str, &str)]| {
            let given = given.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            with_parameters(&format!("/q/{name}{ending}"), given.chain(more.iter().copied()))
        };
        let columns = shown.iter().enumerate().map(|(at, column)| {
            let variable = names[column.label.unwrap_or(column.value)];
            let sorted = if variable != key {
                ""
            } else if falling {
                "descending"
            } else {
                "ascending"
            };
            let next = if sorted == "ascending" { format!("-{variable}") } else { variable.to_owned() };
            let heading = question.column(variable).or_else(|| question.column(names[column.value]));
            let heading = heading.cloned().unwrap_or_else(|| Text { zh: variable.to_owned(), en: String::new() });
            let numeric = rows.iter().any(|row| row[at].kind == "number");
            let href = address("", &[("sort", &next)]);
            Column { name: variable.to_owned(), zh: heading.zh, en: heading.en, numeric, sorted, href }
        });
        let columns = columns.collect();
        let query = given.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let query = with_parameters("/query", [("name", name)].into_iter().chain(query));
        let title = question.title().cloned().unwrap_or_default();
        let page = address("", &[]);
        let (csv, xlsx, json) = (address(".csv", &[]), address(".xlsx", &[]), address(".json", &[]));
        Self { title, columns, rows, total, page, csv, xlsx, json, query }
    }
}

/// The whole answer of a question that asks for rows.
pub(in crate::serve) async fn solutions(
    state: &Arc<State>,
    question: &'static Question,
    given: &[(String, String)],
) -> Result<Arc<Solutions>, Problem> {
    let key = format!("{:?}", (state.version(), question.name(), question.text(), given));
    if let Some(known) = state.answers.get(&key) {
        return Ok(known);
    }
    let asked = bound(state, question, given).await?;
    match ask(state, asked).await? {
        Answer::Solutions(solutions) => {
            let solutions = Arc::new(solutions);
            state.answers.keep(key, &solutions);
            Ok(solutions)
        }
        Answer::Boolean(_) | Answer::Graph(_) => Err(Problem::bad("the question does not ask for rows")),
    }
}

/// The question with its parameters' values looked up.
pub(in crate::serve) async fn bound(
    state: &Arc<State>,
    question: &'static Question,
    given: &[(String, String)],
) -> Result<Asked, Problem> {
    let turn = state.turn().await?;
    let (state, given) = (Arc::clone(state), given.to_vec());
    let bound = spawn_blocking(move || {
        let _turn = turn;
        let bindings = question.bind(state.store.dataset(), &given)?;
        Ok::<_, query::Error>(Asked { text: question.text().to_owned(), bindings, graphs: None })
    });
    Ok(bound.await.map_err(|_| query::Error::BrokenOff)??)
}

/// A column as it is shown: made of one to three of the answer.
struct Shown {
    value: usize,
    /// What it is called, in `?x_name` beside `?x`.
    label: Option<usize>,
    /// First and last character of the passage in the report that `value` names.
    passage: Option<(usize, usize)>,
}

impl Shown {
    fn of(names: &[&str]) -> Vec<Self> {
        let at = |name: &str| names.iter().position(|known| *known == name);
        let places = at("start").zip(at("end")).filter(|_| at("report").is_some());
        let mut shown = Vec::new();
        for (value, name) in names.iter().enumerate() {
            let names_another = name.strip_suffix("_name").is_some_and(|thing| at(thing).is_some());
            let is_place = places.is_some() && matches!(*name, "start" | "end");
            if !names_another && !is_place {
                let label = at(&format!("{name}_name"));
                let passage = places.filter(|_| *name == "report");
                shown.push(Self { value, label, passage });
            }
        }
        shown
    }

    fn cell(&self, base: &str, row: &[Option<Term>]) -> Cell {
        let label = self.label.and_then(|at| row[at].as_ref()).map(plain);
        let Some(Term::NamedNode(node)) = &row[self.value] else {
            let text = label.or_else(|| row[self.value].as_ref().map(plain)).unwrap_or_default();
            let kind = row[self.value].as_ref().map_or("short", |term| kind(term, &text));
            return Cell { text, href: String::new(), kind };
        };
        let iri = node.as_str();
        let mut href = link::to(base, iri);
        let place =
            self.passage.and_then(|(start, end)| Some((plain(row[start].as_ref()?), plain(row[end].as_ref()?))));
        if let Some((start, end)) = &place {
            href = with_parameters(&href, [("from", start.as_str()), ("to", end.as_str())]) + "#passage";
        }
        let text = label.or_else(|| place.map(|(start, end)| format!("{start}\u{2013}{end}")));
        let own = iri.starts_with(base) || href.starts_with("/concept/");
        match text {
            Some(text) => Cell { kind: if text.chars().count() > LONG { "long" } else { "short" }, text, href },
            None if own => Cell { text: link::local(iri).to_owned(), href, kind: "short" },
            None if iri.starts_with("http:") || iri.starts_with("https:") => {
                Cell { text: host(iri).to_owned(), href: iri.to_owned(), kind: "outside" }
            }
            None => Cell { text: iri.to_owned(), href, kind: "short" },
        }
    }
}

/// Whose site it is.
fn host(iri: &str) -> &str {
    iri.split_once("://").map_or(iri, |(_, rest)| rest.split('/').next().unwrap_or(rest))
}

fn plain(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => literal.value().to_owned(),
    }
}

fn kind(term: &Term, text: &str) -> &'static str {
    match term {
        Term::Literal(literal) if literal.datatype() == xsd::DATE => "date",
        Term::Literal(_) if number(term).is_some() => "number",
        _ if text.chars().count() > LONG => "long",
        _ => "short",
    }
}

pub(super) fn number(term: &Term) -> Option<f64> {
    let Term::Literal(literal) = term else { return None };
    let numeric = [xsd::INTEGER, xsd::DECIMAL, xsd::DOUBLE, xsd::FLOAT, xsd::G_YEAR];
    if numeric.contains(&literal.datatype()) { literal.value().parse().ok() } else { None }
}

/// Numbers by size, the rest by its text; what is missing comes last.
fn compare(left: Option<&Term>, right: Option<&Term>) -> Ordering {
    match (left, right) {
        (Some(left), Some(right)) => match (number(left), number(right)) {
            (Some(left), Some(right)) => left.total_cmp(&right),
            _ => plain(left).cmp(&plain(right)),
        },
        (left, right) => right.is_some().cmp(&left.is_some()),
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use oxigraph::model::{Literal, NamedNode};

    use super::*;

    const QUESTION: &str = "# title = { zh = \"表\", en = \"Table\" }\n# [description]\n# zh = \"表。\"\n# en = \"A table.\"\n# [columns]\n# place_name = { zh = \"地区\", en = \"Region\" }\n\nSELECT ?place ?place_name ?n ?report ?start ?end ?source WHERE { ?place ?p ?n }";

    fn iri(text: &str) -> Term {
        NamedNode::new(text).unwrap().into()
    }

    fn table(sort: &str) -> Table {
        let names = ["place", "place_name", "n", "report", "start", "end", "source"];
        let row = |place: &str, name: &str, n: Option<i64>| {
            let report = Some(iri("http://b/report/x"));
            let number = |n: i64| Some(Literal::from(n).into());
            let source = Some(iri("https://www.example.gov.cn/a/b.html"));
            vec![
                Some(iri(place)),
                Some(Literal::from(name).into()),
                n.and_then(number),
                report,
                number(3),
                number(9),
                source,
            ]
        };
        let rows = vec![
            row("http://b/region/1", "甲县", Some(10)),
            row("http://b/region/2", "乙县", None),
            row("http://b/region/3", "丙县", Some(9)),
        ];
        let variables = names.iter().map(|name| Variable::new(*name).unwrap()).collect();
        let question = Question::parse("t", QUESTION).unwrap();
        let part = Part { sort: sort.into(), skipped: 0, most: 2 };
        Table::new("http://b/", &question, &[("region".into(), "甘肃".into())], &Solutions { variables, rows }, &part)
    }

    #[test]
    fn a_name_is_shown_for_what_it_names_and_a_passage_for_its_report() {
        let table = table("");
        let cell = |text: &str, href: &str, kind| Cell { text: text.into(), href: href.into(), kind };
        assert_eq!(
            table.rows[0],
            [
                cell("甲县", "/id/region/1", "short"),
                cell("10", "", "number"),
                cell("3–9", "/id/report/x?from=3&to=9#passage", "short"),
                cell("www.example.gov.cn", "https://www.example.gov.cn/a/b.html", "outside"),
            ]
        );
        assert_eq!(table.columns[0].zh, "地区");
        assert!(table.columns[1].numeric && !table.columns[0].numeric);
        assert_eq!((table.rows.len(), table.total), (2, 3));
        assert_eq!(table.csv, "/q/t.csv?region=%E7%94%98%E8%82%83");
    }

    #[test]
    fn numbers_sort_as_numbers_and_what_is_missing_comes_last() {
        let first = |sort: &str| table(sort).rows.iter().map(|row| row[0].text.clone()).collect::<Vec<_>>();
        assert_eq!(first("n"), ["丙县", "甲县"]);
        assert_eq!(first("-n"), ["甲县", "丙县"]);
        let table = table("n");
        assert_eq!(table.columns[1].sorted, "ascending");
        assert!(table.columns[1].href.ends_with("sort=-n"), "{}", table.columns[1].href);
    }
}
