//! What does a report say? The plain data model that `fazhi extract` prints and [`crate::describe`] reads.
//!
//! Every position is a [`Span`]: Unicode code points of [`Report::text`], end exclusive, as the W3C Web Annotation
//! model counts them. Nothing after this model looks at a page again.

mod basis;

pub use basis::{Basis, Entry};

use serde::{Deserialize, Serialize};

/// A stretch of the report's text, in code points, end exclusive.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First code point.
    pub start: usize,
    /// The code point after the last one.
    pub end: usize,
}

impl Span {
    /// Whether `inner` lies within this span.
    #[must_use]
    pub const fn contains(&self, inner: &Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }

    /// Whether the two spans share a code point.
    #[must_use]
    pub const fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// One report and everything that was read from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// `{region code}-{year}-{12 hex digits of the SHA-256 of the text}`: two copies on two sites are one report.
    pub id: String,
    /// Where the bytes came from.
    pub source: Source,
    /// What the report says of itself.
    pub metadata: Metadata,
    /// Every statement in the order of the text.
    pub statements: Vec<Statement>,
    /// The leaves of the outline in the order of the text.
    pub units: Vec<Unit>,
    /// Every mention of a named document, in order.
    pub citations: Vec<Citation>,
    /// Every mention of a public body, in order.
    pub bodies: Vec<BodyMention>,
    /// Every figure, in order.
    pub figures: Vec<Figure>,
    /// What a reader should be warned of, in order.
    pub findings: Vec<Finding>,
    /// The text that all the spans count in.
    pub text: String,
}

/// Where a report was read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The file as it was named, with `#n` for the n-th record of a file that holds many (counted from 1).
    pub path: String,
    /// SHA-256 of the bytes, in lower-case hexadecimal digits.
    pub sha256: String,
    /// `text`, `html` or `jsonl`.
    pub format: String,
    /// Label of the character encoding (WHATWG Encoding Standard), in lower case.
    pub encoding: String,
    /// The page's address, where it is known.
    pub url: Option<String>,
}

/// What the report says of itself; `None` where it does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// The title as printed.
    pub title: Option<String>,
    /// The region that reports.
    pub region: Option<RegionRef>,
    /// The body that signs or issues, full name.
    pub issuer: Option<String>,
    /// Whom the report is sent to (主送机关), as printed.
    pub addressee: Option<String>,
    /// The year reported on.
    pub year: Option<u16>,
    /// The date on the page (发布日期), ISO 8601.
    pub published: Option<String>,
    /// The date under the signature (成文日期), ISO 8601.
    pub dated: Option<String>,
    /// The index number of the page (索引号).
    pub index_number: Option<String>,
}

/// The region that a report speaks of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionRef {
    /// Name in the report's year; of a township, its county's name is in [`RegionRef::path`]. Empty where the text tells
    /// only what kind of government reports.
    pub name: String,
    /// GB/T 2260 code, six digits; a township carries its county's.
    pub code: Option<String>,
    /// What kind of government reports.
    pub level: Level,
    /// Names from the province down to this region.
    pub path: Vec<String>,
    /// The township's nine-digit code (GB/T 10114) where the report is a township's and the code is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub township: Option<String>,
    /// Why it was read as it was.
    #[serde(flatten)]
    pub basis: Basis,
}

/// Administrative level (行政层级) of a region, a report or the issuer of a document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 中央: the Party's centre, the National People's Congress, the State Council and its ministries.
    National,
    /// 省级
    Province,
    /// 地级
    Prefecture,
    /// 县级
    #[default]
    County,
    /// 乡级
    Township,
    /// A department of a government of any level (部门).
    Department,
}

/// A piece of text that ends at a line break, a full stop or before an enumerator.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// What it does in the report.
    pub role: Role,
    /// Why it was read as it was.
    #[serde(flatten)]
    pub basis: Basis,
}

/// What a statement does in the report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Page furniture, titles, salutation, signature, date.
    Meta,
    /// A line that is only a heading.
    Heading,
    /// Context, guiding thought, transition; no concrete act.
    #[default]
    Background,
    /// What was done, set up or achieved.
    Action,
    /// A shortcoming, difficulty or weakness.
    Problem,
    /// What is to be done next.
    Plan,
}

/// A leaf of the outline: a measure, a problem or a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// Which of the three it is.
    #[serde(rename = "type")]
    pub kind: UnitKind,
    /// Its heading or lead phrase without number and final punctuation, else its first clause.
    pub name: String,
    /// Notation of the main category, a concept of `ontology/categories.ttl`.
    pub category: String,
    /// Other categories under which a reader would look for it.
    pub also: Vec<String>,
    /// Notations of the concepts of the second level that it speaks of (`enforcement/supervision`), the strongest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// Full names of the bodies that carry it out.
    pub bodies: Vec<String>,
    /// Indexes into [`Report::citations`] of the citations within the span.
    pub citations: Vec<usize>,
    /// Indexes into [`Report::figures`] of the figures within the span.
    pub figures: Vec<usize>,
    /// For a plan: indexes into [`Report::units`] of the problems that it answers.
    pub addresses: Vec<usize>,
    /// Why it was read as it was.
    #[serde(flatten)]
    pub basis: Basis,
}

/// Which kind of unit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// 举措: what was done.
    #[default]
    Measure,
    /// 问题: what is lacking.
    Problem,
    /// 打算: what is to be done.
    Plan,
}

/// A mention of a law, regulation, rule, policy or other named document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// Where it stands, brackets included.
    #[serde(flatten)]
    pub span: Span,
    /// The characters of the span.
    pub quote: String,
    /// The name as meant: brackets off, spaces mended, an anaphor spelled out.
    pub title: String,
    /// The official title in full where it is known, else [`Citation::title`].
    pub canonical: String,
    /// What kind of document it is.
    pub kind: DocumentKind,
    /// The kind that its title and the level of its issuer tell whoever cites it, where the words around it or the place of the
    /// reporter told another. The graph, in which a document is one node for all reports, has this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind_by_name: Option<DocumentKind>,
    /// How it is mentioned.
    pub how: How,
    /// The document number printed with it (发文字号).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// Articles cited with it (第三十三条第一款), as printed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub articles: Vec<String>,
    /// Level of the document's issuer.
    pub level: Level,
    /// Code of the region that issued it, for a document below the national level where that region is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// The higher documents that it puts into effect, as its own title or a sentence with both says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub implements: Vec<Implemented>,
    /// Year of the revision meant, where the text speaks of a newly revised law (新修订的《行政复议法》).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<u16>,
    /// Why it was read as it was.
    #[serde(flatten)]
    pub basis: Basis,
}

/// A higher document that another one puts into effect.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Implemented {
    /// The official title in full where it is known.
    pub title: String,
    /// Level of its issuer.
    pub level: Level,
    /// Code of the region that issued it, for a document below the national level where that region is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Why it was read as it was; one that is doubted is not in the graph.
    #[serde(flatten)]
    pub basis: Basis,
}

/// Kind of a cited document.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// 宪法, 法律, 法典
    Law,
    /// 行政法规
    AdministrativeRegulation,
    /// 地方性法规
    LocalRegulation,
    /// 部门规章
    DepartmentRule,
    /// 地方政府规章
    LocalGovernmentRule,
    /// Policy document of the Party or the state from a level above the reporting government.
    PartyStatePolicy,
    /// Document of the reporting region's own bodies.
    LocalDocument,
    /// Books, study outlines, reports.
    #[default]
    Other,
}

/// How a document is mentioned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// In 《》.
    #[default]
    Bracketed,
    /// By its title or short title without brackets.
    Bare,
    /// By a word that refers back (《条例》, 该办法).
    Anaphor,
}

/// A mention of a public body or of an organised unit of one.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyMention {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// The characters of the span.
    pub quote: String,
    /// Full name with the region it belongs to.
    pub name: String,
    /// GB/T 2260 code of the region it belongs to, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Notation of its type (司法行政, 公安 …), a concept of `ontology/categories.ttl`, where known.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Why it carries out the unit that it stands in; `None` where it is only named there. Not printed: [`Unit::bodies`]
    /// says who carries a unit out, and `fazhi explain` shows why.
    #[serde(skip)]
    pub carries: Option<Basis>,
    /// Why it was read as it was.
    #[serde(flatten)]
    pub basis: Basis,
}

/// A quantity that reports a statistic.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Where it stands: number with unit and 余, 多, 近.
    #[serde(flatten)]
    pub span: Span,
    /// The characters of the span.
    pub quote: String,
    /// The value in [`Figure::unit`], multiplied out (2万余人次 is 20000 人次).
    pub value: f64,
    /// The printed unit.
    pub unit: String,
    /// A short phrase that says what is counted.
    pub indicator: String,
    /// Whether the text says that the value is not exact.
    pub approx: bool,
    /// Notation of the indicator, a concept of `ontology/categories.ttl`, where it is one of the common ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concept: Option<String>,
    /// The time of which it speaks, where the text names another than the year reported on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// For growth or decline: of what and against when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// Why it was read as it was.
    #[serde(flatten)]
    pub basis: Basis,
}

/// The time of which a figure speaks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    /// The words that name it (上半年, 2019年以来), spaces left out.
    pub words: String,
    /// Its first day, ISO 8601; left out where only the last is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Its last day, ISO 8601; the last of the year reported on where the text does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// Growth or decline.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// Index into [`Report::figures`] of the figure that grew or fell, where the text gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<usize>,
    /// Which way.
    pub direction: Direction,
    /// How it is measured.
    pub kind: ChangeKind,
    /// What it is compared with.
    pub base: ChangeBase,
}

/// Whether something grew.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// It grew.
    #[default]
    Rise,
    /// It fell.
    Fall,
}

/// How a change is measured.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// In per cent of what it was.
    #[default]
    Relative,
    /// In the unit of what changed.
    Absolute,
    /// In percentage points.
    Points,
}

/// What a change is compared with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeBase {
    /// The same time of the year before (同比).
    #[default]
    LastYear,
    /// The time right before (环比).
    Previous,
    /// An earlier time that the text does not name.
    Unnamed,
}

/// Something that a reader should be warned of.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Where it stands.
    #[serde(flatten)]
    pub span: Span,
    /// Notation of the rule, a concept of `ontology/categories.ttl` (`foreign_region`, `sum_mismatch`, …).
    pub kind: String,
    /// What is wrong, for a person to read.
    pub message: String,
    /// Why it was read as it was.
    #[serde(flatten)]
    pub basis: Basis,
}
