//! The questions of `queries/`, which come with the program.

use std::sync::LazyLock;

use super::question::Question;

/// Lists the files of `queries/` by name; a test holds the list to the folder.
macro_rules! files {
    ($($name:literal)*) => {
        [$(($name, include_str!(concat!("../../queries/", $name, ".rq")))),*]
    };
}

const FILES: [(&str, &str); 37] = files! {
    "appearance-without-cases"
    "citations-of-law"
    "court-appearance"
    "diffusion-of-law"
    "evidence"
    "field-coverage"
    "field-gaps"
    "figures"
    "findings"
    "higher-documents"
    "identical-passages"
    "implementing-documents"
    "indicator-by-region"
    "late-reports"
    "laws-by-counties"
    "laws-of-counties"
    "laws-with-measures"
    "measures-of-body"
    "measures-of-field"
    "missing-years"
    "normative-by-county"
    "normative-documents"
    "passages"
    "percentages-above-100"
    "plans-and-measures"
    "problems-without-plan"
    "region-history"
    "regions-without-report"
    "repealed-laws"
    "repeated-problems"
    "report-overview"
    "reuse-by-year"
    "review-by-county"
    "review-figures"
    "similar-citations"
    "topic-coverage"
    "unchanged-passages"
};

static CATALOGUE: LazyLock<Vec<Question>> = LazyLock::new(|| {
    // A test parses every file, so that none is missing here.
    FILES.iter().filter_map(|(name, text)| Question::parse(name, text).ok()).collect()
});

/// Every question that comes with the program, by name.
#[must_use]
pub fn catalogue() -> &'static [Question] {
    &CATALOGUE
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_file_of_the_folder_is_listed_and_has_a_header() {
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/queries")).unwrap();
        let files: BTreeSet<String> = folder
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .filter_map(|name| name.strip_suffix(".rq").map(str::to_owned))
            .collect();
        let listed: BTreeSet<String> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(listed, files, "list every file of queries/ in src/query/catalogue.rs");
        for (name, text) in FILES {
            let question = Question::parse(name, text).unwrap();
            assert!(question.title().is_some(), "{name} has no header");
        }
    }

    #[test]
    fn the_list_is_sorted() {
        assert!(FILES.is_sorted_by_key(|(name, _)| name), "sort the list in src/query/catalogue.rs by name");
    }
}
