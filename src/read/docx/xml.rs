//! What does an XML part hold? Its elements by local name, so that prefixes and the two dialects of the format are alike.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::BytesStart;

/// An element with its attributes, both by local name.
#[derive(Debug)]
pub(super) struct Element {
    pub name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    fn new(start: &BytesStart<'_>) -> Self {
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false).flatten() {
            let value = quick_xml::escape::unescape(&attribute.value);
            let value = value.map_or_else(|_| attribute.value.to_string(), Cow::into_owned);
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value));
        }
        Self { name: start.local_name().as_ref().to_owned(), attributes }
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// Whether a property of this kind is on: it is unless its value says otherwise.
    pub fn is_on(&self) -> bool {
        !matches!(self.attribute("val"), Some("0" | "false" | "off" | "none"))
    }
}

/// What stands next in a part.
#[derive(Debug)]
pub(super) enum Event {
    Start(Element),
    /// Also follows the start of an empty element.
    End(String),
    Text(String),
    /// The part is not well-formed from here on.
    Broken(String),
}

/// The events of a part, in order; it ends after [`Event::Broken`].
pub(super) struct Events<'a> {
    reader: Reader<&'a [u8]>,
    done: bool,
}

impl<'a> Events<'a> {
    pub fn new(part: &'a str) -> Self {
        let mut reader = Reader::from_str(part);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        Self { reader, done: false }
    }
}

impl Iterator for Events<'_> {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        use quick_xml::events::Event as Xml;
        while !self.done {
            return Some(match self.reader.read_event() {
                Ok(Xml::Start(start)) => Event::Start(Element::new(&start)),
                Ok(Xml::End(end)) => Event::End(end.local_name().as_ref().to_owned()),
                Ok(Xml::Text(text)) => Event::Text(text.to_string()),
                Ok(Xml::CData(text)) => Event::Text(text.to_string()),
                Ok(Xml::GeneralRef(name)) => match entity(&name) {
                    Some(c) => Event::Text(c.to_string()),
                    None => continue,
                },
                Ok(Xml::Eof) => {
                    self.done = true;
                    return None;
                }
                Ok(_) => continue,
                Err(error) => {
                    self.done = true;
                    Event::Broken(error.to_string())
                }
            });
        }
        None
    }
}

/// The character that `&name;` stands for; a document's own entities are not expanded.
fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}
