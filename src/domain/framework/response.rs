//! The part of a framework that answers findings: moderation, escalation, disputes, actions, tracking, boards, reports.

use super::{Choice, Span, SubjectKind};
use crate::domain::alert::AlertTrigger;
use crate::domain::grade::Grade;

/// Who moderates what.
#[derive(Debug, Clone, PartialEq)]
pub struct ModerationRule {
    /// Which reviews come before the panel by themselves (M06, S07, F08).
    pub takes: Vec<ModerationTrigger>,
    /// Kinds of review (keys) it is for (S07); never empty unless nothing is taken.
    pub kinds: Vec<String>,
    /// Role keys that sit on it (F09); empty: the reviewing roles.
    pub members: Vec<String>,
    /// Members are moderators of the review's own service (S07).
    pub own_service: bool,
    /// Role keys invited for each item besides the reviewer (M07: the case's TM).
    pub invites: Vec<String>,
    /// The reviewer is invited (M07).
    pub invites_reviewer: bool,
    /// How many members make a quorum.
    pub quorum: u32,
    /// Scores are sealed until all are in, unless the chair chooses otherwise.
    pub sealed: bool,
    /// How often the panel sits.
    pub every: Option<Span>,
}

impl ModerationRule {
    /// Whether reviews of this kind (key) are moderated at all.
    pub fn covers(&self, kind: &str) -> bool {
        self.kinds.iter().any(|covered| covered == kind)
    }
}

/// Why a review comes before the panel.
#[derive(Debug, Clone, PartialEq)]
pub enum ModerationTrigger {
    /// Its original grade is one of these (M06).
    Grades(Vec<Grade>),
    /// Every review (S07, C01).
    Every,
    /// A random share, as percent (F08: 33), with its receipt kept.
    RandomShare(u32),
    /// The outcome is disputed (F08).
    Disputed,
    /// Two independent reviewers agree their grade together (Q03).
    JointAgreement,
    /// In a workshop (Q04).
    Workshop,
    /// Its scaling lies at the edge of its grade.
    Borderline,
    /// Somebody reviewed for the first time (S06, F21).
    NewReviewer,
    /// Scaling and grade disagree with what the sections say.
    Tension,
}

/// What happens on the worst grade or an immediate concern. M10-M13, S10-S12, F10.
#[derive(Debug, Clone, PartialEq)]
pub struct EscalationRule {
    /// Grades that open one, by reviewer or moderator.
    pub grades: Vec<Grade>,
    /// Kinds of review (keys) whose grade opens one (S10).
    pub kinds: Vec<String>,
    /// May be opened at any time for an immediate concern, with a form of its own (F10).
    pub immediate_concern: bool,
    /// Told at once.
    pub addressees: Vec<Addressee>,
    /// Who reviews the record and gives assurance, from the child's own line (role key).
    pub reviewed_by: Option<String>,
    /// Within this.
    pub review_within: Option<Span>,
    /// Everybody is told within this, counted from the opening, or from when somebody is named later.
    pub tell_within: Option<Span>,
    /// Whoever was told acknowledges within this.
    pub acknowledge_within: Option<Span>,
    /// An acknowledgement after which nothing follows lapses after this.
    pub lapses_after: Option<Span>,
    /// Who hears next, one after the other, if nobody acknowledges; counted from the opening.
    pub steps: Vec<StepUpRule>,
    /// An immediate concern is told in words before it counts as told (F10).
    pub told_in_words: bool,
    /// The headings of the form of an immediate concern (F10); empty: one heading, what the concern is.
    pub concern: Vec<Choice>,
    /// What the assurance has to answer.
    pub assurance: Vec<AssuranceQuestion>,
    /// Who decides a dispute about the level of concern, finally.
    pub dispute_decided_by: Option<Addressee>,
    /// Within this.
    pub dispute_within: Option<Span>,
    /// Who signs off the actions of an immediate concern (F10).
    pub signed_off_by: Option<String>,
    /// Discussed at the practitioner's next supervision, and recorded (F10).
    pub discussed_in_supervision: bool,
    /// Who records that (role keys); empty: the Insights team, or somebody whom the alert is addressed to.
    pub supervision_recorded_by: Vec<String>,
    /// A reflective discussion with the practitioner is held after the audit, and recorded (C04).
    pub reflective_discussion: bool,
    /// Other roles for fostering (S09): the key stands for, the value acts.
    pub fostering: Vec<(String, String)>,
    /// The framework's own rules behind it, for a proof.
    pub rules: CitedRules,
}

/// The framework's own rules behind the facts of an alert, by their numbers, for its proof; empty where it has none.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CitedRules {
    /// That a grade opens one.
    pub opened: Vec<String>,
    /// That an immediate concern does.
    pub concern: Vec<String>,
    /// That people are told at once.
    pub told: Vec<String>,
    /// That the record is reviewed and assurance given.
    pub reviewed: Vec<String>,
    /// That urgent actions go to the tracker.
    pub urgent: Vec<String>,
    /// That the level of concern may be disputed.
    pub disputed: Vec<String>,
    /// That something is recorded afterwards.
    pub followed: Vec<String>,
}

impl CitedRules {
    /// Each with what it stands behind.
    pub fn all(&self) -> [(&'static str, &[String]); 7] {
        [
            ("opened", &self.opened),
            ("concern", &self.concern),
            ("told", &self.told),
            ("reviewed", &self.reviewed),
            ("urgent", &self.urgent),
            ("disputed", &self.disputed),
            ("followed", &self.followed),
        ]
    }
}

impl EscalationRule {
    /// The role that acts for a subject where the framework speaks of this one: for a foster carer the one that fostering
    /// has in its place. S09.
    pub fn role_for<'a>(&'a self, subject: SubjectKind, role: &'a str) -> &'a str {
        if subject != SubjectKind::FosterCarer {
            return role;
        }
        let acts = self.fostering.iter().find(|(stands_for, _)| stands_for.eq_ignore_ascii_case(role));
        acts.map_or(role, |(_, acts)| acts.as_str())
    }

    /// The addressee that acts for a subject where the framework speaks of this one: the child's line of a foster carer is that
    /// of fostering, the Insights side is the same for all. S09.
    pub fn acting_for(&self, subject: SubjectKind, addressee: &Addressee) -> Addressee {
        let role = match addressee.side {
            Side::Child => self.role_for(subject, &addressee.role),
            Side::Insights => addressee.role.as_str(),
        };
        Addressee { role: role.to_string(), side: addressee.side }
    }

    /// The headings of the form by which an alert is raised outside a grade: those of the framework for an immediate concern
    /// (F10), one of its own where somebody raises it by hand.
    pub fn headings(&self, trigger: AlertTrigger) -> Vec<Choice> {
        let one = |key: &str, label: &str| vec![Choice { key: key.to_string(), label: label.to_string() }];
        match trigger {
            AlertTrigger::Concern if !self.concern.is_empty() => self.concern.clone(),
            AlertTrigger::Concern => one("summary", "What the concern is"),
            _ => one("reason", "Why an alert is raised"),
        }
    }

    /// Whether this grade of a review of this kind (key) opens an alert.
    pub fn opens(&self, kind: &str, grade: Grade) -> bool {
        self.grades.contains(&grade) && self.kinds.iter().any(|covered| covered == kind)
    }
}

/// One question of the assurance. M11, S11.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssuranceQuestion {
    /// Key.
    pub key: String,
    /// The question.
    pub label: String,
    /// It asks whether those concerned are safe: nothing closes before it is answered.
    pub safety: bool,
    /// The record counts as reviewed only when it is answered.
    pub required: bool,
}

/// Somebody who hears later if nobody acknowledges.
#[derive(Debug, Clone, PartialEq)]
pub struct StepUpRule {
    /// So long after the opening.
    pub after: Span,
    /// Who hears then.
    pub to: Addressee,
}

/// A person told because of a role: one on the Insights side, or one on the child's own line of management.
#[derive(Debug, Clone, PartialEq)]
pub struct Addressee {
    /// Role key.
    pub role: String,
    /// Whose: the Insights team's or the child's.
    pub side: Side,
}

/// Which line of management a role belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The quality assurance team.
    Insights,
    /// The line above the practitioner who holds the case.
    Child,
}

/// The dispute resolution process of the independent reviewing officers. M14, C05.
#[derive(Debug, Clone, PartialEq)]
pub struct DrpRule {
    /// What one is called in a sentence (`dispute`, `practice alert`).
    pub called: String,
    /// Roles that may raise it.
    pub raised_by: Vec<String>,
    /// Stages in order; the first is informal.
    pub stages: Vec<DrpStage>,
    /// The formal part is resolved within this.
    pub formal_within: Option<Span>,
    /// The formal part may be paused; its days are counted through otherwise (M14).
    pub pauses: bool,
    /// May go to these at any time (C05).
    pub at_any_time: Vec<String>,
    /// Outside bodies it may be referred to at any stage; where none is named, any body may be: that right is not the
    /// council's to give.
    pub outside: Vec<String>,
}

/// One stage of a dispute.
#[derive(Debug, Clone, PartialEq)]
pub struct DrpStage {
    /// Key.
    pub key: String,
    /// Shown.
    pub label: String,
    /// Role keys it goes to.
    pub to: Vec<String>,
    /// Counts as formal.
    pub formal: bool,
}

/// Limits and sign-off of actions. F11, S13, M17.
#[derive(Debug, Clone, PartialEq)]
pub struct ActionRule {
    /// Done at the latest within this.
    pub limit: Option<Span>,
    /// Proposed due date when an action is raised.
    pub default_due: Span,
    /// Urgent actions are due within this.
    pub urgent_due: Span,
    /// Role keys that may sign off.
    pub signed_off_by: Vec<String>,
    /// Role key that approves an extension past the limit.
    pub extension_approved_by: Option<String>,
    /// Looked at again after this (F14).
    pub revisit_after: Option<Span>,
    /// Kinds of action: by them the effect ledger says what lasts. Empty: it is not asked.
    pub kinds: Vec<Choice>,
    /// So many days before its date an action is reminded of by e-mail, once each; empty: never.
    pub remind_before: Vec<u32>,
    /// Role keys above the owner that get a copy of the reminder.
    pub remind_copies: Vec<String>,
}

impl ActionRule {
    /// A framework that does not say when to remind does so this many days before.
    pub const REMIND_BEFORE: u32 = 5;

    /// The words of a kind of action, by its key; the key itself where an older version had it.
    pub fn kind_label<'a>(&'a self, key: &'a str) -> &'a str {
        self.kinds.iter().find(|kind| kind.key == key).map_or(key, |kind| kind.label.as_str())
    }
}

/// Which reviews stay open, and what closes their loop. M17, F12, S13, C04.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackingRule {
    /// Grades whose loop stays open.
    pub grades: Vec<Grade>,
    /// Kinds of review (keys) that are tracked (S13).
    pub kinds: Vec<String>,
    /// Role keys that track.
    pub tracked_by: Vec<String>,
    /// What must be there to close.
    pub needs: Vec<LoopLink>,
    /// Targeted support: who for whom (S14), as (for role, by role).
    pub support: Vec<(String, String)>,
    /// Areas are audited again after this (F14).
    pub revisit_areas_after: Option<Span>,
    /// Cases found Inadequate are looked at again after this (Q02, F14).
    pub revisit_cases_after: Option<Span>,
}

/// One link of the loop that a tracked review must have before it closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoopLink {
    /// Supervision that reflects on the review was recorded (M16).
    Supervision,
    /// Its actions are complete (M17).
    ActionsComplete,
    /// Assurance says that it has improved (M17, M18).
    Assurance,
    /// A reflective discussion with the practitioner (C04, F12).
    ReflectiveDiscussion,
}

/// A board or meeting that findings go to. M21, S22.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    /// Key.
    pub key: String,
    /// Name.
    pub label: String,
    /// How often it meets, where it is known.
    pub every: Option<Span>,
    /// Responsible for the improvement (S22).
    pub responsible: bool,
    /// A forum where practitioners and managers learn from findings, rather than a board that scrutinises them (S27, Q06).
    pub forum: bool,
}

/// A report the framework asks for. M20, S15, F17…
#[derive(Debug, Clone, PartialEq)]
pub struct ReportKind {
    /// Key, as `--kind` takes it.
    pub key: String,
    /// Title.
    pub label: String,
    /// How often.
    pub every: Option<Span>,
    /// Calendar months (1-12) in which it is due; empty: by `every` alone (S15's alternate months).
    pub months: Vec<u32>,
    /// Key of the kind of review that it counts; none: every kind.
    pub kind: Option<String>,
    /// Other reports (keys) that it takes in (S16).
    pub takes_in: Vec<String>,
    /// Role keys of a service, where it is that service's own report: it tells of the actions of these alone, and looks back on them
    /// (S16, F18). Empty: of everybody's.
    pub whose: Vec<String>,
    /// Written so that it can be published as it is, without names (S28).
    pub public: bool,
    /// For the team alone: cases stand in it one by one, and no count is left out.
    pub for_team: bool,
    /// The headings in order.
    pub sections: Vec<Choice>,
    /// Boards (keys) it goes to.
    pub boards: Vec<String>,
    /// Role key that approves it.
    pub approved_by: Option<String>,
    /// Rule ids it answers, for the reader of the profile.
    pub rules: Vec<String>,
}

/// Other quality assurance activity, kept as a dated list with a few fields.
#[derive(Debug, Clone, PartialEq)]
pub struct Register {
    /// Key.
    pub key: String,
    /// Name.
    pub label: String,
    /// How often at least, where the framework says.
    pub every: Option<Span>,
    /// Calendar months (1-12) in which its entries are collected (F16); empty: as they come.
    pub months: Vec<u32>,
    /// What is noted down.
    pub fields: Vec<super::StepField>,
    /// Its entries are the team's own work, such as meetings, samples or training, and tell of no child: their numbers are never left
    /// out of a report.
    pub own_work: bool,
    /// How many entries a year each person of a role must have, so that who is behind is visible (F16).
    pub expects: Vec<Expectation>,
}

/// What a register expects of each person of some roles within a year. F16.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// Role keys.
    pub roles: Vec<String>,
    /// Entries a year for each of them; 0 where a programme of its own sets the number.
    pub times_a_year: u32,
    /// At least one of the entries has this choice in this field, as (field key, choice key).
    pub at_least_one: Option<(String, String)>,
}

/// A heading under which findings are themed.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Key.
    pub key: String,
    /// Shown.
    pub label: String,
}
