//! `data/citations.toml`: what the form of a title says of the document.

use super::series::SeriesCues;
use crate::report::DocumentKind;
use regex::Regex;
use serde::{Deserialize, Deserializer};

/// Cues of citations.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CitationCues {
    /// One-word titles that refer back (《条例》).
    pub anaphors: Vec<String>,
    /// Words before an unbracketed reference back (该, 上述).
    pub anaphor_openers: Vec<String>,
    /// Words that end in such an opener and refer to nothing (应该, 基本).
    pub opener_in_word: Vec<String>,
    /// Words after 》 that make the title one of a periodical, a work or a campaign.
    pub refused_after: Vec<String>,
    /// Ends of the titles of newspapers, periodicals and broadcasts.
    pub periodicals: Vec<String>,
    /// Words before 《 that make the title one of a periodical, a work or a campaign.
    pub refused_before: Vec<String>,
    /// Openings of the title of a plan that carries out a document from above.
    pub implementing: Vec<String>,
    /// Ends of such a title.
    pub implementing_ends: Vec<String>,
    /// How a title or a sentence says what a document puts into effect.
    pub carried_out: CarriedOut,
    /// Which titles are of one subject and one period.
    pub series: SeriesCues,
    /// Verbs of one who makes a document.
    pub making: Vec<String>,
    /// Verbs of one who carries out a document.
    pub following: Vec<String>,
    /// Verbs and nouns of making behind a title.
    pub making_after: Vec<String>,
    /// Ends of the titles of working papers, which are the reporter's own where nothing else is said.
    pub working_papers: Vec<String>,
    /// Words that introduce a short title.
    pub defining: Vec<String>,
    /// Words before a title that mean its newest revision.
    pub newly_revised: Vec<String>,
    /// Short titles that mean one document even where none was cited, and a weak name of it.
    pub known: Vec<(String, String)>,
    /// Openings of the numbers of national documents.
    pub national_numbers: Vec<String>,
    /// Codes of the provinces and the characters with which their documents' numbers begin.
    pub province_marks: Vec<(String, String)>,
    /// Words with which a sentence calls a document a rule of the government.
    pub rules: Vec<String>,
    /// Words with which a sentence calls a document a regulation of a local congress.
    pub regulations: Vec<String>,
    /// Words between 等 and what a list of titles is called.
    pub list_fillers: Vec<String>,
    /// Words in the title of a document of the Party, which is no rule of a government.
    pub party_words: Vec<String>,
    /// Words before the title of what a decision amends.
    pub amending: Vec<String>,
    /// Words in a title that say that it is of the reporting region itself.
    pub own: Vec<String>,
    /// Kinds of official documents that end a title with 关于 and tell no rank.
    pub official_forms: Vec<String>,
    /// What stands before a unit in such words (全 of 全县).
    pub scope_words: Vec<String>,
    /// What stands behind a unit in such words (级 of 县级).
    pub scope_level: String,
    /// Units of provinces in such words.
    pub higher_scopes: Vec<String>,
    /// Ends of the titles of papers that bind only who draws them up or signs them.
    pub own_papers: Vec<String>,
    /// Words before the decision by which a document is made (根据国务院决定).
    pub by_decision: Vec<String>,
    /// Words behind the title of a decision from above (要求, 精神).
    pub demands: Vec<String>,
    /// Words in front of a title that name a higher issuer.
    pub higher: Vec<String>,
    /// Kinds by the last word of the title.
    pub endings: Vec<Ending>,
    /// Units that, right before a bare name that is no law's, make it a local document.
    pub local_before: Vec<String>,
    /// What may stand before such a unit and leaves the name what it is (全省, 我市).
    pub not_local_before: Vec<String>,
    /// What before such a unit and a title in brackets makes it the reporter's own (我省).
    pub own_before: Vec<String>,
    /// What says that a document is the nation's as well.
    pub nation: String,
    /// Ends of weak names that count without brackets behind a verb.
    pub weak_ends: Vec<String>,
    /// What may stand between a document number and the title behind it.
    pub number_joins: Vec<String>,
    /// What cannot be part of the beginning of a document number.
    pub number_openers: Vec<String>,
    /// Words after a bare name with which it is no mention of the law.
    pub bare_refused_after: Vec<String>,
    /// What begins with such a word and yet leaves the name free.
    pub bare_allowed_after: Vec<String>,
    /// Words before a bare name with which it is no mention of the law.
    pub bare_refused_before: Vec<String>,
    /// Words with which a title's last word is followed by a remark (试行).
    pub remarks: Vec<String>,
    /// Words of a law-making assembly in front of a decision.
    pub assemblies: Vec<String>,
    /// Words of titles of books and reports.
    pub books: Vec<String>,
    /// Words of which a document's title has one.
    pub document_words: Vec<String>,
    /// Ends of the titles of reports.
    pub reports: Vec<String>,
    /// Issuers at the national level at the beginning of a title.
    pub national_issuers: Vec<String>,
    /// Forms of document numbers (发文字号).
    #[serde(deserialize_with = "patterns")]
    pub numbers: Vec<Regex>,
    /// Numbers that the forms must fit, for the test of the table.
    pub number_examples: Vec<String>,
}

fn patterns<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Regex>, D::Error> {
    let patterns: Vec<String> = Vec::deserialize(deserializer)?;
    patterns
        .iter()
        .map(|pattern| Regex::new(&format!("^(?:{pattern})")))
        .collect::<Result<_, _>>()
        .map_err(serde::de::Error::custom)
}

/// What the last word of a title says.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ending {
    /// The word.
    pub word: String,
    /// Kind where a province or a city with districts is named in front.
    pub regional: DocumentKind,
    /// Kind where no region is named.
    pub national: DocumentKind,
}

/// How a title or a sentence says which higher document a lower one puts into effect.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CarriedOut {
    /// Words of a title before the name of the higher document.
    pub before: Vec<String>,
    /// Verbs of one who makes a document in order to put a higher one into effect.
    pub making: Vec<String>,
    /// Verbs of carrying out before the higher document.
    pub carrying: Vec<String>,
    /// Words before a higher document on which the lower one rests.
    pub basis: Vec<String>,
    /// Words behind the higher document with which the lower one follows in time.
    pub since: Vec<String>,
    /// What a sentence says of the higher document behind its title.
    pub demands: Vec<String>,
    /// Openings of what may stand between the higher document and the verb of making.
    pub between: Vec<String>,
    /// Words that join titles of a list.
    pub joins: Vec<String>,
}

#[cfg(test)]
mod tests {
    use crate::lexicon::Lexicon;

    #[test]
    fn every_example_of_a_number_fits_a_form_whole() {
        let cues = &Lexicon::shared().unwrap().citations;
        for example in &cues.number_examples {
            let whole =
                cues.numbers.iter().filter_map(|form| form.find(example)).any(|found| found.len() == example.len());
            assert!(whole, "{example}");
        }
        for form in &cues.numbers {
            assert!(cues.number_examples.iter().any(|example| form.is_match(example)), "{form} has no example");
        }
    }
}
