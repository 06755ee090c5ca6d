//! What is known of one review: the plain data that rules are shown and screens are drawn from.

use crate::domain::action::Action;
use crate::domain::grade::{Grade, Judgement};
use crate::domain::id::{CycleId, PersonId, ReviewId, SubjectId, TeamId};
use crate::domain::joint::Joint;
use crate::domain::panel::{WhyHere, in_blind_words};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A review as it is opened by a draw.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Row number.
    pub id: ReviewId,
    /// What people say (`CR-0412`).
    pub reference: String,
    /// The cycle it belongs to.
    pub cycle: CycleId,
    /// Key of its kind.
    pub kind: String,
    /// Whom it looks at.
    pub subject: SubjectId,
    /// The case type when it was drawn.
    pub case_type: String,
    /// The team that held the case when it was drawn.
    pub team: Option<TeamId>,
    /// The practitioner who held the case when it was drawn.
    pub practitioner: Option<PersonId>,
    /// The day it was opened.
    pub opened_on: NaiveDate,
    /// How the case came in: by the draw, as a substitute, or named by somebody.
    pub chosen: Chosen,
    /// Who named it and why, where it was not drawn.
    #[serde(default)]
    pub named: Option<Named>,
    /// The next step.
    pub next: NextStep,
}

/// How a case came into the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Chosen {
    /// By the random draw.
    Random,
    /// In place of a drawn case.
    Substitute,
    /// Proposed by a manager (Q02).
    Proposed,
    /// Named by a manager because it shows good practice (F03).
    Showcase,
    /// Looked at again after an earlier Inadequate (Q02).
    Revisit,
    /// Added by hand, approved by somebody.
    Added,
}

impl Chosen {
    /// Every way, in the order of the forms.
    pub const ALL: [Chosen; 6] = [Chosen::Random, Chosen::Substitute, Chosen::Proposed, Chosen::Showcase, Chosen::Revisit, Chosen::Added];

    /// The word that is stored and typed (`chosen:showcase`).
    pub fn key(self) -> &'static str {
        match self {
            Chosen::Random => "random",
            Chosen::Substitute => "substitute",
            Chosen::Proposed => "proposed",
            Chosen::Showcase => "showcase",
            Chosen::Revisit => "revisit",
            Chosen::Added => "added",
        }
    }

    /// The way of this word.
    pub fn of_key(key: &str) -> Option<Chosen> {
        Chosen::ALL.into_iter().find(|how| how.key() == key)
    }

    /// Words for the screen.
    pub fn label(self) -> &'static str {
        match self {
            Chosen::Random => "drawn at random",
            Chosen::Substitute => "substitute for a drawn case",
            Chosen::Proposed => "proposed by a manager",
            Chosen::Showcase => "showcase of good practice",
            Chosen::Revisit => "revisit of an earlier Inadequate",
            Chosen::Added => "added by hand",
        }
    }

    /// A short mark for lists; empty for those that belong to the random sample.
    pub fn mark(self) -> &'static str {
        if self.is_random() { "" } else { self.key() }
    }

    /// Belongs to the random sample, and so to its figures (F03).
    pub fn is_random(self) -> bool {
        matches!(self, Chosen::Random | Chosen::Substitute)
    }
}

/// Why a case that was not drawn came in. F03, Q02.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Who proposed or approved it.
    pub by: PersonId,
    /// Why, in words.
    pub why: String,
    /// The earlier review that it goes back to, for a revisit.
    pub earlier: Option<ReviewId>,
}

/// A look further back than the framework's usual window. F02.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookBack {
    /// From this day on.
    pub from: NaiveDate,
    /// Why the usual window is not enough.
    pub why: String,
}

/// The next thing that has to happen to a review.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct NextStep {
    /// Key of the step; none once nothing is left to do.
    pub step: Option<String>,
    /// Words for the queue (`Family contact`, `Panel decides`).
    pub label: String,
    /// Late after this day.
    pub due_on: Option<NaiveDate>,
    /// Cannot be done before this day (M15).
    pub opens_on: Option<NaiveDate>,
}

/// What was written down when a step was taken, or why it could not be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRecord {
    /// The day it happened, or was given up.
    pub on: NaiveDate,
    /// Answers to the step's fields by key.
    pub values: BTreeMap<String, String>,
    /// Why it did not happen; none: it did.
    pub not_done_because: Option<String>,
}

/// The answer to one question or heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnswerValue {
    /// A scale point 0-10.
    Scale(u8),
    /// A grade.
    Grade(Grade),
    /// Yes.
    Yes,
    /// Partly.
    Partly,
    /// No.
    No,
    /// Does not apply to this case.
    NotApplicable,
    /// Paragraphs.
    Text(String),
}

impl AnswerValue {
    /// The text of a written answer; empty for the others.
    pub fn text(&self) -> &str {
        match self {
            AnswerValue::Text(text) => text,
            _ => "",
        }
    }

    /// How the answer is said in a line.
    pub fn said(&self) -> String {
        match self {
            AnswerValue::Scale(point) => point.to_string(),
            AnswerValue::Grade(grade) => grade.key().replace('-', " "),
            AnswerValue::Yes => "yes".into(),
            AnswerValue::Partly => "partly".into(),
            AnswerValue::No => "no".into(),
            AnswerValue::NotApplicable => "does not apply".into(),
            AnswerValue::Text(text) => text.clone(),
        }
    }
}

/// Names of the fields of a review's form. A question is `q/KEY`, a heading `n/KEY`, an area's grade `area/KEY`.
pub mod field {
    /// The overall scaling or grade.
    pub const OVERALL: &str = "overall";
    /// Why an RI or Inadequate review raises no action.
    pub const WHY_NO_ACTIONS: &str = "why-no-actions";
    /// What the reviewer said to a gentle question about scaling and grade.
    pub const WHY_TENSION: &str = "why-tension";

    /// Why one judgement was agreed where reviewers differed (Q03, S18).
    pub const WHY_AGREED: &str = "why-agreed";

    /// Whether a field holds a judgement: the overall one or an area's.
    pub fn is_judgement(field: &str) -> bool {
        field == OVERALL || field.starts_with("area/")
    }

    /// Whether a field holds a judgement, or is asked for only after some of them.
    pub fn tells_of_grade(field: &str) -> bool {
        is_judgement(field) || [WHY_TENSION, WHY_NO_ACTIONS, WHY_AGREED].contains(&field)
    }

    /// Field of a question.
    pub fn question(key: &str) -> String {
        format!("q/{key}")
    }

    /// Field of a narrative heading.
    pub fn narrative(key: &str) -> String {
        format!("n/{key}")
    }

    /// Field of an area's own grade.
    pub fn area(key: &str) -> String {
        format!("area/{key}")
    }
}

/// An answer with the revision it stands at, so that nobody overwrites what they have not seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The answer.
    pub value: AnswerValue,
    /// Sequence number of the journal row that wrote it.
    pub revision: i64,
}

/// Whether the panel has to see a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PanelStand {
    /// It need not.
    NotNeeded,
    /// It waits for the panel, for this reason.
    Waiting(String),
    /// The panel sent it back to its reviewer, who was told this is missing.
    SentBack(String),
    /// The panel has decided.
    Decided,
}

impl PanelStand {
    /// Whether the review cannot go on before the panel decided. M05.
    pub fn holds(&self) -> bool {
        matches!(self, PanelStand::Waiting(_) | PanelStand::SentBack(_))
    }
}

/// Where a review stands as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewState {
    /// Somebody still has something to do.
    Open,
    /// On the council's case record; nothing is left to do.
    Finalised,
    /// Taken out of the sample, with a reason.
    Withdrawn,
}

/// Everything a rule needs to know of one review, read inside the write transaction.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewFacts {
    /// As opened, with today's next step.
    pub review: Review,
    /// Where it stands.
    pub state: ReviewState,
    /// Who reviews it.
    pub reviewer: Option<PersonId>,
    /// Who stands beside somebody who reviews for the first time (S06, F21).
    pub companion: Option<PersonId>,
    /// How far it looks back, where that is further than usual (F02).
    pub look_back: Option<LookBack>,
    /// Steps recorded so far, by key.
    pub steps: BTreeMap<String, StepRecord>,
    /// Answers so far, by field.
    pub answers: BTreeMap<String, Answer>,
    /// Its other reviewers and their own judgements, as anybody may read them (Q03, S18).
    pub joint: Joint,
    /// Actions raised out of it.
    pub actions: Vec<Action>,
    /// The reviewer's judgement, once submitted.
    pub original: Option<Judgement>,
    /// When it was submitted.
    pub submitted_at: Option<DateTime<Utc>>,
    /// The panel's judgement.
    pub moderated: Option<Judgement>,
    /// Whether the panel has to see it.
    pub panel: PanelStand,
    /// Every reason why; figures about agreement use only those that stand for all reviews.
    pub panel_reasons: Vec<WhyHere>,
    /// Revision of the row.
    pub revision: i64,
}

impl ReviewFacts {
    /// The judgement that counts: the panel's where there is one (M08).
    pub fn final_judgement(&self) -> Option<Judgement> {
        self.moderated.or(self.original)
    }

    /// Takes the judgement out, and what gives it away: for whoever is to judge without having seen it. What the reviewer found
    /// and wrote stays.
    pub fn keep_judgement_back(&mut self) {
        (self.original, self.moderated) = (None, None);
        self.answers.retain(|name, _| !field::tells_of_grade(name));
        if let PanelStand::Waiting(why) = &mut self.panel {
            *why = in_blind_words(&self.panel_reasons);
        }
        self.joint = Joint::default();
    }

    /// The answer in a field.
    pub fn answer(&self, field: &str) -> Option<&AnswerValue> {
        self.answers.get(field).map(|answer| &answer.value)
    }

    /// The day on which a step was taken, or written down as impossible; none: it lies ahead.
    pub fn taken_on(&self, step: &str) -> Option<NaiveDate> {
        self.steps.get(step).map(|record| record.on)
    }

    /// Whether a step is behind us: done, or recorded as not possible.
    pub fn passed(&self, step: &str) -> bool {
        self.steps.contains_key(step)
    }
}
