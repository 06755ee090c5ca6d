//! The part of a framework that plans work: cycles, their phases, the year, and how cases are chosen.

use super::Span;

/// How cycles run.
#[derive(Debug, Clone, PartialEq)]
pub struct CyclePlan {
    /// How long a cycle is and how often one starts.
    pub rhythm: Rhythm,
    /// First month (1-12) of the quality assurance year (S02: 11, November).
    pub year_starts_in: u32,
    /// The phases, in order.
    pub phases: Vec<Phase>,
    /// Why a focus may be chosen (F22, S26).
    pub focus_reasons: Vec<Choice>,
    /// Whether a cycle must name its focus (M02).
    pub focus_required: bool,
    /// Events of the year that the calendar carries (Practice Week, benchmarking, learning visits).
    pub events: Vec<YearEvent>,
    /// The stages of the improvement cycle that the phases belong to, where the framework shows one (C16).
    pub stages: Vec<Stage>,
    /// Whether work outside the plan may be added at short notice (F23, Q04).
    pub extra_work: bool,
}

/// How often a cycle starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rhythm {
    /// Every month (M02, F01, C01).
    Monthly,
    /// Two months: activity in the first, report and learning in the second (S02).
    TwoMonthly,
    /// Every quarter (Q01).
    Quarterly,
}

/// One phase of a cycle, dated by calendar days from the cycle's first day.
#[derive(Debug, Clone, PartialEq)]
pub struct Phase {
    /// Key (`review`); `plan`, `sample`, `allocate`, `review`, `moderate`, `return`, `finalise`, `report`, `close` are known
    /// to the program, others are shown and ticked by hand.
    pub key: String,
    /// Label in the header strip.
    pub label: String,
    /// First day, counted from the cycle's first day (0; negative lies before it, F04).
    pub starts_day: i32,
    /// Last day, counted the same way.
    pub ends_day: i32,
}

/// One stage of a framework's improvement cycle (`set standards`, `analyse`). C16.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Key.
    pub key: String,
    /// Shown.
    pub label: String,
    /// Phases (keys) that belong to it; empty where its work is not tied to a cycle.
    pub phases: Vec<String>,
}

/// Something to choose from: a key that is stored and words that are shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// Stored.
    pub key: String,
    /// Shown.
    pub label: String,
}

/// A dated event of the year.
#[derive(Debug, Clone, PartialEq)]
pub struct YearEvent {
    /// Key.
    pub key: String,
    /// Shown.
    pub label: String,
    /// Months (1-12) in which it takes place; empty where it is agreed as the year goes.
    pub months: Vec<u32>,
    /// How many times a year.
    pub times_a_year: u32,
}

/// How a sample is chosen.
#[derive(Debug, Clone, PartialEq)]
pub struct SamplingRule {
    /// How many cases a cycle takes unless the person says otherwise.
    pub default_size: u32,
    /// The usual stratum.
    pub stratify_by: Stratum,
    /// Subjects reviewed within this are left out.
    pub not_again_within: Span,
    /// Workers drawn in the cycle before are left out (F05), relaxed only out loud.
    pub skip_workers_of_last_cycle: bool,
    /// How far back a review looks, where it is limited (F02).
    pub look_back: Option<Span>,
    /// Managers may add named cases that show good practice, kept out of the random figures (F03).
    pub showcase: bool,
    /// Managers propose the cases (Q02).
    pub proposed_by_managers: bool,
    /// One service after another, cycle by cycle (Q03).
    pub rotate_services: bool,
    /// Notice that those concerned get before the phase starts (F04).
    pub notice: Option<NoticeRule>,
    /// Services looked at in turn, where they rotate (Q03); empty: from the imported teams.
    pub services: Vec<String>,
}

/// Who hears beforehand that a case will be reviewed. F04.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeRule {
    /// At least this long before.
    pub before: Span,
    /// Role keys.
    pub to: Vec<String>,
    /// Roles among them that not every case has: who reviews a child in care hears of no child in need.
    pub only_for: Vec<NoticeOnly>,
}

/// A role that only cases of some types have.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticeOnly {
    /// Role key.
    pub role: String,
    /// Keys of the case types.
    pub case_types: Vec<String>,
}

impl NoticeRule {
    /// The roles that hear of a case of this type; every one where the type is not known.
    pub fn roles_for<'a>(&'a self, case_type: &'a str) -> impl Iterator<Item = &'a String> {
        let concerned = move |role: &&String| {
            let only = self.only_for.iter().find(|only| only.role.eq_ignore_ascii_case(role));
            case_type.is_empty() || only.is_none_or(|only| only.case_types.iter().any(|key| key == case_type))
        };
        self.to.iter().filter(concerned)
    }
}

/// By what a frame is divided before drawing in proportion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stratum {
    /// The service of the allocated team.
    Service,
    /// The case type.
    CaseType,
    /// Not at all.
    None,
}
