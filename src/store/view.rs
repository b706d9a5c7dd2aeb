//! What do some of the sources say, each in a named graph of its own?

use std::fmt::Write as _;
use std::io::Read as _;

use oxigraph::model::{NamedNode, NamedNodeRef, Quad};
use oxigraph::store::Store as Oxigraph;
use sha2::{Digest, Sha256};

use super::{Store, StoreError};

impl Store {
    /// A dataset in memory with the named graphs of these reports, registries and annotations, and nothing else.
    ///
    /// # Errors
    /// When one of them is neither a report, nor another source of the store, nor a graph of annotations, and when the disk fails.
    pub fn view(&self, graphs: &[NamedNode]) -> Result<Oxigraph, StoreError> {
        let view = Oxigraph::new().map_err(|error| self.error(error))?;
        for graph in graphs {
            view.extend(self.graph(graph.as_ref())?).map_err(|error| self.error(error))?;
        }
        Ok(view)
    }

    /// The statements of a named graph: what a report or registry says, or annotations.
    ///
    /// # Errors
    /// When there is no such graph, and when the disk fails.
    pub fn graph(&self, name: NamedNodeRef<'_>) -> Result<Vec<Quad>, StoreError> {
        if let Some(quads) = self.annotation(name)? {
            return Ok(quads);
        }
        if !self.contains(name)? && !self.sources()?.iter().any(|source| source.as_ref() == name) {
            return Err(StoreError::NoGraph { name: name.as_str().to_owned() });
        }
        self.report(name)
    }

    /// All named graphs that [`Store::view`] can show: the ontology and the registries, the reports, then the annotations.
    ///
    /// # Errors
    /// When the disk fails.
    pub fn graphs(&self) -> Result<Vec<NamedNode>, StoreError> {
        let mut graphs = self.sources()?;
        graphs.extend(self.reports()?);
        graphs.extend(self.annotations()?);
        Ok(graphs)
    }

    /// A digest that is another one after every change of the store: of the names and sizes of its files, which RocksDB
    /// never writes again once they are complete, and of the log of the latest changes.
    ///
    /// # Errors
    /// When the directory cannot be read.
    pub fn state(&self) -> Result<String, StoreError> {
        let failed = |source| StoreError::io(&self.path, source);
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&self.path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let counts = [".sst", ".log"].iter().any(|ending| name.ends_with(ending)) || name == "CURRENT";
            if let (true, Ok(metadata)) = (counts, entry.metadata()) {
                files.push((name, metadata.len()));
            }
        }
        files.sort();
        let mut digest = Sha256::new();
        for (name, size) in files {
            digest.update(format!("{name} {size}\n"));
        }
        let mut identity = String::new();
        // Oxigraph writes this file once a store; where it is missing, names and sizes still tell states apart.
        if let Ok(file) = std::fs::File::open(self.path.join("IDENTITY")) {
            file.take(256).read_to_string(&mut identity).map_err(failed)?;
        }
        digest.update(identity);
        let mut hex = String::new();
        for byte in digest.finalize().iter().take(8) {
            // Writing to a string cannot fail.
            let _ = write!(hex, "{byte:02x}");
        }
        Ok(hex)
    }
}
