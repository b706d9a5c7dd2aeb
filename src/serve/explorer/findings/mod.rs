//! Which findings should a person look at? All of them by rule, place and year, each with its passages; one alone; the sheet of a
//! place.

mod card;
mod gather;
mod sheet;

use std::sync::Arc;

use axum::extract::{RawQuery, State as Extract};
use axum::response::Response;
use minijinja::{Value, context};
use oxigraph::model::NamedNode;
use tokio::task::spawn_blocking;

use self::card::{Card, Reader};
use self::gather::{Gathered, gather};
use super::report::audited;
use super::{concepts, link, view};
use crate::audit::Filter;
use crate::query;
use crate::serve::problem::Problem;
use crate::serve::state::State;
use crate::vocab::Scheme;

/// Findings of a page: each is shown with its passages.
const SHOWN: usize = 20;

/// What a reader asks for.
#[derive(Default, Clone)]
struct Wish {
    rule: String,
    region: String,
    year: String,
    page: usize,
}

impl Wish {
    fn new(query: &str) -> Self {
        let mut wish = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.trim().to_owned();
            match name.as_ref() {
                "rule" => wish.rule = value,
                "region" => wish.region = value,
                "year" => wish.year = value,
                "page" => wish.page = value.parse().unwrap_or_default(),
                _ => {}
            }
        }
        wish.page = wish.page.max(1);
        wish
    }

    /// The same with another rule, year and page.
    fn address(&self, rule: &str, year: &str, page: usize) -> String {
        let page = if page > 1 { page.to_string() } else { String::new() };
        link::with_parameters("/findings", [("rule", rule), ("region", &self.region), ("year", year), ("page", &page)])
    }

    fn filter(&self, state: &State) -> Result<Filter, Problem> {
        let mut filter = Filter::default();
        if !self.rule.is_empty() {
            let rule = self.rule.strip_prefix(crate::vocab::CONCEPTS).unwrap_or(&self.rule);
            filter = filter.with_rule(rule.strip_prefix("rule/").unwrap_or(rule))?;
        }
        if !self.year.is_empty() {
            let year = self.year.parse().map_err(|_| Problem::bad(format!("`{}` is not a year", self.year)))?;
            filter.year = Some(year);
        }
        if !self.region.is_empty() {
            filter = filter.within(state.store.dataset(), &self.region, state.settings.limits)?;
        }
        Ok(filter)
    }
}

/// The list: `/findings?rule=…&region=…&year=…&page=…`.
pub(super) async fn page(Extract(state): Extract<Arc<State>>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let wish = Wish::new(&query.unwrap_or_default());
    let context = reading(&state, move |state| {
        // What was filled in stays in the form, with what is wrong about it.
        match wish.filter(state) {
            Ok(filter) => list(state, &wish, &filter),
            Err(problem) => Ok(context! {
                wish => told(&wish), problem => problem.detail(), audit => audited(state)?,
            }),
        }
    })
    .await?;
    view::page("findings.html", "findings", &context)
}

/// One finding: `/finding?iri=…`.
pub(super) async fn one(Extract(state): Extract<Arc<State>>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let query = query.unwrap_or_default();
    let iri = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "iri").map(|(_, value)| value);
    let iri = iri.ok_or_else(|| Problem::bad("say which finding: /finding?iri=IRI"))?;
    let finding = NamedNode::new(iri.as_ref()).map_err(|error| Problem::bad(format!("`{iri}` is no IRI: {error}")))?;
    thing(&state, &finding).await
}

/// The page of a finding.
pub(super) async fn thing(state: &Arc<State>, finding: &NamedNode) -> Result<Response, Problem> {
    let (iri, wanted) = (finding.as_str().to_owned(), finding.clone());
    let (card, audit) =
        reading(state, move |state| Ok((Reader::new(state).card(wanted.as_ref())?, audited(state)?))).await?;
    let card = card.ok_or_else(|| Problem::missing(format!("the store has no finding {iri}")))?;
    let data = link::with_parameters("/resource", [("iri", iri.as_str())]);
    view::page("finding.html", "findings", &context! { card => view::value(&card), iri, data, audit })
}

/// The sheet of a place: `/sheet?region=…`.
pub(super) async fn sheet(Extract(state): Extract<Arc<State>>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let wish = Wish::new(&query.unwrap_or_default());
    if wish.region.is_empty() {
        return Err(Problem::bad("say whose sheet: /sheet?region=NAME"));
    }
    let context = reading(&state, move |state| sheet::sheets(state, &wish.region)).await?;
    view::page("sheet.html", "findings", &context)
}

/// Runs what reads the store, in its turn.
async fn reading<T: Send + 'static>(
    state: &Arc<State>,
    read: impl FnOnce(&State) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let turn = state.turn().await?;
    let state = Arc::clone(state);
    let task = move || {
        let _turn = turn;
        read(&state)
    };
    spawn_blocking(task).await.map_err(|_| query::Error::BrokenOff)?
}

fn told(wish: &Wish) -> Value {
    context! { rule => wish.rule.as_str(), region => wish.region.as_str(), year => wish.year.as_str() }
}

fn list(state: &State, wish: &Wish, filter: &Filter) -> Result<Value, Problem> {
    let found = gather(state, filter)?;
    let chosen = filter.rules.first().map_or("", String::as_str);
    let mut reader = Reader::new(state);
    let mut cards: Vec<Card> = Vec::new();
    for row in found.rows.iter().skip((wish.page - 1).saturating_mul(SHOWN)).take(SHOWN) {
        cards.extend(reader.card(row.iri.as_ref())?);
    }
    let total = found.rows.len();
    let pages = total.div_ceil(SHOWN);
    let turn = |to: usize| wish.address(chosen, &wish.year, to);
    let parameters = [("rule", chosen), ("region", wish.region.as_str()), ("year", wish.year.as_str())];
    let of_rule = |found: &Gathered, rank: usize| {
        let rule = &found.rules[rank];
        let name = concepts::name(Scheme::Rule.concept(rule).as_str());
        let count = found.by_rule.get(&rank).copied().unwrap_or_default();
        context! {
            notation => rule.as_str(), name => view::value(&name), count, chosen => chosen == rule.as_str(),
            href => wish.address(rule, &wish.year, 1),
        }
    };
    let rules: Vec<Value> = (0..found.rules.len()).map(|rank| of_rule(&found, rank)).collect();
    let years = found.by_year.iter().map(|(year, count)| {
        let href = wish.address(chosen, year, 1);
        context! { year => year.as_str(), count => *count, chosen => *year == wish.year, href }
    });
    Ok(context! {
        wish => told(wish),
        audit => audited(state)?,
        cards => view::value(&cards),
        total,
        rules,
        years => years.collect::<Vec<_>>(),
        all_rules => wish.address("", &wish.year, 1),
        all_years => wish.address(chosen, "", 1),
        all => found.by_rule.values().sum::<usize>(),
        sheet => (!wish.region.is_empty()).then(|| link::with_parameters("/sheet", [("region", wish.region.as_str())])),
        turning => context! {
            at => wish.page, pages,
            previous => (wish.page > 1).then(|| turn(wish.page - 1)),
            next => (wish.page < pages).then(|| turn(wish.page + 1)),
        },
        table => link::with_parameters("/q/finding-list", parameters),
        csv => link::with_parameters("/q/finding-list.csv", parameters),
        xlsx => link::with_parameters("/q/finding-list.xlsx", parameters),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_was_chosen() {
        let wish = Wish::new("rule=sum_mismatch&region=+620524+&year=2019&page=3&x=y");
        assert_eq!((wish.region.as_str(), wish.page), ("620524", 3));
        assert_eq!(wish.address("late_report", "", 1), "/findings?rule=late_report&region=620524");
        assert_eq!(wish.address("", "2020", 2), "/findings?region=620524&year=2020&page=2");
        assert_eq!(Wish::new("page=-4").page, 1);
    }
}
