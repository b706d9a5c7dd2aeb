//! What does a record say? One report a JSON object, in JSON Lines or in one JSON file.

use std::io::{self, BufRead, Read};

use serde::de::IgnoredAny;
use serde_json::{Map, Value};

use super::error::ReadError;
use super::record::{self, Columns, Record};

/// One record: its bytes as read and the number that names it, counted from 1.
pub(super) struct Raw {
    /// The line of a JSON Lines file, or the place in an array.
    pub number: usize,
    /// The bytes of the object.
    pub bytes: Vec<u8>,
}

/// Reads one object; the message says what is wrong with it.
pub(super) fn parse(bytes: &[u8], columns: &Columns) -> Result<Record, String> {
    let fields: Map<String, Value> = match serde_json::from_slice(bytes) {
        Ok(Value::Object(fields)) => fields,
        Ok(_) => return Err("it is no JSON object".to_owned()),
        Err(error) => return Err(format!("it is no valid JSON ({error})")),
    };
    let filled = |value: &Value| value.as_str().filter(|s| !s.trim().is_empty()).map(str::to_owned);
    let record = Record::new(columns, |name| {
        fields.get(name).and_then(filled).or_else(|| {
            let mut alike = fields.iter().filter(|(own, _)| own.as_str() != name && record::is_name(own, name));
            alike.find_map(|(_, value)| filled(value))
        })
    });
    if record.text.is_none() && record.html.is_none() {
        let wanted =
            columns.text.as_ref().map_or_else(|| "`text`, `html` or `content`".to_owned(), |n| format!("`{n}`"));
        return Err(format!("it has no {wanted} (its fields: {})", record::listed(fields.keys().map(String::as_str))));
    }
    Ok(record)
}

/// The lines of a JSON Lines file, read one at a time.
pub(super) struct Lines {
    reader: Box<dyn BufRead + Send>,
    file: String,
    limit: u64,
    number: usize,
}

impl Lines {
    pub fn new(reader: Box<dyn BufRead + Send>, file: String, limit: u64) -> Self {
        Self { reader, file, limit, number: 0 }
    }

    /// The next line without its line break, and whether it was longer than the limit (then cut off there).
    fn line(&mut self) -> io::Result<Option<(Vec<u8>, bool)>> {
        let mut bytes = Vec::new();
        let read = (&mut self.reader).take(self.limit.saturating_add(1)).read_until(b'\n', &mut bytes)?;
        if read == 0 {
            return Ok(None);
        }
        if bytes.last() == Some(&b'\n') {
            bytes.pop();
            return Ok(Some((bytes, false)));
        }
        let too_long = bytes.len() as u64 > self.limit;
        if too_long {
            bytes.clear();
            self.skip_line()?;
        }
        Ok(Some((bytes, too_long)))
    }

    /// Passes the rest of a line without keeping it.
    fn skip_line(&mut self) -> io::Result<()> {
        loop {
            let buffer = self.reader.fill_buf()?;
            let (used, ended) = match buffer.iter().position(|&b| b == b'\n') {
                Some(at) => (at + 1, true),
                None => (buffer.len(), buffer.is_empty()),
            };
            self.reader.consume(used);
            if ended {
                return Ok(());
            }
        }
    }
}

impl Iterator for Lines {
    type Item = Result<Raw, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (bytes, too_long) = match self.line() {
                Ok(line) => line?,
                Err(cause) => {
                    // Where reading fails it would fail again: the caller stops after this.
                    self.reader = Box::new(io::empty());
                    return Some(Err(ReadError::from_io(&self.file, cause)));
                }
            };
            self.number += 1;
            if too_long {
                let file = format!("{}#{}", self.file, self.number);
                return Some(Err(ReadError::TooLarge { file, size: None, limit: self.limit }));
            }
            let line = if self.number == 1 { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes) } else { &bytes };
            let line = line.trim_ascii();
            if !line.is_empty() {
                return Some(Ok(Raw { number: self.number, bytes: line.to_vec() }));
            }
        }
    }
}

/// The records of a JSON file: one object, objects one after the other, or an array of them.
pub(super) struct Values {
    bytes: Vec<u8>,
    file: String,
    at: usize,
    in_array: bool,
    number: usize,
}

impl Values {
    pub fn new(bytes: Vec<u8>, file: String) -> Self {
        let mark = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let mut values = Self { bytes, file, at: mark, in_array: false, number: 0 };
        values.skip_space();
        if values.peek() == Some(b'[') {
            values.in_array = true;
            values.at += 1;
        }
        values
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while self.peek().is_some_and(|b| b.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    /// Nothing after a value that cannot be delimited can be trusted.
    fn give_up(&mut self, cause: String) -> Result<Raw, ReadError> {
        self.at = self.bytes.len();
        self.in_array = false;
        Err(ReadError::BadRecord { file: format!("{}#{}", self.file, self.number), cause })
    }
}

impl Iterator for Values {
    type Item = Result<Raw, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.skip_space();
        if self.in_array {
            if self.number > 0 && self.peek() == Some(b',') {
                self.at += 1;
                self.skip_space();
            }
            if self.peek() == Some(b']') {
                self.at = self.bytes.len();
                self.in_array = false;
            }
        }
        if self.at >= self.bytes.len() {
            let cut_off = std::mem::take(&mut self.in_array);
            self.number += 1;
            return cut_off.then(|| self.give_up("the array has no end: the file is cut off".to_owned()));
        }
        self.number += 1;
        let start = self.at;
        let mut stream = serde_json::Deserializer::from_slice(&self.bytes[start..]).into_iter::<IgnoredAny>();
        let value = stream.next();
        let end = start + stream.byte_offset();
        match value {
            Some(Ok(_)) => {
                self.at = end;
                Some(Ok(Raw { number: self.number, bytes: self.bytes[start..end].to_vec() }))
            }
            Some(Err(error)) => Some(self.give_up(format!("it is no valid JSON ({error})"))),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual() -> Columns {
        Columns::default()
    }

    fn lines(text: &str, limit: u64) -> Vec<Result<Raw, ReadError>> {
        Lines::new(Box::new(io::Cursor::new(text.to_owned().into_bytes())), "f".to_owned(), limit).collect()
    }

    fn numbers(records: Vec<Result<Raw, ReadError>>) -> Vec<Result<usize, String>> {
        records.into_iter().map(|r| r.map(|raw| raw.number).map_err(|e| e.file().to_owned())).collect()
    }

    #[test]
    fn blank_lines_are_passed_and_counted() {
        assert_eq!(numbers(lines("\u{feff}{}\n\n  \r\n{}\r\n{}", 99)), [Ok(1), Ok(4), Ok(5)]);
    }

    #[test]
    fn a_line_over_the_limit_is_skipped_and_the_next_is_read() {
        let text = format!("{}\n{{}}\n{}", "x".repeat(50), "y".repeat(50));
        assert_eq!(numbers(lines(&text, 10)), [Err("f#1".to_owned()), Ok(2), Err("f#3".to_owned())]);
        assert_eq!(numbers(lines("1234567890\n12", 10)), [Ok(1), Ok(2)]);
    }

    #[test]
    fn a_json_file_may_hold_one_object_several_or_an_array() {
        let values = |text: &str| numbers(Values::new(text.as_bytes().to_vec(), "f".to_owned()).collect());
        assert_eq!(values("{\n \"a\": 1\n}\n"), [Ok(1)]);
        assert_eq!(values("{} {}\n{}"), [Ok(1), Ok(2), Ok(3)]);
        assert_eq!(values(" [ {}, [1,2] , {} ] "), [Ok(1), Ok(2), Ok(3)]);
        assert_eq!(values("[]"), []);
        assert_eq!(values("[{}, {"), [Ok(1), Err("f#2".to_owned())]);
        assert_eq!(values("[{},"), [Ok(1), Err("f#2".to_owned())]);
        assert_eq!(values("[{}"), [Ok(1), Err("f#2".to_owned())]);
        assert_eq!(values("x"), [Err("f#1".to_owned())]);
    }

    #[test]
    fn fields_are_read_under_their_names_and_the_rest_is_ignored() {
        let record =
            parse(br#"{"id": 7, "text": " ", "content": "a", "url": null, "date": "2021-3-4", "x": {}}"#, &usual())
                .unwrap();
        let expected = Record { text: Some("a".into()), published: Some("2021-3-4".into()), ..Record::default() };
        assert_eq!(record, expected);
    }

    #[test]
    fn fields_may_be_named() {
        let columns = Columns { text: Some("words".into()), url: Some("at".into()) };
        let record = parse(br#"{"text": "a", "Words": "b", "url": "c", "at": "d"}"#, &columns).unwrap();
        assert_eq!((record.text.as_deref(), record.url.as_deref()), (Some("b"), Some("d")));
        assert!(parse(br#"{"text": "a"}"#, &columns).unwrap_err().contains("no `words`"));
    }

    #[test]
    fn a_record_without_text_says_what_it_has() {
        assert!(parse(br#"{"id": 7, "words": "x"}"#, &usual()).unwrap_err().contains("its fields: id, words"));
        assert!(parse(b"[1]", &usual()).unwrap_err().contains("no JSON object"));
        assert!(parse(b"{", &usual()).unwrap_err().contains("no valid JSON"));
    }
}
