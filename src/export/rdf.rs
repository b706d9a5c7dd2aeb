//! The RDF formats.

use std::io::{self, Write};

use oxigraph::io::{RdfFormat, RdfSerializer, WriterQuadSerializer};
use oxigraph::model::{GraphNameRef, NamedNodeRef, Quad, QuadRef};

use super::error::ExportError;
use super::jsonld::JsonLd;
use crate::store::Store;

/// A format that statements can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A statement a line, each with its graph.
    NQuads,
    /// A statement a line.
    NTriples,
    /// For people to read.
    Turtle,
    /// Turtle with named graphs.
    TriG,
    /// XML.
    RdfXml,
    /// JSON with named graphs, under the short keys of the project's context.
    JsonLd,
}

impl Format {
    const fn rdf(self) -> Option<RdfFormat> {
        Some(match self {
            Self::NQuads => RdfFormat::NQuads,
            Self::NTriples => RdfFormat::NTriples,
            Self::Turtle => RdfFormat::Turtle,
            Self::TriG => RdfFormat::TriG,
            Self::RdfXml => RdfFormat::RdfXml,
            // Its own writer: Oxigraph's knows no context.
            Self::JsonLd => return None,
        })
    }

    /// Whether the format keeps which source makes a statement.
    #[must_use]
    pub const fn has_graphs(self) -> bool {
        matches!(self, Self::NQuads | Self::TriG | Self::JsonLd)
    }
}

/// Writes statements one after the other, in little memory.
pub struct Writer<W: Write> {
    form: Form<W>,
    has_graphs: bool,
}

enum Form<W: Write> {
    Rdf(Box<WriterQuadSerializer<W>>),
    JsonLd(Box<JsonLd<W>>),
}

impl<W: Write> Writer<W> {
    /// Begins a file in `format`, with short names for these (prefix, IRI) pairs where the format has short names;
    /// JSON-LD has those of its context.
    ///
    /// # Errors
    /// When a prefix is not one.
    pub fn new(format: Format, prefixes: &[(&str, &str)], out: W) -> Result<Self, ExportError> {
        let has_graphs = format.has_graphs();
        let Some(rdf) = format.rdf() else {
            return Ok(Self { form: Form::JsonLd(Box::new(JsonLd::new(out)?)), has_graphs });
        };
        let mut serializer = RdfSerializer::from_format(rdf);
        for (prefix, iri) in prefixes {
            serializer = serializer
                .with_prefix(*prefix, *iri)
                .map_err(|error| io::Error::new(io::ErrorKind::InvalidInput, format!("{iri}: {error}")))?;
        }
        Ok(Self { form: Form::Rdf(Box::new(serializer.for_writer(out))), has_graphs })
    }

    /// Writes a statement; its graph is left out where the format has none. In JSON-LD, statements about one thing that
    /// come one after the other make one object.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&mut self, quad: &Quad) -> Result<(), ExportError> {
        let graph_name = if self.has_graphs { quad.graph_name.as_ref() } else { GraphNameRef::DefaultGraph };
        match &mut self.form {
            Form::Rdf(serializer) => Ok(serializer.serialize_quad(QuadRef { graph_name, ..quad.as_ref() })?),
            Form::JsonLd(writer) => writer.write(quad),
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// When the end cannot be written.
    pub fn finish(self) -> Result<W, ExportError> {
        let mut out = match self.form {
            Form::Rdf(serializer) => serializer.finish()?,
            Form::JsonLd(writer) => writer.finish()?,
        };
        out.flush()?;
        Ok(out)
    }
}

/// Writes everything that the store has.
///
/// # Errors
/// When the store cannot be read or the statements cannot be written.
pub fn whole<W: Write>(store: &Store, mut writer: Writer<W>) -> Result<W, ExportError> {
    if writer.has_graphs {
        store.by_source::<ExportError>(|quads| quads.iter().try_for_each(|quad| writer.write(quad)))?;
    } else {
        store.statements::<ExportError>(|quad| writer.write(quad))?;
    }
    writer.finish()
}

/// Writes what one report says.
///
/// # Errors
/// When the store cannot be read or the statements cannot be written.
pub fn report<W: Write>(store: &Store, report: NamedNodeRef<'_>, mut writer: Writer<W>) -> Result<W, ExportError> {
    for quad in store.report(report)? {
        writer.write(&quad)?;
    }
    writer.finish()
}
