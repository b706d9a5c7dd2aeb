//! Where does the server tell of a thing?

use oxigraph::model::Term;

use crate::vocab::CONCEPTS;

/// The address of the page about the thing that `iri` names, in a store whose things are under `base`.
pub(in crate::serve) fn to(base: &str, iri: &str) -> String {
    if let Some(path) = iri.strip_prefix(base) {
        return format!("/id/{}", escaped(path));
    }
    if let Some(path) = iri.strip_prefix(CONCEPTS) {
        return format!("/concept/{}", escaped(path));
    }
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("iri", iri);
    format!("/resource?{}", query.finish())
}

/// A path as it stands in an IRI, for an address whose percent signs are undone once.
fn escaped(path: &str) -> String {
    let mut escaped = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '%' => escaped.push_str("%25"),
            '?' => escaped.push_str("%3F"),
            '#' => escaped.push_str("%23"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// What an IRI ends in, for where nothing better names it.
pub(super) fn local(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

/// The characters of a literal, or an IRI.
pub(super) fn plain(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::BlankNode(node) => node.to_string(),
        Term::Literal(literal) => literal.value().to_owned(),
    }
}

/// An address of this server with these parameters; those without a value are left out.
pub(in crate::serve) fn with_parameters<'a>(
    path: &str,
    parameters: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    for (name, value) in parameters {
        if !value.is_empty() {
            query.append_pair(name, value);
        }
    }
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
#[expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]
mod tests {
    use super::*;

    #[test]
    fn a_link_carries_any_iri() {
        assert_eq!(to("http://x/id/", "http://x/id/region/620524"), "/id/region/620524");
        assert_eq!(to("http://x/id/", "http://x/id/body/a%2Fb#c"), "/id/body/a%252Fb%23c");
        assert_eq!(to("http://x/id/", &format!("{CONCEPTS}rule/x")), "/concept/rule/x");
        assert_eq!(to("http://x/id/", "http://x/a?b=1&c#d"), "/resource?iri=http%3A%2F%2Fx%2Fa%3Fb%3D1%26c%23d");
        assert_eq!(local("https://w3id.org/fazhi/ns#cites"), "cites");
    }

    #[test]
    fn what_was_left_empty_is_not_asked_for() {
        assert_eq!(with_parameters("/q/x", [("a", ""), ("b", "")]), "/q/x");
        assert_eq!(with_parameters("/q/x", [("a", ""), ("b", "甘肃 &")]), "/q/x?b=%E7%94%98%E8%82%83+%26");
    }
}
