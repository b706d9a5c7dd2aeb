//! Writes invented reports as JSON Lines, to try the program on many of them.
//!
//!     cargo run --release --example corpus -- 10000 | fazhi build --store STORE -

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use std::error::Error;
use std::io::{BufWriter, Write};

use fazhi::lexicon::Lexicon;

fn main() -> Result<(), Box<dyn Error>> {
    let count = std::env::args().nth(1).map_or(Ok(1000), |count| count.parse())?;
    let corpus = corpus::Corpus::new(Lexicon::shared()?);
    let mut out = BufWriter::new(std::io::stdout().lock());
    for page in corpus.pages(count) {
        serde_json::to_writer(&mut out, &page)?;
        writeln!(out)?;
    }
    out.flush()?;
    Ok(())
}
