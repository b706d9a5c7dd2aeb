//! How did each indicator develop where? The panel region × year × indicator.
//!
//! A row is a region and a year, a column an indicator; a value is the one that the region's government reports for that
//! year. The rule for which figure that is:
//!
//! 1. Not taken: a figure of another time than the year reported on (`fz:period`), a growth or decline (`fz:rises`), a
//!    figure in a plan, a figure of a department's report, a rate where the indicator is a number or the reverse. That
//!    parts of a total do not count as the total is seen to by the extraction, which gives them no indicator.
//! 2. Of those left, in this order: without doubt before doubted, exact before approximate, in the indicator's usual unit
//!    before another, of the report published last, printed first.
//! 3. Where those left have different values, the row's column `several` names the indicator, and the long table has them
//!    all.

mod columns;
mod find;

use std::collections::BTreeMap;

use oxigraph::model::{NamedNode, NamedNodeRef, Term};

use super::look::{Look, plain};
use super::table::{Cell, Column, Kind, Path, Table};
use crate::store::{Store, StoreError};
use crate::vocab::{CONCEPTS, Scheme, property};

/// The table with a row a region and year.
pub(super) const WIDE: &str = "panel";
/// The table with a row a figure.
pub(super) const LONG: &str = "panel_long";
/// The table with a row an indicator.
pub(super) const INDICATORS: &str = "indicators";
/// The tables of the panel in their order.
pub(super) const NAMES: [&str; 3] = [WIDE, LONG, INDICATORS];

const IN_SCHEME: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#inScheme");
const NOTATION: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#notation");
const RELATED: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#related");
const PREF_LABEL: NamedNodeRef<'static> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#prefLabel");

/// What a column of the panel is.
struct Indicator {
    notation: String,
    name: String,
    name_en: String,
    unit: String,
    category: String,
    category_name: String,
}

/// The indicators of a store, in the order of their notations.
pub(super) struct Panel {
    indicators: Vec<Indicator>,
    positions: BTreeMap<NamedNode, usize>,
}

/// In how many rows an indicator has a value, and in how many several are printed.
#[derive(Default)]
pub(super) struct Known(BTreeMap<usize, (usize, usize)>);

impl Known {
    pub(super) fn add(&mut self, other: &Self) {
        for (indicator, (values, several)) in &other.0 {
            let known = self.0.entry(*indicator).or_default();
            known.0 += values;
            known.1 += several;
        }
    }
}

impl Panel {
    pub(super) fn new(store: &Store) -> Result<Self, StoreError> {
        let look = Look::new(store);
        let scheme = NamedNode::new_unchecked(format!("{CONCEPTS}{}", Scheme::Indicator.name()));
        let mut found = Vec::new();
        for concept in store.leading_to(IN_SCHEME, scheme.as_ref())? {
            let facts = look.about(&concept)?;
            let english = |label: &&Term| matches!(label, Term::Literal(label) if label.language() == Some("en"));
            let category = facts.node(RELATED).map(|category| look.about(category)).transpose()?;
            let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
            found.push((
                Indicator {
                    notation: text(facts.first(NOTATION)),
                    name: text(facts.name()),
                    name_en: text(facts.of(PREF_LABEL).find(english).map(plain)),
                    unit: text(facts.first(property::UNIT)),
                    category: text(category.as_ref().and_then(|facts| facts.first(NOTATION))),
                    category_name: text(category.as_ref().and_then(|facts| facts.name())),
                },
                concept,
            ));
        }
        found.sort_by(|left, right| left.0.notation.cmp(&right.0.notation));
        let positions = (0..).zip(&found).map(|(position, (_, concept))| (concept.clone(), position)).collect();
        Ok(Self { indicators: found.into_iter().map(|(indicator, _)| indicator).collect(), positions })
    }

    /// The table with all its columns: of the wide one, one an indicator too.
    pub(super) fn complete(&self, table: &Table) -> Table {
        let mut table = table.clone();
        if table.name == WIDE {
            table.columns.extend(self.indicators.iter().map(|indicator| Column {
                name: indicator.notation.clone(),
                kind: Kind::Number,
                zh: if indicator.unit.is_empty() {
                    indicator.name.clone()
                } else {
                    format!("{} [{}]", indicator.name, indicator.unit)
                },
                en: if indicator.unit.is_empty() {
                    format!("{}.", indicator.name_en)
                } else {
                    format!("{}, in {}.", indicator.name_en, indicator.unit)
                },
                path: Path::default(),
            }));
        }
        table
    }

    /// The rows of the table of indicators.
    pub(super) fn indicators(&self, known: &Known) -> Vec<Vec<Cell>> {
        let row = |(position, indicator): (usize, &Indicator)| {
            let (values, several) = known.0.get(&position).copied().unwrap_or_default();
            let text = |text: &String| Cell::text(text.clone());
            vec![
                text(&indicator.notation),
                text(&indicator.name),
                text(&indicator.name_en),
                text(&indicator.unit),
                text(&indicator.category),
                text(&indicator.category_name),
                Cell::count(values),
                Cell::count(several),
            ]
        };
        self.indicators.iter().enumerate().map(row).collect()
    }
}
