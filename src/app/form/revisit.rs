//! Forms about revisits: who looks again at an area and when, why nobody does, and a case that is looked at again. F14, Q02.

use super::build::{People, choice, date_ahead, line, new, person, plain, text};
use super::{Field, Form, FormFor};
use crate::domain::cycle::{BesidePlanned, CyclePlanned};
use crate::domain::deed::Deed;
use crate::domain::framework::Framework;
use crate::domain::id::{CycleId, ReviewId, SubjectId};
use crate::domain::named::{NamedWanted, Whom};
use crate::domain::query::{CycleRow, RevisitRow};
use crate::domain::review::Chosen;
use crate::domain::revisit::RevisitDeed;
use chrono::NaiveDate;

/// Which form about a revisit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RevisitForm {
    /// Who looks again at the area of a cycle.
    Area(CycleId),
    /// Why nobody does.
    LetGo(CycleId),
    /// A case that is looked at again, by the review that found it Inadequate.
    Case(ReviewId, SubjectId),
}

impl RevisitForm {
    /// The name of its draft; a few choices are no draft to keep.
    pub(super) fn draft_key(self) -> String {
        match self {
            RevisitForm::Area(cycle) => format!("revisit-area {}", cycle.0),
            RevisitForm::LetGo(cycle) => format!("revisit-let-go {}", cycle.0),
            RevisitForm::Case(review, _) => format!("revisit-case {}", review.0),
        }
    }

    /// The review it is about, if any.
    pub(super) fn review(self) -> Option<ReviewId> {
        match self {
            RevisitForm::Case(review, _) => Some(review),
            RevisitForm::Area(_) | RevisitForm::LetGo(_) => None,
        }
    }
}

/// Value of the field that says in which cycle: a new one.
const NEW: &str = "new";

/// Looking again at an area: in a cycle that is planned now, or in one that there is. `starts` is the first day proposed.
pub fn look_again(framework: &Framework, row: &RevisitRow, cycle: CycleId, later: &[CycleRow], starts: NaiveDate) -> Form {
    let mut places = vec![(NEW.to_string(), "a cycle that I plan now".to_string())];
    let fits = later.iter().filter(|one| one.closed_on.is_none() && one.starts_on > row.seen_on && one.id != cycle);
    places.extend(fits.map(|one| {
        let focus = if one.focus.is_empty() { String::new() } else { format!(", {}", one.focus) };
        (one.id.0.to_string(), format!("{}{focus}", one.reference))
    }));
    let kinds = framework.kinds.iter().map(|kind| (kind.key.clone(), kind.label.clone())).collect();
    let reasons: Vec<(String, String)> =
        framework.cycle.focus_reasons.iter().map(|reason| (reason.key.clone(), reason.label.clone())).collect();
    let closes = reasons.iter().find(|(key, _)| key.contains("loop")).map_or(&row.revisit.reason, |(key, _)| key).clone();
    let only = Some(("in", NEW));
    let required = framework.cycle.focus_required;
    let fields = vec![
        plain("in", "Looked at again in", choice(places, NEW), true),
        Field { only_if: only, ..plain("kind", "Kind of review", choice(kinds, &row.revisit.kind), true) },
        Field { only_if: only, ..date_ahead("starts", "First day", starts) },
        Field { only_if: only, ..plain("focus", "Area of focus", line(&row.what), required) },
        Field { only_if: only, ..plain("reason", "Why this focus", choice(reasons, &closes), required) },
        Field { only_if: only, ..plain("note", "In words", text(&format!("Looks again at {}", row.reference)), false) },
    ];
    let day = row.due_on.format("%-d %B %Y");
    let intro = format!(
        "{} looked at it until {}; the framework has it looked at again from {day}.",
        row.reference,
        row.seen_on.format("%-d %B %Y")
    );
    new(FormFor::Revisit(RevisitForm::Area(cycle)), format!("Look again at: {}", row.what), intro, fields, 0, "plan it")
}

/// Why nobody looks again at an area.
pub fn let_go(row: &RevisitRow, cycle: CycleId) -> Form {
    let why = Field { hint: "such as: the team was dissolved, or a wider audit covers it".into(), ..plain("why", "Why", line(""), true) };
    let intro = "It stays in the list with the reason, and can be asked for again.";
    new(FormFor::Revisit(RevisitForm::LetGo(cycle)), format!("Nobody looks again at {}", row.reference), intro, vec![why], 0, "let it go")
}

/// A case that was found Inadequate is reviewed again, in one of the cycles that run.
pub fn look_again_at_case(
    framework: &Framework,
    row: &RevisitRow,
    (review, subject): (ReviewId, SubjectId),
    cycles: &[CycleRow],
    today: NaiveDate,
    people: People,
) -> Form {
    let open = cycles.iter().filter(|cycle| cycle.closed_on.is_none() && cycle.starts_on > row.seen_on);
    let places: Vec<(String, String)> =
        open.map(|cycle| (cycle.id.0.to_string(), format!("{}  {}", cycle.reference, cycle.title))).collect();
    // The newest that has begun: what is only planned is chosen by hand.
    let begun = cycles.iter().find(|cycle| cycle.closed_on.is_none() && cycle.starts_on > row.seen_on && cycle.starts_on <= today);
    let first = begun.map(|cycle| cycle.id.0.to_string()).or(places.last().map(|(key, _)| key.clone())).unwrap_or_default();
    let kinds = framework.kinds.iter().map(|kind| (kind.key.clone(), kind.label.clone())).collect();
    let fields = vec![
        plain("cycle", "In which cycle", choice(places, &first), true),
        plain("kind", "Kind of review", choice(kinds, &row.revisit.kind), true),
        person("by", "Named by (a manager)", people, true),
        plain("why", "Why", line(&format!("Found Inadequate in {}", row.reference)), true),
    ];
    let intro = format!("{} was found Inadequate in {} on {}.", row.what, row.reference, row.seen_on.format("%-d %B %Y"));
    new(FormFor::Revisit(RevisitForm::Case(review, subject)), format!("Look again at {}", row.what), intro, fields, 0, "open the review")
}

impl Form {
    /// The deed of a form about a revisit.
    pub(super) fn revisit_deed(&self, kind: RevisitForm, today: NaiveDate) -> Result<Deed, (String, String)> {
        let cycle_of = |field: &str| self.value(field).parse().ok().map(CycleId);
        Ok(match kind {
            RevisitForm::LetGo(first) => Deed::Revisit(RevisitDeed::LetGo { first, why: Some(self.value("why")) }),
            RevisitForm::Area(first) => match cycle_of("in") {
                Some(cycle) => Deed::Revisit(RevisitDeed::Link { cycle, first: Some(first) }),
                None => {
                    let planned = CyclePlanned {
                        starts_on: self.date("starts", today)?,
                        focus: self.value("focus"),
                        focus_reason: self.value("reason"),
                        focus_note: self.value("note"),
                    };
                    let wanted = Box::new(BesidePlanned { planned, kind: self.value("kind"), extra: None });
                    Deed::Revisit(RevisitDeed::Plan { first, wanted })
                }
            },
            RevisitForm::Case(_, subject) => {
                let Some(cycle) = cycle_of("cycle") else {
                    return Err(("cycle".into(), "No cycle runs that it could come into: open one first.".into()));
                };
                Deed::OpenNamed(NamedWanted {
                    cycle,
                    kind: self.value("kind"),
                    whom: Whom::Known(subject),
                    how: Chosen::Revisit,
                    by: self.person("by"),
                    why: self.value("why"),
                    practitioner: None,
                })
            }
        })
    }
}
