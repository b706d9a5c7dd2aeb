//! Where do the quads live? Oxigraph on disk.
