//! Terms about what was found in reviews: they name exactly the reviews that a figure counted, so that every cell of the insight
//! view opens as a list with as many rows as it says.

use crate::domain::grade::Grade;
use crate::domain::id::ReviewId;

/// One such term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Of these cycles, by their whole references (`cycles:2026-10,2026-11`).
    Cycles(Vec<String>),
    /// Of this kind of review, by its key.
    Kind(String),
    /// Of exactly this service (`service:=Fostering`); empty: of none.
    ServiceIs(String),
    /// Of exactly this team; empty: of none.
    TeamIs(String),
    /// Of exactly this case type.
    TypeIs(String),
    /// Submitted by its reviewer.
    Submitted,
    /// Decided by the panel.
    Decided,
    /// Its decision stands for all reviews (F08).
    ByChance,
    /// With a grade.
    Graded,
    /// Good or Outstanding.
    GoodOrBetter,
    /// Named and not drawn (F03).
    Named,
    /// On the council's own record, and nothing left to do.
    Finished,
    /// A question with an answer of this sort (`question:voice>=6`, `question:voice=yes`).
    Question(String, Asked),
    /// An area with this grade (`area:voice=good`).
    Area(String, Grade),
    /// One of these questions was answered other than in words (`answered:voice,identity`).
    Answered(Vec<String>),
    /// This step happened.
    Did(String),
    /// This step could not happen, with its reason.
    Barrier(String),
    /// It has not come as far as this step.
    Before(String),
    /// What was said at this step is written down, in any of these fields: nobody types them, the framework has them.
    Said(String, Vec<String>),
    /// This step was in time; otherwise it was late. Answered by who knows the calendar.
    InTime(String, bool),
    /// A theme, as either.
    Theme(String),
    /// A theme as a strength.
    Strength(String),
    /// A theme as an area to improve.
    Improve(String),
    /// With a passage that is marked as good practice.
    Practice,
    /// Exactly these reviews: never typed, but what another term was answered with.
    These(Vec<ReviewId>),
}

/// What an answer is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// This scale point or a higher one.
    AtLeast(u8),
    /// This scale point or a lower one.
    AtMost(u8),
    /// Exactly this scale point.
    Point(u8),
    /// Yes.
    Yes,
    /// Partly.
    Partly,
    /// No.
    No,
}

impl Found {
    /// Fields that take a value.
    pub const FIELDS: [&'static str; 14] = [
        "cycles", "kind", "question", "area", "answered", "did", "barrier", "before", "said", "intime", "overran", "theme", "strength",
        "improve",
    ];

    /// Words with a meaning of their own.
    pub const FLAGS: [&'static str; 8] = ["submitted", "decided", "bychance", "graded", "goodorbetter", "named", "finished", "practice"];

    /// The flag of this word.
    pub(super) fn flag(word: &str) -> Option<Found> {
        Some(match word {
            "submitted" => Found::Submitted,
            "decided" => Found::Decided,
            "bychance" => Found::ByChance,
            "graded" => Found::Graded,
            "goodorbetter" => Found::GoodOrBetter,
            "named" => Found::Named,
            "finished" => Found::Finished,
            "practice" => Found::Practice,
            _ => return None,
        })
    }

    /// The term of a field and its value; none: it is no field of these.
    pub(super) fn field(field: &str, value: &str) -> Option<Result<Found, String>> {
        let several = || value.split(',').map(str::to_string).filter(|one| !one.is_empty()).collect();
        Some(Ok(match field {
            "cycles" => Found::Cycles(several()),
            "kind" => Found::Kind(value.to_string()),
            "service" => Found::ServiceIs(value.strip_prefix('=')?.to_string()),
            "team" => Found::TeamIs(value.strip_prefix('=')?.to_string()),
            "type" => Found::TypeIs(value.strip_prefix('=')?.to_string()),
            "question" => return Some(question(value)),
            "area" => return Some(area(value)),
            "answered" => Found::Answered(several()),
            "did" => Found::Did(value.to_string()),
            "barrier" => Found::Barrier(value.to_string()),
            "before" => Found::Before(value.to_string()),
            "said" => Found::Said(value.to_string(), Vec::new()),
            "intime" => Found::InTime(value.to_string(), true),
            "overran" => Found::InTime(value.to_string(), false),
            "theme" => Found::Theme(value.to_string()),
            "strength" => Found::Strength(value.to_string()),
            "improve" => Found::Improve(value.to_string()),
            _ => return None,
        }))
    }
}

fn question(value: &str) -> Result<Found, String> {
    let problem = || format!("\u{201c}{value}\u{201d} names no answer; type question:KEY>=6, question:KEY=7 or question:KEY=yes");
    for (sign, of) in [(">=", Asked::AtLeast as fn(u8) -> Asked), ("<=", Asked::AtMost)] {
        if let Some((key, point)) = value.split_once(sign) {
            return point.parse().map(|point| Found::Question(key.to_string(), of(point))).map_err(|_| problem());
        }
    }
    let (key, said) = value.split_once('=').ok_or_else(problem)?;
    let asked = match said {
        "yes" => Asked::Yes,
        "partly" => Asked::Partly,
        "no" => Asked::No,
        point => Asked::Point(point.parse().map_err(|_| problem())?),
    };
    Ok(Found::Question(key.to_string(), asked))
}

fn area(value: &str) -> Result<Found, String> {
    let read = value.split_once('=').and_then(|(key, grade)| Some(Found::Area(key.to_string(), Grade::parse(grade)?)));
    read.ok_or_else(|| format!("\u{201c}{value}\u{201d} names no grade of an area; type area:KEY=good"))
}
