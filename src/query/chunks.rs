//! An answer as a stream of bytes: written piece by piece, so that a large one is never twice in memory.

use std::io::{self, Write};
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};
use std::vec;

use oxigraph::io::{RdfFormat, RdfSerializer, WriterQuadSerializer};
use oxigraph::model::Triple;
use oxigraph::sparql::Variable;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer, WriterSolutionsSerializer};

use super::answer::Answer;
use super::order::Row;
use crate::vocab::PREFIXES;

/// A piece is handed on when it has grown to this many bytes.
const PIECE: usize = 64 << 10;

/// The pieces of an answer in one of the formats that other programs read.
pub struct Chunks {
    written: Shared,
    rest: Rest,
    /// What ends the last piece.
    end: &'static [u8],
}

enum Rest {
    Rows { writer: WriterSolutionsSerializer<Shared>, variables: Vec<Variable>, rows: vec::IntoIter<Row> },
    Triples { writer: WriterQuadSerializer<Shared>, triples: vec::IntoIter<Triple> },
    Written,
}

/// A buffer that is filled by a writer which owns it, and emptied by whoever hands the pieces on.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn take(&self) -> Vec<u8> {
        mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Chunks {
    /// Rows, or yes or no.
    pub(super) fn of_results(answer: Answer, format: QueryResultsFormat, end: &'static [u8]) -> io::Result<Self> {
        let written = Shared::default();
        let serializer = QueryResultsSerializer::from_format(format);
        let rest = match answer {
            Answer::Solutions(solutions) => Rest::Rows {
                writer: serializer.serialize_solutions_to_writer(written.clone(), solutions.variables.clone())?,
                variables: solutions.variables,
                rows: solutions.rows.into_iter(),
            },
            Answer::Boolean(value) => {
                serializer.serialize_boolean_to_writer(written.clone(), value)?;
                Rest::Written
            }
            Answer::Graph(_) => Rest::Written,
        };
        Ok(Self { written, rest, end })
    }

    /// A graph.
    pub(super) fn of_graph(triples: Vec<Triple>, format: RdfFormat, end: &'static [u8]) -> Self {
        let written = Shared::default();
        let mut serializer = RdfSerializer::from_format(format);
        for (prefix, iri) in PREFIXES {
            // The prefixes are constants, and a test parses with them.
            if let Ok(with_prefix) = serializer.clone().with_prefix(*prefix, *iri) {
                serializer = with_prefix;
            }
        }
        let writer = serializer.for_writer(written.clone());
        Self { written, rest: Rest::Triples { writer, triples: triples.into_iter() }, end }
    }

    /// Writes on until there is a piece or nothing is left.
    fn advance(&mut self) -> io::Result<()> {
        while self.written.len() < PIECE {
            match &mut self.rest {
                Rest::Rows { writer, variables, rows } => match rows.next() {
                    Some(row) => {
                        let bound = variables.iter().zip(&row);
                        writer.serialize(bound.filter_map(|(name, term)| term.as_ref().map(|term| (name, term))))?;
                    }
                    None => {
                        if let Rest::Rows { writer, .. } = mem::replace(&mut self.rest, Rest::Written) {
                            writer.finish()?;
                        }
                    }
                },
                Rest::Triples { writer, triples } => match triples.next() {
                    Some(triple) => writer.serialize_triple(&triple)?,
                    None => {
                        if let Rest::Triples { writer, .. } = mem::replace(&mut self.rest, Rest::Written) {
                            writer.finish()?;
                        }
                    }
                },
                Rest::Written => {
                    return self.written.write_all(mem::take(&mut self.end));
                }
            }
        }
        Ok(())
    }
}

impl Iterator for Chunks {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Err(error) = self.advance() {
            return Some(Err(error));
        }
        let piece = self.written.take();
        if piece.is_empty() { None } else { Some(Ok(piece)) }
    }
}
