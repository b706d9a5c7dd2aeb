//! How does the page show what came back? As a table whose cells lead on; a mistake in the text with the lines where it is.

use oxigraph::model::{Term, Triple};
use serde::Serialize;

use super::super::link;
use super::super::table::{Cell, number};
use crate::query::{Answer, Solutions, SyntaxError};
use crate::vocab::{CONCEPTS, PREFIXES};

/// Lines of the text that are shown before the one with a mistake.
const LINES_BEFORE: usize = 2;

/// A text longer than this many characters gets a wide column.
const LONG: usize = 24;

/// What came back.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum Shown {
    /// Rows, or the statements of a graph.
    Table(Grid),
    Boolean {
        value: bool,
    },
    Mistake(Mistake),
}

/// The first rows of an answer.
#[derive(Serialize)]
pub(super) struct Grid {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    /// Rows of the whole answer.
    total: usize,
    /// Whether it is a graph, for which there are other formats.
    graph: bool,
}

#[derive(Serialize)]
struct Column {
    zh: String,
    en: &'static str,
    numeric: bool,
}

/// Where a text is no query.
#[derive(Serialize)]
pub(in crate::serve) struct Mistake {
    /// From 1; 0 where it is not known, as with a text that is too long.
    line: usize,
    /// The character of the line, from 1.
    column: usize,
    message: String,
    /// The lines that lead to it, with their numbers.
    before: Vec<(usize, String)>,
    /// The line up to the place, what stands there, and the rest.
    excerpt: [String; 3],
}

impl Shown {
    /// An answer, with `most` of its rows.
    pub(super) fn of(base: &str, answer: Answer, most: usize) -> Self {
        match answer {
            Answer::Boolean(value) => Self::Boolean { value },
            Answer::Solutions(Solutions { variables, rows }) => {
                let names = variables.iter().map(|variable| variable.as_str().to_owned()).collect();
                Self::Table(Grid::of(base, names, &rows, most, false))
            }
            Answer::Graph(triples) => {
                let rows: Vec<_> = triples.into_iter().map(row).collect();
                let names = ["subject", "predicate", "object"].map(str::to_owned).into();
                Self::Table(Grid::of(base, names, &rows, most, true))
            }
        }
    }

    pub(super) const fn of_mistake(mistake: Mistake) -> Self {
        Self::Mistake(mistake)
    }

    pub(super) const fn is_mistake(&self) -> bool {
        matches!(self, Self::Mistake(_))
    }
}

fn row(triple: Triple) -> Vec<Option<Term>> {
    vec![Some(triple.subject.into()), Some(triple.predicate.into()), Some(triple.object)]
}

impl Grid {
    fn of(base: &str, names: Vec<String>, rows: &[Vec<Option<Term>>], most: usize, graph: bool) -> Self {
        let cell = |term: &Option<Term>| term.as_ref().map_or_else(Cell::default, |term| cell(base, term));
        let shown: Vec<Vec<Cell>> = rows.iter().take(most).map(|row| row.iter().map(cell).collect()).collect();
        let columns = names.into_iter().enumerate().map(|(at, zh)| {
            let numeric = shown.iter().any(|row| row[at].kind == "number");
            Column { zh, en: "", numeric }
        });
        Self { columns: columns.collect(), rows: shown, total: rows.len(), graph }
    }
}

/// A term as a person reads it: what can be told shortly, and where it leads.
fn cell(base: &str, term: &Term) -> Cell {
    let node = match term {
        Term::NamedNode(node) => node.as_str(),
        Term::BlankNode(node) => return Cell { text: node.to_string(), href: String::new(), kind: "short" },
        Term::Literal(literal) => {
            let text = literal.value().to_owned();
            let long = text.chars().nth(LONG).is_some();
            let kind = if number(term).is_some() { "number" } else { ["short", "long"][usize::from(long)] };
            return Cell { text, href: String::new(), kind };
        }
    };
    let own = node.strip_prefix(base).or_else(|| node.strip_prefix(CONCEPTS));
    let known = || PREFIXES.iter().find_map(|(prefix, iri)| Some(format!("{prefix}:{}", node.strip_prefix(iri)?)));
    let page = (node.starts_with("http:") || node.starts_with("https:")).then(|| node.to_owned());
    match (own.map(str::to_owned).or_else(known), page) {
        (Some(text), _) => Cell { text, href: link::to(base, node), kind: "short" },
        // A page elsewhere, such as the one that a report was read from.
        (None, Some(href)) => Cell { text: node.to_owned(), href, kind: "outside" },
        (None, None) => Cell { text: node.to_owned(), href: link::to(base, node), kind: "short" },
    }
}

impl Mistake {
    pub(super) fn new(text: &str, error: SyntaxError) -> Self {
        let (line, column) = (error.line.unwrap_or(0), error.column.unwrap_or(0));
        let mut mistake =
            Self { line, column, message: error.message, before: Vec::new(), excerpt: Default::default() };
        let Some(at) = line.checked_sub(1) else { return mistake };
        let first = at.saturating_sub(LINES_BEFORE);
        let lines = text.lines().enumerate().skip(first).take(at - first);
        mistake.before = lines.map(|(number, line)| (number + 1, line.to_owned())).collect();
        let printed = text.lines().nth(at).unwrap_or_default();
        let start = printed.char_indices().nth(column.saturating_sub(1)).map_or(printed.len(), |(at, _)| at);
        let rest = &printed[start..];
        let word = rest.find(|c: char| !c.is_alphanumeric() && !"_:?$-".contains(c)).unwrap_or(rest.len());
        let end = start + word.max(rest.chars().next().map_or(0, char::len_utf8));
        mistake.excerpt = [&printed[..start], &printed[start..end], &printed[end..]].map(str::to_owned);
        mistake
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use oxigraph::model::{Literal, NamedNode};

    use super::*;
    use crate::query::check;

    fn shown(term: impl Into<Term>) -> (String, String, &'static str) {
        let cell = cell("http://b/", &term.into());
        (cell.text, cell.href, cell.kind)
    }

    fn iri(text: &str) -> NamedNode {
        NamedNode::new(text).unwrap()
    }

    #[test]
    fn a_cell_says_shortly_what_it_is_and_leads_there() {
        let told = |text: &str, href: &str, kind| (text.to_owned(), href.to_owned(), kind);
        assert_eq!(shown(iri("http://b/region/620524")), told("region/620524", "/id/region/620524", "short"));
        assert_eq!(
            shown(iri(&format!("{CONCEPTS}level/county"))),
            told("level/county", "/concept/level/county", "short")
        );
        let cites = "https://w3id.org/fazhi/ns#cites";
        assert_eq!(
            shown(iri(cites)),
            told("fz:cites", "/resource?iri=https%3A%2F%2Fw3id.org%2Ffazhi%2Fns%23cites", "short")
        );
        assert_eq!(shown(iri("https://x.gov.cn/a")), told("https://x.gov.cn/a", "https://x.gov.cn/a", "outside"));
        assert_eq!(shown(iri("javascript:alert(1)")).1, "/resource?iri=javascript%3Aalert%281%29");
        assert_eq!(shown(Literal::from(12)), told("12", "", "number"));
        assert_eq!(shown(Literal::from("县")), told("县", "", "short"));
    }

    #[test]
    fn a_mistake_is_shown_with_its_line() {
        let text = "# 甲\n\nSELECT * WHERE {\n  ?县 = ?x .\n}";
        let mistake = Mistake::new(text, check(text).unwrap_err());
        assert_eq!((mistake.line, mistake.column), (4, 3));
        assert_eq!(mistake.before, [(2, String::new()), (3, "SELECT * WHERE {".to_owned())]);
        assert_eq!(mistake.excerpt, ["  ", "?县", " = ?x ."]);
    }

    #[test]
    fn any_place_can_be_shown() {
        for text in ["", "SELECT", "{", "SELECT * {\n", "年", "SELECT ?年 { ?年 } 年"] {
            let Err(error) = check(text) else { panic!("{text} is a query") };
            Mistake::new(text, error);
        }
        let long = "#".repeat(200_000);
        let mistake = Mistake::new(&long, check(&long).unwrap_err());
        assert_eq!((mistake.line, mistake.before.len()), (0, 0));
    }
}
