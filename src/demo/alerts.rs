//! What becomes of the alerts of a made-up council: acknowledged, lapsed, disputed, reviewed, closed.

use super::dice::Dice;
use super::phrases as bank;
use super::town::{Event, Stand, Town};
use crate::domain::alert::{AlertTrigger, KeptKind, Written};
use crate::domain::calendar::local_date;
use crate::domain::deed::{AlertDeed, AlertWanted, Deed};
use crate::domain::framework::SubjectKind;
use crate::domain::id::{AlertId, PersonId, ReviewId};
use crate::domain::person::Person;
use crate::store::{Numbered, StoreError, StoreResult, Tx};
use chrono::{DateTime, Duration, Utc};

/// An alert that is raised to show what none of a grade does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Closed with its assurance, a while ago.
    Closed,
    /// Disputed and decided, reviewed, to be closed.
    Decided,
    /// Somebody is still to be told, and late.
    Late,
}

/// So many reviews the cycle under way has at least before alerts are raised in it to be shown: in a small one every review
/// would have one.
const ENOUGH: usize = 8;

impl Town {
    /// Puts into the diary what whoever opens the demo is to find among the alerts.
    pub(super) fn alerts_to_show(&mut self) {
        let before = |hours: i64| self.now - Duration::hours(hours);
        let diary = [
            (before(9 * 24), Event::RaiseAlert(Shown::Closed)),
            (before(20), Event::RaiseAlert(Shown::Decided)),
            (before(5), Event::RaiseAlert(Shown::Late)),
        ];
        // Somebody has the program open through the day, and notices within minutes.
        let looks = (1..=48).map(|hours| (before(hours) + Duration::minutes(4), Event::Due));
        let all: Vec<_> = diary.into_iter().chain(looks).collect();
        for (at, event) in all {
            self.later(at, event);
        }
    }

    /// The review on which one is raised: of the cycle under way, or for one that is long closed of the cycle before.
    fn review_to_show(&self, shown: Shown) -> Option<ReviewId> {
        let cycle = self.cycles.iter().rfind(|cycle| cycle.current == (shown != Shown::Closed) && !cycle.reviews.is_empty())?;
        if cycle.reviews.len() < ENOUGH && shown != Shown::Closed {
            return None;
        }
        let plain = |review: &&ReviewId| {
            self.plays.get(review).is_some_and(|play| {
                let waits = matches!(play.stand, Some(Stand::Worst | Stand::Best | Stand::Unallocated));
                !play.gone && !waits && play.practitioner.is_some() && play.reviewer.is_some()
            })
        };
        let nth = usize::from(shown == Shown::Late);
        cycle.reviews.iter().filter(plain).nth(nth).copied()
    }

    /// Raises one, and puts into the diary what becomes of it.
    pub(super) fn raise_alert(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, shown: Shown) -> StoreResult<()> {
        let Some(review) = self.review_to_show(shown) else { return Ok(()) };
        let rule = &self.framework.escalation;
        let trigger = if rule.immediate_concern { AlertTrigger::Concern } else { AlertTrigger::Hand };
        if rule.addressees.is_empty() {
            return Ok(());
        }
        let headings = rule.headings(trigger);
        // The first heading asks what it is, those after it what should happen.
        let concern = headings.into_iter().enumerate().map(|(place, heading)| {
            let said = if place == 0 { &bank::CONCERN } else { &bank::ASKED_AT_ONCE };
            Written { key: heading.key, text: self.words.word(said).to_string() }
        });
        let wanted = AlertWanted { review, trigger, concern: concern.collect(), told: Vec::new() };
        let alert = AlertId(tx.next(Numbered::Alert)?);
        self.try_on_alert(tx, self.coordinator, now, AlertDeed::Raise(wanted))?;
        if tx.next(Numbered::Alert)? == alert.0 {
            return Ok(());
        }
        self.later(now + Duration::minutes(25), Event::Tell(alert, shown != Shown::Late));
        if shown != Shown::Late {
            self.later(now + Duration::minutes(50), Event::Acknowledge(alert));
            self.later(now + Duration::hours(5), Event::Assure(alert, shown == Shown::Closed));
        }
        if shown == Shown::Decided {
            self.later(now + Duration::hours(2), Event::Dispute(alert, false));
            self.later(now + Duration::hours(4), Event::Dispute(alert, true));
        }
        Ok(())
    }

    /// Whoever reviews the record says that they know of it.
    pub(super) fn acknowledge(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, alert: AlertId) -> StoreResult<()> {
        let Some(assurer) = self.assurer(tx, alert)? else { return Ok(()) };
        self.try_on_alert(tx, assurer, now, AlertDeed::Acknowledge { alert, place: None })
    }

    /// The level of concern is disputed, and later decided by whoever the framework names.
    pub(super) fn dispute(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, alert: AlertId, decided: bool) -> StoreResult<()> {
        if self.framework.escalation.dispute_decided_by.is_none() {
            return Ok(());
        }
        let Some(stored) = tx.reading().alert(alert)? else { return Ok(()) };
        if !decided {
            let because = self.words.word(&bank::DISPUTED).to_string();
            let by = self.assurer(tx, alert)?.unwrap_or(self.coordinator);
            return self.try_on_alert(tx, by, now, AlertDeed::Dispute { alert, because });
        }
        let decider = stored.dispute.and_then(|dispute| dispute.decider).filter(|person| self.actors.contains_key(person));
        let because = self.words.word(&bank::DECIDED).to_string();
        match decider {
            Some(decider) => self.try_on_alert(tx, decider, now, AlertDeed::Decide { alert, stands: true, because }),
            None => Ok(()),
        }
    }

    /// Whoever reviews the record says what they found; where the alert closes, what else it needs is there by then.
    pub(super) fn assure(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, alert: AlertId, closes: bool) -> StoreResult<()> {
        let first = self.chance_on_alerts().word(&bank::ASSURANCE).to_string();
        if self.assurer(tx, alert)?.is_none() {
            self.name_an_assurer(tx, now, alert)?;
        }
        let (Some(stored), Some(assurer)) = (tx.reading().alert(alert)?, self.assurer(tx, alert)?) else { return Ok(()) };
        let mut deeds = Vec::new();
        for (place, _) in stored.addressees.iter().enumerate().filter(|(_, addressee)| addressee.is_gap()) {
            let because = self.words.word(&bank::VACANT).to_string();
            deeds.push((self.coordinator, AlertDeed::ExplainGap { alert, place, because }));
        }
        if !stored.addressees.iter().any(|addressee| addressee.acknowledged.is_some()) {
            deeds.push((assurer, AlertDeed::Acknowledge { alert, place: None }));
        }
        let questions = self.framework.escalation.assurance.clone();
        let required = questions.into_iter().filter(|question| question.required);
        let texts = std::iter::once(first).chain(std::iter::repeat_with(|| self.words.word(&bank::VIEWS).to_string()));
        let answers = required.zip(texts).map(|(question, text)| Written { key: question.key, text }).collect();
        deeds.push((assurer, AlertDeed::Assure { alert, answers, urgent: Vec::new() }));
        if closes {
            for kind in KeptKind::ALL.into_iter().filter(|kind| kind.is_asked(&stored, &self.framework.escalation)) {
                let roles = kind.recorded_by(&self.framework.escalation, SubjectKind::Child);
                let who = roles.iter().find_map(|role| self.holds(role)).unwrap_or(self.coordinator);
                let note = self.words.word(&bank::DISCUSSED).to_string();
                deeds.push((who, AlertDeed::Keep { alert, kind, on: local_date(now), note }));
            }
            deeds.push((self.coordinator, AlertDeed::Close { alert, words: String::new() }));
        }
        for (who, deed) in deeds {
            self.try_on_alert(tx, who, now, deed)?;
        }
        Ok(())
    }

    /// The chance that alerts of grades take: that of the reviews where it always was, so that they fall as they did; of its own
    /// where the framework sets no time for reviewing the record.
    pub(super) fn chance_on_alerts(&mut self) -> &mut Dice {
        if self.framework.escalation.review_within.is_some() { &mut self.dice } else { &mut self.words }
    }

    /// Whoever may give assurance on an alert and uses the program.
    fn assurer(&self, tx: &Tx<'_>, alert: AlertId) -> StoreResult<Option<PersonId>> {
        let Some(stored) = tx.reading().alert(alert)? else { return Ok(None) };
        let people = stored.assurers().into_iter().filter_map(|place| stored.at(place)?.person);
        Ok(people.into_iter().find(|person| self.actors.contains_key(person)))
    }

    /// Names somebody of the same role elsewhere where nobody holds the one that gives assurance.
    fn name_an_assurer(&mut self, tx: &mut Tx<'_>, now: DateTime<Utc>, alert: AlertId) -> StoreResult<()> {
        let Some(stored) = tx.reading().alert(alert)? else { return Ok(()) };
        let gap = stored.assurers().into_iter().find_map(|place| Some((place, stored.at(place).filter(|one| one.person.is_none())?)));
        let Some((place, addressee)) = gap else { return Ok(()) };
        let elsewhere = |person: &&Person| {
            person.role.eq_ignore_ascii_case(&addressee.role)
                && self.actors.contains_key(&person.id)
                && person.is_here(local_date(now))
                && stored.place_of(person.id).is_none()
        };
        let Some(person) = self.people.values().find(elsewhere).map(|person| person.id) else { return Ok(()) };
        self.try_on_alert(tx, self.coordinator, now, AlertDeed::FillGap { alert, place, person })
    }

    /// Does something about an alert. What a rule refuses here is left undone: somebody was recused, or is away.
    pub(super) fn try_on_alert(&mut self, tx: &mut Tx<'_>, who: PersonId, now: DateTime<Utc>, deed: AlertDeed) -> StoreResult<()> {
        match self.perform(tx, who, now, Deed::Alert(deed)) {
            Ok(_) | Err(StoreError::Refused(_) | StoreError::Withheld { .. } | StoreError::Beyond) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Somebody with this role who uses the program.
    fn holds(&self, role: &str) -> Option<PersonId> {
        let mut holders = self.people.values().filter(|person| person.role.eq_ignore_ascii_case(role));
        holders.find(|person| self.actors.contains_key(&person.id)).map(|person| person.id)
    }
}
