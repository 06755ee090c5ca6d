//! The parts of the figures: questions, areas, families, steps, alerts, coverage, themes, indicators.

use super::ByGrade;
use crate::domain::insight::Share;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The middle and the far end of a set of whole numbers.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Spread {
    /// How many there are.
    pub n: u32,
    /// The middle one; of an even number the mean of the two in the middle. None of none.
    pub median: Option<f64>,
    /// Their mean.
    pub mean: Option<f64>,
    /// The smallest.
    pub least: Option<i64>,
    /// The largest.
    pub most: Option<i64>,
}

impl Spread {
    /// Of these numbers, in any order.
    pub fn of(mut values: Vec<i64>) -> Spread {
        values.sort_unstable();
        let half = values.len() / 2;
        let upper = values.get(half).copied();
        let lower = if values.len().is_multiple_of(2) { half.checked_sub(1).and_then(|at| values.get(at)).copied() } else { upper };
        let n = u32::try_from(values.len()).unwrap_or(u32::MAX);
        Spread {
            n,
            median: upper.zip(lower).map(|(upper, lower)| (upper + lower) as f64 / 2.0),
            mean: (n > 0).then(|| values.iter().sum::<i64>() as f64 / f64::from(n)),
            least: values.first().copied(),
            most: values.last().copied(),
        }
    }
}

/// What reviewers answered to one question, of submitted reviews.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuestionFigures {
    /// Key of the kind of review.
    pub kind: String,
    /// Key of the area it belongs to.
    pub area: String,
    /// Title of that area.
    pub area_title: String,
    /// Key of the question.
    pub key: String,
    /// The question.
    pub text: String,
    /// The answers.
    pub answers: AnswerCounts,
}

/// Counts of answers that are no text. "Does not apply" is in none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AnswerCounts {
    /// By scale point, 0 to 10.
    pub points: [u32; 11],
    /// Yes.
    pub yes: u32,
    /// Partly.
    pub partly: u32,
    /// No.
    pub no: u32,
}

impl AnswerCounts {
    /// How many answered at all.
    pub fn n(&self) -> u32 {
        self.scaled() + self.yes + self.partly + self.no
    }

    /// How many gave a scale point.
    pub fn scaled(&self) -> u32 {
        self.points.iter().sum()
    }

    /// How many gave this point or a higher one.
    pub fn at_least(&self, point: usize) -> u32 {
        self.points.iter().skip(point).sum()
    }

    /// The scale points' middle and ends.
    pub fn spread(&self) -> Spread {
        let points = (0i64..).zip(self.points);
        Spread::of(points.flat_map(|(point, count)| std::iter::repeat_n(point, count as usize)).collect())
    }

    /// Yes, of those who answered yes, partly or no.
    pub fn yes_share(&self) -> Share {
        Share::new(self.yes, self.yes + self.partly + self.no)
    }

    /// Two sets of counts together.
    pub fn and(&self, other: &AnswerCounts) -> AnswerCounts {
        let mut sum = *self;
        for (count, more) in sum.points.iter_mut().zip(other.points) {
            *count += more;
        }
        (sum.yes, sum.partly, sum.no) = (sum.yes + other.yes, sum.partly + other.partly, sum.no + other.no);
        sum
    }
}

/// One area of the form in one service.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AreaFigures {
    /// Key of the kind of review.
    pub kind: String,
    /// Key of the area.
    pub area: String,
    /// Its title.
    pub title: String,
    /// The service that held the cases; empty: none is known.
    pub service: String,
    /// Submitted reviews that answered a question of it other than in words.
    pub reviews: u32,
    /// All their answers together.
    pub answers: AnswerCounts,
    /// Grades of the area, where the framework grades areas.
    pub grades: ByGrade,
}

/// What came of asking families. M19, C10, C15.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FamilyFigures {
    /// Reviews whose kind asks for it.
    pub asked_for: u32,
    /// The family was spoken with.
    pub contacted: u32,
    /// It could not be, and why is recorded.
    pub barrier: u32,
    /// What they said is written down.
    pub said: u32,
}

/// How long one step took, and how often it was in time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StepFigures {
    /// Key of the kind of review.
    pub kind: String,
    /// Key of the step.
    pub key: String,
    /// Its label.
    pub label: String,
    /// Label of the step its days are counted from; empty: from the day the review was opened.
    pub after: String,
    /// Its time limit in words; empty: it has none.
    pub within: String,
    /// Reviews in which it happened.
    pub done: u32,
    /// Reviews in which it could not happen, with the reason.
    pub barrier: u32,
    /// Reviews that have not come so far.
    pub to_come: u32,
    /// Calendar days it took, of those in which it happened.
    pub days: Spread,
    /// In time, of those with a time limit in which it happened.
    pub in_time: Share,
}

/// How quickly people heard of an alert, and what came of it. M10, M11.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct AlertFigures {
    /// Alerts.
    pub opened: u32,
    /// Closed ones.
    pub closed: u32,
    /// Those to be told, and how many were.
    pub told: Share,
    /// Minutes from being on the list to being told.
    pub minutes_to_told: Spread,
    /// Of those told, how many acknowledged.
    pub acknowledged: Share,
    /// The record was reviewed in time, of the alerts of which that can be said by now.
    pub reviewed_in_time: Share,
    /// Hours from opening to the review of the record.
    pub hours_to_review: Spread,
    /// Open and closed ones by how the record was reviewed: in time, late, and not to be said yet.
    #[serde(default)]
    pub by_review: [[u32; 3]; 2],
}

/// Open cases and how many were reviewed, counts only: nobody is ranked. S17, F19.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Coverage {
    /// By service.
    pub services: Vec<Covered>,
    /// By team.
    pub teams: Vec<Covered>,
    /// By case type, in the framework's order.
    pub case_types: Vec<Covered>,
    /// Practitioners with open cases, and how many of them had a case reviewed.
    pub workers: Share,
    /// Reviews that looked at a service as a whole and at no case (S19, Q05): they stand in none of the rows.
    #[serde(default, skip_serializing_if = "is_nought")]
    pub visits: u32,
}

fn is_nought(count: &u32) -> bool {
    *count == 0
}

/// One part of the caseload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Covered {
    /// Key it is stored by: the name of a service or team, the key of a case type.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Reviews.
    pub reviews: u32,
    /// Open cases today.
    pub cases: u32,
}

/// How often a theme was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeFigures {
    /// Key in the code book.
    pub key: String,
    /// Its words.
    pub label: String,
    /// Reviews in which it is a strength.
    pub strength: u32,
    /// Reviews in which it is an area to improve.
    pub improve: u32,
    /// Reviews in which it is either or both.
    pub reviews: u32,
    /// Passages marked as good practice under it.
    pub good_practice: u32,
}

/// One value of a performance indicator. M27.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IndicatorFigure {
    /// Key in the profile, or as it came in.
    pub key: String,
    /// Its words.
    pub label: String,
    /// First day of its period.
    pub from: NaiveDate,
    /// Last day of its period.
    pub until: NaiveDate,
    /// The value as it came in (`87 %`).
    pub value: String,
    /// Where it comes from.
    pub source: String,
}
