//! What belongs together? Units with their category and carriers, plans with the problems they answer, findings.

pub mod carriers;
pub mod categories;
pub mod findings;
pub mod genre;
pub mod implementations;
pub mod plans;
pub mod units;
