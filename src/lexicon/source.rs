//! The tables as they are written, for those who want to see the line behind a decision.

/// The text of a table of cues, names or titles by its path from the top of the project.
#[must_use]
pub fn source(table: &str) -> Option<&'static str> {
    Some(match table {
        "data/bodies/bodies.csv" => include_str!("../../data/bodies/bodies.csv"),
        "data/bodies/national.csv" => include_str!("../../data/bodies/national.csv"),
        "data/bodies/rules.toml" => include_str!("../../data/bodies/rules.toml"),
        "data/citations.toml" => include_str!("../../data/citations.toml"),
        "data/figures.toml" => include_str!("../../data/figures.toml"),
        "data/formulas.toml" => include_str!("../../data/formulas.toml"),
        "data/genre.toml" => include_str!("../../data/genre.toml"),
        "data/laws/laws.csv" => include_str!("../../data/laws/laws.csv"),
        "data/metadata.toml" => include_str!("../../data/metadata.toml"),
        "data/outline.toml" => include_str!("../../data/outline.toml"),
        "data/policies/policies.csv" => include_str!("../../data/policies/policies.csv"),
        "data/regions/pinyin.csv" => include_str!("../../data/regions/pinyin.csv"),
        "data/regions/regions.csv" => include_str!("../../data/regions/regions.csv"),
        "data/regions/townships.csv" => include_str!("../../data/regions/townships.csv"),
        "data/regions/zone_endings.csv" => include_str!("../../data/regions/zone_endings.csv"),
        "data/regions/zones.csv" => include_str!("../../data/regions/zones.csv"),
        "data/relations.toml" => include_str!("../../data/relations.toml"),
        "ontology/categories.ttl" => include_str!("../../ontology/categories.ttl"),
        _ => return None,
    })
}
