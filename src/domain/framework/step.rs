//! The steps of a review: what is done, by when, and what is written down about it. M04.

use super::{Choice, Span};

/// One step of a review. M04.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Key (`family-contact`).
    pub key: String,
    /// What the step is called when it is the next thing to do (`Family contact`).
    pub label: String,
    /// One sentence: what to do.
    pub prompt: String,
    /// What the program does at this step.
    pub duty: StepDuty,
    /// Due this long after another step was done; none: no date of its own.
    pub due: Option<StepDue>,
    /// May be recorded as not possible, with its reason (M04: a family that declines).
    pub may_not_happen: bool,
    /// Asked for when it is recorded.
    pub fields: Vec<StepField>,
    /// Role keys told when it is done (M15's three addressees).
    pub tells: Vec<String>,
}

/// What the program itself does at a step. Each is held by at most one step, but for `Record`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StepDuty {
    /// A reviewer is allocated.
    Allocate,
    /// A dated note of who, how and what was said; nothing else.
    Record,
    /// A conversation with the family, whose absence must be explained.
    FamilyContact,
    /// The form is completed and the original judgement stands for good.
    Submit,
    /// Goes back to the practitioner; blocked while the panel has to decide (M05).
    Return,
    /// Put on the council's own case system; the review ends here.
    Finalise,
}

/// When a step is due.
#[derive(Debug, Clone, PartialEq)]
pub struct StepDue {
    /// How long.
    pub within: Span,
    /// After which step (its key).
    pub after: String,
    /// Not before: the step is a dated to-do that opens on that day (M15).
    pub not_before: bool,
}

/// A question asked when a step is recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct StepField {
    /// Key (`how`).
    pub key: String,
    /// Label.
    pub label: String,
    /// What kind of answer.
    pub kind: FieldKind,
    /// Must be answered.
    pub required: bool,
    /// For a date: on which side of the step it lies.
    pub when: DayWhen,
    /// A "no" here disputes the outcome (F08).
    pub no_disputes: bool,
}

/// On which side of its step a date lies, where the framework says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DayWhen {
    /// Nothing is said.
    #[default]
    Any,
    /// Something is arranged: the day of the step, or a later one.
    Ahead,
    /// Something has happened: never a day to come, nor one before the review was drawn.
    Past,
}

/// What kind of answer a step field takes.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldKind {
    /// A few words.
    Line,
    /// Paragraphs.
    Text,
    /// A date.
    Date,
    /// Yes or no.
    YesNo,
    /// One of these.
    Choice(Vec<Choice>),
    /// Cycles, by their references: those whose outcomes were looked at (F15). In registers only.
    Cycles,
}
