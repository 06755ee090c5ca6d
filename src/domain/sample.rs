//! The provenance card of a draw: enough to answer "how were these cases chosen?" and to draw the same sample again.

use super::count::counted;
use super::framework::Stratum;
use super::id::{CycleId, DrawId, PersonId, ReviewId, SubjectId};
use super::sampling::{Drawn, Turn};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A draw, whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Row number.
    pub id: DrawId,
    /// The cycle it was drawn for.
    pub cycle: CycleId,
    /// The day it was drawn.
    pub on: NaiveDate,
    /// The day the frame speaks of: that of the newest extract.
    pub frame_date: Option<NaiveDate>,
    /// SHA-256 of the frame as it was, in hexadecimal: two people who have the same hash drew from the same list.
    pub frame_sha256: String,
    /// What was asked, seed included, and what came of it: with the same frame it gives the same sample on any machine.
    pub drawn: Drawn,
}

/// The card of a draw as one person may read it.
#[derive(Debug, Clone, PartialEq)]
pub enum SampleCard {
    /// The whole card.
    Whole(Box<Sample>),
    /// What is left of it for somebody from whom a case is withheld.
    Part(Box<SamplePart>),
}

/// What is left of a card for somebody from whom a case is withheld: the rules of the draw and the drawn cases they may see.
///
/// A draw is in proportion, so caseload and size together give what each stratum had to have; and with the seed anybody
/// draws the same cases again. Either would tell where a withheld case belongs: seed, hash, size, the numbers of the
/// strata, who was left out, what was relaxed and the comparison with the caseload are therefore not here at all.
#[derive(Debug, Clone, PartialEq)]
pub struct SamplePart {
    /// The day it was drawn.
    pub on: NaiveDate,
    /// The day the frame speaks of.
    pub frame_date: Option<NaiveDate>,
    /// By what the frame was divided.
    pub stratify_by: Stratum,
    /// A subject reviewed on this day or later was left out.
    pub not_again_since: NaiveDate,
    /// Workers of the cycle before were left out.
    pub skip_workers: bool,
    /// The service whose turn it was (Q03).
    pub turn: Option<Turn>,
    /// Drawn cases that this person may see, by stratum; a stratum in which they may see none is not named.
    pub seen: BTreeMap<String, u32>,
    /// How many reviews are withheld from this person, of whatever cycle, because they are recused.
    pub withheld: u64,
    /// They see the cases of their own work, team or service, and no others (T43).
    pub scoped: bool,
}

impl SampleCard {
    /// The card for somebody from whom this many reviews, and these subjects, are withheld, for their interests or (`scoped`) because
    /// their role sees no others. It is kept back wherever
    /// anything is withheld from them, not only where a withheld case was drawn: a card of another cycle counts that case
    /// in its frame.
    pub fn of(sample: Sample, withheld: u64, subjects: &BTreeSet<SubjectId>, scoped: bool) -> SampleCard {
        if withheld == 0 && subjects.is_empty() {
            return SampleCard::Whole(Box::new(sample));
        }
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        for chosen in sample.drawn.chosen.into_iter().filter(|chosen| !subjects.contains(&chosen.subject)) {
            *seen.entry(chosen.stratum).or_default() += 1;
        }
        let request = sample.drawn.request;
        SampleCard::Part(Box::new(SamplePart {
            on: sample.on,
            frame_date: sample.frame_date,
            stratify_by: request.stratify_by,
            not_again_since: request.not_again_since,
            skip_workers: request.skip_workers,
            turn: request.turn,
            seen,
            withheld,
            scoped,
        }))
    }

    /// The day it was drawn.
    pub fn on(&self) -> NaiveDate {
        match self {
            SampleCard::Whole(sample) => sample.on,
            SampleCard::Part(part) => part.on,
        }
    }

    /// The service whose turn it was (Q03).
    pub fn turn(&self) -> Option<&Turn> {
        match self {
            SampleCard::Whole(sample) => sample.drawn.request.turn.as_ref(),
            SampleCard::Part(part) => part.turn.as_ref(),
        }
    }
}

impl SamplePart {
    /// How many drawn cases this person may see.
    pub fn drawn(&self) -> u32 {
        self.seen.values().sum()
    }

    /// Why the rest is not here, in two sentences.
    pub fn sentence(&self) -> String {
        let what = match (self.withheld, self.scoped) {
            (0, true) => {
                return "You see the cases of your own work, team or service. Seed, size, shares and the comparison with the caseload are about \
                        the others too, so they are kept back from you; whoever sees every case reads the whole card and can draw it again."
                    .to_string();
            }
            (0, false) => "A case is withheld from you".to_string(),
            (1, _) => "1 review is withheld from you".to_string(),
            (n, _) => format!("{n} reviews are withheld from you"),
        };
        format!(
            "{what}: you are recused. Seed, size, shares and the comparison with the caseload would tell where it belongs, so they \
             are kept back from you; anybody who is not recused reads the whole card and can draw it again."
        )
    }
}

/// The sentence of a card on reviews of its sample whose details were erased by law since (T47); none where there are none.
pub fn erased_since(reviews: usize) -> Option<String> {
    let stays = match reviews {
        0 => return None,
        1 => "it stays in these counts, and nothing else is known of it",
        _ => "they stay in these counts, and nothing else is known of them",
    };
    Some(format!("Erased by law since: {} of this sample; {stays}.", counted(reviews, "review", "reviews")))
}

/// A drawn case was replaced by another, for a reason somebody approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Substitution {
    /// The draw.
    pub draw: DrawId,
    /// The review that is taken out.
    pub out: ReviewId,
    /// The subject that comes in.
    pub incoming: SubjectId,
    /// The review that comes in.
    pub review: ReviewId,
    /// Why.
    pub reason: String,
    /// Who approved it.
    pub approver: PersonId,
    /// The day.
    pub on: NaiveDate,
}
