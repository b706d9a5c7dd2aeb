//! How queries were planned that are asked again.
//!
//! A plan takes some looks into the store, which is most of the time that a small query takes. What was planned over one state of the
//! reports is right for this state only: whoever keeps plans lets them go when the reports change.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;
use spargebra::Query;

use super::bind::Bindings;

/// Plans that are kept: those asked for lately.
const MOST: NonZeroUsize = NonZeroUsize::new(200).expect("more than none");
/// A plan that is longer as a text, such as one with a table of all places of a province, is made anew.
const LONGEST: usize = 100_000;

/// Planned queries of one state of the reports.
#[derive(Debug)]
pub struct Plans(Mutex<LruCache<String, Arc<Query>>>);

impl Default for Plans {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(MOST)))
    }
}

impl Plans {
    /// What a text is with values for its parameters.
    pub(super) fn key(text: &str, bindings: &Bindings) -> String {
        format!("{bindings:?} {text}")
    }

    pub(super) fn get(&self, key: &str) -> Option<Query> {
        self.kept().get(key).map(|plan| Query::clone(plan))
    }

    pub(super) fn keep(&self, key: String, plan: &Query) {
        if key.len() + plan.to_string().len() <= LONGEST {
            self.kept().put(key, Arc::new(plan.clone()));
        }
    }

    /// What is kept; a thread that broke off in between left nothing half done.
    fn kept(&self) -> MutexGuard<'_, LruCache<String, Arc<Query>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::model::Literal;
    use oxigraph::sparql::Variable;

    use super::super::evaluate::parse;
    use super::*;

    #[test]
    fn a_text_with_other_values_is_another_plan() {
        let text = "SELECT * WHERE { ?s ?p ?o }";
        let value = |value: &str| Bindings::default().with(Variable::new_unchecked("o"), Literal::from(value));
        let plans = Plans::default();
        plans.keep(Plans::key(text, &value("a")), &parse(text).unwrap());
        assert!(plans.get(&Plans::key(text, &value("a"))).is_some());
        assert!(plans.get(&Plans::key(text, &value("b"))).is_none());
        assert!(plans.get(&Plans::key("SELECT * WHERE { ?s ?p 1 }", &value("a"))).is_none());
    }

    #[test]
    fn what_is_large_and_what_was_not_asked_for_lately_is_not_kept() {
        let plans = Plans::default();
        let key = |number: usize| Plans::key(&number.to_string(), &Bindings::default());
        let query = parse("ASK { ?s ?p ?o }").unwrap();
        (0..=MOST.get()).for_each(|number| plans.keep(key(number), &query));
        assert!(plans.get(&key(0)).is_none() && plans.get(&key(1)).is_some());
        let large = parse(&format!("ASK {{ ?s ?p \"{}\" }}", "x".repeat(LONGEST))).unwrap();
        plans.keep("large".to_owned(), &large);
        assert!(plans.get("large").is_none());
    }
}
