//! How is a value written? Text, numbers, dates and addresses as RDF terms.

use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Term};

/// Chinese text.
pub(super) fn zh(text: &str) -> Literal {
    Literal::new_language_tagged_literal_unchecked(text, "zh")
}

/// A sign that belongs to no language: a code, a number of a document, a unit.
pub(super) fn plain(text: &str) -> Literal {
    Literal::new_simple_literal(text)
}

/// A position in the text.
pub(super) fn position(value: usize) -> Literal {
    Literal::new_typed_literal(value.to_string(), xsd::INTEGER)
}

/// A year.
pub(super) fn year(year: u16) -> Literal {
    Literal::new_typed_literal(format!("{year:04}"), xsd::G_YEAR)
}

/// A value: an integer where it is whole, else a decimal.
pub(super) fn number(value: f64) -> Literal {
    if !value.is_finite() {
        return Literal::from(value);
    }
    if value.fract() == 0.0 {
        // Adding zero turns the negative zero into the positive one.
        Literal::new_typed_literal((value + 0.0).to_string(), xsd::INTEGER)
    } else {
        decimal(value)
    }
}

/// A value that is a decimal even where it is whole.
pub(super) fn decimal(value: f64) -> Literal {
    Literal::new_typed_literal(value.to_string(), xsd::DECIMAL)
}

/// An ISO 8601 date: a day, a month or a year, as precise as it is given. What is none stays as it was printed, so that
/// the shapes show it.
pub(super) fn date(text: &str) -> Literal {
    match date_type(text) {
        Some(datatype) => Literal::new_typed_literal(text, datatype),
        None => plain(text),
    }
}

fn date_type(text: &str) -> Option<NamedNodeRef<'static>> {
    let fields: Vec<&str> = text.split('-').collect();
    let number = |field: &str, digits: usize| {
        (field.len() == digits && field.bytes().all(|byte| byte.is_ascii_digit())).then(|| field.parse::<u16>().ok())?
    };
    let year = number(fields.first()?, 4)?;
    let month = match fields.get(1) {
        None => return Some(xsd::G_YEAR),
        Some(month) => number(month, 2).filter(|month| (1..=12).contains(month))?,
    };
    let day = match fields.get(2) {
        None => return Some(xsd::G_YEAR_MONTH),
        Some(day) => number(day, 2)?,
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (fields.len() == 3 && (1..=days).contains(&day)).then_some(xsd::DATE)
}

/// A page's address: an IRI where it is one, else the characters as they were given.
pub(super) fn address(url: &str) -> Term {
    match NamedNode::new(url) {
        Ok(iri) => iri.into(),
        Err(_) => plain(url).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_an_integer_or_a_decimal() {
        assert_eq!(number(20000.0), Literal::new_typed_literal("20000", xsd::INTEGER));
        assert_eq!(number(-0.0), Literal::new_typed_literal("0", xsd::INTEGER));
        assert_eq!(number(1e21), Literal::new_typed_literal("1000000000000000000000", xsd::INTEGER));
        assert_eq!(number(94.65), Literal::new_typed_literal("94.65", xsd::DECIMAL));
        assert_eq!(number(1e-7), Literal::new_typed_literal("0.0000001", xsd::DECIMAL));
        assert_eq!(number(f64::NAN).datatype(), xsd::DOUBLE);
    }

    #[test]
    fn a_date_is_as_precise_as_it_is_given() {
        assert_eq!(date("2024-02-29").datatype(), xsd::DATE);
        assert_eq!(date("2021-08").datatype(), xsd::G_YEAR_MONTH);
        assert_eq!(date("2016").datatype(), xsd::G_YEAR);
        for wrong in ["2023-02-29", "2023-13-01", "2023-00", "2023-1-1", "2023-01-01-01", "2023/01/01", "", "-2023"] {
            assert_eq!(date(wrong).datatype(), xsd::STRING, "{wrong}");
        }
    }

    #[test]
    fn an_address_is_an_iri_where_it_can_be() {
        assert!(matches!(address("https://example.org/a.html"), Term::NamedNode(_)));
        assert!(matches!(address("/a.html"), Term::Literal(_)));
    }
}
