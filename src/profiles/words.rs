//! The closed vocabulary of profiles: every word that stands for a choice, in one table for each choice.
//!
//! A profile states facts in these words and holds no expressions, so that it can be read aloud to the people it binds.

use crate::domain::check::Severity;
use crate::domain::framework::{
    AnswerKind, Conduct, GateRule, Grading, Independence, LoopLink, NarrativePurpose, Rhythm, Side, Span, StepDuty, Stratum, SubjectKind,
};
use crate::domain::grade::Grade;

/// A word of a profile and what it stands for.
pub(super) type Words<T> = &'static [(&'static str, T)];

pub(super) const GRADES: Words<Grade> = &[
    ("outstanding", Grade::Outstanding),
    ("good", Grade::Good),
    ("requires-improvement", Grade::RequiresImprovement),
    ("inadequate", Grade::Inadequate),
];

pub(super) const SUBJECTS: Words<SubjectKind> = &[
    ("child", SubjectKind::Child),
    ("care-experienced", SubjectKind::CareExperienced),
    ("foster-carer", SubjectKind::FosterCarer),
    ("adopter", SubjectKind::Adopter),
    ("service", SubjectKind::Service),
];

pub(super) const RHYTHMS: Words<Rhythm> =
    &[("monthly", Rhythm::Monthly), ("two-monthly", Rhythm::TwoMonthly), ("quarterly", Rhythm::Quarterly)];

pub(super) const STRATA: Words<Stratum> = &[("service", Stratum::Service), ("case-type", Stratum::CaseType), ("none", Stratum::None)];

pub(super) const GRADINGS: Words<Grading> =
    &[("scaling", Grading::Scaling), ("direct", Grading::Direct), ("by-area", Grading::ByArea), ("ungraded", Grading::Ungraded)];

pub(super) const CONDUCTS: Words<Conduct> = &[
    ("single", Conduct::Single),
    ("pair", Conduct::Pair),
    ("all-on-one", Conduct::AllOnOne),
    ("team", Conduct::Team),
    ("observation", Conduct::Observation),
    ("workshop", Conduct::Workshop),
    ("dip", Conduct::Dip),
];

pub(super) const INDEPENDENCE: Words<Independence> =
    &[("own-case", Independence::OwnCase), ("own-team", Independence::OwnTeam), ("own-line", Independence::OwnLine)];

pub(super) const DUTIES: Words<StepDuty> = &[
    ("record", StepDuty::Record),
    ("allocate", StepDuty::Allocate),
    ("family-contact", StepDuty::FamilyContact),
    ("submit", StepDuty::Submit),
    ("return", StepDuty::Return),
    ("finalise", StepDuty::Finalise),
];

pub(super) const ANSWERS: Words<AnswerKind> =
    &[("scale", AnswerKind::Scale), ("yes-partly-no", AnswerKind::YesPartlyNo), ("text", AnswerKind::Text)];

pub(super) const PURPOSES: Words<NarrativePurpose> = &[
    ("strengths", NarrativePurpose::Strengths),
    ("areas-for-improvement", NarrativePurpose::AreasForImprovement),
    ("impact", NarrativePurpose::Impact),
    ("voice", NarrativePurpose::Voice),
    ("other", NarrativePurpose::Other),
];

pub(super) const GATES: Words<GateRule> = &[
    ("actions-below-good", GateRule::ActionsBelowGood),
    ("family-contact", GateRule::FamilyContact),
    ("learning-conversation", GateRule::LearningConversation),
];

pub(super) const SIDES: Words<Side> = &[("insights", Side::Insights), ("child", Side::Child)];

pub(super) const LINKS: Words<LoopLink> = &[
    ("supervision", LoopLink::Supervision),
    ("actions-complete", LoopLink::ActionsComplete),
    ("assurance", LoopLink::Assurance),
    ("reflective-discussion", LoopLink::ReflectiveDiscussion),
];

pub(super) const SEVERITIES: Words<Option<Severity>> =
    &[("urgent", Some(Severity::Urgent)), ("important", Some(Severity::Important)), ("minor", Some(Severity::Minor))];

/// The word that stands for a value, for summaries; empty for a value without a word.
pub(super) fn word_of<T: PartialEq>(words: Words<T>, value: &T) -> &'static str {
    words.iter().find(|(_, other)| other == value).map_or("", |(word, _)| word)
}

/// Reads a length of time with its unit (`20 working days`), or says how it is to be written.
pub(super) fn span(text: &str) -> Result<Span, String> {
    let remedy = "Write a whole number and hours, days, working days, weeks or months, such as \"20 working days\".";
    let (number, unit) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
    let Ok(number) = number.parse::<u32>() else {
        return Err(format!("\"{text}\" is not a length of time. {remedy}"));
    };
    if number == 0 {
        return Err(format!("\"{text}\" is no time at all. {remedy}"));
    }
    match unit.split_whitespace().collect::<Vec<_>>().join(" ").as_str() {
        "hour" | "hours" => Ok(Span::Hours(number)),
        "day" | "days" => Ok(Span::Days(number)),
        "working day" | "working days" => Ok(Span::WorkingDays(number)),
        "week" | "weeks" => Ok(Span::Weeks(number)),
        "month" | "months" => Ok(Span::Months(number)),
        "" => Err(format!("\"{text}\" has no unit. {remedy}")),
        other => Err(format!("\"{other}\" is not a unit of time. {remedy}")),
    }
}
