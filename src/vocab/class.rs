//! Which classes does fazhi add?
//!
//! Made from `ontology/fazhi.ttl` by `UPDATE=1 cargo test`.

use oxigraph::model::NamedNodeRef;

/// `fz:Audit`: What came of laying the reports beside each other; its findings are part of it and of no report.
pub const AUDIT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#Audit");

/// `fz:Body`: An organ of the Party or the state, or an organised unit of one, in a region.
pub const BODY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#Body");

/// `fz:BodyMention`: One mention of a public body in a report; its IRI ends in the span of the characters.
pub const BODY_MENTION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#BodyMention");

/// `fz:Citation`: One mention in a report of a law, regulation, rule, policy or other named document.
pub const CITATION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#Citation");

/// `fz:Document`: A law, regulation, rule, policy document or other document that reports cite.
pub const DOCUMENT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#Document");

/// `fz:Figure`: One statistic printed in a report; its label is the text's own phrase for what is counted.
pub const FIGURE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#Figure");

/// `fz:Finding`: Something in a report that its reader should be warned of.
pub const FINDING: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#Finding");

/// `fz:Measure`: What was done, set up or achieved in the year reported on.
pub const MEASURE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#Measure");

/// `fz:Plan`: What is to be done next.
pub const PLAN: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#Plan");

/// `fz:Problem`: A shortcoming, difficulty or weakness that the report admits.
pub const PROBLEM: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#Problem");

/// `fz:Region`: An administrative division; one that was merged or reorganised under a new code is another region.
pub const REGION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#Region");

/// `fz:Report`: The annual report of a region or department on law-based government; two copies of one text are one report.
pub const REPORT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#Report");

/// `fz:Unit`: A leaf of the report's outline: a measure, a problem or a plan.
pub const UNIT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#Unit");
