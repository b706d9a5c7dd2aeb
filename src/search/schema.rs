//! What is kept of each thing that can be found?

use tantivy::schema::{FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions};

/// Name of the tokenizer in the index.
pub(super) const TERMS: &str = "fazhi";

/// The columns that a search counts and sorts by.
pub(super) mod column {
    pub(in super::super) const KIND: &str = "kind";
    pub(in super::super) const YEAR: &str = "year";
    pub(in super::super) const PROVINCE: &str = "province";
    pub(in super::super) const FIELD: &str = "field";
    pub(in super::super) const WEIGHT: &str = "weight";
    pub(in super::super) const ORDER: &str = "order";
}

/// The fields of the index.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields {
    /// The IRI, kept.
    pub(super) iri: Field,
    /// Whole names, by which a thing is found at once.
    pub(super) whole: Field,
    /// The terms of its names.
    pub(super) name: Field,
    /// The terms of its text.
    pub(super) text: Field,
    /// Where and when it is: the names of its region and those above, and its year.
    pub(super) context: Field,
    /// The IRIs of its region and of those above.
    pub(super) within: Field,
    /// [`super::Kind`] as a number.
    pub(super) kind: Field,
    /// The year that it speaks of; none for things without.
    pub(super) year: Field,
    /// The province in which it is, by its position among those of the store.
    pub(super) province: Field,
    /// Its fields, by their position among those of the store.
    pub(super) field: Field,
    /// How often reports speak of it.
    pub(super) weight: Field,
    /// Its position among all things; tells equals apart.
    pub(super) order: Field,
}

/// The schema with its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let terms = TextOptions::default().set_indexing_options(
        TextFieldIndexing::default().set_tokenizer(TERMS).set_index_option(IndexRecordOption::WithFreqsAndPositions),
    );
    let fields = Fields {
        iri: builder.add_text_field("iri", STORED),
        whole: builder.add_text_field("whole", STRING),
        name: builder.add_text_field("name", terms.clone()),
        text: builder.add_text_field("text", terms.clone()),
        context: builder.add_text_field("context", terms),
        within: builder.add_text_field("within", STRING),
        kind: builder.add_u64_field(column::KIND, FAST),
        year: builder.add_u64_field(column::YEAR, FAST),
        province: builder.add_u64_field(column::PROVINCE, FAST),
        field: builder.add_u64_field(column::FIELD, FAST),
        weight: builder.add_u64_field(column::WEIGHT, FAST),
        order: builder.add_u64_field(column::ORDER, FAST),
    };
    (builder.build(), fields)
}
