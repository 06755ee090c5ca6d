//! Choosing cases: a seeded, stratified draw in proportion to the caseload, with the card that says how it was done.
//!
//! The same frame, request and stream of random numbers give the same draw on any machine: entries are put in order of
//! their subject first, and every bounded choice is made here by rejection ([`draw`]). Whatever is relaxed to reach the
//! size is said out loud. This module must not know where random numbers come from, nor any name of a child.

mod apportion;
pub(super) mod chance;
mod compare;
mod draw;
mod pick;
mod rotation;
mod share;

pub use apportion::apportion;
pub use compare::{Comparison, Share, compare};
pub use draw::draw;
pub use rotation::{Turn, next_in_turn, turn};
pub use share::{ShareDrawn, draw_share};

use super::calendar::say_full_date;
use super::framework::Stratum;
use super::id::{PersonId, SubjectId, TeamId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Reserves a stratum keeps at least, where it has them.
const RESERVES_AT_LEAST: usize = 5;

/// One subject of the sampling frame, with the facts that strata and exclusions are judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrameEntry {
    /// Whom.
    pub subject: SubjectId,
    /// Label of the case type; empty when unknown.
    pub case_type: String,
    /// Service of the allocated team; empty when unknown.
    pub service: String,
    /// Allocated team.
    pub team: Option<TeamId>,
    /// Allocated worker.
    pub worker: Option<PersonId>,
    /// Age in whole years, if known.
    pub age_years: Option<u8>,
    /// Day of the latest review of this subject, if there was one.
    pub last_reviewed: Option<NaiveDate>,
    /// Whether the worker had a case drawn in the cycle before (F05).
    pub drawn_last_cycle_worker: bool,
}

impl FrameEntry {
    /// The stratum this entry falls into; every entry falls into one.
    pub fn stratum(&self, by: Stratum) -> &str {
        match by {
            Stratum::Service if self.service.is_empty() => "Service not known",
            Stratum::Service => &self.service,
            Stratum::CaseType if self.case_type.is_empty() => "Case type not known",
            Stratum::CaseType => &self.case_type,
            Stratum::None => "All cases",
        }
    }
}

/// What is asked of a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrawRequest {
    /// How many cases.
    pub size: u32,
    /// By what the frame is divided before drawing in proportion.
    pub stratify_by: Stratum,
    /// A subject reviewed on this day or later is left out, always.
    pub not_again_since: NaiveDate,
    /// Workers of the cycle before are left out, unless the frame is too small without them (F05).
    pub skip_workers: bool,
    /// Seed that the random numbers were made from; kept so that anybody can repeat the draw.
    pub seed: u64,
    /// The service whose turn it is, where only its cases are drawn (Q03).
    #[serde(default)]
    pub turn: Option<Turn>,
}

/// A draw and how it came about: the provenance card. Two equal cards are the same draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// What was asked.
    pub request: DrawRequest,
    /// How many subjects the frame held.
    pub in_frame: u32,
    /// Who was chosen, by stratum and in the order of the draw within it.
    pub chosen: Vec<Chosen>,
    /// Who steps in, stratum by stratum and in order; as many as were drawn there and at least five where they exist.
    pub reserves: Vec<Chosen>,
    /// Who could not be drawn and why, by subject.
    pub left_out: Vec<LeftOut>,
    /// The sum, stratum by stratum.
    pub strata: Vec<StratumCount>,
    /// What had to give, in the order in which it gave.
    pub relaxed: Vec<Relaxed>,
    /// How the sample compares with the caseload.
    pub compared: Vec<Comparison>,
}

impl Drawn {
    /// The first reserve of the same stratum as `subject` who was not used yet: the only substitution that keeps the
    /// strata as drawn. Asked for somebody from whom these subjects are withheld.
    pub fn substitute_for(&self, subject: SubjectId, used: &BTreeSet<SubjectId>, withheld: &BTreeSet<SubjectId>) -> Option<&Chosen> {
        let stratum = self.chosen.iter().chain(&self.reserves).find(|chosen| chosen.subject == subject).map(|chosen| &chosen.stratum)?;
        let reserves = self.reserves_without(withheld).into_iter();
        reserves
            .filter(|reserve| &reserve.stratum == stratum)
            .find(|reserve| reserve.subject != subject && !used.contains(&reserve.subject))
    }

    /// The reserves as somebody may know them from whom these subjects are withheld. A stratum keeps as many reserves as
    /// were drawn in it, so for them it keeps as many as they may see drawn: one more would tell where a withheld case
    /// was drawn.
    pub fn reserves_without(&self, withheld: &BTreeSet<SubjectId>) -> Vec<&Chosen> {
        if withheld.is_empty() {
            return self.reserves.iter().collect();
        }
        let mut room: BTreeMap<&str, usize> = BTreeMap::new();
        for chosen in self.chosen.iter().filter(|chosen| !withheld.contains(&chosen.subject)) {
            *room.entry(&chosen.stratum).or_default() += 1;
        }
        room.values_mut().for_each(|drawn| *drawn = (*drawn).max(RESERVES_AT_LEAST));
        let mut known = Vec::new();
        for reserve in self.reserves.iter().filter(|reserve| !withheld.contains(&reserve.subject)) {
            if let Some(left) = room.get_mut(reserve.stratum.as_str()).filter(|left| **left > 0) {
                *left -= 1;
                known.push(reserve);
            }
        }
        known
    }
}

/// One chosen subject, or a reserve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// Whom.
    pub subject: SubjectId,
    /// The stratum it was drawn in.
    pub stratum: String,
    /// Place, from 1: in the whole sample for the chosen, within the stratum for reserves.
    pub order: u32,
    /// Drawn although its worker was drawn in the cycle before (F05, relaxed).
    pub despite_last_cycle: bool,
}

/// A subject that could not be drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Whom.
    pub subject: SubjectId,
    /// Why.
    pub why: LeftOutWhy,
}

/// Why a subject could not be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOutWhy {
    /// Reviewed on this day, which is too recent. Never relaxed.
    ReviewedOn(NaiveDate),
    /// The worker was drawn in the cycle before (F05).
    WorkerOfLastCycle,
}

impl LeftOutWhy {
    /// In a sentence.
    pub fn sentence(&self) -> String {
        match self {
            LeftOutWhy::ReviewedOn(day) => format!("Reviewed on {}.", say_full_date(*day)),
            LeftOutWhy::WorkerOfLastCycle => "The worker had a case in the cycle before.".to_string(),
        }
    }
}

/// How one stratum was drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StratumCount {
    /// The stratum.
    pub name: String,
    /// Subjects in the frame.
    pub in_frame: u32,
    /// Of these, not left out by any rule.
    pub eligible: u32,
    /// Its share of the sample, in proportion to `in_frame` (largest remainder).
    pub wanted: u32,
    /// Drawn.
    pub drawn: u32,
}

/// Something that had to give, and how far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relaxed {
    /// What.
    pub what: RelaxedWhat,
    /// How many cases it concerns.
    pub how_many: u32,
    /// Why, in a sentence or two that can be shown as they are.
    pub because: String,
}

/// What can give in a draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RelaxedWhat {
    /// Workers of the cycle before were drawn again (F05).
    WorkersOfLastCycle,
    /// A worker has more than one case in the sample.
    SameWorkerTwice,
    /// A stratum had fewer eligible cases than its share, and others took its places.
    Proportion,
    /// Fewer cases than asked for.
    Size,
}

/// A count as it is stored.
fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
