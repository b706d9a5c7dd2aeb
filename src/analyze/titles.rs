//! What is a document called in few words?

use std::collections::{BTreeMap, BTreeSet};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What official titles of laws begin with and short ones leave out: the name of the state.
const STATE: &str = "\u{4e2d}\u{534e}\u{4eba}\u{6c11}\u{5171}\u{548c}\u{56fd}";

/// Columns of a terminal, an ideograph having two, that a short title has at most: two lines of a picture.
pub(super) const WIDEST: usize = 40;

/// A name of fewer columns than this means too many things.
const NARROWEST: usize = 10;

/// The documents of the store with their names.
#[derive(Debug, Default)]
pub(super) struct Titles {
    documents: BTreeMap<String, Names>,
    /// How many documents have a name.
    bearers: BTreeMap<String, usize>,
}

#[derive(Debug, Default)]
struct Names {
    label: String,
    others: BTreeSet<String>,
    issuer: String,
}

impl Titles {
    /// Reads the rows of `names.rq`.
    pub(super) fn new(rows: &[Vec<String>]) -> Self {
        let mut documents: BTreeMap<String, Names> = BTreeMap::new();
        for row in rows {
            let [document, label, name, issuer] = row.as_slice() else { continue };
            let names = documents.entry(document.clone()).or_insert_with(|| Names {
                label: label.clone(),
                others: BTreeSet::new(),
                issuer: issuer.clone(),
            });
            if *label < names.label {
                names.label.clone_from(label);
            }
            if !name.is_empty() {
                names.others.insert(name.clone());
            }
        }
        let mut bearers: BTreeMap<String, usize> = BTreeMap::new();
        for names in documents.values() {
            for name in &names.others {
                *bearers.entry(name.clone()).or_default() += 1;
            }
        }
        Self { documents, bearers }
    }

    /// The official title of a document.
    pub(super) fn label(&self, document: &str) -> Option<&str> {
        self.documents.get(document).map(|names| names.label.as_str())
    }

    /// The region that issued a document, where one did.
    pub(super) fn issuer(&self, document: &str) -> Option<&str> {
        self.documents.get(document).map(|names| names.issuer.as_str()).filter(|issuer| !issuer.is_empty())
    }

    /// The title without the name of the state; where it is too long for a picture, the longest name of its own that
    /// is not, else its beginning and end.
    pub(super) fn short(&self, document: &str, label: &str) -> String {
        let implied = label.strip_prefix(STATE).filter(|rest| rest.width() >= 4).unwrap_or(label);
        if implied.width() <= WIDEST {
            return implied.to_owned();
        }
        let own = self.documents.get(document).and_then(|names| {
            names
                .others
                .iter()
                .filter(|name| (NARROWEST..=WIDEST).contains(&name.width()) && self.bearers.get(*name) == Some(&1))
                .max_by_key(|name| name.width())
        });
        own.map_or_else(|| abridged(implied), |name| name.strip_prefix(STATE).unwrap_or(name).to_owned())
    }
}

/// A text of at most [`WIDEST`] columns: a longer one keeps its beginning and, since the end tells what kind of thing it
/// is, its end.
pub(super) fn abridged(text: &str) -> String {
    if text.width() <= WIDEST {
        return text.to_owned();
    }
    let fitting = |characters: &mut dyn Iterator<Item = char>, columns: usize| {
        let mut left = columns;
        let mut taken = Vec::new();
        for character in characters {
            let Some(rest) = left.checked_sub(character.width().unwrap_or_default()) else { break };
            left = rest;
            taken.push(character);
        }
        taken
    };
    let begin: String = fitting(&mut text.chars(), WIDEST * 5 / 8).into_iter().collect();
    let end: String = fitting(&mut text.chars().rev(), WIDEST * 3 / 8 - 2).into_iter().rev().collect();
    format!("{begin}\u{2026}{end}")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
    use super::*;

    fn titles(rows: &[[&str; 3]]) -> Titles {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|[iri, label, name]| [*iri, *label, *name, ""].map(str::to_owned).to_vec()).collect();
        Titles::new(&rows)
    }

    #[test]
    fn a_law_goes_by_its_title_without_the_state() {
        let titles = titles(&[["d", "中华人民共和国行政处罚法", ""]]);
        assert_eq!(titles.short("d", "中华人民共和国行政处罚法"), "行政处罚法");
        assert_eq!(titles.short("d", "中华人民共和国"), "中华人民共和国");
    }

    #[test]
    fn a_long_title_goes_by_a_name_that_nothing_else_has() {
        let long = "关于进一步深化行政执法体制机制改革全面推进严格规范公正文明执法工作的实施意见";
        let rows = [
            ["a", long, "深化执法改革意见"],
            ["a", long, "实施意见和方案"],
            ["b", "某某", "实施意见和方案"],
            ["a", long, "意见"],
        ];
        assert_eq!(titles(&rows).short("a", long), "深化执法改革意见");
        let cut = titles(&rows[1..]).short("a", long);
        assert_eq!(cut, "关于进一步深化行政执法体…作的实施意见");
        assert!(cut.width() <= WIDEST);
    }
}
