//! What stands in a cell? Values of the graph as the kinds that tables have.

use oxigraph::model::Term;
use oxigraph::model::vocab::xsd;

use super::definition::Kind;
use crate::export::look::plain;

/// Divides several values in one cell.
const BETWEEN: &str = " | ";

/// The content of a cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Characters.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Number(f64),
    /// True or false.
    Boolean(bool),
    /// A day, as days since 1 January 1970 and as year, month and day.
    Date(i32, [u16; 3]),
}

impl Cell {
    pub(in super::super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }

    pub(in super::super) fn some(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, Self::text)
    }

    /// A number of things.
    pub(in super::super) fn count(count: usize) -> Self {
        i64::try_from(count).map_or(Self::Empty, Self::Integer)
    }

    /// The values of a path as a cell of this kind. What is not of the kind leaves the cell empty.
    pub(super) fn new(kind: Kind, values: &[Term]) -> Self {
        if matches!(kind, Kind::Iri | Kind::Url | Kind::Text | Kind::Long) {
            return match values {
                [] => Self::Empty,
                [value] => Self::text(plain(value)),
                several => Self::text(several.iter().map(plain).collect::<Vec<_>>().join(BETWEEN)),
            };
        }
        values.iter().find_map(|value| Self::typed(kind, value)).unwrap_or_default()
    }

    fn typed(kind: Kind, value: &Term) -> Option<Self> {
        let text = plain(value);
        match kind {
            Kind::Integer | Kind::Year => text.parse().ok().map(Self::Integer),
            Kind::Number => text.parse().ok().filter(|number: &f64| number.is_finite()).map(Self::Number),
            Kind::Boolean => match text {
                "true" | "1" => Some(Self::Boolean(true)),
                "false" | "0" => Some(Self::Boolean(false)),
                _ => None,
            },
            Kind::Date => match value {
                Term::Literal(literal) if literal.datatype() == xsd::DATE => date(text),
                _ => None,
            },
            Kind::Iri | Kind::Url | Kind::Text | Kind::Long => Some(Self::text(text)),
        }
    }
}

/// A day of the form 2021-03-01.
fn date(text: &str) -> Option<Cell> {
    let mut fields = text.split('-');
    let (year, month, day) = (fields.next()?.parse().ok()?, fields.next()?.parse().ok()?, fields.next()?.parse().ok()?);
    (fields.next().is_none() && (1..=12).contains(&month))
        .then_some(Cell::Date(days(year, month, day), [year, month, day]))
}

/// Days from 1 January 1970 to a day of the Gregorian calendar. The year is taken to begin in March, so that the leap
/// day is its last.
fn days(year: u16, month: u16, day: u16) -> i32 {
    let (month, day) = (i32::from(month), i32::from(day));
    let year = i32::from(year) - i32::from(month <= 2);
    let in_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + in_year - 719_468
}

#[cfg(test)]
mod tests {
    use oxigraph::model::Literal;

    use super::*;

    fn cell(kind: Kind, text: &str, datatype: oxigraph::model::NamedNodeRef<'_>) -> Cell {
        Cell::new(kind, &[Literal::new_typed_literal(text, datatype).into()])
    }

    #[test]
    fn days_are_counted_as_the_calendar_does() {
        assert_eq!(days(1970, 1, 1), 0);
        assert_eq!(days(1970, 3, 1), 59);
        assert_eq!(days(2000, 2, 29), 11_016);
        assert_eq!(days(2000, 3, 1), 11_017);
        // 2021-04-01 is 51 years with 13 leap days (1972 to 2020) and 90 days after the epoch.
        assert_eq!(days(2021, 4, 1), 51 * 365 + 13 + 90);
        assert_eq!(days(1900, 1, 1), -25_567);
    }

    #[test]
    fn a_value_that_is_not_of_the_kind_leaves_the_cell_empty() {
        assert_eq!(cell(Kind::Date, "2021-04-01", xsd::DATE), Cell::Date(18_718, [2021, 4, 1]));
        assert_eq!(cell(Kind::Date, "2021-04", xsd::G_YEAR_MONTH), Cell::Empty);
        assert_eq!(cell(Kind::Year, "2021", xsd::G_YEAR), Cell::Integer(2021));
        assert_eq!(cell(Kind::Number, "94.65", xsd::DECIMAL), Cell::Number(94.65));
        assert_eq!(cell(Kind::Number, "NaN", xsd::DOUBLE), Cell::Empty);
        assert_eq!(cell(Kind::Boolean, "true", xsd::BOOLEAN), Cell::Boolean(true));
        assert_eq!(cell(Kind::Text, "", xsd::STRING), Cell::Empty);
    }

    #[test]
    fn several_values_stand_in_one_cell() {
        let values = ["a", "b"].map(|value| Literal::from(value).into());
        assert_eq!(Cell::new(Kind::Text, &values), Cell::Text("a | b".to_owned()));
    }
}
