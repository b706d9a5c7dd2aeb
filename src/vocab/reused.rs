//! Which terms of other vocabularies does the graph use?

/// One constant a term, named and documented.
macro_rules! terms {
    ($namespace:literal: $($(#[$doc:meta])+ $name:ident = $local:literal;)+) => {
        $($(#[$doc])+
        pub const $name: oxigraph::model::NamedNodeRef<'_> =
            oxigraph::model::NamedNodeRef::new_unchecked(concat!($namespace, $local));)+
    };
}

/// Data Catalog Vocabulary.
pub mod dcat {
    terms! { "http://www.w3.org/ns/dcat#":
        /// A set of data.
        DATASET = "Dataset";
        /// A form in which a data set is given out.
        DISTRIBUTION_CLASS = "Distribution";
        /// A form in which a data set is given out, of the data set.
        DISTRIBUTION = "distribution";
        /// The address of a file.
        DOWNLOAD_URL = "downloadURL";
        /// The end of a period.
        END_DATE = "endDate";
        /// The media type of a file.
        MEDIA_TYPE = "mediaType";
        /// The beginning of a period.
        START_DATE = "startDate";
    }
}

/// DCMI Metadata Terms.
pub mod dcterms {
    terms! { "http://purl.org/dc/terms/":
        /// The date under the signature.
        DATE = "date";
        /// What a data set holds, in a few sentences.
        DESCRIPTION = "description";
        /// The format of a file.
        FORMAT = "format";
        /// The index number of the page.
        IDENTIFIER = "identifier";
        /// What a thing was read from or belongs to: the unit, the report.
        IS_PART_OF = "isPartOf";
        /// The date on the page.
        ISSUED = "issued";
        /// The language of a data set.
        LANGUAGE = "language";
        /// The licence of a data set.
        LICENSE = "license";
        /// The last change of a data set.
        MODIFIED = "modified";
        /// A span of time.
        PERIOD_OF_TIME = "PeriodOfTime";
        /// The body that signs or issues.
        PUBLISHER = "publisher";
        /// What is to be known of rights in a data set.
        RIGHTS = "rights";
        /// What is to be known of rights, said.
        RIGHTS_STATEMENT = "RightsStatement";
        /// The page's address.
        SOURCE = "source";
        /// The regions that a data set covers.
        SPATIAL = "spatial";
        /// The time that a data set covers.
        TEMPORAL = "temporal";
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

/// Vocabulary of Interlinked Datasets.
pub mod void {
    terms! { "http://rdfs.org/ns/void#":
        /// The class of a partition.
        CLASS = "class";
        /// The part of a data set that is of one class.
        CLASS_PARTITION = "classPartition";
        /// Number of classes.
        CLASSES = "classes";
        /// Where all statements can be had as a file.
        DATA_DUMP = "dataDump";
        /// A set of RDF statements.
        DATASET = "Dataset";
        /// Number of different objects.
        DISTINCT_OBJECTS = "distinctObjects";
        /// Number of different subjects.
        DISTINCT_SUBJECTS = "distinctSubjects";
        /// Number of things.
        ENTITIES = "entities";
        /// A thing to begin with.
        EXAMPLE_RESOURCE = "exampleResource";
        /// A format in which the statements can be had.
        FEATURE = "feature";
        /// The property of a linkset.
        LINK_PREDICATE = "linkPredicate";
        /// Statements that lead from one data set to another.
        LINKSET = "Linkset";
        /// The data set that a linkset leads to.
        OBJECTS_TARGET = "objectsTarget";
        /// Number of properties.
        PROPERTIES = "properties";
        /// The property of a partition.
        PROPERTY = "property";
        /// The part of a data set that is of one property.
        PROPERTY_PARTITION = "propertyPartition";
        /// Where a data set can be asked.
        SPARQL_ENDPOINT = "sparqlEndpoint";
        /// A data set within another.
        SUBSET = "subset";
        /// The data set that a linkset leads from.
        SUBJECTS_TARGET = "subjectsTarget";
        /// Number of statements.
        TRIPLES = "triples";
        /// What the IRIs of a data set begin with.
        URI_SPACE = "uriSpace";
        /// A vocabulary that is used.
        VOCABULARY = "vocabulary";
    }
}
