//! Which format does a client want? Content negotiation (RFC 9110, 12.5.1).

use std::str::FromStr;

use axum::http::{HeaderMap, header};

use crate::query::{Answer, Error, Format};

/// A format by the name that it has on the web.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offer {
    /// What the client may ask for.
    pub(super) media: &'static str,
    /// What the answer is labelled with.
    pub(super) label: &'static str,
    pub(super) format: Format,
}

const fn offer(media: &'static str, label: &'static str, format: Format) -> Offer {
    Offer { media, label, format }
}

const JSON: &str = "application/sparql-results+json; charset=utf-8";
const XML: &str = "application/sparql-results+xml; charset=utf-8";
const CSV: &str = "text/csv; charset=utf-8; header=present";
const TSV: &str = "text/tab-separated-values; charset=utf-8; header=present";
const TURTLE: &str = "text/turtle; charset=utf-8";
const N_TRIPLES: &str = "application/n-triples; charset=utf-8";
const RDF_XML: &str = "application/rdf+xml; charset=utf-8";
const JSON_LD: &str = "application/ld+json; charset=utf-8";

/// For rows, and for yes or no; the first is for clients that take anything.
pub(super) const RESULTS: [Offer; 8] = [
    offer("application/sparql-results+json", JSON, Format::Json),
    offer("application/sparql-results+xml", XML, Format::Xml),
    offer("text/csv", CSV, Format::Csv),
    offer("text/tab-separated-values", TSV, Format::Tsv),
    offer("application/json", JSON, Format::Json),
    offer("application/xml", XML, Format::Xml),
    offer("text/xml", XML, Format::Xml),
    offer("text/json", JSON, Format::Json),
];

/// For graphs.
pub(super) const GRAPHS: [Offer; 8] = [
    offer("text/turtle", TURTLE, Format::Turtle),
    offer("application/n-triples", N_TRIPLES, Format::NTriples),
    offer("application/rdf+xml", RDF_XML, Format::RdfXml),
    offer("application/ld+json", JSON_LD, Format::JsonLd),
    offer("application/x-turtle", TURTLE, Format::Turtle),
    offer("text/plain", N_TRIPLES, Format::NTriples),
    offer("application/json", JSON_LD, Format::JsonLd),
    offer("application/xml", RDF_XML, Format::RdfXml),
];

/// A format by its name on the command line, or by its media type, as some clients write it.
pub(super) fn named(text: &str) -> Result<Format, Error> {
    let offered = RESULTS.iter().chain(&GRAPHS).find(|offer| offer.media.eq_ignore_ascii_case(text.trim()));
    offered.map_or_else(|| Format::from_str(text), |offer| Ok(offer.format))
}

/// What can hold an answer.
pub(super) const fn offers(answer: &Answer) -> &'static [Offer] {
    match answer {
        Answer::Graph(_) => &GRAPHS,
        Answer::Solutions(_) | Answer::Boolean(_) => &RESULTS,
    }
}

/// The offer that the client likes best; of equals the first. A client that names nothing takes anything.
pub(super) fn best<'a>(headers: &HeaderMap, offers: &'a [Offer]) -> Option<&'a Offer> {
    let ranges = ranges(headers);
    if ranges.is_empty() {
        return offers.first();
    }
    let mut best: Option<(&Offer, u16)> = None;
    for offer in offers {
        let quality = quality(&ranges, offer.media);
        if quality > best.map_or(0, |(_, quality)| quality) {
            best = Some((offer, quality));
        }
    }
    best.map(|(offer, _)| offer)
}

/// Whether the client, like a browser, would rather have a page than any of the offers.
pub(super) fn wants_page(headers: &HeaderMap, offers: &[Offer]) -> bool {
    let ranges = ranges(headers);
    let named = ranges.iter().any(|range| range.media == "text/html" || range.media == "application/xhtml+xml");
    let page = quality(&ranges, "text/html");
    named && offers.iter().all(|offer| quality(&ranges, offer.media) <= page)
}

/// What a client accepts: `text/*;q=0.5`.
struct Range {
    media: String,
    /// In thousandths.
    quality: u16,
}

fn ranges(headers: &HeaderMap) -> Vec<Range> {
    let values = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).filter_map(range).collect()
}

fn range(text: &str) -> Option<Range> {
    let mut parts = text.split(';').map(str::trim);
    let media = parts.next().filter(|media| media.contains('/'))?.to_ascii_lowercase();
    let quality = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
    Some(Range { media, quality: quality.map_or(1000, thousandths) })
}

/// A quality such as `0.75`; what is none counts as nothing.
fn thousandths(text: &str) -> u16 {
    let quality = text.trim().parse::<f64>().unwrap_or(0.0).clamp(0.0, 1.0);
    // From 0 to 1000 after the line before.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the value is from 0 to 1000")]
    let thousandths = (quality * 1000.0).round() as u16;
    thousandths
}

/// How well the client likes a media type: what is said of it by the most exact of the ranges.
fn quality(ranges: &[Range], media: &str) -> u16 {
    let exactness = |range: &Range| {
        if range.media == media {
            Some(2)
        } else if range.media == "*/*" {
            Some(0)
        } else {
            let family = range.media.strip_suffix('*')?;
            (family.ends_with('/') && media.starts_with(family)).then_some(1)
        }
    };
    let matching = ranges.iter().filter_map(|range| Some((exactness(range)?, range.quality)));
    matching.max().map_or(0, |(_, quality)| quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn media(accept: &[&str], offers: &'static [Offer]) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        for value in accept {
            headers.append(header::ACCEPT, value.parse().unwrap());
        }
        best(&headers, offers).map(|offer| offer.media)
    }

    #[test]
    fn what_a_client_likes_best_is_chosen() {
        assert_eq!(media(&[], &RESULTS), Some("application/sparql-results+json"));
        assert_eq!(media(&["*/*"], &GRAPHS), Some("text/turtle"));
        assert_eq!(
            media(&["text/csv;q=0.5, application/sparql-results+xml;q=0.6"], &RESULTS),
            Some("application/sparql-results+xml")
        );
        assert_eq!(
            media(&["text/csv", "text/turtle"], &RESULTS),
            Some("text/csv"),
            "several header lines are one list"
        );
        assert_eq!(media(&["Text/CSV; Q=0.3, application/*;q=0.2"], &RESULTS), Some("text/csv"));
        assert_eq!(media(&["application/*"], &GRAPHS), Some("application/n-triples"));
    }

    #[test]
    fn the_most_exact_range_says_how_well_a_type_is_liked() {
        assert_eq!(media(&["*/*, text/turtle;q=0"], &GRAPHS), Some("application/n-triples"));
        assert_eq!(media(&["text/*;q=0.1, text/csv;q=0.9, application/xml;q=0.5"], &RESULTS), Some("text/csv"));
    }

    #[test]
    fn a_client_that_takes_nothing_of_ours_gets_nothing() {
        assert_eq!(media(&["image/png"], &RESULTS), None);
        assert_eq!(media(&["text/csv;q=0"], &RESULTS), None);
        assert_eq!(media(&["text/csv;q=much"], &RESULTS), None);
    }

    #[test]
    fn a_browser_wants_a_page() {
        let mut headers = HeaderMap::new();
        headers
            .insert(header::ACCEPT, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8".parse().unwrap());
        assert!(wants_page(&headers, &GRAPHS));
        headers.insert(header::ACCEPT, "*/*".parse().unwrap());
        assert!(!wants_page(&headers, &GRAPHS));
        headers.insert(header::ACCEPT, "text/turtle, text/html;q=0.9".parse().unwrap());
        assert!(!wants_page(&headers, &GRAPHS));
    }
}
