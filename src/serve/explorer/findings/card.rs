//! What is a reader told of one finding? What the rule says, the passage, and the passage on the other side.

use std::collections::BTreeMap;

use oxigraph::model::vocab::rdfs;
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use serde::Serialize;

use crate::audit::{Listed, Piece, Quoted, side_by_side};
use crate::lexicon::{Lexicon, RuleSentence};
use crate::report::Span;
use crate::serve::explorer::concepts;
use crate::serve::explorer::cut::Characters;
use crate::serve::explorer::link::{self, plain};
use crate::serve::explorer::report::labels;
use crate::serve::problem::Problem;
use crate::serve::state::State;
use crate::vocab::{property, prov};

/// Characters shown on either side of what a finding within a report speaks of.
const AROUND: usize = 60;
/// A passage of fewer characters is shown with words around it too.
const SHORT: usize = 12;

/// A finding as it is shown.
#[derive(Serialize)]
pub(super) struct Card {
    pub(super) iri: String,
    /// Its page.
    href: String,
    rule: RuleSentence,
    notation: String,
    /// IRI of the rule.
    rule_href: String,
    message: String,
    /// In per cent.
    score: Option<String>,
    doubt: Option<RuleSentence>,
    place: Option<Name>,
    year: String,
    passage: Option<Half>,
    others: Vec<Half>,
    /// Further reports that it rests on.
    rests_on: Vec<Name>,
    /// Both reports side by side.
    compare: String,
}

/// A thing by its name.
#[derive(Serialize)]
struct Name {
    text: String,
    href: String,
}

/// A passage.
#[derive(Serialize)]
struct Half {
    report: Name,
    href: String,
    start: usize,
    end: usize,
    pieces: Vec<Piece>,
    #[serde(skip)]
    id: String,
}

/// Looks findings up; texts of reports are read once for all of them.
pub(super) struct Reader<'a> {
    state: &'a State,
    texts: BTreeMap<String, String>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(state: &'a State) -> Self {
        Self { state, texts: BTreeMap::new() }
    }

    /// What is told of a finding; `None` where the store has none of this IRI.
    pub(super) fn card(&mut self, finding: NamedNodeRef<'_>) -> Result<Option<Card>, Problem> {
        let said = self.state.store.about(finding)?;
        let Some(rule) = first(&said, property::RULE) else { return Ok(None) };
        let base = self.state.store.base();
        let sides = self.sides(finding, &said)?;
        let mut halves = self.halves(&sides)?;
        let others = halves.split_off(halves.len().min(1));
        let passage = halves.pop();
        let compare = match (&passage, others.first()) {
            (Some(here), Some(there)) if here.id != there.id => {
                link::with_parameters("/compare", [("a", there.id.as_str()), ("b", here.id.as_str())])
            }
            _ => String::new(),
        };
        let about = first(&said, property::CONCERNS).unwrap_or_else(|| finding.as_str().to_owned());
        let report = about.split_once('#').map_or(about.as_str(), |(report, _)| report);
        let of_report = self.values(report, property::REGION)?;
        let place = of_report.or_else(|| (first(&said, property::YEAR).is_some()).then(|| about.clone()));
        let year = match first(&said, property::YEAR) {
            Some(year) => year,
            None => self.values(report, property::YEAR)?.unwrap_or_default(),
        };
        let mut rests_on = Vec::new();
        for (_, other) in said.iter().filter(|(known, _)| known.as_ref() == prov::WAS_DERIVED_FROM) {
            rests_on.push(self.name(&plain(other))?);
        }
        Ok(Some(Card {
            href: link::with_parameters("/finding", [("iri", finding.as_str())]),
            rule: concepts::name(&rule).cloned().unwrap_or_default(),
            notation: link::local(&rule).to_owned(),
            rule_href: link::to(base, &rule),
            message: first(&said, rdfs::COMMENT).unwrap_or_default(),
            score: first(&said, property::SCORE).and_then(|score| percent(&score)),
            doubt: first(&said, property::DOUBT).and_then(|doubt| concepts::name(&doubt)).cloned(),
            place: place.map(|place| self.name(&place)).transpose()?,
            iri: finding.as_str().to_owned(),
            year,
            passage,
            others,
            rests_on,
            compare,
        }))
    }

    /// The passage and those on the other side: the report of each, where it stands, and from where to where it is shown.
    fn sides(
        &self,
        finding: NamedNodeRef<'_>,
        said: &[(NamedNode, Term)],
    ) -> Result<Vec<(String, Span, usize)>, Problem> {
        let span = |start, end| spanned(said, start, end);
        let Some(here) = span(property::START, property::END) else { return Ok(Vec::new()) };
        let concerned = first(said, property::CONCERNS);
        let is_within = concerned.is_none();
        let about = concerned.unwrap_or_else(|| finding.as_str().to_owned());
        let report = |iri: &str| iri.split_once('#').map_or(iri, |(report, _)| report).to_owned();
        let around = if is_within || here.end.saturating_sub(here.start) < SHORT { AROUND } else { 0 };
        let mut sides = vec![(report(&about), here, around)];
        let mut there = span(property::OTHER_START, property::OTHER_END);
        for (_, other) in said.iter().filter(|(known, _)| known.as_ref() == property::OTHER_PASSAGE) {
            let iri = plain(other);
            let unit = self.state.store.about(NamedNodeRef::new_unchecked(&iri))?;
            let Some(span) = there.take().or_else(|| spanned(&unit, property::START, property::END)) else { continue };
            sides.push((report(&iri), span, around));
        }
        Ok(sides)
    }

    fn halves(&mut self, sides: &[(String, Span, usize)]) -> Result<Vec<Half>, Problem> {
        let mut quoted = Vec::new();
        for (report, span, around) in sides {
            let from = span.start.saturating_sub(*around);
            let characters = Characters::new(self.text(report)?);
            let text = characters.slice(Span { start: from, end: span.end.saturating_add(*around) }).to_owned();
            quoted.push(Quoted { span: *span, from, text, ..Quoted::default() });
        }
        let mut quoted = quoted.into_iter();
        let listed = Listed { passage: quoted.next(), others: quoted.collect(), ..Listed::default() };
        let laid = side_by_side(&listed, Lexicon::shared()?);
        let plainly = |quoted: &Quoted| vec![Piece { kind: crate::audit::PieceKind::Plain, text: quoted.text.clone() }];
        let pieces = std::iter::once(laid.passage).chain(listed.others.iter().enumerate().map(|(at, other)| {
            // The nearest is laid beside the passage; further ones are shown as they are.
            if at == 0 { laid.other.clone() } else { plainly(other) }
        }));
        let mut halves = Vec::new();
        for ((report, span, _), pieces) in sides.iter().zip(pieces) {
            let (start, end) = (span.start.to_string(), span.end.to_string());
            let name = self.name(report)?;
            let passage = [("from", start.as_str()), ("to", end.as_str())];
            halves.push(Half {
                href: link::with_parameters(&name.href, passage) + "#passage",
                report: name,
                start: span.start,
                end: span.end,
                pieces,
                id: link::local(report).to_owned(),
            });
        }
        Ok(halves)
    }

    fn text(&mut self, report: &str) -> Result<&str, Problem> {
        if !self.texts.contains_key(report) {
            let text = self.values(report, property::TEXT)?.unwrap_or_default();
            self.texts.insert(report.to_owned(), text);
        }
        Ok(self.texts.get(report).map_or("", String::as_str))
    }

    fn values(&self, thing: &str, property: NamedNodeRef<'_>) -> Result<Option<String>, Problem> {
        let values = self.state.store.values(NamedNodeRef::new_unchecked(thing), property)?;
        Ok(values.iter().map(plain).min())
    }

    fn name(&self, iri: &str) -> Result<Name, Problem> {
        let label = labels(self.state, NamedNodeRef::new_unchecked(iri))?.map(|label| label.zh);
        Ok(Name {
            text: label.unwrap_or_else(|| link::local(iri).to_owned()),
            href: link::to(self.state.store.base(), iri),
        })
    }
}

fn first(said: &[(NamedNode, Term)], property: NamedNodeRef<'_>) -> Option<String> {
    said.iter().find(|(known, _)| known.as_ref() == property).map(|(_, value)| plain(value))
}

fn spanned(said: &[(NamedNode, Term)], start: NamedNodeRef<'_>, end: NamedNodeRef<'_>) -> Option<Span> {
    let number = |property| first(said, property).and_then(|value| value.parse().ok());
    number(start).zip(number(end)).filter(|(start, end)| start <= end).map(|(start, end)| Span { start, end })
}

/// A score from 0 to 1 in per cent, as it is read.
fn percent(score: &str) -> Option<String> {
    let share: f64 = score.parse().ok()?;
    Some(format!("{:.0}%", share * 100.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_are_read_in_per_cent() {
        assert_eq!(percent("0.976").as_deref(), Some("98%"));
        assert_eq!(percent("1").as_deref(), Some("100%"));
        assert_eq!(percent("much"), None);
    }
}
