//! How fast is a report read? One core, the sample reports, beside jieba-rs cutting them into words; and how long a start
//! takes before the first of them.

#![expect(clippy::unwrap_used, reason = "a bench may panic")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use fazhi::describe::{self, Base};
use fazhi::lexicon::Lexicon;
use fazhi::read::Document;
use std::hint::black_box;

/// The sample reports as documents.
fn documents() -> Vec<Document> {
    let mut paths: Vec<_> = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/data/reports"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| Document { text: std::fs::read_to_string(path).unwrap(), ..Document::default() })
        .collect()
}

fn benches(criterion: &mut Criterion) {
    let documents = documents();
    let bytes: usize = documents.iter().map(|document| document.text.len()).sum();
    let lexicon = Lexicon::shared().unwrap();
    let base = Base::default();
    criterion.bench_function("lexicon", |bench| bench.iter(|| black_box(Lexicon::load().unwrap())));
    let mut group = criterion.benchmark_group("samples");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("extract", |bench| {
        bench.iter(|| {
            documents.iter().map(|document| fazhi::extract(black_box(document), lexicon).units.len()).sum::<usize>()
        });
    });
    // A yardstick: the same texts merely cut into words, dictionary loaded beforehand.
    let jieba = jieba_rs::Jieba::new();
    group.bench_function("jieba-rs cut", |bench| {
        bench.iter(|| documents.iter().map(|document| jieba.cut(black_box(&document.text), true).len()).sum::<usize>());
    });
    let reports: Vec<_> = documents.iter().map(|document| fazhi::extract(document, lexicon)).collect();
    group.bench_function("describe", |bench| {
        bench.iter(|| reports.iter().map(|report| describe::quads(black_box(report), &base).count()).sum::<usize>());
    });
    group.finish();
}

criterion_group!(extraction, benches);
criterion_main!(extraction);
