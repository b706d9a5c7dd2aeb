//! Where do the things of the graph live? IRIs under a base, made from what identifies a thing.

use oxigraph::model::{IriParseError, NamedNode};

use crate::report::{Level, RegionRef};
use crate::vocab::push_segment;

/// The IRI that the IRIs of reports, regions, bodies and documents start with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Base(String);

/// Why an IRI cannot be the base.
#[derive(Debug, thiserror::Error)]
pub enum BaseError {
    /// It is no absolute IRI.
    #[error("{iri} is not an IRI: give one such as {}", Base::DEFAULT)]
    NotAnIri {
        /// What was given.
        iri: String,
        /// What is wrong with it.
        source: IriParseError,
    },
    /// Paths cannot be added to it.
    #[error("{iri} cannot be a base: it must end in / and have neither ? nor #, as {} does", Base::DEFAULT)]
    NotAFolder {
        /// What was given.
        iri: String,
    },
}

impl Base {
    /// The base that is used unless the user sets another.
    pub const DEFAULT: &'static str = "https://w3id.org/fazhi/id/";

    /// Checks that IRIs can be made under `iri`.
    ///
    /// # Errors
    /// When it is no absolute IRI, or one that does not end in a slash.
    pub fn new(iri: &str) -> Result<Self, BaseError> {
        if let Err(source) = NamedNode::new(iri) {
            return Err(BaseError::NotAnIri { iri: iri.to_owned(), source });
        }
        if !iri.ends_with('/') || iri.contains(['?', '#']) {
            return Err(BaseError::NotAFolder { iri: iri.to_owned() });
        }
        Ok(Self(iri.to_owned()))
    }

    /// The base itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The region with this GB/T 2260 code, or township with this GB/T 10114 code.
    #[must_use]
    pub fn region(&self, code: &str) -> NamedNode {
        self.mint("region", &[code])
    }

    /// The region that a report speaks of: by its code, else by the code or the names of the regions above and its name.
    #[must_use]
    pub fn region_of(&self, region: &RegionRef) -> NamedNode {
        match (&region.township, &region.code) {
            (Some(township), _) => self.region(township),
            (None, Some(county)) if region.level == Level::Township => self.mint("region", &[county, &region.name]),
            (None, Some(code)) => self.region(code),
            (None, None) => {
                let mut path: Vec<&str> = region.path.iter().map(String::as_str).collect();
                if path.last() != Some(&region.name.as_str()) {
                    path.push(&region.name);
                }
                self.mint("region", &path)
            }
        }
    }

    /// The body with this full name, in the region with this code where it is known.
    #[must_use]
    pub fn body(&self, name: &str, region: Option<&str>) -> NamedNode {
        self.within("body", region, name)
    }

    /// The document with this official title, issued by the region with this code unless it is a national one.
    #[must_use]
    pub fn document(&self, title: &str, region: Option<&str>) -> NamedNode {
        self.within("document", region, title)
    }

    /// The document with this title of an issuer that has no code of its own, told by its level and by what else is known of it.
    pub(super) fn document_without_code(&self, level: &str, issuer: &[&str], title: &str) -> NamedNode {
        self.mint("document", &[&[level], issuer, &[title]].concat())
    }

    /// A place where a graph breaks a shape, or a report on such places; known by a digest of what tells it from others.
    #[must_use]
    pub fn validation(&self, digest: &str) -> NamedNode {
        self.mint("validation", &[digest])
    }

    fn within(&self, kind: &str, region: Option<&str>, name: &str) -> NamedNode {
        match region {
            Some(code) => self.mint(kind, &[code, name]),
            None => self.mint(kind, &[name]),
        }
    }

    /// The IRI of a kind of thing that is identified by these names.
    pub(super) fn mint(&self, kind: &str, names: &[&str]) -> NamedNode {
        let mut iri = format!("{}{kind}", self.0);
        for name in names {
            iri.push('/');
            push_segment(&mut iri, name);
        }
        NamedNode::new_unchecked(iri)
    }
}

impl Default for Base {
    fn default() -> Self {
        Self(Self::DEFAULT.to_owned())
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::non_ascii_literal, reason = "tests speak the language of the reports")]

    use super::*;
    use crate::report::Basis;

    #[test]
    fn a_base_is_an_absolute_iri_that_paths_can_be_added_to() {
        assert_eq!(Base::new(Base::DEFAULT).expect("the default is one"), Base::default());
        assert!(Base::new("https://例子.cn/法治/").is_ok());
        assert!(matches!(Base::new("id/"), Err(BaseError::NotAnIri { .. })));
        assert!(matches!(Base::new("https://example.org/a b/"), Err(BaseError::NotAnIri { .. })));
        for iri in ["https://example.org/id", "https://example.org/id#", "https://example.org/?q=/"] {
            assert!(matches!(Base::new(iri), Err(BaseError::NotAFolder { .. })), "{iri}");
        }
    }

    fn region(name: &str, code: Option<&str>, level: Level, township: Option<&str>) -> String {
        let path = ["甘肃省", "天水市", "武山县"].map(str::to_owned).to_vec();
        let township = township.map(str::to_owned);
        let region = RegionRef {
            name: name.to_owned(),
            code: code.map(str::to_owned),
            level,
            path,
            township,
            basis: Basis::default(),
        };
        Base::new("x:/").expect("it is one").region_of(&region).into_string()
    }

    #[test]
    fn a_region_is_known_by_its_code_else_by_its_place() {
        assert_eq!(region("武山县", Some("620524"), Level::County, None), "x:/region/620524");
        assert_eq!(region("武山县", Some("620524"), Level::Department, None), "x:/region/620524");
        assert_eq!(region("洛门镇", Some("620524"), Level::Township, Some("620524101")), "x:/region/620524101");
        assert_eq!(region("洛门镇", Some("620524"), Level::Township, None), "x:/region/620524/洛门镇");
        assert_eq!(region("武山县", None, Level::County, None), "x:/region/甘肃省/天水市/武山县");
        assert_eq!(region("洛门镇", None, Level::Township, None), "x:/region/甘肃省/天水市/武山县/洛门镇");
    }

    #[test]
    fn one_title_in_two_counties_is_two_documents() {
        let base = Base::new("x:/").expect("it is one");
        assert_eq!(base.document("重大行政决策目录", Some("620524")).as_str(), "x:/document/620524/重大行政决策目录");
        assert_eq!(base.document("中华人民共和国民法典", None).as_str(), "x:/document/中华人民共和国民法典");
        assert_eq!(base.body("武山县司法局", Some("620524")).as_str(), "x:/body/620524/武山县司法局");
    }
}
