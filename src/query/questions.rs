//! Which question is answered by which command? The list of `queries/questions.toml`, which comes with the program.
//!
//! From it `fazhi queries` groups the catalogue and the cookbook is written; a test runs every command of it.

use std::sync::LazyLock;

use serde::Deserialize;

use super::question::Text;

const LIST: &str = include_str!("../../queries/questions.toml");

/// Questions that belong together.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// What they are about.
    pub title: Text,
    /// The questions, in the order of the list.
    #[serde(rename = "question")]
    pub questions: Vec<Listed>,
}

/// A question that people ask of the reports.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listed {
    /// Its number, by which headers of queries name it.
    pub number: u8,
    /// The question.
    pub text: Text,
    /// The commands that answer it, the one to start with first.
    #[serde(rename = "answer")]
    pub answers: Vec<Way>,
}

/// A command that answers a question.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// The arguments of the program, such as `query laws-by-counties`; without a shell's quotes.
    pub command: Vec<String>,
    /// What it tells, where no query of the catalogue says it.
    pub tells: Option<Text>,
}

impl Way {
    /// The query of the catalogue that it asks, if it asks one.
    #[must_use]
    pub fn query(&self) -> Option<&str> {
        match self.command.as_slice() {
            [command, name, ..] if command == "query" => Some(name),
            _ => None,
        }
    }

    /// The command as it is typed in a shell.
    #[must_use]
    pub fn line(&self) -> String {
        let word = |word: &String| {
            let plain = |c: char| c.is_alphanumeric() || "-_=./:,".contains(c);
            if word.chars().all(plain) { word.clone() } else { format!("'{word}'") }
        };
        std::iter::once("fazhi".to_owned()).chain(self.command.iter().map(word)).collect::<Vec<_>>().join(" ")
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(rename = "group")]
    groups: Vec<Group>,
}

static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
    // A test parses the list, so that it is not empty here.
    toml::from_str::<List>(LIST).map(|list| list.groups).unwrap_or_default()
});

/// The questions with their answers, in groups.
#[must_use]
pub fn groups() -> &'static [Group] {
    &GROUPS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_can_be_read_and_numbers_run_on() {
        let list: List = toml::from_str(LIST).unwrap();
        let mut numbers: Vec<u8> =
            list.groups.iter().flat_map(|group| &group.questions).map(|one| one.number).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=27).collect::<Vec<u8>>());
    }

    #[test]
    fn a_line_quotes_what_a_shell_would_take_apart() {
        let way = Way { command: ["query", "x", "-p", "law=a(b)"].map(str::to_owned).to_vec(), tells: None };
        assert_eq!(way.line(), "fazhi query x -p 'law=a(b)'");
        assert_eq!(way.query(), Some("x"));
    }
}
