//! What kinds of things are found?

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use oxigraph::model::NamedNodeRef;
use serde::{Deserialize, Serialize, Serializer};

use super::error::SearchError;
use crate::query::Text;
use crate::vocab::class;

/// A kind of thing that a search finds, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A region.
    Region,
    /// A law, policy or other document.
    Document,
    /// A public body.
    Body,
    /// A field or topic of the reports.
    Field,
    /// A common indicator.
    Indicator,
    /// A report, by its title.
    Report,
    /// What was done.
    Measure,
    /// A shortcoming that a report admits.
    Problem,
    /// What is to be done next.
    Plan,
}

/// What a search says to its reader: `data/search.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wording {
    kinds: BTreeMap<String, Text>,
    columns: BTreeMap<String, Text>,
}

// A test reads the table, so that nothing is missing here.
static WORDING: LazyLock<Wording> =
    LazyLock::new(|| toml::from_str(include_str!("../../data/search.toml")).unwrap_or_default());

/// What a column of a table of things that were found is called: `said`, `place`, `year`, `at`.
pub(crate) fn heading(column: &str) -> Text {
    WORDING.columns.get(column).cloned().unwrap_or_default()
}

impl Kind {
    /// Every kind, in order.
    pub const ALL: [Self; 9] = [
        Self::Region,
        Self::Document,
        Self::Body,
        Self::Field,
        Self::Indicator,
        Self::Report,
        Self::Measure,
        Self::Problem,
        Self::Plan,
    ];

    /// The name by which a kind is asked for.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Document => "document",
            Self::Body => "body",
            Self::Field => "field",
            Self::Indicator => "indicator",
            Self::Report => "report",
            Self::Measure => "measure",
            Self::Problem => "problem",
            Self::Plan => "plan",
        }
    }

    /// What it is called in Chinese and English.
    #[must_use]
    pub fn label(self) -> Text {
        WORDING.kinds.get(self.name()).cloned().unwrap_or_default()
    }

    /// Whether a thing of the kind is a passage of a report.
    #[must_use]
    pub const fn is_passage(self) -> bool {
        matches!(self, Self::Measure | Self::Problem | Self::Plan)
    }

    pub(super) fn number(self) -> u64 {
        Self::ALL.iter().position(|kind| *kind == self).unwrap_or_default() as u64
    }

    pub(super) fn of_number(number: u64) -> Option<Self> {
        Self::ALL.get(usize::try_from(number).ok()?).copied()
    }

    /// The passages that are things of `class`.
    pub(super) fn of_passage(class: NamedNodeRef<'_>) -> Option<Self> {
        [(class::MEASURE, Self::Measure), (class::PROBLEM, Self::Problem), (class::PLAN, Self::Plan)]
            .into_iter()
            .find_map(|(known, kind)| (known == class).then_some(kind))
    }
}

impl FromStr for Kind {
    type Err = SearchError;

    fn from_str(text: &str) -> Result<Self, SearchError> {
        let text = text.trim();
        let is_it = |kind: &Self| {
            let label = kind.label();
            kind.name().eq_ignore_ascii_case(text) || label.zh == text || label.en.eq_ignore_ascii_case(text)
        };
        Self::ALL.into_iter().find(is_it).ok_or_else(|| SearchError::UnknownKind {
            name: text.to_owned(),
            known: Self::ALL.map(Self::name).join(", "),
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_in_both_languages() {
        for kind in Kind::ALL {
            let label = kind.label();
            assert!(!label.zh.is_empty() && !label.en.is_empty(), "{kind}");
            for name in [kind.name(), &label.zh, &label.en] {
                assert_eq!(name.parse::<Kind>().unwrap(), kind);
            }
            assert_eq!(Kind::of_number(kind.number()), Some(kind));
        }
        assert_eq!(WORDING.kinds.len(), Kind::ALL.len());
        for column in ["said", "place", "year", "at"] {
            assert!(!heading(column).zh.is_empty());
        }
        assert!("省".parse::<Kind>().unwrap_err().to_string().contains("region, document"));
    }
}
