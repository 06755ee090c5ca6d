//! A quality assurance framework as validated data: everything a council decides, nothing a council decides in code.
//!
//! Values of these types come only from `profiles`, which refuses contradictions; so rules may rely on ids being
//! unique, bands covering 0-10 without overlap, and every named role, step and grade existing. This module knows no
//! file format. Lengths of time always carry their unit ([`Span`]).

mod adopt;
mod cycle;
mod form;
mod response;
mod step;
mod titles;

pub use adopt::{InForce, may_adopt};
pub use cycle::*;
pub use form::*;
pub use response::*;
pub use step::*;
pub use titles::within_a_sentence;

use super::access::{Rights, Scope};
use super::count::counted;
use crate::domain::check::CheckRule;
use crate::domain::grade::Grade;
use crate::domain::retention::RetentionClass;
use chrono::NaiveDate;

/// One framework, whole: what `assets/frameworks/ID.toml` says after validation.
#[derive(Debug, Clone, PartialEq)]
pub struct Framework {
    /// Stable id, kebab-case (`merton`).
    pub id: String,
    /// Whole number raised with each change of content; a review is read with the version it was made under.
    pub version: u32,
    /// The title people know it by.
    pub title: String,
    /// Whose framework it is, as shown in the header (`Merton`).
    pub short_name: String,
    /// One or two sentences: what kind of framework this is.
    pub summary: String,
    /// First day it applies to new cycles.
    pub in_force_from: NaiveDate,
    /// Last day it applies to new cycles, when it was replaced.
    pub in_force_until: Option<NaiveDate>,
    /// The council's own case system, named in prompts (`Mosaic`).
    pub case_system: String,
    /// Letters before a subject's pseudonym (`M` gives `M-0412`).
    pub case_prefix: String,
    /// Who may be who.
    pub roles: Vec<Role>,
    /// Labels and descriptors of the four grades, best first.
    pub grades: Vec<GradeDescriptor>,
    /// Scale points and the grade each band gives; empty where no scaling is used (S01). M01.
    pub bands: Vec<Band>,
    /// The kinds of case, most intensive first.
    pub case_types: Vec<CaseType>,
    /// Who or what may be looked at (S05).
    pub subjects: Vec<SubjectKind>,
    /// Cycles, phases, focus reasons and the year's calendar.
    pub cycle: CyclePlan,
    /// How cases are chosen.
    pub sampling: SamplingRule,
    /// The kinds of review. The first is the framework's main one.
    pub kinds: Vec<ReviewKind>,
    /// Who moderates what.
    pub moderation: ModerationRule,
    /// What happens on the worst grade or an immediate concern.
    pub escalation: EscalationRule,
    /// The dispute resolution process of the independent reviewing officers, where there is one (M14, C05).
    pub drp: Option<DrpRule>,
    /// Limits and sign-off of actions.
    pub actions: ActionRule,
    /// Which reviews stay open until the loop is closed, and what closes it.
    pub tracking: TrackingRule,
    /// What the look over the records takes as amiss, where it is not as usual.
    pub checks: Vec<CheckRule>,
    /// Boards and meetings that findings go to.
    pub boards: Vec<Board>,
    /// Reports the framework asks for.
    pub reports: Vec<ReportKind>,
    /// Other quality assurance activity that is kept in registers (M26, S24, C07…).
    pub registers: Vec<Register>,
    /// Headings under which findings are themed; a council adds its own.
    pub themes: Vec<Theme>,
    /// Performance indicators that are expected to stand beside the findings (M27, C15).
    pub indicators: Vec<Choice>,
    /// How long records are kept, class by class; empty: the council has not said.
    pub retention: Vec<RetentionClass>,
    /// Counts below this are suppressed in anything that leaves the team.
    pub small_numbers_below: u32,
}

impl Framework {
    /// Whether any of its kinds of review is graded (Q02: a council may grade none).
    pub fn grades_anything(&self) -> bool {
        self.kinds.iter().any(ReviewKind::is_graded)
    }

    /// Whether one of its kinds of review looks at a service as a whole (S19, Q05).
    pub fn looks_at_services(&self) -> bool {
        self.kinds.iter().any(ReviewKind::is_named_only)
    }

    /// The kinds whose findings a workshop moderates without a grade, each with the step that is the workshop: the first one
    /// after completion. No panel can score what is never graded, so that step is their moderation, and until it is recorded
    /// they stand among what is before the panel. Q04.
    pub fn workshops(&self) -> Vec<(String, String)> {
        let by_workshop = self.moderation.takes.contains(&ModerationTrigger::Workshop);
        let kinds = self.kinds.iter().filter(|kind| by_workshop && kind.conduct == Conduct::Workshop && !kind.is_graded());
        let covered = kinds.filter(|kind| self.moderation.covers(&kind.key));
        let step = |kind: &ReviewKind| {
            let after = kind.steps.iter().skip_while(|step| step.duty != StepDuty::Submit).skip(1);
            after.take_while(|step| step.duty == StepDuty::Record).map(|step| step.key.clone()).next()
        };
        covered.filter_map(|kind| Some((kind.key.clone(), step(kind)?))).collect()
    }

    /// What an alert is about, before the word: most frameworks alert on their worst grade, some on an immediate concern alone.
    pub fn alerts_on(&self) -> &'static str {
        if self.escalation.grades.is_empty() { "" } else { "Inadequate " }
    }

    /// The kind of review with this key.
    pub fn kind(&self, key: &str) -> Option<&ReviewKind> {
        self.kinds.iter().find(|kind| kind.key == key)
    }

    /// Keys of the fields in which what families said is written down: the texts of the steps at which they are spoken with. M19, C10, C15.
    pub fn words_of_families(&self) -> Vec<String> {
        let steps = self.kinds.iter().filter_map(|kind| kind.step_of(StepDuty::FamilyContact)).map(|(_, step)| step);
        let texts = steps.flat_map(|step| &step.fields).filter(|field| field.kind == FieldKind::Text);
        let mut keys: Vec<String> = texts.map(|field| field.key.clone()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The kind whose cases are drawn at random: the first that says so, else the main one.
    pub fn sampled_kind(&self) -> Option<&ReviewKind> {
        self.kinds.iter().find(|kind| kind.sampled).or_else(|| self.main_kind())
    }

    /// The kind that cycles are made of.
    pub fn main_kind(&self) -> Option<&ReviewKind> {
        self.kinds.first()
    }

    /// The role with this key, or one that the profile lists as equivalent to it; case does not matter.
    pub fn role(&self, key: &str) -> Option<&Role> {
        let wanted = key.trim();
        self.roles.iter().find(|role| {
            role.key.eq_ignore_ascii_case(wanted)
                || role.label.eq_ignore_ascii_case(wanted)
                || role.also.iter().any(|other| other.eq_ignore_ascii_case(wanted))
        })
    }

    /// The case type with this key.
    pub fn case_type(&self, key: &str) -> Option<&CaseType> {
        self.case_types.iter().find(|case| case.key == key)
    }

    /// The words of a case type by its key; of the kind of subject where it is no child; the key itself where both are
    /// silent.
    pub fn case_type_label<'a>(&'a self, key: &'a str) -> &'a str {
        match (self.case_type(key), SubjectKind::from_key(key)) {
            (Some(case_type), _) => &case_type.label,
            (None, Some(SubjectKind::FosterCarer)) => "Foster carer",
            (None, Some(SubjectKind::Adopter)) => "Adopter",
            (None, Some(SubjectKind::Service)) => "Service",
            (None, _) => key,
        }
    }

    /// The same for a narrow column.
    pub fn case_type_short<'a>(&'a self, key: &'a str) -> &'a str {
        let of_kind = || SubjectKind::from_key(key).and_then(SubjectKind::short);
        self.case_type(key).map(|case_type| case_type.short.as_str()).or_else(of_kind).unwrap_or(key)
    }

    /// Label and descriptor of a grade.
    pub fn descriptor(&self, grade: Grade) -> Option<&GradeDescriptor> {
        self.grades.iter().find(|descriptor| descriptor.grade == grade)
    }

    /// The label of a grade, as this framework writes it.
    pub fn grade_label(&self, grade: Grade) -> &str {
        self.descriptor(grade).map_or(grade.key(), |descriptor| descriptor.label.as_str())
    }
}

/// A role in this framework: `TM`, `IRO`, `coordinator`.
#[derive(Debug, Clone, PartialEq)]
pub struct Role {
    /// Short key as people write it (`SM`).
    pub key: String,
    /// The words (`Service manager`).
    pub label: String,
    /// Other titles that count as this role (M03: "or an equivalent").
    pub also: Vec<String>,
    /// May be allocated reviews.
    pub reviews: bool,
    /// Sits on or chairs the moderation.
    pub moderates: bool,
    /// Belongs to the Insights (quality assurance) team: opens cycles, draws, allocates, finalises.
    pub insights: bool,
    /// Holds cases, so that a review can be of their work.
    pub practitioner: bool,
    /// Manages people; independence is judged along line management.
    pub manages: bool,
    /// What it may do, said by the profile or following from the above.
    pub rights: Rights,
    /// How far it sees.
    pub scope: Scope,
}

/// Label and descriptor of one grade, in the product's own words.
#[derive(Debug, Clone, PartialEq)]
pub struct GradeDescriptor {
    /// Which grade.
    pub grade: Grade,
    /// As written on screens and reports.
    pub label: String,
    /// What it looks like for the child: one or two sentences.
    pub descriptor: String,
}

/// Scale points `from..=to` (0-10) that give a grade. M01.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Lowest scale point of the band.
    pub from: u8,
    /// Highest scale point of the band.
    pub to: u8,
    /// The grade it gives.
    pub grade: Grade,
}

/// A kind of case, which sets the sampling order and how often supervision is due (M24).
#[derive(Debug, Clone, PartialEq)]
pub struct CaseType {
    /// Key as stored and filtered (`cp`).
    pub key: String,
    /// Words (`Child protection`).
    pub label: String,
    /// Two to four letters for a narrow column (`CP`).
    pub short: String,
    /// Which Annex A list it comes from (4, 6, 7, 8 or 9), if any.
    pub annex_a_list: Option<u8>,
    /// Minimum supervision, where the framework sets one.
    pub supervision: Option<SupervisionRule>,
}

/// How often a case is to be discussed in supervision. M24.
#[derive(Debug, Clone, PartialEq)]
pub struct SupervisionRule {
    /// When the first is due after the case starts, where it differs.
    pub first: Option<Span>,
    /// Then at least this often.
    pub every: Span,
    /// May be extended to this, with a reason, by that role.
    pub extended: Option<(Span, String)>,
}

/// Whom or what a review looks at. S05.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SubjectKind {
    /// A child or young person.
    Child,
    /// A care experienced young person.
    CareExperienced,
    /// A foster carer.
    FosterCarer,
    /// An adopter.
    Adopter,
    /// A whole service (learning visits, peer reviews).
    Service,
}

impl SubjectKind {
    /// Every kind.
    pub const ALL: [SubjectKind; 5] =
        [SubjectKind::Child, SubjectKind::CareExperienced, SubjectKind::FosterCarer, SubjectKind::Adopter, SubjectKind::Service];

    /// The word of profiles and mappings; also the case type of a subject that is no child (`foster-carer`).
    pub fn key(self) -> &'static str {
        match self {
            SubjectKind::Child => "child",
            SubjectKind::CareExperienced => "care-experienced",
            SubjectKind::FosterCarer => "foster-carer",
            SubjectKind::Adopter => "adopter",
            SubjectKind::Service => "service",
        }
    }

    /// The kind that a word of profiles stands for.
    pub fn from_key(key: &str) -> Option<SubjectKind> {
        SubjectKind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// What one is called in a sentence.
    pub fn noun(self) -> &'static str {
        match self {
            SubjectKind::Child => "child",
            SubjectKind::CareExperienced => "young person",
            SubjectKind::FosterCarer => "foster carer",
            SubjectKind::Adopter => "adopter",
            SubjectKind::Service => "service",
        }
    }

    /// What several are called.
    pub fn nouns(self) -> &'static str {
        match self {
            SubjectKind::Child => "children",
            SubjectKind::CareExperienced => "young people",
            SubjectKind::FosterCarer => "foster carers",
            SubjectKind::Adopter => "adopters",
            SubjectKind::Service => "services",
        }
    }

    /// Two letters for a narrow column; none for a child, whose case type stands there.
    pub fn short(self) -> Option<&'static str> {
        match self {
            SubjectKind::Child | SubjectKind::CareExperienced => None,
            SubjectKind::FosterCarer => Some("FC"),
            SubjectKind::Adopter => Some("AD"),
            SubjectKind::Service => Some("SV"),
        }
    }

    /// Whether it is a child or young person: they share the council's numbers and the lists of Annex A.
    pub fn is_young(self) -> bool {
        matches!(self, SubjectKind::Child | SubjectKind::CareExperienced)
    }

    /// The letters before its pseudonym: the framework's own for a child (`M-0412`), with one more for others, so that a
    /// carer is never taken for a child (`MF-0413`).
    pub fn pseudonym_prefix(self, case_prefix: &str) -> String {
        let letter = match self {
            SubjectKind::Child | SubjectKind::CareExperienced => "",
            SubjectKind::FosterCarer => "F",
            SubjectKind::Adopter => "A",
            SubjectKind::Service => "S",
        };
        format!("{case_prefix}{letter}")
    }
}

/// A length of time that says what it is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Span {
    /// Elapsed hours: 24 hours across a clock change is 24 hours.
    Hours(u32),
    /// Calendar days.
    Days(u32),
    /// Days that are neither weekends nor England-and-Wales bank holidays.
    WorkingDays(u32),
    /// Calendar weeks.
    Weeks(u32),
    /// Calendar months.
    Months(u32),
}

impl Span {
    /// Roughly how many hours it is: good enough to tell a longer limit from a shorter one. Real dates are counted in the
    /// calendar.
    pub fn rough_hours(self) -> u32 {
        match self {
            Span::Hours(hours) => hours,
            Span::Days(days) => days.saturating_mul(24),
            Span::WorkingDays(days) => days.saturating_mul(24).saturating_mul(7) / 5,
            Span::Weeks(weeks) => weeks.saturating_mul(24 * 7),
            Span::Months(months) => months.saturating_mul(24 * 30),
        }
    }
}

impl std::fmt::Display for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (number, unit) = match *self {
            Span::Hours(n) => (n, "hour"),
            Span::Days(n) => (n, "day"),
            Span::WorkingDays(n) => (n, "working day"),
            Span::Weeks(n) => (n, "week"),
            Span::Months(n) => (n, "month"),
        };
        f.write_str(&counted(number, unit, &format!("{unit}s")))
    }
}
