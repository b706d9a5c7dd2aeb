//! How is a step said? Sentences of `data/sentences.toml` with what stands in the store.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use super::expand::Join;
use super::{Connection, Step, Thing};
use crate::analyze::Error;
use crate::analyze::passage::{Passage, Passages};
use crate::analyze::wording::Wording;
use crate::lexicon::{RuleSentence, sentences};
use crate::query::Around;

/// Most parts of a unit that are looked through for the words that join.
const PARTS: usize = 2000;

/// Says steps.
pub(super) struct Teller<'s> {
    around: Around<'s>,
    passages: Passages<'s>,
    sentences: BTreeMap<String, RuleSentence>,
}

/// A sentence or a part of one in both languages.
#[derive(Clone, Default)]
struct Said {
    zh: String,
    en: String,
}

impl<'s> Teller<'s> {
    pub(super) fn new(around: Around<'s>) -> Result<Self, Error> {
        Ok(Self { around, passages: Passages::new(around), sentences: sentences()? })
    }

    pub(super) fn thing(&self, iri: &str) -> Result<Thing, Error> {
        let class = self.around.class(iri)?.map(|class| class.to_ascii_lowercase());
        // Of what is no class of the graph, concepts, the scheme tells what it is: concept/{scheme}/{notation}.
        let scheme = || iri.rsplit_once("/concept/").and_then(|(_, rest)| rest.split('/').next()).map(str::to_owned);
        let label = match self.around.text(iri, "skos:prefLabel")? {
            Some(label) => Some(label),
            None => self.around.text(iri, "rdfs:label")?,
        };
        let kind = class.filter(|_| !iri.contains("/concept/")).or_else(scheme).unwrap_or_default();
        Ok(Thing { iri: iri.to_owned(), label: label.unwrap_or_else(|| iri.to_owned()), kind })
    }

    pub(super) fn step(&mut self, one: &str, other: &str, join: Join, others: usize) -> Result<Step, Error> {
        let (from, to) = (self.thing(one)?, self.thing(other)?);
        let (said, unit, quotes) = match join {
            Join::Unit(unit) => self.through(&from, &to, &unit)?,
            Join::Registry(property, reversed) => {
                let (first, second) = if reversed { (&to, &from) } else { (&from, &to) };
                let name = match (property, first.kind.as_str()) {
                    ("fz:region", "body") => "body-of",
                    ("fz:region", _) => "issued-in",
                    ("eli:repealed_by", _) => "repealed-by",
                    (property, _) => property.rsplit(':').next().unwrap_or_default(),
                };
                let ends = [("first", both(&first.label)), ("second", both(&second.label))];
                (self.say(name, &ends), None, Vec::new())
            }
        };
        Ok(Step { from, to, zh: said.zh, en: capitalized(&said.en), unit, quotes, others })
    }

    /// A step through a unit: what it has to do with both.
    fn through(
        &mut self,
        from: &Thing,
        to: &Thing,
        unit: &str,
    ) -> Result<(Said, Option<Passage>, Vec<Passage>), Error> {
        let passage = self.passages.of(unit)?;
        let class = self.around.class(unit)?.unwrap_or_default().to_ascii_lowercase();
        let (place, year) =
            passage.as_ref().map_or_else(Default::default, |passage| (passage.place.clone(), passage.year.to_string()));
        let name = self.around.text(unit, "rdfs:label")?.unwrap_or_default();
        let told = self.say(&class, &[("place", both(&place)), ("year", both(&year)), ("name", both(&name))]);
        let (start, end) = passage.as_ref().map_or((0, 0), |passage| (passage.start, passage.end));
        let span = [("start", both(&start.to_string())), ("end", both(&end.to_string()))];
        // A report as a whole has no place in itself.
        let span = if end > 0 { self.say("span", &span) } else { Said::default() };
        let own_region = self.around.iri(unit, "fz:region")?;
        let is_own = |thing: &Thing| own_region.as_deref() == Some(thing.iri.as_str());
        let (mut quotes, mut phrases) = (Vec::new(), Vec::new());
        for thing in [from, to] {
            // Whose report it is, the sentence says anyway.
            if is_own(thing) {
                continue;
            }
            let quote = self.quote(unit, thing)?;
            let words = quote.as_ref().map_or_else(String::new, |quote| quote.quote.clone());
            let name = match thing.kind.as_str() {
                "document" => "cites",
                "body" => "body",
                "indicator" => "indicator",
                "region" => "region",
                _ if self.is_topic(unit, &thing.iri)? => "topic",
                _ => "category",
            };
            phrases.push(self.say(name, &[("thing", both(&thing.label)), ("quote", both(&words))]));
            quotes.extend(quote);
        }
        let said = match phrases.as_slice() {
            [first, second] => self
                .say("step", &[("unit", told), ("first", first.clone()), ("second", second.clone()), ("span", span)]),
            [first] => self.say("step-of-place", &[("unit", told), ("first", first.clone()), ("span", span)]),
            _ => told,
        };
        Ok((said, passage, quotes))
    }

    fn is_topic(&self, unit: &str, concept: &str) -> Result<bool, Error> {
        Ok(self.around.iris(unit, "fz:topic")?.iter().any(|topic| topic == concept))
    }

    /// The citation or figure of a unit that joins it with a thing.
    fn quote(&mut self, unit: &str, thing: &Thing) -> Result<Option<Passage>, Error> {
        let property = match thing.kind.as_str() {
            "document" => "fz:cites",
            "indicator" => "fz:indicator",
            _ => return Ok(None),
        };
        let mut found: Vec<(usize, Passage)> = Vec::new();
        for part in self.around.pointing("dcterms:isPartOf", unit, PARTS)? {
            if self.around.iris(&part, property)?.contains(&thing.iri)
                && let Some(passage) = self.passages.of(&part)?
            {
                found.push((passage.start, passage));
            }
        }
        Ok(found.into_iter().min_by_key(|(start, _)| *start).map(|(_, passage)| passage))
    }

    fn say(&self, name: &str, values: &[(&str, Said)]) -> Said {
        let Some(sentence) = self.sentences.get(name) else { return Said::default() };
        let filled = |text: &str, of: fn(&Said) -> &String| {
            // Braces in a value are not filled again.
            let mut out = String::new();
            let mut rest = text;
            while let Some((before, after)) = rest.split_once('{') {
                out.push_str(before);
                let Some((key, behind)) = after.split_once('}') else { break };
                out.push_str(values.iter().find(|(known, _)| *known == key).map_or("", |(_, value)| of(value)));
                rest = behind;
            }
            out.push_str(rest);
            out
        };
        Said { zh: filled(&sentence.zh, |said| &said.zh), en: filled(&sentence.en, |said| &said.en) }
    }
}

fn both(text: &str) -> Said {
    Said { zh: text.to_owned(), en: text.to_owned() }
}

fn capitalized(sentence: &str) -> String {
    let mut rest = sentence.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// Writes the ways as numbered sentences, each with where it stands.
pub(super) fn write_text(connection: &Connection, out: &mut impl Write) -> Result<(), Error> {
    let wording = Wording::read()?;
    let both = |name: &str, values: &[(&str, String)]| {
        format!("{} {}", wording.of_path(name, values), wording.of_path(&format!("{name}_en"), values))
    };
    let Connection { from, to, ways, .. } = connection;
    let kind = |thing: &Thing| wording.path_kind(&thing.kind).to_owned();
    writeln!(out, "{from} ({}) \u{2014} {to} ({})", kind(from), kind(to))?;
    if ways.is_empty() {
        writeln!(out, "{}", both("none", &[]))?;
    }
    for (number, way) in ways.iter().enumerate() {
        let values = [
            ("number", (number + 1).to_string()),
            ("steps", way.steps.len().to_string()),
            ("cost", way.cost.to_string()),
        ];
        writeln!(out, "\n{}", both("way", &values))?;
        for step in &way.steps {
            writeln!(out, "   {}\n   {}", step.zh, step.en)?;
            for passage in step.quotes.iter().chain(&step.unit) {
                let mut source = format!("\u{201C}{}\u{201D} {}", excerpt(&passage.quote), passage.title);
                // A report as a whole is quoted by its title and stands nowhere within itself.
                if passage.end > 0 {
                    let _ = write!(source, " {}\u{2013}{}", passage.start, passage.end);
                }
                if let Some(url) = &passage.url {
                    let _ = write!(source, " {url}");
                }
                writeln!(out, "      {source}")?;
            }
            if step.others > 0 {
                writeln!(out, "      {}", both("others", &[("count", step.others.to_string())]))?;
            }
        }
    }
    if connection.cut_short {
        writeln!(out, "\n{}", both("cut_short", &[]))?;
    }
    Ok(())
}

/// Characters of a passage that are shown.
const SHOWN: usize = 60;

fn excerpt(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if text.chars().count() > SHOWN {
        shown.push('\u{2026}');
    }
    shown
}

#[cfg(test)]
mod tests {
    use crate::lexicon::sentences;

    #[test]
    fn every_sentence_fills_the_same_in_both_languages() {
        let braces = |text: &str| {
            let mut names: Vec<String> =
                text.split('{').skip(1).filter_map(|rest| rest.split('}').next()).map(str::to_owned).collect();
            names.sort();
            names
        };
        for (name, sentence) in sentences().unwrap() {
            assert_eq!(braces(&sentence.zh), braces(&sentence.en), "{name}");
        }
    }
}
