//! The part of a framework that a reviewer meets: kinds of review, their steps, areas, questions and narrative.

use super::{Step, StepDuty, SubjectKind};
use chrono::NaiveDate;

/// A kind of review: its form, its steps and how it is graded.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewKind {
    /// Key (`collaborative-review`).
    pub key: String,
    /// As people say it (`Collaborative review`).
    pub label: String,
    /// Letters of its references (`CR`).
    pub prefix: String,
    /// What it is for, in a sentence.
    pub summary: String,
    /// How the grade comes about.
    pub grading: Grading,
    /// How reviewers work on one case.
    pub conduct: Conduct,
    /// Roles (keys) that may review (M03, S06, C03).
    pub reviewers: Vec<String>,
    /// Roles (keys) of whoever makes the pair with the lead reviewer; empty: the same as the lead's (Q03).
    pub partners: Vec<String>,
    /// Later pools of reviewers, each from its day on, in order of date (F20).
    pub reviewers_from: Vec<ReviewerPool>,
    /// How far from the case its reviewer must stand.
    pub independence: Independence,
    /// Who stands beside a person who reviews for the first time (S06, F21).
    pub first_review: Option<FirstReview>,
    /// How many cases each reviewer takes in a cycle, where the framework says (Q02, Q03).
    pub per_reviewer: Option<u32>,
    /// Boards (keys) that may commission one outside the rhythm of cycles; empty: part of the cycle (Q04).
    pub commissioned_by: Vec<String>,
    /// What it looks at.
    pub subjects: Vec<SubjectKind>,
    /// Taken into the cycle's random sample.
    pub sampled: bool,
    /// The steps, in order (M04).
    pub steps: Vec<Step>,
    /// Areas with their questions.
    pub areas: Vec<Area>,
    /// Free text headings.
    pub narrative: Vec<Narrative>,
    /// What the finish gate asks for beyond answered questions.
    pub gate: Vec<GateRule>,
}

impl ReviewKind {
    /// The roles that may review on a day: the last pool that has begun, or the first one (F20).
    pub fn reviewers_on(&self, day: NaiveDate) -> &[String] {
        let begun = self.reviewers_from.iter().rev().find(|pool| pool.from <= day);
        begun.map_or(self.reviewers.as_slice(), |pool| pool.reviewers.as_slice())
    }

    /// Whether a review of this kind is ever graded (Q02: some never are).
    pub fn is_graded(&self) -> bool {
        self.grading != Grading::Ungraded
    }

    /// Whether a review of this kind goes back to anybody: a dip sample or a benchmark of many reviewers does not.
    pub fn is_returned(&self) -> bool {
        self.steps.iter().any(|step| step.duty == StepDuty::Return)
    }

    /// Whether it looks at services alone, which are named and never drawn (S19, Q05).
    pub fn is_named_only(&self) -> bool {
        self.subjects.iter().all(|subject| *subject == SubjectKind::Service)
    }

    /// The step with this key and its place.
    pub fn step(&self, key: &str) -> Option<(usize, &Step)> {
        self.steps.iter().enumerate().find(|(_, step)| step.key == key)
    }

    /// The step at which something of this kind happens.
    pub fn step_of(&self, duty: StepDuty) -> Option<(usize, &Step)> {
        self.steps.iter().enumerate().find(|(_, step)| step.duty == duty)
    }

    /// How a field of the form is called (`q/KEY`, `n/KEY`, `area/KEY`, `overall`…), for a sentence.
    pub fn field_words(&self, name: &str) -> String {
        let found = match name.split_once('/') {
            Some(("q", key)) => self.question(key).map(|(_, question)| format!("\u{201c}{}\u{201d}", question.text)),
            Some(("n", key)) => self.narrative.iter().find(|heading| heading.key == key).map(|heading| heading.label.clone()),
            Some(("area", key)) => self.areas.iter().find(|area| area.key == key).map(|area| format!("grade of {}", area.title)),
            _ if name == crate::domain::review::field::OVERALL => Some("the overall judgement".to_string()),
            _ => None,
        };
        found.unwrap_or_else(|| name.rsplit('/').next().unwrap_or(name).replace('-', " "))
    }

    /// The same in a word or two, for a list: a question by its area and, where that has several, its number there.
    pub fn field_short(&self, name: &str) -> String {
        let found = name.strip_prefix("q/").and_then(|key| self.question(key).map(|(area, _)| (area, key)));
        let Some((area, key)) = found else { return self.field_words(name) };
        let number = area.questions.iter().position(|question| question.key == key).map_or(0, |place| place + 1);
        if area.questions.len() == 1 { area.title.clone() } else { format!("{}, question {number}", area.title) }
    }

    /// The question with this key, with its area.
    pub fn question(&self, key: &str) -> Option<(&Area, &Question)> {
        self.areas.iter().find_map(|area| area.questions.iter().find(|question| question.key == key).map(|question| (area, question)))
    }
}

/// The roles that may review from a day on. F20.
#[derive(Debug, Clone, PartialEq)]
pub struct ReviewerPool {
    /// First day of this pool.
    pub from: NaiveDate,
    /// Role keys.
    pub reviewers: Vec<String>,
}

/// How far from a case its reviewer must stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Independence {
    /// Not the one who holds the case.
    OwnCase,
    /// Nobody of the team that holds the case.
    OwnTeam,
    /// Nobody above, below or beside the practitioner in the same line of management (Q02).
    OwnLine,
}

/// Who stands beside a person who reviews for the first time.
#[derive(Debug, Clone, PartialEq)]
pub enum FirstReview {
    /// Their own line manager helps (S06).
    LineManager,
    /// It is done together with somebody of this role (F21).
    Together(String),
}

/// How a review gets its grade.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grading {
    /// One overall scaling 0-10 that gives the grade (M01).
    Scaling,
    /// One of the four grades, given directly (S01).
    Direct,
    /// A grade for each graded area and one overall (F01).
    ByArea,
    /// Never graded (Q02).
    Ungraded,
}

/// How reviewers work on one case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Conduct {
    /// One reviewer.
    Single,
    /// Two on their own, who then agree (Q03).
    Pair,
    /// Every nominated reviewer on the same file (S18).
    AllOnOne,
    /// A visiting team (S19, Q05).
    Team,
    /// An observation of practice (S03, F16).
    Observation,
    /// Several reviewers, whose findings meet in a workshop (Q04).
    Workshop,
    /// A short look at many (dip sample).
    Dip,
}

/// An area of practice with its questions (F06's six key areas).
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// What to look for, in a sentence or two.
    pub guidance: String,
    /// Has a grade of its own (only with [`Grading::ByArea`]; F01 leaves conversation and feedback ungraded).
    pub graded: bool,
    /// The questions.
    pub questions: Vec<Question>,
}

/// One question of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// Key, unique in the kind.
    pub key: String,
    /// The question, in our own words.
    pub text: String,
    /// What high and low look like; shown beside the answer.
    pub descriptors: Vec<PointDescriptor>,
    /// How it is answered.
    pub answer: AnswerKind,
    /// Must be answered before the review can be submitted.
    pub required: bool,
    /// May be answered "does not apply".
    pub may_not_apply: bool,
}

/// What a range of scale points looks like.
#[derive(Debug, Clone, PartialEq)]
pub struct PointDescriptor {
    /// From this scale point…
    pub from: u8,
    /// …to this one.
    pub to: u8,
    /// In a sentence.
    pub text: String,
}

/// How a question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnswerKind {
    /// A scale point 0-10.
    Scale,
    /// Yes, partly or no.
    YesPartlyNo,
    /// Paragraphs.
    Text,
}

/// A free text heading of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct Narrative {
    /// Key (`strengths`).
    pub key: String,
    /// Heading.
    pub label: String,
    /// What belongs here.
    pub prompt: String,
    /// Must hold text before the review can be submitted.
    pub required: bool,
    /// What the heading is for.
    pub purpose: NarrativePurpose,
}

/// What a narrative heading is for, where the program has to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NarrativePurpose {
    /// What works well.
    Strengths,
    /// What needs to improve.
    AreasForImprovement,
    /// What difference was made.
    Impact,
    /// The child's own voice.
    Voice,
    /// Anything else.
    Other,
}

/// What must be there before a review can be submitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateRule {
    /// At least one action, or a stated reason for none, when the grade is RI or Inadequate.
    ActionsBelowGood,
    /// The family was contacted, or the reason why not is recorded.
    FamilyContact,
    /// The conversation with the practitioner was held, or the reason why not is recorded.
    LearningConversation,
}
