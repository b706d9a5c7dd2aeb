//! Which regions are most like one, and why?

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;

use comfy_table::{Cell, CellAlignment};
use oxigraph::model::Term;
use oxigraph::sparql::Variable;
use oxigraph::store::Store;
use serde::Serialize;

use super::profiles::{Entry, Profiles};
use super::wording::{Wording, filled};
use super::{Asked, Error, Format, Kind};
use crate::query::{Limits, Question, write_cells};

/// How many shared documents, and how many shared fields and topics, are given as reasons: those that say most.
const REASONS: [usize; 2] = [5, 3];

/// How many reasons a table shows for a region; CSV and JSON have all.
const SHOWN: usize = 3;

/// How many passages are looked up at once.
const AT_ONCE: usize = 200;

/// A passage that shows a reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The citation's or measure's IRI, which leads to the report and the place in it.
    pub iri: String,
    /// The year reported on.
    pub year: String,
    /// The citation's quote, or the measure's name.
    pub quote: String,
}

/// Something that two regions share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// `document`, or `topic` for a field or topic of measures.
    pub kind: &'static str,
    /// Its IRI.
    pub iri: String,
    /// Its name.
    pub label: String,
    /// In how many of the regions that are compared it is met.
    pub regions: usize,
    /// Its part of the likeness, of which all parts are the sum.
    pub part: f64,
    /// One of the passages of the region that was asked about.
    pub here: Evidence,
    /// One of the other region's.
    pub there: Evidence,
}

/// A region that is like the one that was asked about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Like {
    /// Its IRI.
    pub iri: String,
    /// Its name.
    pub label: String,
    /// How alike the two are, from 0 to 1: half of `citations` and half of `topics`.
    pub likeness: f64,
    /// How alike they are by what they cite.
    pub citations: f64,
    /// How alike they are by the fields and topics of their measures.
    pub topics: f64,
    /// What they share: documents, then topics, each from what says most down.
    pub reasons: Vec<Reason>,
}

/// The regions most like one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alike {
    /// The region's IRI.
    pub iri: String,
    /// Its name.
    pub label: String,
    /// How many regions were compared, itself included.
    pub regions: usize,
    /// The others, the most alike first.
    pub others: Vec<Like>,
}

/// The regions, at most `wanted`, that are most like `region` (a name or code) among those that `filter` leaves: values of
/// the parameters of [`Kind::Regions`].
///
/// # Errors
/// [`Error::NoReport`] when nothing is known of the region; [`Error::Query`] when there is no such region or the store
/// cannot be asked.
pub fn alike(
    store: &Store,
    region: &str,
    filter: &[(String, String)],
    wanted: usize,
    limits: Limits,
) -> Result<Alike, Error> {
    let asked = Question::parse("alike", include_str!("region.rq"))?;
    let bindings = asked.bind(store, &[("region".to_owned(), region.to_owned())])?;
    let iri = match bindings.terms().get(&Variable::new_unchecked("region")) {
        Some(Term::NamedNode(node)) => node.as_str().to_owned(),
        _ => region.to_owned(),
    };
    let question = Kind::Regions.question()?;
    let asked = Asked { store, bindings: question.bind(store, filter)?, limits };
    let profiles = asked.profiles(question.text(), &asked.titles()?)?;
    let place = profiles
        .places
        .iter()
        .position(|place| place.iri == iri)
        .filter(|place| !profiles.entries[*place].is_empty())
        .ok_or_else(|| Error::NoReport { region: region.to_owned(), filtered: !filter.is_empty() })?;
    let mut others: Vec<Like> =
        profiles.nearest(place, wanted).into_iter().map(|(other, _)| like(&profiles, place, other)).collect();
    let passages = passages(&asked, &others)?;
    for reason in others.iter_mut().flat_map(|other| &mut other.reasons) {
        for passage in [&mut reason.here, &mut reason.there] {
            if let Some(found) = passages.get(&passage.iri) {
                passage.clone_from(found);
            }
        }
    }
    Ok(Alike { iri, label: profiles.places[place].label.clone(), regions: profiles.places.len(), others })
}

fn like(profiles: &Profiles, place: usize, other: usize) -> Like {
    let mut shared = profiles.shared(place, other);
    shared.sort_by(|left, right| right.2.total_cmp(&left.2).then(left.0.thing.cmp(&right.0.thing)));
    let is_document = |entry: &Entry| profiles.things[entry.thing].is_document;
    let sum = |documents| -> f64 {
        shared.iter().filter(|(mine, _, _)| is_document(mine) == documents).map(|(_, _, part)| part).sum()
    };
    let reasons = [true, false].into_iter().zip(REASONS).flat_map(|(documents, most)| {
        shared.iter().filter(move |(mine, _, _)| is_document(mine) == documents).take(most)
    });
    let reasons = reasons
        .map(|(mine, theirs, part)| {
            let thing = &profiles.things[mine.thing];
            let passage = |entry: &Entry| Evidence { iri: entry.passage.clone(), ..Evidence::default() };
            Reason {
                kind: if thing.is_document { "document" } else { "topic" },
                iri: thing.iri.clone(),
                label: thing.label.clone(),
                regions: thing.regions,
                part: *part,
                here: passage(mine),
                there: passage(theirs),
            }
        })
        .collect();
    // The sum of nothing is a negative zero.
    let (citations, topics) = (sum(true) + 0.0, sum(false) + 0.0);
    let found = &profiles.places[other];
    Like {
        iri: found.iri.clone(),
        label: found.label.clone(),
        likeness: citations + topics,
        // Each kind has half the length of a profile.
        citations: 2.0 * citations,
        topics: 2.0 * topics,
        reasons,
    }
}

/// The passages that the reasons name, by IRI.
fn passages(asked: &Asked<'_>, others: &[Like]) -> Result<BTreeMap<String, Evidence>, Error> {
    let mut wanted: Vec<&str> = others
        .iter()
        .flat_map(|other| &other.reasons)
        .flat_map(|reason| [reason.here.iri.as_str(), reason.there.iri.as_str()])
        .collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut found = BTreeMap::new();
    for part in wanted.chunks(AT_ONCE) {
        let mut values = String::new();
        for iri in part {
            // Writing to a string does not fail. What the store holds as an IRI is one.
            let _ = write!(values, "<{iri}> ");
        }
        for row in asked.rows(&include_str!("passages.rq").replace("# VALUES", &values))? {
            let [iri, year, quote] = row.as_slice() else { continue };
            let passage = Evidence { iri: iri.clone(), year: year.clone(), quote: quote.clone() };
            found.entry(iri.clone()).or_insert(passage);
        }
    }
    Ok(found)
}

/// Writes the regions as a table of at most `width` columns, as CSV with a line a reason, or as JSON; in a table,
/// IRIs that begin with `base` go without it.
///
/// # Errors
/// [`Error::UnknownFormat`] for a format of networks; what `out` fails with.
pub fn write_alike(alike: &Alike, format: Format, base: &str, width: u16, out: &mut impl Write) -> Result<(), Error> {
    match format {
        Format::Table => write_table(alike, base, width, out),
        Format::Nodes => write_csv(alike, out),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, alike).map_err(std::io::Error::from)?;
            Ok(writeln!(out)?)
        }
        other => Err(Error::UnknownFormat {
            name: Format::ALL.iter().find(|(_, known)| *known == other).map_or("", |(name, _)| name).to_owned(),
            known: "table, csv, json".to_owned(),
        }),
    }
}

fn write_table(alike: &Alike, base: &str, width: u16, out: &mut impl Write) -> Result<(), Error> {
    let words = Wording::read()?.alike;
    let values = [("region", alike.label.clone()), ("regions", alike.regions.to_string())];
    if alike.others.is_empty() {
        writeln!(out, "{}\n{}", filled(&words.none, &values), filled(&words.none_en, &values))?;
        return Ok(());
    }
    writeln!(out, "{}\n{}", filled(&words.title, &values), filled(&words.title_en, &values))?;
    writeln!(out, "{}\n{}", words.measure, words.measure_en)?;
    let number = |value: f64| Cell::new(format!("{value:.3}")).set_alignment(CellAlignment::Right);
    let list = |like: &Like, kind: &str| {
        let named: Vec<String> = like
            .reasons
            .iter()
            .filter(|reason| reason.kind == kind)
            .map(|reason| {
                if kind == "document" { format!("{}({})", reason.label, reason.regions) } else { reason.label.clone() }
            })
            .collect();
        Cell::new(named.join("\n"))
    };
    let rows = alike.others.iter().zip(1..).map(|(like, place)| {
        vec![
            Cell::new(place),
            Cell::new(&like.label),
            number(like.likeness),
            number(like.citations),
            number(like.topics),
            list(like, "document"),
            list(like, "topic"),
        ]
    });
    write_cells(words.head, rows.collect(), width, out)?;
    let passage = |passage: &Evidence| {
        let place = passage.iri.strip_prefix(base).unwrap_or(&passage.iri);
        Cell::new(format!("{} {}\n{place}", passage.year, passage.quote))
    };
    let rows = alike.others.iter().flat_map(|like| {
        let mut reasons: Vec<&Reason> = like.reasons.iter().collect();
        reasons.sort_by(|left, right| right.part.total_cmp(&left.part));
        reasons.into_iter().take(SHOWN).map(move |reason| {
            vec![
                Cell::new(&like.label),
                Cell::new(&reason.label),
                number(reason.part),
                passage(&reason.here),
                passage(&reason.there),
            ]
        })
    });
    write_cells(words.reasons, rows.collect(), width, out)?;
    Ok(())
}

fn write_csv(alike: &Alike, out: &mut impl Write) -> Result<(), Error> {
    let mut csv = csv::Writer::from_writer(out);
    let written = (|| {
        csv.write_record([
            "region",
            "region_iri",
            "like",
            "like_iri",
            "likeness",
            "citations",
            "topics",
            "kind",
            "shared",
            "shared_iri",
            "regions",
            "part",
            "here_year",
            "here_quote",
            "here",
            "there_year",
            "there_quote",
            "there",
        ])?;
        for like in &alike.others {
            for reason in &like.reasons {
                let numbers = [like.likeness, like.citations, like.topics, reason.part].map(|value| value.to_string());
                let regions = reason.regions.to_string();
                csv.write_record([
                    alike.label.as_str(),
                    &alike.iri,
                    &like.label,
                    &like.iri,
                    &numbers[0],
                    &numbers[1],
                    &numbers[2],
                    reason.kind,
                    &reason.label,
                    &reason.iri,
                    &regions,
                    &numbers[3],
                    &reason.here.year,
                    &reason.here.quote,
                    &reason.here.iri,
                    &reason.there.year,
                    &reason.there.quote,
                    &reason.there.iri,
                ])?;
            }
        }
        csv.flush().map_err(csv::Error::from)
    })();
    written.map_err(|error| Error::Write(std::io::Error::other(error)))
}
