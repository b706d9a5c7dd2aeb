//! How is the value of a column found? The steps of its path, as `data/export/tables.toml` tells them.

use oxigraph::model::NamedNode;

use super::definition::DefinitionError;
use crate::vocab::PREFIXES;

/// What is counted of a shared thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Count {
    Reports,
    Mentions,
    Units,
    Citations,
}

/// A step from some things to others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    Follow(NamedNode),
    Itself,
    Class,
    Report,
    Holder,
    Name,
    Province,
    Prefecture,
    Start,
    End,
    Quote,
    Passage,
    Characters,
    Own(NamedNode),
    Tally(Count),
    Concerned,
    Source,
    Region,
    Year,
    Side(Side, Part),
}

/// One side of a finding between reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Here,
    There,
}

/// What is told of the passage on a side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Start,
    End,
    Text,
}

/// The way to the value of a column; without steps for a column that is filled in another way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Path(pub(super) Vec<Step>);

impl Path {
    pub(super) fn parse(text: &str) -> Result<Self, DefinitionError> {
        text.split_whitespace().map(step).collect::<Result<_, _>>().map(Self)
    }
}

fn step(word: &str) -> Result<Step, DefinitionError> {
    Ok(match word {
        "self" => Step::Itself,
        "class" => Step::Class,
        "report" => Step::Report,
        "holder" => Step::Holder,
        "name" => Step::Name,
        "province" => Step::Province,
        "prefecture" => Step::Prefecture,
        "start" => Step::Start,
        "end" => Step::End,
        "quote" => Step::Quote,
        "passage" => Step::Passage,
        "characters" => Step::Characters,
        "concerned" => Step::Concerned,
        "source" => Step::Source,
        "region" => Step::Region,
        "year" => Step::Year,
        "here:start" => Step::Side(Side::Here, Part::Start),
        "here:end" => Step::Side(Side::Here, Part::End),
        "here:text" => Step::Side(Side::Here, Part::Text),
        "there:start" => Step::Side(Side::There, Part::Start),
        "there:end" => Step::Side(Side::There, Part::End),
        "there:text" => Step::Side(Side::There, Part::Text),
        "tally:reports" => Step::Tally(Count::Reports),
        "tally:mentions" => Step::Tally(Count::Mentions),
        "tally:units" => Step::Tally(Count::Units),
        "tally:citations" => Step::Tally(Count::Citations),
        _ => match word.strip_prefix("own:") {
            Some(class) => Step::Own(expand(&format!("fz:{class}"))?),
            None => Step::Follow(expand(word)?),
        },
    })
}

/// The IRI of a name with a prefix.
pub(super) fn expand(name: &str) -> Result<NamedNode, DefinitionError> {
    let wrong = || DefinitionError(format!("`{name}` is no step of a path"));
    let (prefix, local) = name.split_once(':').ok_or_else(wrong)?;
    let (_, namespace) = PREFIXES.iter().find(|(known, _)| *known == prefix).ok_or_else(wrong)?;
    Ok(NamedNode::new_unchecked(format!("{namespace}{local}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_read_and_a_word_that_is_no_step_is_named() {
        let path = Path::parse("report fz:region name").unwrap();
        let region = NamedNode::new_unchecked("https://w3id.org/fazhi/ns#region");
        assert_eq!(path.0, [Step::Report, Step::Follow(region), Step::Name]);
        for wrong in ["reprot", "xx:region", "tally:lines"] {
            assert!(Path::parse(wrong).unwrap_err().to_string().contains(wrong), "{wrong}");
        }
    }
}
