//! `data/outline.toml`: cues of furniture, headings and statements.

use serde::Deserialize;

/// Cues of the outline.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutlineCues {
    /// Page furniture.
    pub furniture: FurnitureCues,
    /// Titles.
    pub title: TitleCues,
    /// Salutations (主送机关).
    pub salutation: SalutationCues,
    /// What a heading opens.
    pub headings: HeadingCues,
    /// What a statement does.
    pub statements: StatementCues,
}

/// Lines that belong to the page and not to the report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurnitureCues {
    /// A line that begins with one of these.
    pub begins: Vec<String>,
    /// A line that contains one of these.
    pub contains: Vec<String>,
    /// A line that consists of one of these.
    pub closings: Vec<String>,
}

/// Words of a report's title.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TitleCues {
    /// What it is about.
    pub subjects: Vec<String>,
    /// What kind of text it is.
    pub forms: Vec<String>,
    /// Ends of the first line of a title set on two.
    pub breaks: Vec<String>,
    /// Beginnings of its second line.
    pub continues: Vec<String>,
    /// Last lines of a title that was broken.
    pub tails: Vec<String>,
    /// Ends of the Party's committees, which stand on the line before their government.
    pub party: Vec<String>,
}

/// Words of a salutation.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SalutationCues {
    /// Who is addressed.
    pub addressees: Vec<String>,
}

/// What a heading opens.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadingCues {
    /// Nouns with which a heading of what was done ends.
    pub actions: Vec<String>,
    /// Words of headings that say nothing of a field, the longest first.
    pub generals: Vec<String>,
    /// Words with which a paragraph names its field.
    pub fields: Vec<String>,
    /// Nouns of shortcomings, with which a heading of problems ends.
    pub problem_nouns: Vec<String>,
    /// Words that make a heading with such a noun one of problems wherever the noun stands.
    pub problem_openers: Vec<String>,
    /// Words with which a heading tells of problems that were solved.
    pub problem_refused: Vec<String>,
    /// Words of what is to be done next, which tell it wherever they stand.
    pub next: Vec<String>,
    /// Nouns of plans, which tell a short heading below the first level.
    pub plan_ends: Vec<String>,
    /// Words of what is to be done next.
    pub plan: Vec<String>,
    /// Words with which a heading is none of plans.
    pub plan_refused: Vec<String>,
}

/// What a statement does.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementCues {
    /// "The report follows".
    pub transitions: Vec<String>,
    /// Openings after which problems are told.
    pub problem_openers: Vec<String>,
    /// Words of shortcomings.
    pub problem_words: Vec<String>,
    /// Openings that name what follows as problems, wherever they stand.
    pub problem_leads: Vec<String>,
    /// Words with which what is lacking is set against what was achieved.
    pub problem_turns: Vec<String>,
    /// Words of what was achieved.
    pub achievements: Vec<String>,
    /// Phrases of shortcomings in general, of none in particular.
    pub problem_generals: Vec<String>,
    /// Phrases of what is wanted in general, in the lead of plans.
    pub plan_generals: Vec<String>,
    /// Openings after which plans are told.
    pub plan_openers: Vec<String>,
    /// Words of concrete acts.
    pub acts: Vec<String>,
    /// Speakers whose words are context.
    pub speakers: Vec<String>,
    /// Verbs of such speakers.
    pub speaking: Vec<String>,
    /// Ends of a general truth.
    pub truth_ends: Vec<String>,
    /// Ends of a general truth about a year (2017年是…的一年).
    pub truth_years: Vec<String>,
    /// Verbs of a general truth.
    pub truth_links: Vec<String>,
    /// Openings of a general truth.
    pub truth_openers: Vec<String>,
    /// Words with which the reporter speaks of itself.
    pub selves: Vec<String>,
    /// Guiding thought and general praise.
    pub guidance: Vec<String>,
}
