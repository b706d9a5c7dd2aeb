//! Which properties does fazhi add?
//!
//! Made from `ontology/fazhi.ttl` by `UPDATE=1 cargo test`.

use oxigraph::model::NamedNodeRef;

/// `fz:addressee`: Whom the report is sent to, as printed.
pub const ADDRESSEE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#addressee");

/// `fz:addresses`: The problem of the same report that a plan answers.
pub const ADDRESSES: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#addresses");

/// `fz:alsoCategory`: Another category in which a reader would look for the unit.
pub const ALSO_CATEGORY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#alsoCategory");

/// `fz:approximate`: True where the text says that the value is not exact; else left out.
pub const APPROXIMATE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#approximate");

/// `fz:article`: An article cited with the document, as printed.
pub const ARTICLE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#article");

/// `fz:category`: The main category of a unit.
pub const CATEGORY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#category");

/// `fz:changeOf`: The figure that grew or fell; left out where the text does not give it.
pub const CHANGE_OF: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#changeOf");

/// `fz:cites`: A document that a unit cites, or that a citation means.
pub const CITES: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#cites");

/// `fz:code`: The six-digit code of GB/T 2260; nine digits (GB/T 10114) for a township.
pub const CODE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#code");

/// `fz:comparedWith`: Against when a change is measured: `last_year` for the same time of the year before, `previous` for the time right before, `unnamed` for an earlier time not named.
pub const COMPARED_WITH: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#comparedWith");

/// `fz:concerns`: The unit, report or region that a finding across reports speaks of.
pub const CONCERNS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#concerns");

/// `fz:doubt`: Why a careful reader would doubt this fact; left out where there is nothing to doubt.
pub const DOUBT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#doubt");

/// `fz:end`: The position after the last code point.
pub const END: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#end");

/// `fz:how`: Whether the citation stands in brackets, without, or refers back.
pub const HOW: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#how");

/// `fz:implements`: The higher document that this one puts into effect.
pub const IMPLEMENTS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#implements");

/// `fz:indicator`: The common indicator that a figure gives; left out where none fits: the figure's label says what is counted.
pub const INDICATOR: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#indicator");

/// `fz:kind`: What kind of document it is, whoever cites it: a policy document of the centre is a Party and state policy, one of a place a local document.
pub const KIND: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#kind");

/// `fz:level`: Administrative level of a report, of a region or of a document's issuer.
pub const LEVEL: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#level");

/// `fz:number`: The official number of a document, or the one printed with a citation.
pub const NUMBER: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#number");

/// `fz:otherEnd`: The position after the last code point of the other passage.
pub const OTHER_END: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#otherEnd");

/// `fz:otherPassage`: The unit or report on the other side: where the same stands in another report.
pub const OTHER_PASSAGE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#otherPassage");

/// `fz:otherStart`: The first code point of the other passage in the text of its report.
pub const OTHER_START: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#otherStart");

/// `fz:period`: The words for the time of which a figure speaks; left out where it is the year reported on.
pub const PERIOD: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#period");

/// `fz:periodFrom`: The first day of the time of which a figure speaks.
pub const PERIOD_FROM: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#periodFrom");

/// `fz:periodTo`: The last day of the time of which a figure speaks.
pub const PERIOD_TO: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#periodTo");

/// `fz:quote`: The characters of a citation or a figure as they stand in the report.
pub const QUOTE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#quote");

/// `fz:refersTo`: The body that a mention means.
pub const REFERS_TO: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#refersTo");

/// `fz:region`: The region of a report, a unit, a body or a local document.
pub const REGION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#region");

/// `fz:responsibleBody`: A body that carries the unit out, where the text says so.
pub const RESPONSIBLE_BODY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#responsibleBody");

/// `fz:revisedOn`: A date on which the document was revised or amended.
pub const REVISED_ON: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#revisedOn");

/// `fz:revision`: The year of the revision that a citation of a newly revised law means.
pub const REVISION: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#revision");

/// `fz:rises`: Only of a figure that tells a change: true for growth, false for decline; its unit tells whether in per cent, in points or in number.
pub const RISES: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#rises");

/// `fz:rule`: The rule that made the finding.
pub const RULE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#rule");

/// `fz:score`: The share of the characters that two passages have in common, from 0 to 1.
pub const SCORE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#score");

/// `fz:since`: The first year of the code; left out where unknown.
pub const SINCE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#since");

/// `fz:start`: The first code point in the report's text, counted from zero.
pub const START: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#start");

/// `fz:successor`: The region that took this one's place after a merger, a reorganisation or a change of code.
pub const SUCCESSOR: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#successor");

/// `fz:text`: The text of a report or a unit; all positions count the code points of the report's.
pub const TEXT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#text");

/// `fz:topic`: A concept of the second level that a unit speaks of, below one of its categories.
pub const TOPIC: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#topic");

/// `fz:unit`: The printed unit of a figure or the usual one of an indicator: the notation of a concept of unit-of-measure.
pub const UNIT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#unit");

/// `fz:until`: The last year of the code; left out while in force.
pub const UNTIL: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#until");

/// `fz:value`: The value in its unit, multiplied out: an integer or a decimal.
pub const VALUE: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#value");

/// `fz:within`: The region directly above; the path fz:within* finds all counties of a province.
pub const WITHIN: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#within");

/// `fz:year`: The year that a report or a unit speaks of.
pub const YEAR: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/fazhi/ns#year");
