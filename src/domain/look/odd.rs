//! What stands out in the log. It is a reason to ask, never a finding: somebody may have had every right.

use super::{Look, LookKind};
use crate::domain::count::counted;
use chrono::{DateTime, Duration, Utc};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// So many different cases within a short time are many.
pub const MANY: usize = 20;

/// The short time, in minutes.
pub const WITHIN_MINUTES: i64 = 10;

/// Something to ask about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Oddity {
    /// Login.
    pub login: String,
    /// Name.
    pub name: String,
    /// When it began.
    pub at: DateTime<Utc>,
    /// What, in a sentence without the name.
    pub what: String,
}

/// What stands out among rows of the log, person by person: many cases in a short time, and cases they have no tie to.
pub fn oddities(looks: &[Look]) -> Vec<Oddity> {
    let mut of: BTreeMap<&str, Vec<&Look>> = BTreeMap::new();
    for look in looks.iter().filter(|look| look.review.is_some()) {
        of.entry(&look.login).or_default().push(look);
    }
    let mut found = Vec::new();
    for mut looks in of.into_values() {
        looks.sort_by_key(|look| look.seq);
        let mut add = |at, what| {
            let (login, name) = looks.first().map(|look| (look.login.clone(), look.name.clone())).unwrap_or_default();
            found.push(Oddity { login, name, at, what });
        };
        if let Some((at, many)) = densest(&looks).filter(|(_, many)| *many >= MANY) {
            add(at, format!("{} within {WITHIN_MINUTES} minutes", counted(many, "case", "cases")));
        }
        let far: Vec<&&Look> = looks.iter().filter(|look| !look.own).collect();
        let cases: BTreeSet<_> = far.iter().filter_map(|look| look.review).collect();
        if let Some(first) = far.first() {
            add(
                first.at,
                format!("{} without a tie to it", counted(cases.len(), "case", "cases"))
                    .replace("cases without a tie to it", "cases without a tie to them"),
            );
        }
        let who: BTreeSet<_> = far.iter().filter(|look| look.what == LookKind::Identity).filter_map(|look| look.review).collect();
        if let Some(first) = far.iter().find(|look| look.what == LookKind::Identity) {
            let what = format!("asked who it is in {}", counted(who.len(), "of them", "of them"));
            add(first.at, what);
        }
    }
    found
}

/// The beginning of the short time with the most different cases in it, and how many.
fn densest(looks: &[&Look]) -> Option<(DateTime<Utc>, usize)> {
    let span = Duration::minutes(WITHIN_MINUTES);
    let mut inside: BTreeMap<i64, usize> = BTreeMap::new();
    let (mut from, mut best) = (0, None::<(DateTime<Utc>, usize)>);
    for look in looks {
        *inside.entry(look.review.map_or(0, |review| review.0)).or_default() += 1;
        while looks[from].at + span <= look.at {
            let gone = looks[from].review.map_or(0, |review| review.0);
            if let Some(count) = inside.get_mut(&gone) {
                *count -= 1;
                if *count == 0 {
                    inside.remove(&gone);
                }
            }
            from += 1;
        }
        if best.is_none_or(|(_, many)| inside.len() > many) {
            best = Some((looks[from].at, inside.len()));
        }
    }
    best
}
