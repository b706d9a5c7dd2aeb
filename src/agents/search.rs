//! What is called so? Things of the graph by name, code or part of a name.

use std::collections::BTreeMap;

use oxigraph::model::{Literal, Term};
use oxigraph::sparql::Variable;
use rmcp::schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Library;
use super::answer::{Extent, Page};
use super::trouble::Trouble;
use crate::query::{self, Answer, Around, Bindings, Limits, ParameterType, find_any};
use crate::text::Text;
use crate::vocab::CONCEPTS;

/// Results of a page unless told otherwise, and the most.
const RESULTS: (usize, usize) = (15, 50);
/// Names looked at, at most, of one kind of thing.
const NAMES: usize = 20_000;

/// A kind of thing that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(crate = "rmcp::schemars")]
pub(super) enum Kind {
    Region,
    Document,
    Body,
    Report,
    Category,
    Indicator,
    BodyType,
    #[serde(rename = "document_kind")]
    KindOfDocument,
    Level,
    Rule,
}

impl Kind {
    const ALL: [Self; 10] = [
        Self::Region,
        Self::Category,
        Self::Indicator,
        Self::BodyType,
        Self::Rule,
        Self::KindOfDocument,
        Self::Level,
        Self::Document,
        Self::Body,
        Self::Report,
    ];

    /// Class, or scheme of concepts.
    const fn members(self) -> &'static str {
        match self {
            Self::Region => "a fz:Region",
            Self::Document => "a fz:Document",
            Self::Body => "a fz:Body",
            Self::Report => "a fz:Report",
            Self::Category => "category",
            Self::Indicator => "indicator",
            Self::BodyType => "body-type",
            Self::KindOfDocument => "document-kind",
            Self::Level => "level",
            Self::Rule => "rule",
        }
    }

    const fn parameter(self) -> ParameterType {
        match self {
            Self::Region => ParameterType::Region,
            Self::Document => ParameterType::Document,
            Self::Body => ParameterType::Body,
            Self::Report => ParameterType::Report,
            Self::Category => ParameterType::Category,
            Self::Indicator => ParameterType::Indicator,
            Self::BodyType => ParameterType::BodyType,
            Self::KindOfDocument => ParameterType::DocumentKind,
            Self::Level => ParameterType::Level,
            Self::Rule => ParameterType::Rule,
        }
    }

    /// The query for names that hold a text.
    fn query(self) -> String {
        let members = self.members();
        let pattern = if members.starts_with("a ") {
            format!("?thing {members} ; rdfs:label|skos:altLabel|fz:code|fz:number ?name .")
        } else {
            format!("?thing skos:inScheme <{CONCEPTS}{members}> ; skos:prefLabel|skos:notation ?name .")
        };
        format!("SELECT ?thing ?name WHERE {{ {pattern} FILTER (CONTAINS(LCASE(STR(?name)), ?wanted)) }}")
    }
}

/// What is looked for.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Asked {
    text: String,
    #[serde(default)]
    kinds: Vec<Kind>,
    limit: Option<usize>,
    offset: Option<usize>,
}

/// What was found.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
pub(super) struct Results {
    results: Vec<Found>,
    #[serde(flatten)]
    extent: Extent,
}

/// A thing with a name like the one that was looked for.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(crate = "rmcp::schemars")]
struct Found {
    kind: Kind,
    iri: String,
    name: String,
    /// Code, notation or identifier, by which it can be given to `ask`, too.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// Where it belongs: the region around, the kind of a document.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    of: Vec<String>,
}

/// Looks for names.
pub(super) fn search(library: &Library, asked: &Asked) -> Result<Results, Trouble> {
    let printed = Text::new(asked.text.trim());
    let wanted = printed.folded().trim_matches(['\u{300a}', '\u{300b}']).to_lowercase();
    if wanted.is_empty() {
        return Err(Trouble::Missing("there is nothing to look for; give a name, a part of one, or a code".to_owned()));
    }
    let kinds: &[Kind] = if asked.kinds.is_empty() { &Kind::ALL } else { &asked.kinds };
    let found = named(library, &wanted, kinds)?;
    if found.is_empty() {
        let parameters: Vec<ParameterType> = kinds.iter().map(|kind| kind.parameter()).collect();
        // It knows names that are not written so, and else names that are spelled alike.
        let (kind, thing) = find_any(library.store.dataset(), &parameters, &asked.text)?;
        let kind = kinds.iter().find(|known| known.parameter() == kind).copied().unwrap_or(Kind::Region);
        let page = Page::new(asked.offset, asked.limit, RESULTS.0, RESULTS.1);
        return results(library, vec![(kind, thing.into_string(), asked.text.clone())], page);
    }
    results(library, found, Page::new(asked.offset, asked.limit, RESULTS.0, RESULTS.1))
}

/// Things of these kinds that hold `wanted` in a name: those called so first, then those whose name begins so.
fn named(library: &Library, wanted: &str, kinds: &[Kind]) -> Result<Vec<(Kind, String, String)>, Trouble> {
    let mut ranked: BTreeMap<(Kind, String), (u8, usize, String)> = BTreeMap::new();
    let limits = Limits { max_rows: Some(NAMES), ..library.limits };
    for kind in kinds {
        let bindings = Bindings::default().with(Variable::new_unchecked("wanted"), Literal::from(wanted));
        let Answer::Solutions(solutions) = query::run(library.store.dataset(), &kind.query(), &bindings, limits)?
        else {
            continue;
        };
        for row in solutions.rows {
            let mut row = row.into_iter();
            let (Some(Some(Term::NamedNode(thing))), Some(Some(Term::Literal(name)))) = (row.next(), row.next()) else {
                continue;
            };
            let lower = name.value().to_lowercase();
            let rank = if lower == wanted {
                0
            } else if lower.starts_with(wanted) {
                1
            } else {
                2
            };
            let found = (rank, name.value().chars().count(), name.value().to_owned());
            let best = ranked.entry((*kind, thing.into_string())).or_insert_with(|| found.clone());
            if found < *best {
                *best = found;
            }
        }
    }
    let place = |kind: Kind| Kind::ALL.iter().position(|known| *known == kind);
    let mut found: Vec<_> = ranked.into_iter().collect();
    found.sort_by_cached_key(|((kind, iri), (rank, length, _))| (*rank, place(*kind), *length, iri.clone()));
    Ok(found.into_iter().map(|((kind, iri), (_, _, name))| (kind, iri, name)).collect())
}

fn results(library: &Library, found: Vec<(Kind, String, String)>, page: Page) -> Result<Results, Trouble> {
    let (shown, extent) = page.of(found, |(_, iri, name)| iri.len() + name.len());
    let around = Around::new(library.store.dataset());
    let results = shown.into_iter().map(|(kind, iri, name)| told(around, kind, iri, name));
    Ok(Results { results: results.collect::<Result<_, Trouble>>()?, extent })
}

/// A thing with its own label, its code and where it belongs.
fn told(around: Around<'_>, kind: Kind, iri: String, name: String) -> Result<Found, Trouble> {
    let label = |thing: &str, property: &str| around.text(thing, property);
    let mut of = Vec::new();
    let (code, own) = match kind {
        Kind::Region => {
            let mut next = around.iri(&iri, "fz:within")?;
            while let Some(region) = next.take().filter(|_| of.len() < 5) {
                of.extend(label(&region, "rdfs:label")?);
                next = around.iri(&region, "fz:within")?;
            }
            (label(&iri, "fz:code")?, label(&iri, "rdfs:label")?)
        }
        Kind::Document | Kind::Body | Kind::Report => {
            for property in ["fz:kind", "fz:type"] {
                if let Some(concept) = around.iri(&iri, property)? {
                    of.extend(label(&concept, "skos:prefLabel")?);
                }
            }
            if let Some(region) = around.iri(&iri, "fz:region")? {
                of.extend(label(&region, "rdfs:label")?);
            }
            let id = iri.rsplit('/').next().map(str::to_owned).filter(|_| kind == Kind::Report);
            (id, label(&iri, "rdfs:label")?)
        }
        _ => (label(&iri, "skos:notation")?, label(&iri, "skos:prefLabel")?),
    };
    Ok(Found { kind, name: own.unwrap_or(name), iri, code, of })
}
