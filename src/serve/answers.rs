//! Which answers were asked for lately? Pages ask the same again when a reader turns or sorts a table, or goes back.
//!
//! Kept are the latest, as long as their cells are few enough together; another state of the store has answers of its own.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;

use crate::query::Solutions;

/// Cells that are kept of all answers together: some 60 MB.
const CELLS: usize = 400_000;
/// An answer of more cells is not kept: it would drive out all others.
const LARGEST: usize = 100_000;

/// The answers that are kept.
pub(super) struct Answers {
    kept: Mutex<Kept>,
}

struct Kept {
    answers: LruCache<String, Arc<Solutions>>,
    cells: usize,
}

impl Default for Answers {
    fn default() -> Self {
        Self { kept: Mutex::new(Kept { answers: LruCache::unbounded(), cells: 0 }) }
    }
}

impl Answers {
    /// The answer that is kept under `key`.
    pub(super) fn get(&self, key: &str) -> Option<Arc<Solutions>> {
        self.kept().answers.get(key).cloned()
    }

    /// Keeps an answer, and lets go of those that were not asked for the longest.
    pub(super) fn keep(&self, key: String, answer: &Arc<Solutions>) {
        if size(answer) > LARGEST {
            return;
        }
        let mut kept = self.kept();
        kept.cells += size(answer);
        if let Some((_, replaced)) = kept.answers.push(key, Arc::clone(answer)) {
            kept.cells = kept.cells.saturating_sub(size(&replaced));
        }
        while kept.cells > CELLS
            && let Some((_, oldest)) = kept.answers.pop_lru()
        {
            kept.cells = kept.cells.saturating_sub(size(&oldest));
        }
    }

    /// What is kept; a thread that broke off in between left nothing half done.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Cells of an answer; one without rows counts too.
fn size(answer: &Solutions) -> usize {
    answer.rows.len() * answer.variables.len() + 1
}

#[cfg(test)]
mod tests {
    use oxigraph::sparql::Variable;

    use super::*;

    fn answer(rows: usize) -> Arc<Solutions> {
        let variables = vec![Variable::new("x").unwrap()];
        Arc::new(Solutions { variables, rows: vec![vec![None]; rows] })
    }

    #[test]
    fn the_oldest_answers_go_first_and_large_ones_are_not_kept() {
        let answers = Answers::default();
        answers.keep("large".into(), &answer(LARGEST));
        assert!(answers.get("large").is_none());
        for number in 0..5 {
            answers.keep(number.to_string(), &answer(90_000));
            // Whoever is asked for stays young.
            assert!(answers.get("0").is_some(), "{number}");
        }
        let left: Vec<bool> = (0..5).map(|number: u8| answers.get(&number.to_string()).is_some()).collect();
        assert_eq!(left, [true, false, true, true, true]);
    }

    #[test]
    fn an_answer_that_is_kept_anew_counts_once() {
        let answers = Answers::default();
        for _ in 0..50 {
            answers.keep("same".into(), &answer(90_000));
        }
        assert_eq!(answers.kept().cells, 90_001);
    }
}
