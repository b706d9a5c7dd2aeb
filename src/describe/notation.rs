//! Which concept does a variant of the model stand for? Notations of `ontology/categories.ttl`.

use crate::report::{ChangeBase, DocumentKind, How, Level};

pub(super) const fn level(level: Level) -> &'static str {
    match level {
        Level::National => "national",
        Level::Province => "province",
        Level::Prefecture => "prefecture",
        Level::County => "county",
        Level::Township => "township",
        Level::Department => "department",
    }
}

pub(super) const fn how(how: How) -> &'static str {
    match how {
        How::Bracketed => "bracketed",
        How::Bare => "bare",
        How::Anaphor => "anaphor",
    }
}

pub(super) const fn change_base(base: ChangeBase) -> &'static str {
    match base {
        ChangeBase::LastYear => "last_year",
        ChangeBase::Previous => "previous",
        ChangeBase::Unnamed => "unnamed",
    }
}

/// The kind of a document, whoever cites it.
///
/// A report tells the policies of those above it from the documents of its own bodies. The graph has one node for a
/// document and all the reports that cite it, so there a policy is one of the centre or one of a place.
pub(super) const fn document_kind(kind: DocumentKind, issuer: Level) -> &'static str {
    match kind {
        DocumentKind::Law => "law",
        DocumentKind::AdministrativeRegulation => "administrative_regulation",
        DocumentKind::LocalRegulation => "local_regulation",
        DocumentKind::DepartmentRule => "department_rule",
        DocumentKind::LocalGovernmentRule => "local_government_rule",
        DocumentKind::PartyStatePolicy | DocumentKind::LocalDocument => match issuer {
            Level::National => "party_state_policy",
            _ => "local_document",
        },
        DocumentKind::Other => "other",
    }
}
