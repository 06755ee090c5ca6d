//! What is kept back from whoever scores blind: the reviewer's judgement, and whatever gives it away.
//!
//! Seeing the first grade drags the second. So a member of a sealed sitting reads no judgement of a case from the moment it
//! stands on that sitting's agenda until its scores are open, wherever they look: record, lists, filters, order, counts,
//! alerts and history take the condition from here, as they take what is withheld from `withheld`. Everything else of the case
//! they may read. Three know the grade anyway and go on reading it: whoever reviewed the case, those to whom an alert about it
//! is addressed, who have to act by the hour, and everybody who does not sit there. Whoever raised an alert themselves keeps that one
//! alert, without what others found since; whoever has to do an urgent action keeps that action. Numbers run on over all cases, so that
//! a gap in them says that there is something, and not where.
//!
//! Rules read without it: they have to know of everything.

use super::agenda::{sitting_of, written};
use super::{Reading, filter, list};
use crate::domain::action::Action;
use crate::domain::alert::Alert;
use crate::domain::id::{ActionId, AlertId, PanelId, PersonId, ReviewId};
use crate::domain::query::Viewer;
use crate::domain::review::ReviewFacts;
use crate::store::error::StoreResult;
use std::collections::BTreeSet;

/// The reviews whose judgement is kept back from one viewer, and what of them is not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct KeptBack {
    reviews: BTreeSet<ReviewId>,
    /// Alerts about them that the viewer raised: whoever has seen a danger goes on seeing what became of it.
    raised: BTreeSet<AlertId>,
    /// The viewer and those for whom they stand in: whoever has to do an urgent action sees it.
    theirs: BTreeSet<PersonId>,
}

impl KeptBack {
    /// Whether a review is one of them.
    pub(super) fn holds(&self, review: ReviewId) -> bool {
        self.reviews.contains(&review)
    }

    /// Whether an action came out of an alert about one of them and is not theirs to do: its day alone would tell that there is one.
    pub(super) fn hides(&self, action: &Action) -> bool {
        let about = |review: ReviewId| self.holds(review);
        action.alert.is_some() && action.review().is_some_and(about) && !self.theirs.contains(&action.owner)
    }

    /// The condition that an action, of the table with this name, is none of those.
    pub(super) fn actions(&self, table: &str) -> String {
        if self.reviews.is_empty() {
            return "1".to_string();
        }
        let theirs = list(self.theirs.iter().map(|person| person.0));
        let known = self.known(&format!("{table}.review"));
        format!("({table}.alert IS NULL OR {table}.review IS NULL OR {known} OR {table}.owner IN ({theirs}))")
    }

    /// The condition that a review, named by the column of its number, is none of them. It is made of numbers alone.
    pub(super) fn known(&self, column: &str) -> String {
        if self.reviews.is_empty() {
            return "1".to_string();
        }
        format!("{column} NOT IN ({})", list(self.reviews.iter().map(|review| review.0)))
    }

    /// The condition that a strip, of the table with this name, tells of none of them. That there is an alert tells the grade, unless the
    /// viewer raised it; that there is a dispute does not, and whoever has to answer it must find it.
    pub(super) fn strips(&self, table: &str) -> String {
        if self.reviews.is_empty() {
            return "1".to_string();
        }
        let raised = list(self.raised.iter().map(|alert| alert.0));
        let known = self.known(&format!("{table}.review"));
        format!("({table}.kind <> 'alert' OR {known} OR {table}.object IN ({raised}))")
    }
}

impl Reading<'_> {
    /// The reviews whose judgement is kept back from a viewer.
    pub(super) fn kept_back(&self, viewer: &Viewer) -> StoreResult<KeptBack> {
        let Some(person) = viewer.person else { return Ok(KeptBack::default()) };
        // Nearly everybody sits nowhere, and is answered by this one statement. A sitting of which nobody says how it scores
        // is taken for sealed.
        let mine = self.rows(
            // The few sittings that are not over or were called off, and those of the few reviews that wait; not every sitting of years.
            "SELECT p.id FROM panel p WHERE p.id IN (SELECT id FROM panel WHERE stand <> 'closed' UNION
              SELECT id FROM panel WHERE called_off <> '' UNION
              SELECT i.panel FROM review r CROSS JOIN panel_item i ON i.review = r.id
              WHERE r.panel = 'waiting' AND i.revealed = 0 AND i.stand <> 'decided')
             AND coalesce(p.body ->> 'scoring', 'sealed') = 'sealed'
             AND EXISTS (SELECT 1 FROM json_each(p.body, '$.members') WHERE value = ?1)",
            &[&person.0],
            |row| row.get(0).map(PanelId),
        )?;
        if mine.is_empty() {
            return Ok(KeptBack::default());
        }
        let sittings = list(mine.iter().map(|panel| panel.0));
        // Heard by a sitting of theirs and not opened there, or by none because theirs was called off, it stays kept back until
        // another opens it: who sat would read it now, and score it when the sitting stands again. Decided once before, it is heard
        // again in the open.
        let sql = format!(
            "SELECT r.id FROM review r LEFT JOIN team t ON t.id = r.team
             WHERE r.panel = 'waiting' AND r.state <> 'withdrawn' AND r.moderated_grade IS NULL AND r.reviewer IS NOT ?1
             AND NOT EXISTS (SELECT 1 FROM co_reviewer c WHERE c.review = r.id AND c.person = ?1)
             AND NOT EXISTS (SELECT 1 FROM alert l JOIN json_each(l.body, '$.addressees') a ON a.value ->> 'person' = ?1
                             WHERE l.review = r.id)
             AND ({sitting} IN ({sittings})
                  OR EXISTS (SELECT 1 FROM panel_item i WHERE i.review = r.id AND i.panel IN ({sittings}) AND i.revealed = 0)
                  OR EXISTS (SELECT 1 FROM panel p WHERE p.id IN ({sittings}) AND p.called_off <> '' AND r.submitted_at <= p.closed_at
                     AND (r.panel_sitting = p.id OR coalesce(p.body ->> 'service', '') = '' OR p.body ->> 'service' = t.service COLLATE NOCASE)))
             AND NOT EXISTS (SELECT 1 FROM panel_item i JOIN panel p ON p.id = i.panel WHERE i.review = r.id AND i.panel = {sitting}
                             AND (i.revealed = 1 OR coalesce(p.body ->> 'scoring', 'sealed') <> 'sealed'))",
            sitting = sitting_of(&written(viewer.today)),
        );
        let reviews: BTreeSet<ReviewId> = self.rows(&sql, &[&person.0], |row| row.get(0).map(ReviewId))?.into_iter().collect();
        if reviews.is_empty() {
            return Ok(KeptBack::default());
        }
        let theirs = self.rows(&filter::mine(viewer), &[], |row| row.get(0).map(PersonId))?.into_iter().collect();
        let numbers = list(reviews.iter().map(|review| review.0));
        let raised = format!("SELECT id FROM alert WHERE review IN ({numbers}) AND body ->> 'raised_by' = ?1");
        let raised: Vec<AlertId> = self.rows(&raised, &[&person.0], |row| row.get(0).map(AlertId))?;
        let raised = raised.into_iter().chain(self.raised_before_it_was_noted(person, &numbers)?).collect();
        Ok(KeptBack { reviews, raised, theirs })
    }

    /// Alerts about these reviews that a person raised before an alert itself said by whom. The journal says under whose login each was
    /// opened, and a login is one person's for ever; an alert that a grade opened was raised by nobody, whoever saved the grade.
    fn raised_before_it_was_noted(&self, person: PersonId, reviews: &str) -> StoreResult<Vec<AlertId>> {
        let sql = format!(
            "SELECT a.id, j.actor FROM alert a JOIN journal j ON j.object = 'alert/' || a.id AND j.kind = 'alert-opened'
             AND j.object NOT GLOB 'review/*'
             WHERE a.review IN ({reviews}) AND a.body ->> 'raised_by' IS NULL AND a.body ->> 'trigger' IN ('concern', 'hand')"
        );
        let opened = self.rows(&sql, &[], |row| Ok((row.get(0).map(AlertId)?, row.get::<_, String>(1)?)))?;
        if opened.is_empty() {
            return Ok(Vec::new());
        }
        let mut logins = self.earlier_logins(person)?;
        logins.extend(self.person(person)?.map(|person| person.login).filter(|login| !login.is_empty()));
        Ok(opened.into_iter().filter(|(_, actor)| logins.contains(actor)).map(|(alert, _)| alert).collect())
    }

    /// Whether an alert is kept back from a viewer: it is about a review whose judgement is, and somebody else raised it.
    pub fn is_alert_kept_back(&self, alert: &Alert, viewer: &Viewer) -> StoreResult<bool> {
        let kept = self.kept_back(viewer)?;
        Ok(kept.holds(alert.review) && !kept.raised.contains(&alert.id))
    }

    /// Whether a review's judgement is kept back from a viewer, and with it that an alert is open about it.
    pub fn is_kept_back(&self, review: ReviewId, viewer: &Viewer) -> StoreResult<bool> {
        Ok(self.kept_back(viewer)?.holds(review))
    }

    /// A review as a viewer may read it, with their own judgement where several judge apart (Q03, S18); and whether the
    /// reviewer's judgement was kept back.
    pub fn review_seen(&self, id: ReviewId, viewer: &Viewer) -> StoreResult<Option<(ReviewFacts, bool)>> {
        let Some(mut facts) = self.review(id)? else { return Ok(None) };
        facts.joint = self.joint(id, facts.reviewer, viewer.person)?;
        let all = self.kept_back(viewer)?;
        let kept = all.holds(id);
        if kept {
            facts.keep_judgement_back();
        }
        facts.actions.retain(|action| !all.hides(action));
        for action in facts.actions.iter_mut().filter(|action| action.review().is_some_and(|review| all.holds(review))) {
            action.keep_alert_back();
        }
        Ok(Some((facts, kept)))
    }

    /// An action as a viewer may read it, with the revision of its row. Where the judgement of its review is kept back, one that came
    /// out of an alert is there only for whoever has to do it, without what says so.
    pub fn action_seen(&self, id: ActionId, viewer: &Viewer) -> StoreResult<Option<(Action, i64)>> {
        let Some((mut action, revision)) = self.action_as_seen(id)? else { return Ok(None) };
        let kept = self.kept_back(viewer)?;
        if kept.hides(&action) {
            return Ok(None);
        }
        if action.review().is_some_and(|review| kept.holds(review)) {
            action.keep_alert_back();
        }
        Ok(Some((action, revision)))
    }
}
