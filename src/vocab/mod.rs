//! By which words does the graph speak? A constant for every term of the vocabularies that are written.
//!
//! [`class`] and [`property`] are made from `ontology/fazhi.ttl`: a term that is declared there is here, with its comment, and
//! nothing else is. Terms of other vocabularies stand in a module each, as far as they are used.

pub mod class;
pub mod property;
mod reused;

use oxigraph::model::NamedNode;

pub use reused::{dcat, dcterms, eli, geo, org, prov, skos, void};

/// What every IRI of a concept starts with.
pub const CONCEPTS: &str = "https://w3id.org/fazhi/concept/";

/// Prefixes by which the vocabularies are known: for writers that have short names and for queries.
pub const PREFIXES: &[(&str, &str)] = &[
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("eli", "http://data.europa.eu/eli/ontology#"),
    ("fz", "https://w3id.org/fazhi/ns#"),
    ("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
    ("org", "http://www.w3.org/ns/org#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("void", "http://rdfs.org/ns/void#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// A concept scheme of `ontology/categories.ttl`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scheme {
    /// The fields of measures, problems and plans.
    Category,
    /// Types of bodies.
    BodyType,
    /// Kinds of documents.
    DocumentKind,
    /// Administrative levels.
    Level,
    /// Ways of citing.
    How,
    /// Rules that make findings.
    Rule,
    /// Common figures.
    Indicator,
    /// Units printed after a figure.
    UnitOfMeasure,
    /// Reasons for doubt.
    Doubt,
}

impl Scheme {
    /// Every scheme, in the order of the file.
    pub const ALL: [Self; 9] = [
        Self::Category,
        Self::BodyType,
        Self::DocumentKind,
        Self::Level,
        Self::How,
        Self::Rule,
        Self::Indicator,
        Self::UnitOfMeasure,
        Self::Doubt,
    ];

    /// The scheme's own segment of an IRI.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::BodyType => "body-type",
            Self::DocumentKind => "document-kind",
            Self::Level => "level",
            Self::How => "how",
            Self::Rule => "rule",
            Self::Indicator => "indicator",
            Self::UnitOfMeasure => "unit-of-measure",
            Self::Doubt => "doubt",
        }
    }

    /// The concept with this notation; of a second-level category, `functions/permit`, the slash divides the two.
    #[must_use]
    pub fn concept(self, notation: &str) -> NamedNode {
        let mut iri = format!("{CONCEPTS}{}", self.name());
        for part in notation.split('/') {
            iri.push('/');
            push_segment(&mut iri, part);
        }
        NamedNode::new_unchecked(iri)
    }
}

/// Appends `name` to an IRI as one segment of its path.
///
/// Chinese characters are kept, white space is dropped, and what a segment may not hold (`/ ? # %`, controls, private-use
/// characters …) is percent-encoded. A name of one or two dots is encoded too, since a reader could resolve it away.
pub fn push_segment(iri: &mut String, name: &str) {
    let dots = matches!(name, "." | "..");
    for c in name.chars().filter(|c| !c.is_whitespace()) {
        if !dots && may_stand(c) {
            iri.push(c);
        } else {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                iri.push('%');
                for digit in [byte >> 4, byte & 15] {
                    iri.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
                }
            }
        }
    }
}

/// Whether RFC 3987 lets `c` stand in a segment of a path (`ipchar`, without `%`).
const fn may_stand(c: char) -> bool {
    let plane = c as u32 >> 16;
    match c {
        '\0'..='\u{7f}' => {
            c.is_ascii_alphanumeric()
                || matches!(c, '-' | '.' | '_' | '~' | ':' | '@' | '!' | '$' | '&' | '\'' | '('..=',' | ';' | '=')
        }
        '\u{80}'..='\u{ffff}' => matches!(c, '\u{a0}'..='\u{d7ff}' | '\u{f900}'..='\u{fdcf}' | '\u{fdf0}'..='\u{ffef}'),
        // The last two code points of a plane are no characters; plane 14 begins with tags; planes 15 and 16 are private.
        _ => c as u32 & 0xffff < 0xfffe && plane < 15 && !matches!(c, '\u{e0000}'..='\u{e0fff}'),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]

    use super::*;

    fn segment(name: &str) -> String {
        let mut iri = String::new();
        push_segment(&mut iri, name);
        iri
    }

    #[test]
    fn chinese_is_kept_and_reserved_characters_are_encoded() {
        assert_eq!(segment("中华人民共和国行政处罚法"), "中华人民共和国行政处罚法");
        assert_eq!(segment("法治政府建设实施纲要(2021-2025年)"), "法治政府建设实施纲要(2021-2025年)");
        assert_eq!(segment("a/b?c#d%e\"<>"), "a%2Fb%3Fc%23d%25e%22%3C%3E");
        assert_eq!(segment("县 司\u{3000}法\n局"), "县司法局");
        assert_eq!(segment("\u{e000}\u{ffff}"), "%EE%80%80%EF%BF%BF");
        assert_eq!(segment(".."), "%2E%2E");
    }

    #[test]
    fn a_concept_stands_under_its_scheme() {
        assert_eq!(
            Scheme::Category.concept("functions/permit").as_str(),
            "https://w3id.org/fazhi/concept/category/functions/permit"
        );
        assert_eq!(Scheme::UnitOfMeasure.concept("%").as_str(), "https://w3id.org/fazhi/concept/unit-of-measure/%25");
    }
}
