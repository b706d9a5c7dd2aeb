//! Which tables does a page about a concept or a body have? Each is a question; a tab shows a few of them.

use serde::Serialize;

use crate::query::{Question, Text};

use super::super::question::find;

/// A part of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tab {
    /// As the address has it; the first tab of a page is its overview.
    pub(super) name: &'static str,
    /// Questions with how many rows are shown.
    pub(super) tables: &'static [(&'static str, usize)],
}

/// The tabs of a page, and the parameter of their questions that is the thing itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tabs {
    pub(super) parameter: &'static str,
    /// Whether the parameter takes the notation of the concept, not its IRI.
    pub(super) by_notation: bool,
    /// From the overview on.
    pub(super) all: &'static [Tab],
}

/// Rows of a tab with one table.
const LONG: usize = 60;

/// A field or a topic of one.
const FIELD: Tabs = Tabs {
    parameter: "field",
    by_notation: false,
    all: &[
        Tab {
            name: "",
            tables: &[("field-years", 30), ("field-topics", 20), ("field-laws", 10), ("field-bodies", 10)],
        },
        Tab { name: "measures", tables: &[("field-measures", LONG)] },
        Tab { name: "problems", tables: &[("field-problems", LONG)] },
        Tab { name: "plans", tables: &[("field-plans", LONG)] },
        Tab { name: "laws", tables: &[("field-laws", LONG)] },
        Tab { name: "bodies", tables: &[("field-bodies", LONG)] },
        Tab { name: "figures", tables: &[("field-figures", LONG)] },
        Tab { name: "blanks", tables: &[("field-blanks", LONG)] },
    ],
};

/// A body, or all of one type.
const BODY: Tabs = Tabs {
    parameter: "body",
    by_notation: false,
    all: &[
        Tab { name: "", tables: &[("body-years", 30), ("body-fields", 12), ("body-places", 10), ("body-laws", 10)] },
        Tab { name: "measures", tables: &[("body-measures", LONG)] },
        Tab { name: "places", tables: &[("body-places", LONG)] },
        Tab { name: "laws", tables: &[("body-laws", LONG)] },
        Tab { name: "figures", tables: &[("body-figures", LONG)] },
    ],
};

const fn of_one(parameter: &'static str, by_notation: bool, all: &'static [Tab]) -> Tabs {
    Tabs { parameter, by_notation, all }
}

/// The tabs of a concept by its scheme; a scheme itself has `scheme` empty.
pub(super) fn of_scheme(scheme: &str) -> Option<Tabs> {
    Some(match scheme {
        "category" => FIELD,
        "body-type" => BODY,
        "level" => of_one("level", false, &[Tab { name: "", tables: &[("level-reports", LONG)] }]),
        "document-kind" => of_one("kind", false, &[Tab { name: "", tables: &[("kind-documents", LONG)] }]),
        "rule" => of_one("rule", false, &[Tab { name: "", tables: &[("findings", LONG)] }]),
        "doubt" => of_one("notation", true, &[Tab { name: "", tables: &[("doubted", LONG)] }]),
        "how" => of_one("notation", true, &[Tab { name: "", tables: &[("cited-so", LONG)] }]),
        "unit-of-measure" => of_one("printed", true, &[Tab { name: "", tables: &[("unit-indicators", LONG)] }]),
        _ => return None,
    })
}

/// The tabs of a body.
pub(super) const fn of_body() -> Tabs {
    BODY
}

/// The tabs of a scheme.
pub(super) const fn of_concepts() -> Tabs {
    of_one("scheme", true, &[Tab { name: "", tables: &[("concepts", 200)] }])
}

impl Tabs {
    /// The tab of this name, else the overview.
    pub(super) fn chosen(&self, name: &str) -> Tab {
        let chosen = self.all.iter().find(|tab| tab.name == name);
        *chosen.unwrap_or(&self.all[0])
    }

    /// What a reader may narrow a tab by: the other parameters of its questions.
    pub(super) fn facets(&self, tab: Tab) -> Vec<Facet> {
        let mut facets: Vec<Facet> = Vec::new();
        for question in tab.questions() {
            for parameter in question.parameters().unwrap_or_default() {
                let known = facets.iter().any(|facet| facet.name == parameter.name);
                if !known && parameter.name != self.parameter && FACETS.contains(&parameter.name.as_str()) {
                    let said = parameter.description.clone();
                    facets.push(Facet { name: parameter.name.clone(), said, kind: parameter.kind.to_string() });
                }
            }
        }
        facets.sort_by_key(|facet| FACETS.iter().position(|name| *name == facet.name));
        facets
    }
}

/// What a reader may narrow tables by, in the order of the form.
const FACETS: [&str; 3] = ["region", "field", "year"];

/// A field of the form above the tables.
#[derive(Debug, Clone, Serialize, PartialEq)]
pub(super) struct Facet {
    pub(super) name: String,
    pub(super) said: Text,
    /// What its value is.
    pub(super) kind: String,
}

impl Tab {
    /// Its questions.
    pub(super) fn questions(self) -> impl Iterator<Item = &'static Question> {
        self.tables.iter().filter_map(|(name, _)| find(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_a_question_that_takes_the_thing() {
        let schemes = ["category", "body-type", "level", "document-kind", "rule", "doubt", "how", "unit-of-measure"];
        let all = schemes.iter().filter_map(|scheme| of_scheme(scheme)).chain([of_body(), of_concepts()]);
        for tabs in all {
            for (name, _) in tabs.all.iter().flat_map(|tab| tab.tables) {
                let question = find(name).unwrap_or_else(|| panic!("there is no question `{name}`"));
                let takes = question.parameters().unwrap().iter().any(|parameter| parameter.name == tabs.parameter);
                assert!(takes, "`{name}` does not take `{}`", tabs.parameter);
            }
        }
        assert!(of_scheme("indicator").is_none());
    }

    #[test]
    fn a_tab_is_narrowed_by_what_its_questions_take() {
        let names = |tabs: Tabs, tab: &str| -> Vec<String> {
            tabs.facets(tabs.chosen(tab)).into_iter().map(|facet| facet.name).collect()
        };
        assert_eq!(names(FIELD, "blanks"), ["region", "year"]);
        assert_eq!(names(BODY, "measures"), ["region", "field", "year"]);
        assert_eq!(names(of_concepts(), ""), [""; 0]);
        assert_eq!(FIELD.chosen("no such tab").name, "");
    }
}
