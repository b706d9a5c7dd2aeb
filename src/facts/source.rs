//! On which line of which table does a word stand?

use crate::lexicon::source;
use crate::report::Entry;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A line of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableLine {
    /// Path of the table from the top of the project.
    pub table: &'static str,
    /// The line, from one.
    pub line: usize,
    /// The line's text without the spaces around it.
    pub text: String,
}

/// Where an entry of a table stands; `None` where the table does not have it (any longer).
#[must_use]
pub fn table_line(entry: &Entry) -> Option<TableLine> {
    let text = source(entry.table)?;
    let ending = entry.table.rsplit('.').next().unwrap_or_default();
    let line = match ending {
        "toml" => line_at(text, in_toml(text, entry.key, &entry.word)?),
        "csv" => in_csv(text, entry.key, &entry.word)?,
        _ => line_at(text, in_turtle(text, entry.key, &entry.word)?),
    };
    let words = text.lines().nth(line - 1)?.trim().to_owned();
    Some(TableLine { table: entry.table, line, text: words })
}

/// The line, from one, of a byte.
fn line_at(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// The first byte of the word in the list with this dotted key; every table of an array of tables is looked through.
fn in_toml(text: &str, key: &str, word: &str) -> Option<usize> {
    let table = DeTable::parse(text).ok()?;
    let path: Vec<&str> = key.split('.').collect();
    in_table(table.get_ref(), &path, word)
}

fn in_table(table: &DeTable<'_>, path: &[&str], word: &str) -> Option<usize> {
    let (first, rest) = path.split_first()?;
    let (_, value) = table.iter().find(|(key, _)| key.get_ref() == first)?;
    in_value(value, rest, word)
}

fn in_value(value: &Spanned<DeValue<'_>>, path: &[&str], word: &str) -> Option<usize> {
    match value.get_ref() {
        DeValue::String(found) => (path.is_empty() && found == word).then(|| value.span().start),
        DeValue::Array(items) => items.iter().find_map(|item| in_value(item, path, word)),
        DeValue::Table(table) if path.is_empty() => table.iter().find_map(|(key, value)| {
            if key.get_ref() == word { Some(key.span().start) } else { in_value(value, path, word) }
        }),
        DeValue::Table(table) => in_table(table, path, word),
        _ => None,
    }
}

/// The line of the first row of which the cell of the column is the word, or holds it in a list.
fn in_csv(text: &str, column: &str, word: &str) -> Option<usize> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let at = reader.headers().ok()?.iter().position(|name| name == column)?;
    let row = reader
        .records()
        .filter_map(Result::ok)
        .find(|row| row.get(at).is_some_and(|cell| cell == word || cell.split(';').any(|part| part.trim() == word)))?;
    usize::try_from(row.position()?.line()).ok()
}

/// The first byte of the word as a literal of the property; each line that begins with a property says which.
fn in_turtle(text: &str, property: &str, word: &str) -> Option<usize> {
    let literal = format!("\"{word}\"");
    text.match_indices(&literal).map(|(at, _)| at).find(|at| {
        let words = text[..*at].split_whitespace().rev();
        words.take_while(|word| !matches!(*word, ";" | ".")).last() == Some(property)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOML: &str = "top = [\"a\"]\n[part]\nlist = [\n  \"b\",\n  \"c\",\n]\n[[part.rows]]\nword = \"d\"\n[[part.rows]]\nword = \"e\"\n[part.more]\n\"f\" = 1\n";

    #[test]
    fn a_word_is_found_in_its_list_of_a_toml_file() {
        let line = |key, word| in_toml(TOML, key, word).map(|at| line_at(TOML, at));
        assert_eq!(line("top", "a"), Some(1));
        assert_eq!(line("part.list", "c"), Some(5));
        assert_eq!(line("part.rows.word", "e"), Some(10));
        assert_eq!(line("part.more", "f"), Some(12));
        assert_eq!(line("part.list", "a"), None);
        assert_eq!(line("nothing", "a"), None);
    }

    #[test]
    fn a_cell_is_found_alone_or_in_a_list() {
        let table = "name,forms\nx,\"one;two\"\ny,three\n";
        assert_eq!(in_csv(table, "forms", "two"), Some(2));
        assert_eq!(in_csv(table, "name", "y"), Some(3));
        assert_eq!(in_csv(table, "name", "two"), None);
    }

    #[test]
    fn a_label_is_found_under_its_property() {
        let graph = "<a/one> a x:C ;\n    x:l \"w\"@zh .\n\n<a/two> a x:C ;\n    x:m\n        \"v\"@zh, \"w\"@zh ;\n    x:l \"u\"@zh .\n";
        let line = |property, word| in_turtle(graph, property, word).map(|at| line_at(graph, at));
        assert_eq!(line("x:l", "w"), Some(2));
        assert_eq!(line("x:m", "w"), Some(6));
        assert_eq!(line("x:l", "u"), Some(7));
        assert_eq!(line("x:l", "v"), None);
    }
}
