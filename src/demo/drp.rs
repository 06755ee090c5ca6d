//! Disputes of the made-up council, so that every state of one can be seen: informal, on its way, over its time, outside, ended, and
//! an alert of good practice. Told from the profile: a framework without a process has none. M14, C05, F18.

use super::dates::{at, workday_before};
use super::town::{Event, Town};
use crate::domain::calendar::local_date;
use crate::domain::deed::{Deed, DrpDeed};
use crate::domain::drp::{DrpKind, DrpOutcome, DrpWanted, StepWanted};
use crate::domain::framework::SubjectKind;
use crate::domain::id::{DrpId, PersonId, ReviewId, SubjectId};
use crate::domain::query::Viewer;
use crate::store::{StoreResult, Tx};
use chrono::{DateTime, Duration, NaiveDate, Utc};

/// One dispute from its beginning to where it stands.
struct Story {
    kind: DrpKind,
    /// About a review of the cycle under way, or about any case.
    of_review: bool,
    what: &'static str,
    wanted: &'static str,
    /// Working days before today on which it was raised.
    raised: i64,
    /// What followed: working days before today, what, and in words.
    then: &'static [(i64, Doing, &'static str)],
}

/// What one is about: a review if it is under one, the case, and who holds it.
type Matter = (Option<ReviewId>, SubjectId, Option<PersonId>);

/// What followed, as far as the profile has it.
#[derive(Debug, Clone, Copy)]
enum Doing {
    Tried,
    NotTried,
    Next,
    Senior,
    Outside,
    Answered,
    Ended(DrpOutcome),
}

const STORIES: &[Story] = &[
    Story {
        kind: DrpKind::Dispute,
        of_review: false,
        what: "The care plan has not moved on since the last review: the move that was agreed has no date.",
        wanted: "A date for the move, and a plan for the weeks until then.",
        raised: 96,
        then: &[
            (95, Doing::Tried, "With the worker and the manager: they need a fortnight to find the placement."),
            (84, Doing::Next, "The fortnight is over and there is no date."),
            (78, Doing::Answered, "A placement is found; introductions begin on Monday."),
            (70, Doing::Ended(DrpOutcome::Done), "The move took place as planned."),
        ],
    },
    Story {
        kind: DrpKind::GoodPractice,
        of_review: false,
        what: "Life-story work that the young person asked to read again, with the family's own photographs.",
        wanted: "",
        raised: 60,
        then: &[(52, Doing::Ended(DrpOutcome::PassedOn), "Read out at the practice forum; the worker shares how it was done.")],
    },
    Story {
        kind: DrpKind::Dispute,
        of_review: false,
        what: "Visits are recorded a month after they took place, so the review met without them.",
        wanted: "Visits written up within a week.",
        raised: 34,
        then: &[
            (33, Doing::Tried, "With the worker: a day a week is set aside for writing."),
            (27, Doing::Ended(DrpOutcome::Agreed), "All visits are on the record; the manager looks weekly for a while."),
        ],
    },
    Story {
        kind: DrpKind::Dispute,
        of_review: false,
        what: "No assessment of contact was made although the court asked for one.",
        wanted: "The assessment, shared with the family before the next hearing.",
        raised: 30,
        then: &[
            (28, Doing::Tried, "With the manager: no capacity before next month."),
            (24, Doing::Next, "The hearing is sooner than that."),
            (14, Doing::Answered, "An independent assessor will be asked."),
            (2, Doing::Senior, "Nobody has been asked yet, and the time is over."),
        ],
    },
    Story {
        kind: DrpKind::Dispute,
        of_review: true,
        what: "The plan does not say what happens if the placement ends.",
        wanted: "A second plan, discussed with the young person.",
        raised: 16,
        then: &[
            (15, Doing::Tried, "With the worker and the manager; they see no need."),
            (12, Doing::Next, "The placement has been unsettled twice since."),
            (6, Doing::Answered, "A second plan is being written."),
        ],
    },
    Story {
        kind: DrpKind::Dispute,
        of_review: false,
        what: "The family was not told of the change of plan before it was carried out.",
        wanted: "That the plan is looked at again with the family.",
        raised: 9,
        then: &[
            (9, Doing::NotTried, "The plan is being carried out this week."),
            (8, Doing::Next, "At once, because of the dates."),
            (7, Doing::Outside, "Whether the change was lawful; asked beside the process."),
        ],
    },
    Story {
        kind: DrpKind::Dispute,
        of_review: false,
        what: "The young person has asked for another school three times and it is in no plan.",
        wanted: "A meeting with the school and the young person.",
        raised: 3,
        then: &[],
    },
    Story {
        kind: DrpKind::GoodPractice,
        of_review: true,
        what: "Direct work in the child's own words, with the siblings together for the first time.",
        wanted: "",
        raised: 2,
        then: &[],
    },
];

impl Town {
    /// Puts the disputes into the diary.
    pub(super) fn disputes(&mut self, start: DateTime<Utc>) {
        if self.framework.drp.is_none() {
            return;
        }
        for (story, told) in STORIES.iter().enumerate() {
            let days = std::iter::once(told.raised).chain(told.then.iter().map(|(ago, ..)| *ago));
            for (step, ago) in days.enumerate() {
                let day = self.working_days_ago(ago);
                let moment = at(day, 10 * 60 + 7 * story as i64 + 31 * step as i64);
                // The council has to be there, with its people and cases, before anybody disputes anything.
                if day > local_date(start) + Duration::days(10) {
                    self.later(moment, Event::Drp(story, step));
                }
            }
        }
    }

    fn working_days_ago(&self, days: i64) -> NaiveDate {
        let mut day = workday_before(&self.calendar, self.today);
        for _ in 0..days {
            day = workday_before(&self.calendar, day - Duration::days(1));
        }
        day
    }

    /// One thing that happens in one of them: it is raised, or something follows.
    pub(super) fn drp(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, story: usize, step: usize) -> StoreResult<()> {
        let (Some(told), Some(rule)) = (STORIES.get(story), self.framework.drp.clone()) else { return Ok(()) };
        let Some((ago, doing, text)) = step.checked_sub(1).and_then(|step| told.then.get(step)).copied() else {
            return self.raise(tx, now, story, told);
        };
        let Some(id) = self.drps.get(&story).copied() else { return Ok(()) };
        let Some((drp, seen)) = tx.reading().drp(id)? else { return Ok(()) };
        let wanted = match doing {
            Doing::Tried => StepWanted::Tried,
            Doing::NotTried => StepWanted::NotTried,
            Doing::Next => StepWanted::Next,
            Doing::Answered => StepWanted::Answered,
            Doing::Ended(outcome) => StepWanted::Resolved(outcome),
            Doing::Senior => match rule.at_any_time.last() {
                Some(role) => StepWanted::Senior(role.clone()),
                None => return Ok(()),
            },
            Doing::Outside => StepWanted::Referred(rule.outside.first().cloned().unwrap_or_else(|| "Cafcass".to_string())),
        };
        let on = self.working_days_ago(ago);
        // Whoever raised it may have an interest in the case by now; the Insights team goes on for them.
        let recused = tx.reading().recused_from_case(drp.subject, drp.practitioner)?.contains(&drp.raised_by);
        let who = if recused { self.coordinator } else { drp.raised_by };
        let deed = Deed::Drp(DrpDeed::Note { drp: id, seen, on, wanted, text: text.to_string() });
        self.perform(tx, who, now, deed).map(drop)
    }

    fn raise(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, story: usize, told: &Story) -> StoreResult<()> {
        let rule = self.framework.drp.clone();
        let officers = self.holders(&rule.map(|rule| rule.raised_by).unwrap_or_default());
        let Some((review, subject, practitioner)) = self.matter(tx, story, told.of_review)? else { return Ok(()) };
        let recused = tx.reading().recused_from_case(subject, practitioner)?;
        let able: Vec<PersonId> = officers.into_iter().filter(|person| !recused.contains(person)).collect();
        let Some(raiser) = able.get(story % able.len().max(1)).copied() else { return Ok(()) };
        let wanted = DrpWanted {
            kind: told.kind,
            review,
            subject: review.is_none().then_some(subject),
            raised_by: Some(raiser),
            on: local_date(now),
            what: told.what.to_string(),
            wanted: told.wanted.to_string(),
            informal: None,
        };
        self.perform(tx, raiser, now, Deed::Drp(DrpDeed::Raise(wanted)))?;
        let raised = (1..).map(DrpId).take_while(|id| matches!(tx.reading().drp(*id), Ok(Some(_)))).last();
        self.drps.extend(raised.map(|id| (story, id)));
        Ok(())
    }

    /// What it is about: a review of the cycle under way, or a case that is not looked for under review.
    fn matter(&self, tx: &Tx<'_>, story: usize, of_review: bool) -> StoreResult<Option<Matter>> {
        let reading = tx.reading();
        if of_review {
            let reviews = self.cycles.last().map(|cycle| cycle.reviews.clone()).unwrap_or_default();
            for review in reviews.iter().skip(story % reviews.len().max(1)) {
                let here = self.plays.get(review).is_some_and(|play| !play.gone);
                if let Some(facts) = reading.review_without_form(*review)?.filter(|_| here) {
                    return Ok(Some((Some(*review), facts.review.subject, facts.review.practitioner)));
                }
            }
        }
        let anybody = Viewer::of(None, self.now, self.today);
        let found = reading.find_subjects(&[SubjectKind::Child, SubjectKind::CareExperienced], "", 60, &anybody)?;
        let found = found.get((story * 7 + 3) % found.len().max(1));
        Ok(found.map(|subject| (None, subject.id, subject.worker)))
    }
}
