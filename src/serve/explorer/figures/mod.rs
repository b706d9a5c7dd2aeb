//! How do regions compare by one figure? `/figures`: an indicator by who reports and year, as a table and drawn.

mod grid;
mod pictures;

use std::sync::Arc;

use axum::extract::{RawQuery, State as Extract};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use minijinja::{Value, context};
use oxigraph::model::{NamedNode, Term};
use oxigraph::sparql::Variable;
use serde::Serialize;

use self::grid::{Grid, Row};
use super::link::{self, with_parameters};
use super::plot::short;
use super::question::{choices, find};
use super::table::{self, Part, Table};
use super::{sheet, view};
use crate::query::{self, Answer, Bindings, Format, ParameterType, Question};
use crate::serve::problem::Problem;
use crate::serve::respond::{Asked, ask, send};
use crate::serve::state::State;

/// The question behind the table.
const QUESTION: &str = "figure-values";

/// Rows of a page.
const ROWS: usize = 40;

/// Years of the table that are shown; a reader who wants others narrows the years.
const YEARS: usize = 8;

/// What a reader asks for.
#[derive(Debug, Default, Clone, Serialize)]
struct Wish {
    indicator: String,
    region: String,
    level: String,
    since: String,
    until: String,
    /// `None` is the unit of most values; empty stands for values without one.
    unit: Option<String>,
    /// The year that is ranked.
    year: String,
    /// A year, after a minus from the greatest value down, or `place`.
    sort: String,
    page: usize,
    /// Paths of chosen places.
    chosen: Vec<String>,
}

impl Wish {
    fn read(query: Option<&str>) -> Self {
        let mut wish = Self { page: 1, ..Self::default() };
        for (name, value) in form_urlencoded::parse(query.unwrap_or_default().as_bytes()) {
            let value = value.trim().to_owned();
            match name.as_ref() {
                "indicator" => wish.indicator = value,
                "region" => wish.region = value,
                "level" => wish.level = value,
                "since" => wish.since = value,
                "until" => wish.until = value,
                "unit" => wish.unit = Some(value),
                "year" => wish.year = value,
                "sort" => wish.sort = value,
                "page" => wish.page = value.parse().unwrap_or(1).max(1),
                "r" if wish.chosen.len() < pictures::LINES && !wish.chosen.contains(&value) => wish.chosen.push(value),
                _ => {}
            }
        }
        wish
    }

    /// The address of a page that differs in some of this.
    fn address(&self, ending: &str, changes: &[(&str, &str)]) -> String {
        let pair = |name: &str, value: &str| {
            let change = changes.iter().find(|(known, _)| *known == name);
            (name.to_owned(), change.map_or(value, |(_, value)| value).to_owned())
        };
        let mut all = vec![
            pair("indicator", &self.indicator),
            pair("region", &self.region),
            pair("level", &self.level),
            pair("since", &self.since),
            pair("until", &self.until),
            pair("year", &self.year),
            pair("sort", &self.sort),
            pair("page", ""),
        ];
        all.extend(self.chosen.iter().map(|place| ("r".to_owned(), place.clone())));
        let mut address = with_parameters(
            &format!("/figures{ending}"),
            all.iter().map(|(name, value)| (name.as_str(), value.as_str())),
        );
        // An empty unit means something, and `with_parameters` leaves out what is empty.
        let unit = changes.iter().find(|(name, _)| *name == "unit").map(|(_, unit)| *unit).or(self.unit.as_deref());
        if let Some(unit) = unit {
            let added = form_urlencoded::Serializer::new(String::new()).append_pair("unit", unit).finish();
            address = format!("{address}{}{added}", if address.contains('?') { '&' } else { '?' });
        }
        address
    }

    /// The parameters of the question.
    fn given(&self) -> Vec<(String, String)> {
        let all = [
            ("indicator", &self.indicator),
            ("region", &self.region),
            ("level", &self.level),
            ("since", &self.since),
            ("until", &self.until),
        ];
        all.into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect()
    }

    /// The year by which the table is sorted, and whether from the greatest value down.
    fn order(&self) -> (Option<i32>, bool) {
        let (year, falling) = self.sort.strip_prefix('-').map_or((self.sort.as_str(), false), |year| (year, true));
        (year.parse().ok(), falling)
    }
}

/// What is known of an indicator.
#[derive(Debug, Default, Serialize)]
struct About {
    iri: String,
    notation: String,
    zh: String,
    en: String,
    field: String,
    field_href: String,
}

/// `/figures`: the indicators, or one of them compared.
pub(super) async fn page(Extract(state): Extract<Arc<State>>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let wish = Wish::read(query.as_deref());
    let all = Table::of(&state, "indicators", &[], 1000).await?;
    if wish.indicator.is_empty() {
        return view::page("indicators.html", "figures", &context! { title => "", table => view::value(&all) });
    }
    let about = about(&state, &wish.indicator).await?;
    let levels = choices(&state, ParameterType::Level, &wish.level).await?;
    let wish_value = view::value(&wish);
    let context = context! {
        title => about.zh.clone(), about => view::value(&about), wish => wish_value,
        indicators => view::value(&all), levels => view::value(&levels),
    };
    let compared = match compared(&state, &wish).await {
        Ok(compared) => compared,
        // What was filled in stays in the form, with what is wrong about it.
        Err(problem) if problem.status() == StatusCode::BAD_REQUEST => {
            let context = context! { problem => problem.detail(), ..context };
            let page = view::page("figures.html", "figures", &context)?;
            return Ok((StatusCode::BAD_REQUEST, page).into_response());
        }
        Err(problem) => return Err(problem),
    };
    view::page("figures.html", "figures", &context! { ..compared, ..context })
}

/// The table over all rows, a column a year: `/figures.csv` and `/figures.xlsx`.
pub(super) async fn csv(
    Extract(state): Extract<Arc<State>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (_, wide) = wide(&state, query.as_deref()).await?;
    send(&state, Answer::Solutions(wide), Some(Format::Csv), &headers).await
}

/// As [`csv`], a workbook.
pub(super) async fn xlsx(Extract(state): Extract<Arc<State>>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let (about, wide) = wide(&state, query.as_deref()).await?;
    sheet::send(&state, None, Arc::new(wide), &about.notation).await
}

async fn wide(state: &Arc<State>, query: Option<&str>) -> Result<(About, query::Solutions), Problem> {
    let wish = Wish::read(query);
    let about = about(state, &wish.indicator).await?;
    let question = question()?;
    let solutions = table::solutions(state, question, &wish.given()).await?;
    let mut grid = Grid::new(state.store.base(), &solutions, wish.unit.as_deref(), &[]);
    let (year, falling) = wish.order();
    grid.sort(year, falling);
    let heading = |name: &str| question.column(name).map_or("", |text| text.zh.as_str());
    Ok((about, grid.wide(["place_name", "level_name", "unit"].map(heading))))
}

fn question() -> Result<&'static Question, Problem> {
    Ok(find(QUESTION).ok_or_else(|| query::Error::unknown_query(QUESTION))?)
}

/// The indicator that is meant, or that there is none.
async fn about(state: &Arc<State>, name: &str) -> Result<About, Problem> {
    let given = [("indicator".to_owned(), name.to_owned())];
    let bound = table::bound(state, question()?, &given).await.map_err(|problem| Problem::missing(problem.detail()))?;
    let Some(Term::NamedNode(indicator)) = bound.bindings.terms().get(&Variable::new_unchecked("indicator")) else {
        return Err(Problem::missing(format!("there is no indicator `{name}`")));
    };
    told(state, indicator).await?.ok_or_else(|| Problem::missing(format!("there is no indicator {indicator}")))
}

async fn told(state: &Arc<State>, indicator: &NamedNode) -> Result<Option<About>, Problem> {
    let text = format!(
        "SELECT ?notation ?zh ?en ?field ?name WHERE {{ {indicator} skos:inScheme <{}indicator> ; skos:notation ?notation
           OPTIONAL {{ {indicator} skos:prefLabel ?zh FILTER (LANG(?zh) = \"zh\") }}
           OPTIONAL {{ {indicator} skos:prefLabel ?en FILTER (LANG(?en) = \"en\") }}
           OPTIONAL {{ {indicator} skos:related ?field . ?field skos:prefLabel ?name FILTER (LANG(?name) = \"zh\") }} }} LIMIT 1",
        crate::vocab::CONCEPTS
    );
    let answer = ask(state, Asked { text, bindings: Bindings::default(), graphs: None }).await?;
    let Answer::Solutions(solutions) = answer else { return Ok(None) };
    let Some(row) = solutions.rows.first() else { return Ok(None) };
    let text = |at: usize| match &row[at] {
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        Some(Term::NamedNode(node)) => node.as_str().to_owned(),
        _ => String::new(),
    };
    let field = text(3);
    Ok(Some(About {
        iri: indicator.as_str().to_owned(),
        notation: text(0),
        zh: text(1),
        en: text(2),
        field: text(4),
        field_href: if field.is_empty() { field } else { link::to(state.store.base(), &field) },
    }))
}

/// The table, its pictures, and the ways to take them along.
async fn compared(state: &Arc<State>, wish: &Wish) -> Result<Value, Problem> {
    let question = question()?;
    let solutions = table::solutions(state, question, &wish.given()).await?;
    let mut grid = Grid::new(state.store.base(), &solutions, wish.unit.as_deref(), &wish.chosen);
    let mut given = wish.given();
    if !grid.unit.is_empty() {
        given.push(("printed".to_owned(), grid.unit.clone()));
    }
    let answer = Table::new(state.store.base(), question, &given, &solutions, &Part::default());
    let ranked = wish.year.parse().ok().filter(|year| grid.years.contains(year)).or_else(|| grid.usual_year());
    let (sorted, falling) = if wish.sort.is_empty() { (ranked, true) } else { wish.order() };
    grid.sort(ranked, falling || sorted.is_none());
    let ranks = ranked.and_then(|year| grid.years.binary_search(&year).ok());
    let bars = ranks.map(|at| pictures::bars(&grid, at));
    let strip = ranks.map(|at| pictures::strip(&grid, at));
    let lines = (grid.years.len() > 1).then(|| pictures::lines(&grid));
    grid.sort(sorted, falling);
    let (strip, several) = strip.map_or((None, 0), |(strip, several)| (strip, several));
    let quartiles = strip.as_ref().map(|strip| [strip.values.0, strip.values.1, strip.values.2].map(short));
    Ok(context! {
        table => shown(wish, &grid, sorted, falling),
        links => view::value(&answer),
        ranked, falling, several, quartiles,
        total => grid.rows.len(),
        unit => grid.unit.clone(),
        units => units(wish, &grid),
        years => grid.years.clone(),
        bars => view::value(&bars), strip => view::value(&strip), lines => view::value(&lines),
        csv => wish.address(".csv", &[]), xlsx => wish.address(".xlsx", &[]),
    })
}

/// The other units of the indicator with the address of their table.
fn units(wish: &Wish, grid: &Grid) -> Vec<Value> {
    let unit = |unit: &grid::Unit| {
        context! {
            name => unit.name.clone(), values => unit.values, here => unit.name == grid.unit,
            href => wish.address("", &[("unit", &unit.name), ("sort", ""), ("year", "")]),
        }
    };
    grid.units.iter().map(unit).collect()
}

/// The rows of the page with its headings.
fn shown(wish: &Wish, grid: &Grid, sorted: Option<i32>, falling: bool) -> Value {
    let pages = grid.rows.len().div_ceil(ROWS).max(1);
    let at = wish.page.min(pages);
    let hidden = grid.years.len().saturating_sub(YEARS);
    let columns: Vec<Value> = grid.years[hidden..]
        .iter()
        .map(|year| {
            let here = sorted == Some(*year);
            let next = if here && falling { year.to_string() } else { format!("-{year}") };
            let direction = if !here { "" } else if falling { "descending" } else { "ascending" };
            context! { year, sorted => direction, href => wish.address("", &[("sort", &next), ("year", &year.to_string())]) }
        })
        .collect();
    let rows: Vec<&Row> = grid.rows.iter().skip((at - 1) * ROWS).take(ROWS).collect();
    let elsewhere = wish.chosen.iter().filter(|place| !rows.iter().any(|row| row.place == **place));
    let elsewhere: Vec<String> = elsewhere.cloned().collect();
    let rows: Vec<Value> = rows
        .into_iter()
        .map(|row| {
            context! {
                place => row.place.clone(), name => row.name.clone(), href => row.href.clone(), level => row.level.clone(),
                chosen => row.chosen, cells => view::value(&row.cells[hidden..].to_vec()),
            }
        })
        .collect();
    let turn = |to: usize| wish.address("", &[("page", &to.to_string())]);
    context! {
        columns, rows, elsewhere, at, pages, hidden,
        by_place => wish.address("", &[("sort", "place")]),
        sorted_by_place => sorted.is_none(),
        previous => (at > 1).then(|| turn(at - 1)), next => (at < pages).then(|| turn(at + 1)),
    }
}
