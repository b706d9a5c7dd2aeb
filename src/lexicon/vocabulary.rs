//! Which words do all reports of this kind use? Those of the tables that the program reads them by: whatever is worth a rule is common.

use crate::text::is_han;

/// Tables whose words are those of the genre: fields of work and their cues, findings, figures, bodies, headings, formulas, labels of
/// pages. Not the registered titles and the names of regions, which are compared neither.
const TABLES: [&str; 15] = [
    include_str!("../../ontology/categories.ttl"),
    include_str!("../../data/bodies/bodies.csv"),
    include_str!("../../data/bodies/national.csv"),
    include_str!("../../data/bodies/rules.toml"),
    include_str!("../../data/audit.toml"),
    include_str!("../../data/citations.toml"),
    include_str!("../../data/figures.toml"),
    include_str!("../../data/formulas.toml"),
    include_str!("../../data/genre.toml"),
    include_str!("../../data/metadata.toml"),
    include_str!("../../data/outline.toml"),
    include_str!("../../data/page_labels.toml"),
    include_str!("../../data/relations.toml"),
    include_str!("../../data/rules.toml"),
    include_str!("../../data/sentences.toml"),
];

/// The words and wordings of the genre, each in the folded form, in the order of the tables; some more than once.
pub fn vocabulary() -> impl Iterator<Item = &'static str> {
    let lines = TABLES.into_iter().flat_map(str::lines).filter(|line| !line.trim_start().starts_with('#'));
    lines.flat_map(|line| line.split(|c| !is_han(c))).filter(|words| !words.is_empty())
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::vocabulary;
    use std::collections::BTreeSet;

    #[test]
    fn words_of_the_genre_are_there_and_words_of_a_place_are_not() {
        let all: BTreeSet<&str> = vocabulary().collect();
        assert!(["规范性文件", "行政复议", "司法局"].iter().all(|word| all.contains(word)));
        assert!(!all.iter().any(|words| words.contains("垂钓")));
        assert!(all.iter().all(|words| words.chars().all(crate::text::is_han)));
    }
}
