//! Oxigraph's terms as sophia's: the one place where the two libraries meet.

use std::convert::Infallible;

use ::sophia::api::dataset::{DResult, Dataset, SetDataset};
use ::sophia::api::quad::Spog;
use ::sophia::api::term::{BaseDirection, BnodeId, IriRef, LanguageTag, Term, TermKind};
use oxigraph::model::{GraphNameRef, LiteralRef, Quad, TermRef};

/// A borrowed term of Oxigraph, with sophia's interface.
#[derive(Debug, Clone, Copy)]
pub(super) struct Node<'a>(TermRef<'a>);

/// Sophia's borrowed or owned string.
type Text<'a> = ::sophia::api::MownStr<'a>;

impl<'a> Node<'a> {
    const fn literal(self) -> Option<LiteralRef<'a>> {
        match self.0 {
            TermRef::Literal(literal) => Some(literal),
            _ => None,
        }
    }
}

impl Term for Node<'_> {
    type BorrowTerm<'x>
        = Self
    where
        Self: 'x;

    fn kind(&self) -> TermKind {
        match self.0 {
            TermRef::NamedNode(_) => TermKind::Iri,
            TermRef::BlankNode(_) => TermKind::BlankNode,
            TermRef::Literal(_) => TermKind::Literal,
        }
    }

    fn iri(&self) -> Option<IriRef<Text<'_>>> {
        match self.0 {
            TermRef::NamedNode(node) => Some(IriRef::new_unchecked(node.as_str().into())),
            _ => None,
        }
    }

    fn bnode_id(&self) -> Option<BnodeId<Text<'_>>> {
        match self.0 {
            TermRef::BlankNode(node) => Some(BnodeId::new_unchecked(node.as_str().to_owned().into())),
            _ => None,
        }
    }

    fn lexical_form(&self) -> Option<Text<'_>> {
        self.literal().map(|literal| literal.value().into())
    }

    fn datatype(&self) -> Option<IriRef<Text<'_>>> {
        self.literal().map(|literal| IriRef::new_unchecked(literal.datatype().as_str().into()))
    }

    fn language_tag(&self) -> Option<LanguageTag<Text<'_>>> {
        self.literal().and_then(LiteralRef::language).map(|tag| LanguageTag::new_unchecked(tag.into()))
    }

    fn base_direction(&self) -> Option<BaseDirection> {
        // Oxigraph's literals have none in RDF 1.1.
        None
    }

    fn borrow_term(&self) -> Self::BorrowTerm<'_> {
        *self
    }
}

/// A list of quads as a data set of sophia. No quad may be in it twice.
pub(super) struct Quads<'a>(pub(super) &'a [Quad]);

impl Dataset for Quads<'_> {
    type Quad<'x>
        = Spog<Node<'x>>
    where
        Self: 'x;
    type Error = Infallible;

    fn quads(&self) -> impl Iterator<Item = DResult<Self, Self::Quad<'_>>> + '_ {
        self.0.iter().map(|quad| {
            let subject = Node(quad.subject.as_ref().into());
            let predicate = Node(quad.predicate.as_ref().into());
            let object = Node(quad.object.as_ref());
            let graph = match quad.graph_name.as_ref() {
                GraphNameRef::NamedNode(name) => Some(Node(name.into())),
                GraphNameRef::BlankNode(name) => Some(Node(name.into())),
                GraphNameRef::DefaultGraph => None,
            };
            Ok(([subject, predicate, object], graph))
        })
    }
}

impl SetDataset for Quads<'_> {}
