//! Reading one review whole: what rules are shown, and the names its screen needs.

use super::known::Place;
use super::{Reading, body, body_of, day, day_or_none, judgement, list, moment, variant, withheld};
use crate::domain::alert::Alert;
use crate::domain::framework::SubjectKind;
use crate::domain::id::{AlertId, CycleId, PersonId, ReviewId, SubjectId, TeamId};
use crate::domain::joint::Joint;
use crate::domain::panel::{PanelDecision, WhyHere};
use crate::domain::query::Viewer;
use crate::domain::review::{Answer, NextStep, PanelStand, Review, ReviewFacts, StepRecord};
use crate::store::error::StoreResult;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Names around a review, read only for its own screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewNames {
    /// The case's pseudonym.
    pub case: String,
    /// Age in years.
    pub age_years: Option<u8>,
    /// The case is in the newest extract.
    pub in_frame: bool,
    /// Disability.
    pub disability: Option<bool>,
    /// Team and its service.
    pub team: (String, String),
    /// Practitioner.
    pub practitioner: String,
    /// Reviewer.
    pub reviewer: String,
    /// When the case began.
    pub started_on: Option<chrono::NaiveDate>,
    /// The council's own number; only the reveal may show it.
    pub council_id: String,
}

/// Where the case of a review lies: what it is called, under which cycle's rules, and where a line of management begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseLine {
    /// Reference of the review.
    pub reference: String,
    /// The cycle whose rules it lives by.
    pub cycle: CycleId,
    /// The case's pseudonym.
    pub case: String,
    /// Whom it is about.
    pub subject: SubjectKind,
    /// Who holds it.
    pub practitioner: Option<PersonId>,
    /// In which team.
    pub team: Option<TeamId>,
    /// Of which service; empty where the team names none.
    pub service: String,
}

impl Reading<'_> {
    /// Everything a rule needs to know of a review.
    pub fn review(&self, id: ReviewId) -> StoreResult<Option<ReviewFacts>> {
        self.review_without_form(id)?.map(|facts| self.with_form(&facts)).transpose()
    }

    /// A review as [`Reading::review_without_form`] read it, with its answers and actions.
    pub fn with_form(&self, facts: &ReviewFacts) -> StoreResult<ReviewFacts> {
        let id = facts.review.id;
        Ok(ReviewFacts { answers: self.answers(id)?, actions: self.actions_of(id)?, joint: self.others(facts)?, ..facts.clone() })
    }

    /// The same without either, with who reviews it beside its lead: for rules that ask who reviews it.
    pub fn review_with_others(&self, id: ReviewId) -> StoreResult<Option<Arc<ReviewFacts>>> {
        let Some(mut facts) = self.review_without_form(id)? else { return Ok(None) };
        let joint = self.others(&facts)?;
        if facts.joint != joint {
            Arc::make_mut(&mut facts).joint = joint;
        }
        Ok(Some(facts))
    }

    fn others(&self, facts: &ReviewFacts) -> StoreResult<Joint> {
        let of = (facts.review.id, facts.reviewer);
        // Rules are shown what anybody may read: sealed judgements reach nobody but their author (Q03, S18).
        self.all_known_or_read(|known| &known.joints, &of, |(id, lead)| self.joint(*id, *lead, None))
    }

    /// A review without its answers and actions, which are most of it: for rules that look at its steps only.
    pub fn review_without_form(&self, id: ReviewId) -> StoreResult<Option<Arc<ReviewFacts>>> {
        self.known_or_read(|known| &known.reviews, &id, |id| Ok(self.review_as_stored(*id)?.map(Arc::new)))
    }

    /// Where a review belongs: what a rule asks before it asks for more.
    pub(super) fn place_of(&self, review: ReviewId) -> StoreResult<Option<Place>> {
        self.known_or_read(
            |known| &known.places,
            &review,
            |review| {
                self.one(
                    "SELECT cycle, subject, practitioner, erased_on, reviewer, companion FROM review WHERE id = ?1",
                    &[&review.0],
                    |row| {
                        Ok(Place {
                            cycle: CycleId(row.get(0)?),
                            subject: SubjectId(row.get(1)?),
                            practitioner: row.get::<_, Option<i64>>(2)?.map(PersonId),
                            erased_on: day_or_none(row, 3)?,
                            reviewers: [row.get::<_, Option<i64>>(4)?.map(PersonId), row.get::<_, Option<i64>>(5)?.map(PersonId)],
                        })
                    },
                )
            },
        )
    }

    /// The cycle of a review, and whom it is about.
    pub fn cycle_and_subject_of(&self, review: ReviewId) -> StoreResult<Option<(CycleId, SubjectId)>> {
        Ok(self.place_of(review)?.map(|place| (place.cycle, place.subject)))
    }

    fn review_as_stored(&self, id: ReviewId) -> StoreResult<Option<ReviewFacts>> {
        let row = self.one(
            "SELECT ref, cycle, kind, subject, case_type, team, practitioner, reviewer, opened_on, chosen, state, step, step_label,
             coalesce(phase_due, due_on), opens_on, original_scaling, original_grade, moderated_scaling, moderated_grade, submitted_at, panel, panel_why, revision,
             named, companion, look_back, panel_reasons, panel_back FROM review WHERE id = ?1",
            &[&id.0],
            |row| {
                let step: String = row.get(11)?;
                Ok((
                    (
                        row.get::<_, String>(0)?,
                        CycleId(row.get(1)?),
                        row.get::<_, String>(2)?,
                        SubjectId(row.get(3)?),
                        row.get::<_, String>(4)?,
                    ),
                    (row.get::<_, Option<i64>>(5)?.map(TeamId), row.get::<_, Option<i64>>(6)?.map(PersonId)),
                    row.get::<_, Option<i64>>(7)?.map(PersonId),
                    (day(row, 8)?, row.get::<_, String>(9)?, row.get::<_, String>(10)?),
                    NextStep {
                        step: (!step.is_empty()).then_some(step),
                        label: row.get(12)?,
                        due_on: day_or_none(row, 13)?,
                        opens_on: day_or_none(row, 14)?,
                    },
                    (judgement(row, 15)?, judgement(row, 17)?),
                    row.get::<_, Option<i64>>(19)?.map(moment),
                    (row.get::<_, String>(20)?, row.get::<_, String>(21)?, row.get::<_, String>(26)?, row.get::<_, String>(27)?),
                    row.get::<_, i64>(22)?,
                    (row.get::<_, Option<String>>(23)?, row.get::<_, Option<i64>>(24)?, row.get::<_, Option<String>>(25)?),
                ))
            },
        )?;
        let Some((basics, held, reviewer, (opened_on, chosen, state), next, (original, moderated), submitted_at, panel, revision, more)) =
            row
        else {
            return Ok(None);
        };
        let (reference, cycle, kind, subject, case_type) = basics;
        let (team, practitioner) = held;
        let chosen = variant("review.chosen", &chosen)?;
        let (named, companion, look_back) = more;
        let named = named.map(|text| body("review.named", &text)).transpose()?;
        Ok(Some(ReviewFacts {
            review: Review { id, reference, cycle, kind, subject, case_type, team, practitioner, opened_on, chosen, named, next },
            state: variant("review.state", &state)?,
            reviewer,
            companion: companion.map(PersonId),
            look_back: look_back.map(|text| body("review.look_back", &text)).transpose()?,
            steps: self.steps(id)?,
            answers: BTreeMap::new(),
            actions: Vec::new(),
            joint: Joint::default(),
            original,
            submitted_at,
            moderated,
            panel: panel_stand(&panel.0, panel.1, panel.3),
            panel_reasons: reasons_of(&panel.2),
            revision,
        }))
    }

    /// Revision of a review's row, without the rest of it.
    pub fn revision_of(&self, id: ReviewId) -> StoreResult<Option<i64>> {
        // Inside a transaction whoever asks for it reads the rest next.
        if let Some(known) = self.known {
            let seen = known.reviews.look(&id, |facts| facts.revision);
            return Ok(match seen {
                None => self.review_without_form(id)?.map(|facts| facts.revision),
                seen => seen,
            });
        }
        self.one("SELECT revision FROM review WHERE id = ?1", &[&id.0], |row| row.get(0))
    }

    fn steps(&self, id: ReviewId) -> StoreResult<BTreeMap<String, StepRecord>> {
        let rows = self.rows("SELECT step, body FROM review_step WHERE review = ?1", &[&id.0], |row| {
            Ok((row.get::<_, String>(0)?, body_of("review_step.body", row, 1)?))
        })?;
        rows.into_iter().map(|(step, record)| Ok((step, record?))).collect()
    }

    /// Of these reviews, those of a kind whose next step is `next`: what was written down of the step before it.
    pub fn records_before(&self, reviews: &[ReviewId], kind: &str, next: &str, before: &str) -> StoreResult<Vec<(ReviewId, StepRecord)>> {
        let sql = format!(
            "SELECT r.id, s.body FROM review r JOIN review_step s ON s.review = r.id AND s.step = ?3
             WHERE r.id IN ({}) AND r.state = 'open' AND r.kind = ?1 AND r.step = ?2",
            list(reviews.iter().map(|review| review.0))
        );
        let rows = self.rows(&sql, &[&kind, &next, &before], |row| Ok((ReviewId(row.get(0)?), body_of("review_step.body", row, 1)?)))?;
        rows.into_iter().map(|(review, record)| Ok((review, record?))).collect()
    }

    /// The answers of a review's form, by field.
    pub fn answers(&self, id: ReviewId) -> StoreResult<BTreeMap<String, Answer>> {
        self.all_known_or_read(
            |known| &known.answers,
            &id,
            |id| {
                let rows = self.rows("SELECT field, value, revision FROM answer WHERE review = ?1", &[&id.0], |row| {
                    Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?))
                })?;
                rows.into_iter()
                    .map(|(field, text, revision)| Ok((field, Answer { value: body("answer.value", &text)?, revision })))
                    .collect()
            },
        )
    }

    /// One alert.
    pub fn alert(&self, id: AlertId) -> StoreResult<Option<Alert>> {
        let row = self.one("SELECT body, closed_at FROM alert WHERE id = ?1", &[&id.0], |row| {
            Ok((body_of::<Alert>("alert.body", row, 0)?, row.get::<_, Option<i64>>(1)?))
        })?;
        row.map(|(alert, closed_at)| {
            let alert = alert?;
            Ok(Alert { closed_at: closed_at.map(moment), ..alert })
        })
        .transpose()
    }

    /// Alerts of a review, open ones first, by reference.
    pub fn open_alerts_of(&self, review: ReviewId) -> StoreResult<Vec<String>> {
        self.rows("SELECT ref FROM alert WHERE review = ?1 AND closed_at IS NULL ORDER BY id", &[&review.0], |row| row.get(0))
    }

    /// What the panel decided about a review.
    pub fn decision(&self, review: ReviewId) -> StoreResult<Option<PanelDecision>> {
        let text = self.one("SELECT decision FROM review WHERE id = ?1", &[&review.0], |row| row.get::<_, Option<String>>(0))?;
        text.flatten().map(|text| body("review.decision", &text)).transpose()
    }

    /// The newest review of the same subject before this one that was submitted and is not withheld from the viewer.
    pub fn earlier_review(&self, review: ReviewId, viewer: &Viewer) -> StoreResult<Option<ReviewId>> {
        let sql = format!(
            "SELECT e.id FROM review r JOIN review e ON e.subject = r.subject AND e.id < r.id
             WHERE r.id = ?1 AND e.submitted_at IS NOT NULL AND {} ORDER BY e.id DESC LIMIT 1",
            withheld::seen("e.id", viewer)
        );
        self.one(&sql, &[&review.0], |row| row.get(0).map(ReviewId))
    }

    /// The same whoever asks, for a rule that has to know and tells nobody.
    pub fn earlier_of_same(&self, review: ReviewId) -> StoreResult<Option<ReviewId>> {
        let sql = "SELECT e.id FROM review r JOIN review e ON e.subject = r.subject AND e.id < r.id
             WHERE r.id = ?1 AND e.submitted_at IS NOT NULL ORDER BY e.id DESC LIMIT 1";
        self.one(sql, &[&review.0], |row| row.get(0).map(ReviewId))
    }

    /// The review with this reference, in any case of letters.
    pub fn review_by_reference(&self, reference: &str) -> StoreResult<Option<ReviewId>> {
        self.one("SELECT id FROM review WHERE ref = ?1", &[&reference.to_uppercase()], |row| row.get(0).map(ReviewId))
    }

    /// Where a review's case lies.
    pub fn line_of(&self, review: ReviewId) -> StoreResult<Option<CaseLine>> {
        let sql = "SELECT r.practitioner, r.team, coalesce(t.service, ''), r.ref, r.cycle, s.pseudonym, s.kind
             FROM review r JOIN subject s ON s.id = r.subject LEFT JOIN team t ON t.id = r.team WHERE r.id = ?1";
        self.one(sql, &[&review.0], |row| {
            let (practitioner, team): (Option<i64>, Option<i64>) = (row.get(0)?, row.get(1)?);
            Ok(CaseLine {
                practitioner: practitioner.map(PersonId),
                team: team.map(TeamId),
                service: row.get(2)?,
                reference: row.get(3)?,
                cycle: CycleId(row.get(4)?),
                case: row.get(5)?,
                subject: SubjectKind::from_key(&row.get::<_, String>(6)?).unwrap_or(SubjectKind::Child),
            })
        })
    }

    /// The names around a review.
    pub fn names_of(&self, review: ReviewId) -> StoreResult<Option<ReviewNames>> {
        self.one(
            "SELECT s.pseudonym, s.age_years, s.disability, coalesce(t.name, ''), coalesce(t.service, ''), coalesce(p.name, ''),
             coalesce(v.name, ''), s.started_on, s.council_id, s.open
             FROM review r JOIN subject s ON s.id = r.subject LEFT JOIN team t ON t.id = r.team
             LEFT JOIN person p ON p.id = r.practitioner LEFT JOIN person v ON v.id = r.reviewer WHERE r.id = ?1",
            &[&review.0],
            |row| {
                Ok(ReviewNames {
                    case: row.get(0)?,
                    age_years: row.get(1)?,
                    disability: row.get(2)?,
                    team: (row.get(3)?, row.get(4)?),
                    practitioner: row.get(5)?,
                    reviewer: row.get(6)?,
                    started_on: day_or_none(row, 7)?,
                    council_id: row.get(8)?,
                    in_frame: row.get(9)?,
                })
            },
        )
    }
}

/// Where a review stands with the panel, from its columns: state, why, and what is missing where it was sent back.
pub(super) fn panel_stand(word: &str, why: String, missing: String) -> PanelStand {
    match (word, missing.is_empty()) {
        ("waiting", true) => PanelStand::Waiting(why),
        ("waiting", false) => PanelStand::SentBack(missing),
        ("decided", _) => PanelStand::Decided,
        _ => PanelStand::NotNeeded,
    }
}

/// Why a review is before the panel, from its column.
pub(super) fn reasons_of(words: &str) -> Vec<WhyHere> {
    words.split_whitespace().filter_map(WhyHere::from_key).collect()
}
