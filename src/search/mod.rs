//! Where does it say so? Full text search over what reports say and what they speak of.
//!
//! An [`Index`] belongs to one state of a store: [`Index::open`] finds the one that is there, [`Index::make`] makes it.
//! [`Index::ask`] answers with things of each [`Kind`], the best first, with counts by kind, year, province and field.
//!
//! - `atoms` cuts folded texts into ideographs, pairs and words; there is no dictionary to outgrow.
//! - `gather` walks the store, `make` writes the index beside it (`STORE/search`), in memory where that cannot be written.
//! - `words` reads what somebody typed, `collect` ranks and counts, `hit` and `snippet` tell what is shown.
//!
//! The texts themselves stay in the store; the index only leads to them. Deliberately absent: operators that have to be learnt, and
//! anything that differs from one machine to the next: equal stores give equal answers in equal order.

mod atoms;
mod collect;
mod error;
mod facts;
mod gather;
mod hit;
mod kind;
mod make;
mod places;
mod schema;
mod snippet;
mod words;

use std::sync::atomic::AtomicBool;

use oxigraph::model::NamedNode;
use serde::Serialize;
use tantivy::schema::Value;
use tantivy::{DocAddress, IndexReader, ReloadPolicy, Searcher, TantivyDocument};

pub use error::SearchError;
pub use hit::Hit;
pub use kind::Kind;
pub(crate) use kind::heading;
pub use snippet::{Marked, Piece};

use collect::{Collected, Sieve, collect};
use facts::Facts;
use places::Numbers;
use schema::{Fields, schema};
use snippet::Highlight;
use words::Words;

use crate::store::Store;

/// How far into the things of a kind one may look.
const DEEPEST: usize = 10_000;

/// How many things that bear the query as a name are told apart from the others.
const MOST_DIRECT: usize = 8;

/// How many names that are spelled alike are proposed.
const MOST_NEAR: usize = 6;

/// What is searched for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// What somebody typed. Anything may stand in it; beyond 400 characters it is not read.
    pub words: String,
    /// Only things of these kinds; of all where there is none.
    pub kinds: Vec<Kind>,
    /// Only things of this region or of one within it.
    pub within: Option<NamedNode>,
    /// Only what speaks of this year: reports and passages.
    pub year: Option<u16>,
    /// Only passages of this field, a top concept of the categories.
    pub field: Option<NamedNode>,
    /// How many things of each kind are told, after the first `skip`; together at most 10,000.
    pub most: usize,
    /// How many things of each kind are passed over.
    pub skip: usize,
}

impl Default for Wanted {
    /// Ten things of each kind.
    fn default() -> Self {
        Self { words: String::new(), kinds: Vec::new(), within: None, year: None, field: None, most: 10, skip: 0 }
    }
}

/// Things of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The kind.
    pub kind: Kind,
    /// How many there are.
    pub total: usize,
    /// Those that were asked for, the best first.
    pub hits: Vec<Hit>,
}

/// How many things that were found are of one province or field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Share {
    /// IRI of the province or field.
    pub iri: String,
    /// Its name.
    pub name: String,
    /// How many.
    pub count: usize,
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Found {
    /// Whether the words were found nowhere as they stand, so that this is what has most of their parts.
    pub alike: bool,
    /// Whether the query was too long to be read to its end.
    pub cut: bool,
    /// How many things there are of the kinds that were asked for.
    pub total: usize,
    /// How many there are of each kind, also of kinds that were not asked for.
    pub kinds: Vec<(Kind, usize)>,
    /// How many things there are by year, the latest first.
    pub years: Vec<(u16, usize)>,
    /// How many there are by province, the most first.
    pub provinces: Vec<Share>,
    /// How many there are by field, the most first.
    pub fields: Vec<Share>,
    /// Things that bear the whole query as a name, code or number.
    pub direct: Vec<Hit>,
    /// The things, by kind.
    pub groups: Vec<Group>,
    /// Where nothing was found: things whose names are spelled alike.
    pub near: Vec<Hit>,
}

/// The index of one state of a store.
pub struct Index {
    reader: IndexReader,
    fields: Fields,
    numbers: Numbers,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}

impl Index {
    /// The index of the store as it is now; `None` where it has to be made first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn open(store: &Store) -> Result<Option<Self>, SearchError> {
        let Some(index) = make::find(store)? else { return Ok(None) };
        Self::new(&index, Numbers::read(store)?).map(Some)
    }

    /// Makes the index of the store as it is now, in the store's folder, or in memory where nothing can be written there. Where
    /// another process is making it, this waits for that one. `stop` ends the making from another thread.
    ///
    /// # Errors
    /// When the store cannot be read, when the disk is full, and [`SearchError::Stopped`].
    pub fn make(store: &Store, stop: &AtomicBool) -> Result<Self, SearchError> {
        let numbers = Numbers::read(store)?;
        Self::new(&make::make(store, &numbers, stop)?, numbers)
    }

    fn new(index: &tantivy::Index, numbers: Numbers) -> Result<Self, SearchError> {
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { reader, fields: schema().1, numbers })
    }

    /// Searches the index; names and texts are read from the store to which it belongs.
    ///
    /// # Errors
    /// When the disk fails. No query is an error.
    pub fn ask(&self, store: &Store, wanted: &Wanted) -> Result<Found, SearchError> {
        let words = Words::new(&wanted.words);
        if words.is_empty() {
            return Ok(Found { cut: words.cut, ..Found::default() });
        }
        let skip = wanted.skip.min(DEEPEST);
        let sieve = Sieve {
            kinds: Sieve::numbers(&wanted.kinds),
            year: wanted.year.map(u64::from),
            field: wanted.field.as_ref().map(|field| Numbers::of(&self.numbers.fields, field)),
            most: skip + wanted.most.min(DEEPEST - skip),
        };
        let searcher = self.reader.searcher();
        let within = wanted.within.as_ref();
        let mut collected = collect(&searcher, &words.exact(&self.fields, within), &sieve)?;
        let mut alike = false;
        if collected.kinds.is_empty()
            && let Some(sought) = words.alike(&self.fields, within)
        {
            collected = collect(&searcher, &sought, &sieve)?;
            alike = !collected.kinds.is_empty();
        }
        let highlight = Highlight::new(&words, alike);
        let telling = Telling { index: self, store, searcher: &searcher, highlight: &highlight };
        let mut found = telling.tell(collected, skip)?;
        (found.alike, found.cut) = (alike, words.cut);
        let direct = Sieve { most: MOST_DIRECT, ..sieve };
        found.direct = telling.best(collect(&searcher, &words.named(&self.fields, within), &direct)?, MOST_DIRECT)?;
        if found.kinds.is_empty() {
            found.near = telling.near(&words)?;
        }
        Ok(found)
    }
}

/// Reads from the store what is told of the things that were found.
struct Telling<'a> {
    index: &'a Index,
    store: &'a Store,
    searcher: &'a Searcher,
    highlight: &'a Highlight,
}

impl Telling<'_> {
    fn hit(&self, kind: Kind, address: DocAddress) -> Result<Option<Hit>, SearchError> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let iri = document.get_first(self.index.fields.iri).and_then(|iri| iri.as_str().map(NamedNode::new_unchecked));
        iri.map(|iri| Hit::read(self.store, &self.index.numbers, kind, iri, self.highlight)).transpose()
    }

    fn tell(&self, collected: Collected, skip: usize) -> Result<Found, SearchError> {
        let mut found = Found {
            kinds: named(&collected),
            years: collected
                .years
                .iter()
                .rev()
                .filter_map(|(year, count)| Some(((*year).try_into().ok()?, *count)))
                .collect(),
            provinces: self.shares(&collected.provinces, &self.index.numbers.provinces)?,
            fields: self.shares(&collected.fields, &self.index.numbers.fields)?,
            ..Found::default()
        };
        for (number, best) in collected.best {
            let Some(kind) = Kind::of_number(number) else { continue };
            let total = collected.kinds.get(&number).copied().unwrap_or_default();
            let mut hits = Vec::new();
            for thing in best.into_sorted_vec().into_iter().skip(skip) {
                hits.extend(self.hit(kind, thing.address)?);
            }
            found.total += total;
            found.groups.push(Group { kind, total, hits });
        }
        Ok(found)
    }

    /// The best of what was collected: by kind, then by how well they fit.
    fn best(&self, collected: Collected, most: usize) -> Result<Vec<Hit>, SearchError> {
        let kinds = collected.best.into_iter().filter_map(|(number, best)| Some((Kind::of_number(number)?, best)));
        let things = kinds.flat_map(|(kind, best)| best.into_sorted_vec().into_iter().map(move |found| (kind, found)));
        let hits = things.take(most).map(|(kind, found)| self.hit(kind, found.address));
        Ok(hits.collect::<Result<Vec<Option<Hit>>, _>>()?.into_iter().flatten().collect())
    }

    /// Things whose names share at least half of the ideographs and words of the query.
    fn near(&self, words: &Words) -> Result<Vec<Hit>, SearchError> {
        let Some(sought) = words.near(&self.index.fields) else { return Ok(Vec::new()) };
        let kinds = [Kind::Region, Kind::Document, Kind::Body, Kind::Field, Kind::Indicator];
        let sieve = Sieve { kinds: Sieve::numbers(&kinds), most: MOST_NEAR, ..Sieve::default() };
        let mut collected = collect(self.searcher, &sought, &sieve)?;
        // The best of all, whatever their kinds.
        let mut all: Vec<_> = collected.best.values().flat_map(|best| best.iter().copied()).collect();
        all.sort();
        let last = all.get(MOST_NEAR - 1).copied();
        for best in collected.best.values_mut() {
            best.retain(|found| last.is_none_or(|last| *found <= last));
        }
        self.best(collected, MOST_NEAR)
    }

    fn shares(
        &self,
        counts: &std::collections::BTreeMap<u64, usize>,
        list: &[NamedNode],
    ) -> Result<Vec<Share>, SearchError> {
        let mut shares = Vec::new();
        for (number, count) in counts {
            if let Some(thing) = Numbers::thing(list, *number) {
                let name = Facts::read(self.store, thing.as_ref())?.name().to_owned();
                shares.push(Share { iri: thing.as_str().to_owned(), name, count: *count });
            }
        }
        shares.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.iri.cmp(&other.iri)));
        Ok(shares)
    }
}

fn named(collected: &Collected) -> Vec<(Kind, usize)> {
    collected.kinds.iter().filter_map(|(number, count)| Some((Kind::of_number(*number)?, *count))).collect()
}
