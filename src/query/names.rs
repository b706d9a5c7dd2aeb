//! What does a name mean? From a region's name, a law's short title or a category's label to the thing's IRI.

use std::collections::BTreeSet;

use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{LiteralRef, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, TermRef};
use oxigraph::store::{QuadIter, StorageError, Store};

use super::error::Error;
use super::graphs::REPORTED;
use super::question::ParameterType;
use crate::text::Text;
use crate::vocab::{CONCEPTS, Scheme, class, property, skos};

// What is said of concepts; `describe` never writes it.
const IN_SCHEME: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#inScheme");
pub(super) const NOTATION: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#notation");
pub(super) const PREF_LABEL: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#prefLabel");

/// How many names spelled alike are proposed.
const SUGGESTIONS: usize = 5;

/// How many meanings of one name are listed.
const CANDIDATES: usize = 20;

/// What official titles of laws begin with and short ones leave out: the name of the state.
pub(crate) const STATE: &str = "\u{4e2d}\u{534e}\u{4eba}\u{6c11}\u{5171}\u{548c}\u{56fd}";

/// What makes a thing one of a parameter's type.
pub(super) enum Kind {
    Class(NamedNodeRef<'static>),
    Concept(NamedNode),
}

impl Kind {
    fn concept(scheme: Scheme) -> Self {
        Self::Concept(NamedNode::new_unchecked(format!("{CONCEPTS}{}", scheme.name())))
    }

    pub(super) fn of(parameter: ParameterType) -> Option<Self> {
        let concept = Self::concept;
        match parameter {
            ParameterType::String
            | ParameterType::Integer
            | ParameterType::Year
            | ParameterType::Limit
            | ParameterType::Fact => None,
            ParameterType::Region => Some(Self::Class(class::REGION)),
            ParameterType::Document => Some(Self::Class(class::DOCUMENT)),
            ParameterType::Body => Some(Self::Class(class::BODY)),
            ParameterType::Report => Some(Self::Class(class::REPORT)),
            ParameterType::Category => Some(concept(Scheme::Category)),
            ParameterType::BodyType => Some(concept(Scheme::BodyType)),
            ParameterType::DocumentKind => Some(concept(Scheme::DocumentKind)),
            ParameterType::Level => Some(concept(Scheme::Level)),
            ParameterType::Indicator => Some(concept(Scheme::Indicator)),
            ParameterType::Rule => Some(concept(Scheme::Rule)),
        }
    }

    /// The properties that name a thing of the kind.
    const fn names(&self) -> &'static [NamedNodeRef<'static>] {
        match self {
            Self::Class(_) => &[rdfs::LABEL, skos::ALT_LABEL, property::CODE, property::NUMBER],
            // Its other labels, words by which it is recognised in a text, are asked where these fail.
            Self::Concept(_) => &[NOTATION, PREF_LABEL],
        }
    }

    /// The statements that make a thing, or everything, one of the kind.
    fn members(&self, store: &Store, thing: Option<NamedNodeRef<'_>>) -> QuadIter<'static> {
        let (property, object) = match self {
            Self::Class(class) => (rdf::TYPE, *class),
            Self::Concept(scheme) => (IN_SCHEME, scheme.as_ref()),
        };
        store.quads_for_pattern(thing.map(Into::into), Some(property), Some(object.into()), REPORTED)
    }

    fn has(&self, store: &Store, thing: NamedNodeRef<'_>) -> Result<bool, StorageError> {
        Ok(self.members(store, Some(thing)).next().transpose()?.is_some())
    }

    pub(super) fn all(&self, store: &Store) -> Result<BTreeSet<NamedNode>, StorageError> {
        let mut all = BTreeSet::new();
        for quad in self.members(store, None) {
            if let NamedOrBlankNode::NamedNode(thing) = quad?.subject {
                all.insert(thing);
            }
        }
        Ok(all)
    }
}

/// The one thing of the kind that `value` names.
pub(super) fn find(store: &Store, kind: ParameterType, parameter: &str, value: &str) -> Result<NamedNode, Error> {
    let Some(thing) = Kind::of(kind) else {
        return Err(Error::InvalidValue { name: parameter.to_owned(), value: value.to_owned(), expected: "a name" });
    };
    let search = Search { store, kind: thing };
    let printed = Text::new(value);
    let found = search.meant(kind, value, printed.folded())?;
    if let (Some(thing), 1) = (found.first(), found.len()) {
        return Ok(thing.clone());
    }
    let (name, value) = (parameter.to_owned(), value.to_owned());
    if found.is_empty() {
        let mut names = search.all_names(kind)?;
        let known = if matches!(search.kind, Kind::Concept(_)) { search.notations()? } else { Vec::new() };
        if kind == ParameterType::Body {
            let types = Search { store, kind: Kind::concept(Scheme::BodyType) };
            names.extend(types.all_names(ParameterType::BodyType)?);
        }
        return Err(Error::UnknownName { name, value, kind, suggestions: suggest(printed.folded(), names), known });
    }
    let candidates = found.iter().take(CANDIDATES).map(|thing| search.spell_out(kind, thing));
    let candidates = candidates.collect::<Result<_, _>>()?;
    Err(Error::AmbiguousName { name, value, kind, total: found.len(), candidates })
}

/// The one thing that `value` names by name, code or IRI, of whichever of these kinds it is.
///
/// # Errors
/// [`Error::UnknownThing`] with names spelled alike, [`Error::AmbiguousThing`] with what it may mean.
pub fn find_any(store: &Store, kinds: &[ParameterType], value: &str) -> Result<(ParameterType, NamedNode), Error> {
    let value = value.trim();
    let unknown = |suggestions| Error::UnknownThing { kinds: kinds.to_vec(), value: value.to_owned(), suggestions };
    if let Some(iri) = super::bind::iri(value) {
        let invalid = || Error::InvalidValue { name: "name".to_owned(), value: value.to_owned(), expected: "an IRI" };
        let thing = NamedNode::new(iri).map_err(|_| invalid())?;
        for kind in kinds {
            if Kind::of(*kind).map(|known| known.has(store, thing.as_ref())).transpose()?.unwrap_or_default() {
                return Ok((*kind, thing));
            }
        }
        return Err(unknown(Vec::new()));
    }
    let name = Text::new(value);
    let name = name.folded();
    let mut found: Vec<(ParameterType, NamedNode, String)> = Vec::new();
    for kind in kinds {
        let Some(thing) = Kind::of(*kind) else { continue };
        // A word by which a text tells a field (the title of a law) means the field only where nothing else is called so.
        if matches!(thing, Kind::Concept(_)) && !found.is_empty() {
            continue;
        }
        let search = Search { store, kind: thing };
        for thing in search.meant(*kind, value, name)? {
            // A type of body is found among the bodies, too.
            if found.iter().all(|(_, known, _)| *known != thing) {
                let (way, what) = search.spell_out(*kind, &thing)?;
                found.push((*kind, thing, format!("{way}  {what}").trim_end().to_owned()));
            }
        }
    }
    if found.len() > 1 {
        let candidates = found.into_iter().take(CANDIDATES).map(|(kind, _, told)| format!("{told}  ({kind})"));
        return Err(Error::AmbiguousThing { value: value.to_owned(), candidates: candidates.collect() });
    }
    if let Some((kind, thing, _)) = found.pop() {
        return Ok((kind, thing));
    }
    // Only now all names are looked through.
    let mut names = BTreeSet::new();
    for kind in kinds {
        if let Some(thing) = Kind::of(*kind) {
            names.extend(Search { store, kind: thing }.all_names(*kind)?);
        }
    }
    Err(unknown(suggest(name, names)))
}

pub(super) struct Search<'a> {
    pub(super) store: &'a Store,
    pub(super) kind: Kind,
}

impl Search<'_> {
    /// What a person may mean by `value`: nothing, one thing, or several.
    fn meant(&self, kind: ParameterType, value: &str, folded: &str) -> Result<BTreeSet<NamedNode>, StorageError> {
        if kind == ParameterType::Report {
            return self.reports(value);
        }
        // A title may be given as it is printed: in book-title marks, with brackets and dashes of any width.
        let marks = ['\u{300a}', '\u{300b}'];
        let mut found = self.called(value.trim_matches(marks))?;
        let name = folded.trim_matches(marks);
        if found.is_empty() {
            found = self.called(name)?;
        }
        match kind {
            ParameterType::Document if found.is_empty() => {
                let other = name.strip_prefix(STATE).map_or_else(|| format!("{STATE}{name}"), str::to_owned);
                self.called(&other)
            }
            ParameterType::Body if found.is_empty() => {
                Search { store: self.store, kind: Kind::concept(Scheme::BodyType) }.called(name)
            }
            ParameterType::Region => {
                if found.is_empty() {
                    found = self.called_with_parents(name)?;
                }
                if found.is_empty() {
                    found = self.begun(name)?;
                }
                self.in_force(found)
            }
            _ => Ok(found),
        }
    }

    /// Regions whose name is `name` and one character more: the name of a place without that of its rank.
    fn begun(&self, name: &str) -> Result<BTreeSet<NamedNode>, StorageError> {
        let mut found = BTreeSet::new();
        if name.chars().nth(1).is_none() {
            return Ok(found);
        }
        for region in self.kind.all(self.store)? {
            let names = self.objects(&region, &[rdfs::LABEL, skos::ALT_LABEL])?;
            if names.iter().any(|own| own.strip_prefix(name).is_some_and(|rest| rest.chars().count() == 1)) {
                found.insert(region);
            }
        }
        Ok(found)
    }

    /// Things that have `name` among their names.
    fn called(&self, name: &str) -> Result<BTreeSet<NamedNode>, StorageError> {
        let found = self.called_by(self.kind.names(), name)?;
        // A word by which a concept is recognised in a text means it where no concept has it as its name.
        match self.kind {
            Kind::Concept(_) if found.is_empty() => self.called_by(&[skos::ALT_LABEL], name),
            _ => Ok(found),
        }
    }

    fn called_by(&self, properties: &[NamedNodeRef<'_>], name: &str) -> Result<BTreeSet<NamedNode>, StorageError> {
        let mut found = BTreeSet::new();
        let spellings = [
            LiteralRef::new_simple_literal(name),
            LiteralRef::new_language_tagged_literal_unchecked(name, "zh"),
            LiteralRef::new_language_tagged_literal_unchecked(name, "en"),
        ];
        for property in properties {
            for spelling in spellings {
                for quad in self.store.quads_for_pattern(None, Some(*property), Some(spelling.into()), REPORTED) {
                    if let NamedOrBlankNode::NamedNode(thing) = quad?.subject
                        && self.kind.has(self.store, thing.as_ref())?
                    {
                        found.insert(thing);
                    }
                }
            }
        }
        Ok(found)
    }

    /// Regions by a name with the names of regions around it in front: province, city and county in one word.
    fn called_with_parents(&self, name: &str) -> Result<BTreeSet<NamedNode>, StorageError> {
        for (start, _) in name.char_indices().skip(1) {
            let (around, own) = name.split_at(start);
            let mut found = BTreeSet::new();
            for region in self.called(own.trim_start_matches(['/', ' ']))? {
                if self.lies_within(&region, around.trim_end_matches(['/', ' ']))? {
                    found.insert(region);
                }
            }
            if !found.is_empty() {
                return Ok(found);
            }
        }
        Ok(BTreeSet::new())
    }

    fn lies_within(&self, region: &NamedNode, around: &str) -> Result<bool, StorageError> {
        let mut rest = around.to_owned();
        for parent in self.parents(region)? {
            for name in self.objects(&parent, &[rdfs::LABEL, skos::ALT_LABEL])? {
                if let Some(shorter) = rest.strip_suffix(name.as_str()) {
                    rest.truncate(shorter.trim_end_matches(['/', ' ']).len());
                    break;
                }
            }
        }
        Ok(rest.is_empty())
    }

    /// The regions around a region, from the one directly above it upwards.
    pub(super) fn parents(&self, region: &NamedNode) -> Result<Vec<NamedNode>, StorageError> {
        let mut parents = vec![region.clone()];
        while let Some(last) = parents.last() {
            let above = self
                .store
                .quads_for_pattern(Some(last.as_ref().into()), Some(property::WITHIN), None, REPORTED)
                .next()
                .transpose()?
                .map(|quad| quad.object);
            match above {
                Some(Term::NamedNode(above)) if !parents.contains(&above) => parents.push(above),
                _ => break,
            }
        }
        parents.remove(0);
        Ok(parents)
    }

    /// A name that lives on means the region that has it today, unless only former ones have it.
    fn in_force(&self, regions: BTreeSet<NamedNode>) -> Result<BTreeSet<NamedNode>, StorageError> {
        let mut in_force = BTreeSet::new();
        for region in &regions {
            let ended = self
                .store
                .quads_for_pattern(Some(region.as_ref().into()), Some(property::UNTIL), None, REPORTED)
                .next();
            if ended.transpose()?.is_none() {
                in_force.insert(region.clone());
            }
        }
        Ok(if in_force.is_empty() { regions } else { in_force })
    }

    /// Reports whose identifier is `name` or begins with it and a hyphen.
    fn reports(&self, name: &str) -> Result<BTreeSet<NamedNode>, StorageError> {
        let mut all = self.kind.all(self.store)?;
        all.retain(|report| {
            identifier(report)
                .strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('-') || name.ends_with('-'))
        });
        Ok(all)
    }

    pub(super) fn objects(
        &self,
        thing: &NamedNode,
        properties: &[NamedNodeRef<'_>],
    ) -> Result<Vec<String>, StorageError> {
        let mut values = Vec::new();
        for property in properties {
            for quad in self.store.quads_for_pattern(Some(thing.as_ref().into()), Some(*property), None, REPORTED) {
                if let TermRef::Literal(literal) = quad?.object.as_ref() {
                    values.push(literal.value().to_owned());
                }
            }
        }
        Ok(values)
    }

    /// A candidate: how it can be given instead, and what a person needs to choose.
    fn spell_out(&self, kind: ParameterType, thing: &NamedNode) -> Result<(String, String), StorageError> {
        let label = |thing: &NamedNode| -> Result<String, StorageError> {
            Ok(self.objects(thing, &[rdfs::LABEL, PREF_LABEL])?.into_iter().next().unwrap_or_default())
        };
        let first = |properties: &[_]| -> Result<String, StorageError> {
            let found = self.objects(thing, properties)?.into_iter().next();
            Ok(found.unwrap_or_else(|| thing.to_string()))
        };
        Ok(match kind {
            ParameterType::Region => {
                let mut path = vec![label(thing)?];
                for parent in self.parents(thing)? {
                    path.push(label(&parent)?);
                }
                path.reverse();
                (first(&[property::CODE])?, path.join(" "))
            }
            ParameterType::Report => (identifier(thing).to_owned(), label(thing)?),
            _ if matches!(self.kind, Kind::Concept(_)) => (first(&[NOTATION])?, label(thing)?),
            _ => {
                let title = label(thing)?;
                // Two documents may have one title.
                if self.called(&title)?.len() == 1 { (title, String::new()) } else { (thing.to_string(), title) }
            }
        })
    }

    /// The notations of a scheme with the Chinese labels, where they are few enough to be read.
    fn notations(&self) -> Result<Vec<String>, StorageError> {
        let mut known = Vec::new();
        for concept in self.kind.all(self.store)? {
            let notation = self.objects(&concept, &[NOTATION])?.into_iter().next().unwrap_or_default();
            // What stands below another is listed with `fazhi query topic-coverage` and the like.
            if !notation.contains('/') {
                let labels = self.objects(&concept, &[PREF_LABEL])?;
                let label = labels.into_iter().find(|label| !label.is_ascii()).unwrap_or_default();
                known.push(format!("{label} ({notation})"));
            }
        }
        Ok(if known.len() <= CANDIDATES { known } else { Vec::new() })
    }

    fn all_names(&self, kind: ParameterType) -> Result<BTreeSet<String>, StorageError> {
        let mut names = BTreeSet::new();
        for thing in self.kind.all(self.store)? {
            if kind == ParameterType::Report {
                names.insert(identifier(&thing).to_owned());
            } else {
                names.extend(self.objects(&thing, self.kind.names())?);
                if matches!(self.kind, Kind::Concept(_)) {
                    names.extend(self.objects(&thing, &[skos::ALT_LABEL])?);
                }
            }
        }
        if kind == ParameterType::Document {
            // People leave the name of the state out.
            let short: Vec<String> =
                names.iter().filter_map(|name| Some(name.strip_prefix(STATE)?.to_owned())).collect();
            names.extend(short);
        }
        Ok(names)
    }
}

/// What follows the last slash of an IRI.
pub(super) fn identifier(thing: &NamedNode) -> &str {
    thing.as_str().rsplit('/').next().unwrap_or_default()
}

/// The names closest to `value`: those that contain it or are contained in it, and those a few characters away.
pub(crate) fn suggest(value: &str, names: impl IntoIterator<Item = String>) -> Vec<String> {
    let length = value.chars().count();
    let mut close: Vec<(usize, usize, String)> = names
        .into_iter()
        .filter_map(|name| {
            let distance = strsim::osa_distance(value, &name);
            let related = length > 1 && (name.contains(value) || (name.chars().count() > 1 && value.contains(&name)));
            // Of names equally far off, the end of a name is mistaken more often than its beginning.
            let alike = value.chars().zip(name.chars()).take_while(|(one, other)| one == other).count();
            (related || distance <= (length / 3).max(1)).then_some((distance, length - alike, name))
        })
        .collect();
    close.sort();
    close.dedup();
    close.truncate(SUGGESTIONS);
    close.into_iter().map(|(_, _, name)| name).collect()
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_close_or_contain_the_value() {
        let names = || ["武山县", "巫山县", "昆山市", "甘肃省", "天水市"].map(str::to_owned);
        assert_eq!(suggest("武山", names()), ["武山县"]);
        assert_eq!(suggest("武山市", names()), ["武山县", "昆山市"]);
        assert!(suggest("北京市", names()).is_empty());
    }
}
