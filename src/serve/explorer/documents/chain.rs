//! Which documents of provinces, prefectures, counties and townships put a document into effect, as a tree?

use minijinja::{Value, context};
use oxigraph::model::NamedNode;
use serde::Serialize;

use crate::analyze::{self, Link, Tie};
use crate::lexicon::{Lexicon, RuleSentence};
use crate::serve::explorer::{concepts, link, view};
use crate::serve::problem::Problem;
use crate::serve::state::State;
use crate::vocab::CONCEPTS;

/// Documents of a tree that are shown.
const MOST: usize = 400;
/// Places without a document of their own that are named below one document.
const PLACES: usize = 12;

/// A document with those below it.
#[derive(Serialize)]
struct Node {
    title: String,
    href: String,
    place: String,
    level: Option<RuleSentence>,
    number: String,
    /// Whether its place here follows from subject and period alone.
    inferred: bool,
    first_cited: Option<u16>,
    reports: usize,
    quote: String,
    passage: String,
    below: Vec<Node>,
    /// Places whose reports name no such document, the first of them.
    without: Vec<Place>,
    /// All of these.
    lacking: usize,
}

/// A place whose reports name no such document.
#[derive(Serialize)]
struct Place {
    name: String,
    href: String,
    reports: usize,
}

/// What the template knows of the chain below a document.
pub(super) fn chain(state: &State, document: &NamedNode, region: &str) -> Result<Value, Problem> {
    let wanted = (!region.is_empty()).then_some(region);
    let lexicon = Lexicon::shared()?;
    let found = analyze::chain(state.store.dataset(), document.as_str(), wanted, lexicon, state.settings.limits)?;
    let mut left = MOST;
    let root = node(&found.root, state.store.base(), &mut left);
    Ok(context! {
        root => view::value(&root),
        cut => left == 0,
        region,
        years => [found.years.0, found.years.1],
        reports => found.reports,
        iri => document.as_str(),
        href => link::to(state.store.base(), document.as_str()),
    })
}

/// A document with as many of those below it as are `left` to be shown.
fn node(of: &Link, base: &str, left: &mut usize) -> Node {
    *left = left.saturating_sub(1);
    let passage = of.passage.as_ref().map(|passage| {
        let (start, end) = (passage.start.to_string(), passage.end.to_string());
        let there = [("from", start.as_str()), ("to", end.as_str())];
        link::with_parameters(&link::to(base, &passage.report), there) + "#passage"
    });
    let mut below = Vec::new();
    for lower in &of.below {
        if *left == 0 {
            break;
        }
        below.push(node(lower, base, left));
    }
    let without = of.none_found.iter().take(PLACES).map(|place| Place {
        name: place.place.clone(),
        href: link::to(base, &place.region),
        reports: place.reports,
    });
    Node {
        title: of.title.clone(),
        href: link::to(base, &of.document),
        place: of.place.clone(),
        level: concepts::name(&format!("{CONCEPTS}level/{}", of.level)).cloned(),
        number: of.number.clone().unwrap_or_default(),
        inferred: of.tie == Tie::SameSubject,
        first_cited: of.first_cited,
        reports: of.reports,
        quote: of.passage.as_ref().map(|passage| passage.quote.clone()).unwrap_or_default(),
        passage: passage.unwrap_or_default(),
        below,
        without: without.collect(),
        lacking: of.none_found.len(),
    }
}
