//! How does a question look with the values of its parameters in its text? For those who want to see what is asked, and to change it.
//!
//! What `substitute` does to the algebra is done here to the text, so the text asks the same. Only names of variables are
//! exchanged for terms in SPARQL's notation; comments, texts and IRIs stay as they are.

use std::fmt::Write as _;
use std::ops::Range;

use oxigraph::model::Term;
use oxigraph::sparql::Variable;

use super::bind::Bindings;
use super::question::Question;

impl Question {
    /// Its text without the header and with `bindings` put in: a query that asks by itself what this one asks with them.
    ///
    /// Comments in front tell the title and the values.
    #[must_use]
    pub fn filled(&self, bindings: &Bindings) -> String {
        let mut text = String::new();
        if let Some(title) = self.title() {
            // Writing to a string cannot fail.
            let _ = writeln!(text, "# {} {}", one_line(&title.zh), one_line(&title.en));
        }
        for parameter in self.parameters().unwrap_or_default() {
            let variable = Variable::new_unchecked(&parameter.name);
            if let Some(term) = bindings.terms().get(&variable) {
                let _ = writeln!(text, "# {} = {term}: {}", parameter.name, one_line(&parameter.description.zh));
            }
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&fill(self.body(), bindings));
        text
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A piece of a query: what it is and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    kind: Kind,
    at: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// White space, comments, texts, IRIs, prefixed names: nothing that could be exchanged.
    Other,
    Variable,
    /// Letters: keywords and names of functions.
    Word,
    Sign,
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let (kind, length) = match first {
            '#' => (Kind::Other, rest.find('\n').unwrap_or(rest.len())),
            '"' | '\'' => (Kind::Other, quoted(rest, first)),
            '<' => (Kind::Other, iri(rest)),
            '?' | '$' => match name(&rest[1..]) {
                0 => (Kind::Sign, 1),
                length => (Kind::Variable, 1 + length),
            },
            c if c.is_ascii_alphabetic() => match local(rest) {
                (length, false) => (Kind::Word, length),
                (length, true) => (Kind::Other, length),
            },
            ':' => (Kind::Other, local(rest).0),
            c if c.is_whitespace() => (Kind::Other, c.len_utf8()),
            c => (Kind::Sign, c.len_utf8()),
        };
        tokens.push(Token { kind, at: at..at + length });
        at += length;
    }
    tokens
}

/// The length of a text in quotation marks, one or three on each side.
fn quoted(rest: &str, mark: char) -> usize {
    let three = [mark; 3].iter().collect::<String>();
    let (open, close) = if rest.starts_with(&three) { (3, three.as_str()) } else { (1, &three[..1]) };
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(open) {
        if escaped {
            escaped = false;
        } else if c == '\\' {
            escaped = true;
        } else if rest[at..].starts_with(close) {
            return at + close.len();
        }
    }
    rest.len()
}

/// The length of an IRI; 1 where the sign means "less than".
fn iri(rest: &str) -> usize {
    let end = rest.find(|c: char| c == '>' || c.is_whitespace() || "\"{}|^`".contains(c));
    end.filter(|end| rest[*end..].starts_with('>')).map_or(1, |end| end + 1)
}

/// The length of a variable's name.
fn name(rest: &str) -> usize {
    rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len())
}

/// The length of a word, and whether it is a prefixed name.
fn local(rest: &str) -> (usize, bool) {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let prefix = rest.find(|c| !part(c)).unwrap_or(rest.len());
    if !rest[prefix..].starts_with(':') {
        // A full stop that ends a triple is no part of the word.
        return (rest[..prefix].trim_end_matches('.').len().max(1), false);
    }
    let mut length = prefix + 1;
    while let Some(c) = rest[length..].chars().next() {
        let taken = match c {
            '\\' => 1 + rest[length + 1..].chars().next().map_or(0, char::len_utf8),
            '%' | ':' => 1,
            c if part(c) => c.len_utf8(),
            _ => break,
        };
        length += taken;
    }
    (rest[..length].trim_end_matches('.').len(), true)
}

/// Where in a query a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Pattern,
    Select,
    Group,
    Order,
}

/// A level of braces.
struct Level {
    place: Place,
    /// Open round brackets within the clause.
    brackets: usize,
    /// Variables by which this level's query groups.
    grouped: Vec<String>,
    /// Whether this level's query selects anything that has no value yet.
    selects_more: bool,
    /// Whether it is the query itself and no part of it.
    outermost: bool,
}

impl Level {
    const fn new(grouped: Vec<String>, outermost: bool) -> Self {
        Self { place: Place::Pattern, brackets: 0, grouped, selects_more: false, outermost }
    }
}

fn fill(text: &str, bindings: &Bindings) -> String {
    let tokens = tokens(text);
    let mut levels = vec![Level::new(grouped(text, &tokens), true)];
    let mut filled = String::with_capacity(text.len());
    let mut limit = None;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let printed = &text[token.at.clone()];
        let outermost = levels.len() == 1;
        let Some(level) = levels.last_mut() else { break };
        match (token.kind, printed) {
            (Kind::Sign, "{") => {
                level.place = Place::Pattern;
                levels.push(Level::new(grouped(text, &tokens[at + 1..]), false));
            }
            (Kind::Sign, "}") if !outermost => {
                levels.pop();
            }
            (Kind::Sign, "(") => level.brackets += 1,
            (Kind::Sign, ")") => level.brackets = level.brackets.saturating_sub(1),
            (Kind::Word, word) => {
                level.place = clause(word, level.place);
                if word.eq_ignore_ascii_case("select") {
                    level.selects_more = selects_more(text, &tokens[at + 1..], bindings);
                }
                if word.eq_ignore_ascii_case("bound")
                    && let Some(end) = bound(text, &tokens[at + 1..], bindings)
                {
                    filled.push_str("true");
                    at += end + 1;
                    continue;
                }
                if word.eq_ignore_ascii_case("limit") && outermost {
                    limit = Some(filled.len());
                }
            }
            (Kind::Variable, name) => {
                if let Some(term) = value(bindings, name) {
                    put(&mut filled, level, name, term);
                    at += 1;
                    continue;
                }
            }
            _ => {}
        }
        filled.push_str(printed);
        at += 1;
    }
    limited(filled, limit, bindings.limit())
}

/// The clause that a keyword begins; within which it stands where it begins none, as DISTINCT, BY, DESC and functions do.
fn clause(word: &str, within: Place) -> Place {
    match word.to_ascii_lowercase().as_str() {
        "select" => Place::Select,
        "group" => Place::Group,
        "order" => Place::Order,
        "where" | "from" | "having" | "limit" | "offset" | "values" => Place::Pattern,
        _ => within,
    }
}

/// A term in the place of a variable, so that the variable still has a column or groups where it did.
fn put(filled: &mut String, level: &Level, name: &str, term: &Term) {
    let open = level.brackets == 0;
    let bare = &name[1..];
    // Writing to a string cannot fail.
    let _ = match level.place {
        // The column of a part that is a constant would stand in the way of the whole query's own.
        Place::Select if open && !level.outermost && level.selects_more => Ok(()),
        // A query that groups by it has it already.
        Place::Select if open && level.grouped.iter().any(|grouped| grouped == bare) => write!(filled, "{name}"),
        Place::Select | Place::Group if open => write!(filled, "({term} AS {name})"),
        Place::Order if open => write!(filled, "({term})"),
        _ => write!(filled, "{term}"),
    };
}

fn value<'a>(bindings: &'a Bindings, name: &str) -> Option<&'a Term> {
    bindings.terms().get(&Variable::new(&name[1..]).ok()?)
}

/// The variables by which the query groups whose text begins with these tokens, on their own level of braces.
fn grouped(text: &str, tokens: &[Token]) -> Vec<String> {
    let (mut depth, mut brackets, mut within) = (0_usize, 0_usize, false);
    let mut found = Vec::new();
    for token in tokens {
        let printed = &text[token.at.clone()];
        match (token.kind, printed) {
            (Kind::Sign, "{") => depth += 1,
            (Kind::Sign, "}") if depth == 0 => break,
            (Kind::Sign, "}") => depth -= 1,
            (Kind::Sign, "(") => brackets += 1,
            (Kind::Sign, ")") => brackets = brackets.saturating_sub(1),
            (Kind::Word, word) if depth == 0 => {
                within = word.eq_ignore_ascii_case("group") || (within && word.eq_ignore_ascii_case("by"));
            }
            (Kind::Variable, name) if within && depth == 0 && brackets == 0 => found.push(name[1..].to_owned()),
            _ => {}
        }
    }
    found
}

/// Whether the SELECT behind which these tokens stand has an expression, or a variable without a value.
fn selects_more(text: &str, tokens: &[Token], bindings: &Bindings) -> bool {
    for token in tokens {
        let printed = &text[token.at.clone()];
        match (token.kind, printed) {
            (Kind::Sign, "{") => break,
            (Kind::Word, word) if word.eq_ignore_ascii_case("where") || word.eq_ignore_ascii_case("from") => break,
            (Kind::Sign, "(" | "*") => return true,
            (Kind::Variable, name) if value(bindings, name).is_none() => return true,
            _ => {}
        }
    }
    false
}

/// The place behind `(?x)`, where `?x` has a value: whether it has one need not be asked.
fn bound(text: &str, tokens: &[Token], bindings: &Bindings) -> Option<usize> {
    let mut said = tokens.iter().enumerate().filter(|(_, token)| !text[token.at.clone()].trim().is_empty());
    let mut next = || said.next().map(|(place, token)| (place, &text[token.at.clone()]));
    let (open, (_, name), (end, close)) = (next()?.1, next()?, next()?);
    let known = name.starts_with(['?', '$']) && value(bindings, name).is_some();
    (open == "(" && known && close == ")").then_some(end + 1)
}

/// The text with a limit in the place of the one that closes it.
fn limited(mut text: String, at: Option<usize>, limit: Option<usize>) -> String {
    let Some(limit) = limit else { return text };
    let Some(at) = at else {
        text.truncate(text.trim_end().len());
        let _ = writeln!(text, "\nLIMIT {limit}");
        return text;
    };
    let number = text[at..].find(|c: char| c.is_ascii_digit()).map_or(text.len(), |digit| at + digit);
    let end = text[number..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |length| number + length);
    text.replace_range(number..end, &limit.to_string());
    text
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use oxigraph::model::{Literal, NamedNode};

    use super::*;

    fn bindings() -> Bindings {
        Bindings::default()
            .with(Variable::new_unchecked("place"), NamedNode::new_unchecked("http://b/甲"))
            .with(Variable::new_unchecked("year"), Literal::from("年"))
    }

    #[test]
    fn a_value_stands_where_the_variable_stood() {
        let text = "SELECT ?x WHERE { ?x p:at ?place ; p:of $year . FILTER (?places > 1 && ?year < ?z) }";
        let told = "SELECT ?x WHERE { ?x p:at <http://b/甲> ; p:of \"年\" . FILTER (?places > 1 && \"年\" < ?z) }";
        assert_eq!(fill(text, &bindings()), told);
    }

    #[test]
    fn a_column_stays_a_column() {
        assert_eq!(
            fill("SELECT ?place (STR(?year) AS ?n) { } ORDER BY ?year DESC(?year)", &bindings()),
            "SELECT (<http://b/甲> AS ?place) (STR(\"年\") AS ?n) { } ORDER BY (\"年\") DESC(\"年\")"
        );
        assert_eq!(
            fill("SELECT ?place (COUNT(?x) AS ?n) { ?x ?y ?place } GROUP BY ?place", &bindings()),
            "SELECT ?place (COUNT(?x) AS ?n) { ?x ?y <http://b/甲> } GROUP BY (<http://b/甲> AS ?place)"
        );
        assert_eq!(
            fill("SELECT * { { SELECT ?place { ?a ?b ?place } } ?a ?b ?place }", &bindings()),
            "SELECT * { { SELECT (<http://b/甲> AS ?place) { ?a ?b <http://b/甲> } } ?a ?b <http://b/甲> }"
        );
    }

    #[test]
    fn a_part_does_not_repeat_the_column_of_the_whole() {
        assert_eq!(
            fill(
                "SELECT ?place ?n { { SELECT ?place (MAX(?x) AS ?n) { ?x ?y ?place } GROUP BY ?place } }",
                &bindings()
            ),
            "SELECT (<http://b/甲> AS ?place) ?n { { SELECT  (MAX(?x) AS ?n) { ?x ?y <http://b/甲> } GROUP BY (<http://b/甲> AS ?place) } }"
        );
    }

    #[test]
    fn nothing_is_exchanged_within_texts_comments_and_names() {
        for text in [
            "# of ?place\nASK { ?x ?y '?place' , \"a \\\" ?year\" , \"\"\"?place \" ?year\"\"\" }",
            "ASK { <http://x/?place> ex:a\\?place ex:b.c ?x }",
            "ASK { ?placex ?y_year ?z FILTER (?z<?z) }",
        ] {
            assert_eq!(fill(text, &bindings()), text);
        }
    }

    #[test]
    fn what_has_a_value_is_bound() {
        assert_eq!(
            fill("ASK { FILTER (!BOUND(?year) || bound( ?z )) }", &bindings()),
            "ASK { FILTER (!true || bound( ?z )) }"
        );
    }

    #[test]
    fn a_limit_takes_the_place_of_the_last() {
        let limited = |text: &str| limited(fill(text, &Bindings::default()), text.rfind("LIMIT"), Some(7));
        assert_eq!(limited("SELECT * { } LIMIT 50 OFFSET 3"), "SELECT * { } LIMIT 7 OFFSET 3");
        assert_eq!(limited("SELECT * { }\n"), "SELECT * { }\nLIMIT 7\n");
    }

    #[test]
    fn any_text_is_gone_through() {
        for text in
            ["", "\"", "'''", "<", "?", "$", "a:", ":", "}}}", "SELECT (", "\\", "年?年年", "a:\\", "BOUND(?year"]
        {
            fill(text, &bindings());
        }
    }
}
