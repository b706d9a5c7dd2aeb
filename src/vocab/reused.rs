//! Which terms of other vocabularies does the graph use?

/// One constant a term, named and documented.
macro_rules! terms {
    ($namespace:literal: $($(#[$doc:meta])+ $name:ident = $local:literal;)+) => {
        $($(#[$doc])+
        pub const $name: oxigraph::model::NamedNodeRef<'_> =
            oxigraph::model::NamedNodeRef::new_unchecked(concat!($namespace, $local));)+
    };
}

/// DCMI Metadata Terms.
pub mod dcterms {
    terms! { "http://purl.org/dc/terms/":
        /// The date under the signature.
        DATE = "date";
        /// The index number of the page.
        IDENTIFIER = "identifier";
        /// What a thing was read from or belongs to: the unit, the report.
        IS_PART_OF = "isPartOf";
        /// The date on the page.
        ISSUED = "issued";
        /// The body that signs or issues.
        PUBLISHER = "publisher";
        /// The page's address.
        SOURCE = "source";
        /// The title as printed.
        TITLE = "title";
    }
}

/// European Legislation Identifier.
pub mod eli {
    terms! { "http://data.europa.eu/eli/ontology#":
        /// The date of adoption.
        DATE_DOCUMENT = "date_document";
        /// The date on which the document ceased to be in force.
        DATE_NO_LONGER_IN_FORCE = "date_no_longer_in_force";
        /// The date from which the document is in force.
        FIRST_DATE_ENTRY_IN_FORCE = "first_date_entry_in_force";
        /// The body that adopted the document.
        PASSED_BY = "passed_by";
        /// The document that repealed this one.
        REPEALED_BY = "repealed_by";
    }
}

/// WGS 84 positions.
pub mod geo {
    terms! { "http://www.w3.org/2003/01/geo/wgs84_pos#":
        /// Latitude of the seat or the centre, in degrees.
        LAT = "lat";
        /// Longitude of the seat or the centre, in degrees.
        LONG = "long";
    }
}

/// The Organization Ontology.
pub mod org {
    terms! { "http://www.w3.org/ns/org#":
        /// The type of a body, a concept.
        CLASSIFICATION = "classification";
    }
}

/// The PROV Ontology.
pub mod prov {
    terms! { "http://www.w3.org/ns/prov#":
        /// What made something: here the extractor of one version.
        ACTIVITY = "Activity";
        /// By which activity something was made.
        WAS_GENERATED_BY = "wasGeneratedBy";
        /// From what else something was told: here a report that a finding rests on.
        WAS_DERIVED_FROM = "wasDerivedFrom";
    }
}

/// Simple Knowledge Organization System.
pub mod skos {
    terms! { "http://www.w3.org/2004/02/skos/core#":
        /// A short or former name.
        ALT_LABEL = "altLabel";
    }
}
