//! How fast is a whole build beside Oxigraph's own bulk load of the very same N-Quads, in one run?
//!
//! `cargo bench --bench build -- [REPORTS]` writes that many texts (the sample reports under the names of other counties and
//! other years), builds a store from them, and loads the N-Quads of the same reports into an empty Oxigraph store.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a bench panics and prints")]
#![expect(clippy::cast_precision_loss, reason = "figures are printed with few digits")]

use fazhi::build::{Build, Reading, registries};
use fazhi::describe::{self, Base};
use fazhi::lexicon::Lexicon;
use fazhi::read::{self, Document, Options};
use fazhi::report::Level;
use fazhi::store::Store;
use oxigraph::io::{RdfFormat, RdfSerializer};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

static CANCEL: AtomicBool = AtomicBool::new(false);
/// Reports where the command line names no number.
const REPORTS: usize = 1000;

fn main() {
    let reports = std::env::args().find_map(|argument| argument.parse().ok()).unwrap_or(REPORTS);
    let lexicon = Lexicon::shared().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let texts = folder.path().join("texts");
    let bytes = write_texts(&texts, reports, lexicon);
    let base = Base::default();
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    println!("{reports} texts, {:.1} MB, {jobs} threads", bytes as f64 / 1e6);

    let begin = Instant::now();
    let store = Store::open(&folder.path().join("store"), base.as_str()).unwrap();
    registries(&store, &base, lexicon).unwrap();
    let opened = begin.elapsed();
    let begin = Instant::now();
    let build = Build {
        store: &store,
        base: &base,
        reading: Reading { jobs, options: Options::default(), cancel: &CANCEL },
        extract: |document: &Document| Ok(fazhi::extract(document, lexicon)),
        settings: "",
        renew: false,
        batch: fazhi::build::BATCH,
    };
    let inputs = read::inputs(&[texts.display().to_string()]);
    let summary = build.run(inputs, Box::new(std::io::empty()), |_| {}).unwrap();
    let build_time = begin.elapsed().as_secs_f64();
    let quads = summary.statements;
    println!("ontology and registries   {:7.2} s", opened.as_secs_f64());
    println!(
        "build                     {build_time:7.2} s  {:9.0} quads/s  {:6.1} reports/s",
        quads as f64 / build_time,
        reports as f64 / build_time
    );

    let nquads = folder.path().join("reports.nq");
    write_nquads(&texts, &nquads, lexicon, &base);
    let begin = Instant::now();
    let plain = oxigraph::store::Store::open(folder.path().join("plain")).unwrap();
    let mut loader = plain.bulk_loader();
    loader.parallel_load_from_file(RdfFormat::NQuads, &nquads).unwrap();
    loader.commit().unwrap();
    let load_time = begin.elapsed().as_secs_f64();
    println!("bulk load of the N-Quads  {load_time:7.2} s  {:9.0} quads/s", quads as f64 / load_time);
    println!("build : bulk load         {:7.2}", build_time / load_time);
    println!("quads a report            {:7}", quads / reports.max(1));
    println!(
        "bytes on disk a report    {:7}  (plain named graphs {})",
        size(&folder.path().join("store")) / reports.max(1) as u64,
        size(&folder.path().join("plain")) / reports.max(1) as u64
    );
}

/// The sample reports under the names of other counties and in other years.
fn write_texts(folder: &Path, reports: usize, lexicon: &Lexicon) -> usize {
    std::fs::create_dir_all(folder).unwrap();
    let samples: Vec<(String, String, u16)> = [
        ("620524-2019-wushan", "620524", 2019),
        ("330726-2022-pujiang", "330726", 2022),
        ("411481-2021-yongcheng", "411481", 2021),
    ]
    .into_iter()
    .map(|(name, code, year)| {
        let text = std::fs::read_to_string(format!("{}/data/reports/{name}.txt", env!("CARGO_MANIFEST_DIR"))).unwrap();
        (text, lexicon.regions.with_code(code, Some(year)).unwrap().name.clone(), year)
    })
    .collect();
    let counties: Vec<&str> = lexicon
        .regions
        .rows()
        .iter()
        .filter(|region| region.level == Level::County && region.to.is_none() && region.name.chars().count() == 3)
        .map(|region| region.name.as_str())
        .collect();
    let mut bytes = 0;
    for at in 0..reports {
        let (text, name, year) = &samples[at % samples.len()];
        let county = counties[at * 7 % counties.len()];
        let later = 2015 + u16::try_from(at / counties.len() % 10).unwrap();
        let text = text.replace(name.as_str(), county).replace(&year.to_string(), &later.to_string());
        bytes += text.len();
        std::fs::write(folder.join(format!("{at:06}.txt")), text).unwrap();
    }
    bytes
}

fn write_nquads(texts: &Path, file: &Path, lexicon: &Lexicon, base: &Base) {
    let mut paths: Vec<_> = std::fs::read_dir(texts).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let mut writer = RdfSerializer::from_format(RdfFormat::NQuads)
        .for_writer(std::io::BufWriter::new(std::fs::File::create(file).unwrap()));
    for path in paths {
        let document = Document { text: std::fs::read_to_string(path).unwrap(), ..Document::default() };
        for quad in describe::quads(&fazhi::extract(&document, lexicon), base) {
            writer.serialize_quad(&quad).unwrap();
        }
    }
    writer.finish().unwrap();
}

/// Bytes of the files of a folder.
fn size(folder: &Path) -> u64 {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| if entry.path().is_dir() { size(&entry.path()) } else { entry.metadata().unwrap().len() })
        .sum()
}
