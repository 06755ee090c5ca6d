//! Read-models of the panel: its sittings, one sitting with its agenda, and one item.

use super::{InterestQuestion, ReviewDetail};
use crate::domain::calendar::say_date;
use crate::domain::framework::Framework;
use crate::domain::grade::{Judgement, ModerationOutcome};
use crate::domain::id::{PanelId, PersonId, ReviewId};
use crate::domain::panel::{Item, Scoring, Sitting, SittingStand, WhyHere};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A sitting in the list of sittings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SittingRow {
    /// Which.
    pub id: PanelId,
    /// The day.
    pub on: NaiveDate,
    /// The time.
    pub at: String,
    /// Short name of the chair; empty: none yet.
    pub chair: String,
    /// The service whose reviews it takes (S07); empty: all.
    pub service: String,
    /// Where it stands.
    pub stand: SittingStand,
    /// Items it has had on its table, or that wait for it.
    pub items: u32,
    /// Of these: with an outcome.
    pub done: u32,
}

/// How much of what has to be moderated is done; never a rate of named people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Reviews that came or come before a panel.
    pub due: u64,
    /// Decided.
    pub done: u64,
    /// Sent back to their reviewer.
    pub sent_back: u64,
}

impl Coverage {
    /// Still to be decided.
    pub fn outstanding(self) -> u64 {
        self.due.saturating_sub(self.done)
    }
}

/// What somebody is at a sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SeatKind {
    /// Leads it.
    Chair,
    /// Scores and decides.
    Member,
    /// Invited; speaks and does not score.
    Guest,
}

impl SeatKind {
    /// In a word.
    pub fn label(self) -> &'static str {
        match self {
            SeatKind::Chair => "chair",
            SeatKind::Member => "member",
            SeatKind::Guest => "guest",
        }
    }
}

/// Somebody at a sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their short name.
    pub short: String,
    /// Their role.
    pub role: String,
    /// What they are here.
    pub kind: SeatKind,
    /// Whether they are there.
    pub present: bool,
    /// Whether their last day is before that of the sitting.
    pub gone: bool,
}

/// Where an item of the agenda stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgendaStand {
    /// Comes later.
    Waits,
    /// On the table now.
    Now,
    /// Opened and put aside.
    Aside,
    /// Decided.
    Decided(ModerationOutcome),
    /// Back with its reviewer, with what is missing.
    SentBack(String),
    /// Put off, with the reason.
    Deferred(String),
}

impl AgendaStand {
    /// Whether the panel is done with it for this sitting.
    pub fn is_over(&self) -> bool {
        matches!(self, AgendaStand::Decided(_) | AgendaStand::SentBack(_) | AgendaStand::Deferred(_))
    }
}

/// An item of the agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaRow {
    /// Which review.
    pub review: ReviewId,
    /// Its reference.
    pub reference: String,
    /// The case's pseudonym.
    pub case: String,
    /// Short label of the case type.
    pub case_type: String,
    /// Why it is here, by rule.
    pub reasons: Vec<WhyHere>,
    /// Why it is here, in words: without the grade while it is to be scored blind.
    pub why: String,
    /// Short name of the reviewer, who is invited where the profile says so (M07).
    pub reviewer: String,
    /// Short name of the case's team manager (M07).
    pub team_manager: String,
    /// Whoever looks is invited for it: its reviewer, or the case's team manager (M07).
    pub mine: bool,
    /// Where it stands.
    pub stand: AgendaStand,
    /// Those of the sitting who leave for it: row and short name.
    pub leave: Vec<(PersonId, String)>,
    /// The original judgement; left out while it is to be scored blind.
    pub original: Option<Judgement>,
    /// The panel's judgement.
    pub moderated: Option<Judgement>,
    /// Revision of the review.
    pub revision: i64,
}

/// A sitting, whole.
#[derive(Debug, Clone, PartialEq)]
pub struct SittingDetail {
    /// What the rules know of it.
    pub sitting: Sitting,
    /// The framework in force.
    pub framework: Arc<Framework>,
    /// How its items are scored.
    pub scoring: Scoring,
    /// Who sits there or is invited, the chair first.
    pub seats: Vec<Seat>,
    /// The agenda in its order: what is over first, as it was heard.
    pub agenda: Vec<AgendaRow>,
    /// References of the cases it had when it was called off, as far as whoever looks may know of them.
    pub had: Vec<String>,
    /// References of the cases that still waited when it was closed, as far as whoever looks may know of them, each with the day of the
    /// sitting that has it now or decided it; no day: none does.
    pub sent_on: Vec<(String, Option<NaiveDate>)>,
    /// Why whoever looks does not see the item on the table; none: nothing is there, or they do. Of others they are told nothing.
    pub withheld: Option<OutOfSight>,
    /// Comings and goings that the order needs.
    pub moves: usize,
    /// Who looks, where they are on the council's list.
    pub me: Option<PersonId>,
    /// Whether they may lead the sitting.
    pub leads: bool,
    /// How much of what has to be moderated is done.
    pub coverage: Coverage,
    /// When the chair was taken over, by whom and why.
    pub chairs: Vec<(DateTime<Utc>, String, String)>,
    /// Minutes added after it: when, by whom, about which review, text.
    pub minutes: Vec<(DateTime<Utc>, String, Option<String>, String)>,
    /// What whoever looks has to be asked before they read the item on the table. The sitting does not wait for their answer.
    pub asks: Option<Box<InterestQuestion>>,
    /// The item on the table, unless it is withheld from whoever looks or they have to be asked first.
    pub item: Option<Box<ItemDetail>>,
}

impl SittingDetail {
    /// The item on the table.
    pub fn now(&self) -> Option<&AgendaRow> {
        self.agenda.iter().find(|row| row.stand == AgendaStand::Now)
    }

    /// Whoever chairs it.
    pub fn chair(&self) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.kind == SeatKind::Chair)
    }

    /// Whether whoever looks is in the chair.
    pub fn i_chair(&self) -> bool {
        self.me.is_some() && self.me == self.sitting.panel.chair
    }

    /// How many cases it has on its agenda, or had when it was closed.
    pub fn cases(&self) -> usize {
        let unheard = self.sent_on.iter().filter(|(reference, _)| !self.agenda.iter().any(|row| &row.reference == reference));
        self.agenda.len() + unheard.count()
    }

    /// Where those went that had no outcome when it was closed: `4 sent on to Tue 8 Dec`; empty: all had one.
    pub fn sent_on_in_words(&self) -> String {
        let mut days: BTreeMap<Option<NaiveDate>, usize> = BTreeMap::new();
        for (_, day) in &self.sent_on {
            *days.entry(*day).or_default() += 1;
        }
        let to = |day: &Option<NaiveDate>| day.map_or_else(|| "a sitting not planned yet".to_string(), say_date);
        match (days.len(), days.first_key_value()) {
            (_, None) => String::new(),
            (1, Some((day, many))) => format!("{many} sent on to {}", to(day)),
            _ => {
                let parts: Vec<String> = days.iter().map(|(day, many)| format!("{many} to {}", to(day))).collect();
                format!("{} sent on: {}", self.sent_on.len(), parts.join(", "))
            }
        }
    }

    /// The first item that waits, after the one on the table.
    pub fn next(&self) -> Option<&AgendaRow> {
        self.agenda.iter().find(|row| matches!(row.stand, AgendaStand::Waits | AgendaStand::Aside))
    }

    /// What whoever looks is at this sitting.
    pub fn my_seat(&self) -> Option<&Seat> {
        self.seats.iter().find(|seat| Some(seat.person) == self.me)
    }
}

/// One item, as whoever looks may know it.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemDetail {
    /// Its row of the agenda.
    pub row: AgendaRow,
    /// The review; without its judgement while it is to be scored blind.
    pub review: ReviewDetail,
    /// What has happened to it at this sitting.
    pub item: Option<Item>,
    /// Whether the reviewer's judgement is left out.
    pub blind: bool,
    /// Short names of members who have not scored yet.
    pub missing: Vec<String>,
    /// Who opened the scores before all were in, by name; empty: nobody did.
    pub opened_by: String,
    /// Open scores, the most extreme first: short name, first score, the one after it, note.
    pub spread: Vec<ScoreRow>,
}

impl ItemDetail {
    /// Who opened the scores before all were in, and why; empty: nobody did.
    pub fn opened_early(&self) -> String {
        let why = self.item.as_ref().map_or("", |item| item.opened_early.as_str());
        match (why.is_empty(), self.opened_by.is_empty()) {
            (true, _) => String::new(),
            (false, true) => why.to_string(),
            (false, false) => format!("by {}: {why}", self.opened_by),
        }
    }
}

/// One member's score, once it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreRow {
    /// Short name of the member.
    pub member: String,
    /// The sealed score.
    pub first: Judgement,
    /// The score after the reveal, where somebody changed their mind.
    pub again: Option<Judgement>,
    /// The note.
    pub note: String,
}

/// Why somebody does not see an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutOfSight {
    /// They have an interest in the case, and have left for it.
    Recused,
    /// It is none of the cases that their role lets them see.
    Beyond,
}

impl OutOfSight {
    /// The same as a sentence.
    pub fn sentence(self) -> &'static str {
        match self {
            OutOfSight::Recused => "You are recused from the item on the table.",
            OutOfSight::Beyond => {
                "The item on the table is none of the cases that you see: your own work, your team\u{2019}s or your service\u{2019}s."
            }
        }
    }
}
