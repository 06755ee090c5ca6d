//! The record of one review: facts on the left, sections on the right, the last review of the same child beside it.

use crate::domain::framework::StepDuty;
use crate::domain::id::ActionId;
use crate::domain::query::{HistoryRow, ReviewDetail};
use crate::domain::review::field;
use crate::domain::tracking::FollowUpOf;

/// The sections of a record, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Section {
    /// The steps with their dates.
    Steps,
    /// The scaled questions by area.
    Questions,
    /// Strengths, areas for improvement, impact, voice.
    Narrative,
    /// The overall judgement and what the panel decided.
    Judgement,
    /// What needs to happen.
    Actions,
    /// What followed it until its loop is closed.
    Loop,
    /// Everything that happened.
    History,
}

impl Section {
    /// Every section.
    pub const ALL: [Section; 7] =
        [Section::Steps, Section::Questions, Section::Narrative, Section::Judgement, Section::Actions, Section::Loop, Section::History];

    /// Its heading.
    pub fn label(self) -> &'static str {
        match self {
            Section::Steps => "Steps",
            Section::Questions => "Questions",
            Section::Narrative => "Narrative",
            Section::Judgement => "Judgement",
            Section::Actions => "What needs to happen",
            Section::Loop => "Loop",
            Section::History => "History",
        }
    }
}

/// The record view.
#[derive(Debug, Clone)]
pub struct Record {
    /// What was read.
    pub detail: Box<ReviewDetail>,
    /// The section that is shown.
    pub section: Section,
    /// Row of the cursor in each section.
    pub at: [usize; 7],
    /// The last review of the same child, when it is shown beside.
    pub beside: Option<Box<ReviewDetail>>,
    /// Its history, once read.
    pub history: Vec<HistoryRow>,
    /// An action that was just raised: the cursor goes there as soon as the record is read again.
    pub(super) wanted: Option<ActionId>,
}

impl Record {
    /// A record that has just been opened: at its steps, the cursor on the next one.
    pub fn new(detail: Box<ReviewDetail>) -> Record {
        let next = detail.facts.review.next.step.as_ref().and_then(|key| detail.kind.step(key)).map_or(0, |(place, _)| place);
        Record { detail, section: Section::Steps, at: [next, 0, 0, 0, 0, 0, 0], beside: None, history: Vec::new(), wanted: None }
    }

    /// Takes in what was read again.
    pub(super) fn take(&mut self, detail: Box<ReviewDetail>) {
        let place = self.wanted.take().and_then(|id| detail.actions.iter().position(|action| action.id == id));
        self.at[Section::Actions as usize] = place.unwrap_or(self.at[Section::Actions as usize]);
        self.detail = detail;
    }

    /// How many rows the section has that the cursor can be on.
    pub fn rows(&self) -> usize {
        let kind = &self.detail.kind;
        match self.section {
            Section::Steps => kind.steps.len(),
            Section::Questions => kind.areas.len(),
            Section::Narrative => kind.narrative.len(),
            Section::Judgement => 1,
            Section::Actions => self.detail.actions.len(),
            Section::Loop => self.detail.follows.links.len() + self.detail.follows.noted.len(),
            Section::History => self.history.len(),
        }
    }

    /// Row of the cursor in the section that is shown.
    pub fn row(&self) -> usize {
        self.at[self.section as usize].min(self.rows().saturating_sub(1))
    }

    /// Moves the cursor by rows.
    pub fn step(&mut self, by: isize) {
        let last = self.rows().saturating_sub(1);
        let row = self.row().saturating_add_signed(by).min(last);
        self.at[self.section as usize] = row;
    }

    /// The sections of this record: a kind that is never graded has no judgement (Q02), and nothing follows before it is
    /// submitted, or where it would tell a grade that is kept back.
    pub fn sections(&self) -> impl Iterator<Item = Section> {
        let graded = self.detail.kind.is_graded();
        let follows = self.detail.facts.submitted_at.is_some() && !self.detail.kept_back;
        Section::ALL.into_iter().filter(move |section| match section {
            Section::Judgement => graded,
            Section::Loop => follows,
            _ => true,
        })
    }

    /// Goes to another section.
    pub fn turn(&mut self, forward: bool) {
        let sections: Vec<Section> = self.sections().collect();
        let place = sections.iter().position(|section| *section == self.section).unwrap_or(0);
        let count = sections.len().max(1);
        let next = if forward { (place + 1) % count } else { (place + count - 1) % count };
        self.section = sections.get(next).copied().unwrap_or(Section::Steps);
    }

    /// What the first missing link of its loop asks to be written down, where that is done on the review itself.
    pub fn next_follow_up(&self) -> Option<FollowUpOf> {
        let links = self.detail.follows.links.iter();
        links.filter(|(link, _)| link.done_on.is_none()).find_map(|(link, _)| link.link.follow_up())
    }

    /// How many of an area's questions are answered, of how many.
    pub fn answered(&self, area: usize) -> (usize, usize) {
        let Some(area) = self.detail.kind.areas.get(area) else { return (0, 0) };
        let answered = area.questions.iter().filter(|question| self.detail.facts.answer(&field::question(&question.key)).is_some()).count();
        (answered, area.questions.len())
    }

    /// The key and duty of the step under the cursor.
    pub fn step_at_cursor(&self) -> Option<(String, StepDuty)> {
        let step = self.detail.kind.steps.get(self.at[Section::Steps as usize].min(self.detail.kind.steps.len().saturating_sub(1)))?;
        Some((step.key.clone(), step.duty))
    }

    /// Whether the form can still be written in: before it is submitted, and while the panel wants it completed (M05).
    pub fn writable(&self) -> bool {
        let facts = &self.detail.facts;
        let sent_back = matches!(facts.panel, crate::domain::review::PanelStand::SentBack(_)) && self.section != Section::Judgement;
        (facts.submitted_at.is_none() || sent_back) && self.detail.facts.state == crate::domain::review::ReviewState::Open
    }
}
