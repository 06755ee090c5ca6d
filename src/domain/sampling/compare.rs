//! How a sample compares with the caseload it came from: makes an unlucky or a cherry-picked sample visible.

use super::{Chosen, FrameEntry, count};
use crate::domain::id::SubjectId;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Caseload and sample side by side, by one fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// By what (`Case type`, `Service`, `Age`).
    pub by: String,
    /// One row for each value that occurs in the caseload.
    pub rows: Vec<Share>,
}

/// One value of a fact, in caseload and sample.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The value.
    pub label: String,
    /// Cases in the caseload with this value.
    pub in_caseload: u32,
    /// Cases in the whole caseload.
    pub caseload: u32,
    /// Cases in the sample with this value.
    pub in_sample: u32,
    /// Cases in the whole sample.
    pub sample: u32,
}

impl Share {
    /// Share of the caseload, in per cent.
    pub fn caseload_percent(&self) -> f64 {
        percent(self.in_caseload, self.caseload)
    }

    /// Share of the sample, in per cent.
    pub fn sample_percent(&self) -> f64 {
        percent(self.in_sample, self.sample)
    }
}

/// Compares the chosen with their frame by case type, service and age band.
pub fn compare(frame: &[FrameEntry], chosen: &[Chosen]) -> Vec<Comparison> {
    let sample: BTreeSet<SubjectId> = chosen.iter().map(|chosen| chosen.subject).collect();
    let mut seen = BTreeSet::new();
    let unique: Vec<&FrameEntry> = frame.iter().filter(|entry| seen.insert(entry.subject)).collect();
    let known = |text: &str| if text.is_empty() { (99, "Not known".to_string()) } else { (0, text.to_string()) };
    vec![
        side_by_side("Case type", &unique, &sample, |entry| known(&entry.case_type)),
        side_by_side("Service", &unique, &sample, |entry| known(&entry.service)),
        side_by_side("Age", &unique, &sample, |entry| age_band(entry.age_years)),
    ]
}

// The key's number orders the rows: age bands by age, everything unknown last.
fn side_by_side(by: &str, frame: &[&FrameEntry], sample: &BTreeSet<SubjectId>, key: impl Fn(&FrameEntry) -> (u8, String)) -> Comparison {
    let mut rows: BTreeMap<(u8, String), (u32, u32)> = BTreeMap::new();
    let mut sampled = 0;
    for entry in frame {
        let row = rows.entry(key(entry)).or_default();
        let chosen = u32::from(sample.contains(&entry.subject));
        row.0 += 1;
        row.1 += chosen;
        sampled += chosen;
    }
    let share =
        |((_, label), (in_caseload, in_sample))| Share { label, in_caseload, caseload: count(frame.len()), in_sample, sample: sampled };
    Comparison { by: by.to_string(), rows: rows.into_iter().map(share).collect() }
}

// The bands of the national children in need census, its last one split where childhood ends.
fn age_band(years: Option<u8>) -> (u8, String) {
    let (order, label) = match years {
        Some(0) => (0, "Under 1"),
        Some(1..=4) => (1, "1 to 4"),
        Some(5..=9) => (2, "5 to 9"),
        Some(10..=15) => (3, "10 to 15"),
        Some(16..=17) => (4, "16 to 17"),
        Some(_) => (5, "18 and over"),
        None => (99, "Not known"),
    };
    (order, label.to_string())
}

fn percent(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) * 100.0 / f64::from(whole) }
}
