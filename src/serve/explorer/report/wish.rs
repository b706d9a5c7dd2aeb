//! What does a reader want to see of a report? Which marks, which passage, which fact.

use crate::report::Span;

/// What can be marked in the text, by the name that the address has for it.
pub(super) const LAYERS: [&str; 5] = ["units", "citations", "bodies", "figures", "findings"];

/// What the address asks for.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Wish {
    /// Names of the layers; `None` where the address does not choose.
    show: Option<Vec<String>>,
    /// The passage to mark.
    pub(super) passage: Option<Span>,
    /// The place of the fact to tell of.
    pub(super) fact: Option<String>,
    /// `text` for the text alone.
    pub(super) format: String,
}

impl Wish {
    /// From the query of an address: `show=citations,figures&from=12&to=34&fact=c12-34`. A list that chooses nothing
    /// (`show=`) shows the plain text.
    pub(super) fn new(query: &str) -> Self {
        let mut wish = Self::default();
        let (mut from, mut to) = (None, None);
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match name.as_ref() {
                "show" => {
                    let known = |name: &&str| LAYERS.contains(name);
                    let chosen = value.split(',').filter(known).map(str::to_owned);
                    wish.show.get_or_insert_default().extend(chosen);
                }
                "from" => from = value.parse().ok(),
                "to" => to = value.parse().ok(),
                "fact" if !value.is_empty() => wish.fact = Some(value.into_owned()),
                "as" => wish.format = value.into_owned(),
                _ => {}
            }
        }
        wish.passage = from.zip(to).filter(|(start, end)| start < end).map(|(start, end)| Span { start, end });
        wish
    }

    /// Whether a layer is shown.
    pub(super) fn shows(&self, layer: &str) -> bool {
        self.show.as_ref().is_none_or(|chosen| chosen.iter().any(|name| name == layer))
    }

    /// An address of the same page that tells of another fact; of none where `fact` is empty.
    pub(super) fn telling_of(&self, fact: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(chosen) = &self.show {
            query.append_pair("show", &chosen.join(","));
        }
        if !fact.is_empty() {
            query.append_pair("fact", fact);
        }
        format!("?{}", query.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_chooses_layers_passage_and_fact() {
        let wish = Wish::new("show=citations%2Cfigures&show=nonsense&from=12&to=34&fact=c12-34");
        assert!(wish.shows("citations") && wish.shows("figures") && !wish.shows("bodies") && !wish.shows("nonsense"));
        assert_eq!(wish.passage, Some(Span { start: 12, end: 34 }));
        assert_eq!(wish.telling_of("f1-2"), "?show=citations%2Cfigures&fact=f1-2");
    }

    #[test]
    fn what_the_address_does_not_say_is_left_as_it_is() {
        let wish = Wish::new("from=5&to=5&fact=");
        assert!(wish.shows("units") && wish.passage.is_none() && wish.fact.is_none());
        assert_eq!(wish.telling_of(""), "?");
        assert!(!Wish::new("show=").shows("units"));
        assert_eq!(Wish::new("from=-1&to=x&%ff").passage, None);
    }
}
