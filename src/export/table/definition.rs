//! What are the columns of a table? `data/export/tables.toml` and `panel.toml`, read.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::path::Path;

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// An IRI of the graph, or several.
    Iri,
    /// An address on the web, or several.
    Url,
    /// Words, a code, or several.
    Text,
    /// A passage.
    Long,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A year.
    Year,
    /// A day.
    Date,
    /// True or false.
    Boolean,
}

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its heading where programs read it.
    pub name: String,
    /// What its values are.
    pub kind: Kind,
    /// Its heading where people read it, in Chinese.
    pub zh: String,
    /// What it holds, in English.
    pub en: String,
    pub(in super::super) path: Path,
}

/// A table: its name, what it is about, its columns.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its name in Chinese.
    pub zh: String,
    /// What it holds, in English.
    pub en: String,
    /// The IRI of the class that has a row a thing; empty for the panel.
    pub class: String,
    /// Whether its things are findings between reports, which are part of no report.
    pub across: bool,
    /// The columns in their order.
    pub columns: Vec<Column>,
}

/// A table file or a column of it that is not what it should be.
#[derive(Debug, thiserror::Error)]
#[error("data/export: {0}")]
pub struct DefinitionError(pub(super) String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tables {
    groups: BTreeMap<String, Vec<ColumnLine>>,
    table: Vec<TableLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TableLine {
    #[serde(default)]
    name: String,
    #[serde(default)]
    class: String,
    #[serde(default)]
    across: bool,
    zh: String,
    en: String,
    columns: Vec<Line>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Group(Use),
    Column(ColumnLine),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Use {
    #[serde(rename = "use")]
    group: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnLine {
    name: String,
    #[serde(default)]
    path: String,
    kind: Kind,
    zh: String,
    en: String,
}

impl ColumnLine {
    fn column(&self) -> Result<Column, DefinitionError> {
        Ok(Column {
            name: self.name.clone(),
            kind: self.kind,
            zh: self.zh.clone(),
            en: self.en.clone(),
            path: Path::parse(&self.path)?,
        })
    }
}

fn table(line: &TableLine, groups: &BTreeMap<String, Vec<ColumnLine>>) -> Result<Table, DefinitionError> {
    let mut columns = Vec::new();
    for column in &line.columns {
        match column {
            Line::Column(column) => columns.push(column.column()?),
            Line::Group(Use { group }) => {
                let group = groups.get(group).ok_or_else(|| DefinitionError(format!("there is no group `{group}`")))?;
                for column in group {
                    columns.push(column.column()?);
                }
            }
        }
    }
    let class = if line.class.is_empty() { String::new() } else { super::path::expand(&line.class)?.into_string() };
    let (name, zh, en) = (line.name.clone(), line.zh.clone(), line.en.clone());
    Ok(Table { name, zh, en, class, across: line.across, columns })
}

/// The tables of `data/export/tables.toml` in their order.
fn read() -> Result<Vec<Table>, DefinitionError> {
    let file: Tables = toml::from_str(include_str!("../../../data/export/tables.toml"))
        .map_err(|error| DefinitionError(error.to_string()))?;
    file.table.iter().map(|line| table(line, &file.groups)).collect()
}

/// The tables of `data/export/panel.toml` by name.
fn read_panel() -> Result<BTreeMap<String, Table>, DefinitionError> {
    let file: BTreeMap<String, TableLine> = toml::from_str(include_str!("../../../data/export/panel.toml"))
        .map_err(|error| DefinitionError(error.to_string()))?;
    file.into_iter().map(|(name, line)| Ok((name.clone(), Table { name, ..table(&line, &BTreeMap::new())? }))).collect()
}

static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    // A test reads both files, so that neither is in disorder here.
    read().unwrap_or_default()
});

static PANEL: LazyLock<BTreeMap<String, Table>> = LazyLock::new(|| read_panel().unwrap_or_default());

/// The tables that have a row a thing of a class, in their order.
#[must_use]
pub fn tables() -> &'static [Table] {
    &TABLES
}

/// The tables of the panel (`panel`, `panel_long`, `indicators`), without the columns of the indicators.
#[must_use]
pub fn panel_tables() -> &'static BTreeMap<String, Table> {
    &PANEL
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_files_are_read_and_no_table_has_two_columns_of_one_name() {
        let tables = read().unwrap();
        let panel = read_panel().unwrap();
        assert_eq!(tables.len(), 12);
        assert_eq!(panel.keys().collect::<Vec<_>>(), ["indicators", "panel", "panel_long"]);
        for table in tables.iter().chain(panel.values()) {
            let names: BTreeSet<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
            assert_eq!(names.len(), table.columns.len(), "{} has two columns of one name", table.name);
            let headings: BTreeSet<&str> = table.columns.iter().map(|column| column.zh.as_str()).collect();
            assert_eq!(headings.len(), table.columns.len(), "{} has two columns of one heading", table.name);
        }
    }
}
