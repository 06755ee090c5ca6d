//! The sheet of revisits: what is looked at again, planned or let go from there; and then beside now. F14, Q02.

use super::App;
use super::command::Command;
use super::effect::{After, Effect, For, PeopleFor, Then};
use super::form::{self, Form, People};
use super::overlay::{Overlay, Sheet, SheetBody};
use super::state::View;
use crate::domain::cycle::next_first_day;
use crate::domain::deed::Deed;
use crate::domain::query::{Again, Query, RevisitRow};
use crate::domain::revisit::{Looked, RevisitDeed, Stand};

impl App {
    /// Asks for what is looked at again, and for the cycles in which that can be.
    pub(super) fn ask_revisits(&self) -> Vec<Effect> {
        vec![Effect::Ask(For::Cycles, Query::Cycles), Effect::Ask(For::Revisits, Query::Revisits)]
    }

    /// Shown over the view, or in the place of what was found before, the cursor where it was.
    pub(super) fn revisits_read(&mut self, found: Vec<RevisitRow>) {
        for overlay in &mut self.overlays {
            if let Overlay::Sheet(sheet) = overlay
                && let SheetBody::Revisits(rows) = &mut sheet.body
            {
                *rows = found;
                sheet.at = sheet.at.min(rows.len().saturating_sub(1));
                return;
            }
        }
        self.overlays.push(Sheet::over(SheetBody::Revisits(found)));
    }

    /// Reads again while the sheet is open.
    pub(super) fn ask_revisits_again(&self) -> Option<Effect> {
        let is_open = |overlay: &Overlay| matches!(overlay, Overlay::Sheet(sheet) if matches!(sheet.body, SheetBody::Revisits(_)));
        self.overlays.iter().any(is_open).then_some(Effect::Ask(For::Revisits, Query::Revisits))
    }

    /// The row under the cursor, of the sheet on top.
    pub fn revisit_at_hand(&self) -> Option<&RevisitRow> {
        let Some(Overlay::Sheet(sheet)) = self.overlays.last() else { return None };
        let SheetBody::Revisits(rows) = &sheet.body else { return None };
        rows.get(sheet.at)
    }

    /// Whether the sheet on top is that of revisits.
    pub(super) fn shows_revisits(&self) -> bool {
        matches!(self.overlays.last(), Some(Overlay::Sheet(sheet)) if matches!(sheet.body, SheetBody::Revisits(_)))
    }

    /// Enter: what is done shows then and now, what is planned its cycle, everything else its form.
    pub(super) fn open_revisit(&mut self) -> Vec<Effect> {
        let Some(row) = self.revisit_at_hand().cloned() else {
            self.overlays.pop();
            return Vec::new();
        };
        match (row.revisit.looked, &row.revisit.stand, row.revisit.later) {
            (Looked::Area(_), Stand::Done(_), Some(later)) => vec![Effect::Ask(For::ThenNow, Query::ThenNow(Again::Cycle(later)))],
            (Looked::Area(_), Stand::Planned(_), Some(later)) => {
                self.overlays.pop();
                self.show_cycle(later)
            }
            (Looked::Area(_), Stand::LetGo(why), _) => {
                let key = self.keymap.hint(Command::SheetExempt);
                self.say(format!("Nobody looks again at it: {why} ({key} asks for it again.)"));
                Vec::new()
            }
            (Looked::Area(cycle), ..) => {
                let Some(framework) = self.framework.clone() else { return Vec::new() };
                let taken: Vec<_> = self.cycle.cycles.iter().filter(|one| !one.beside).map(|one| one.starts_on).collect();
                let starts = next_first_day(&framework, &taken, self.today().max(row.due_on));
                let form = form::look_again(&framework, &row, cycle, &self.cycle.cycles, starts);
                self.open_form(form)
            }
            (Looked::Case(..), Stand::Due | Stand::Overdue | Stand::Ahead, _) => vec![self.ask_people_of(PeopleFor::Revisit)],
            (Looked::Case(review, _), ..) => {
                self.overlays.pop();
                vec![Effect::Ask(For::Record(Then::Show), Query::Opening(review))]
            }
        }
    }

    /// The form of a case that is looked at again, once there are people to choose from.
    pub(super) fn revisit_form(&self, people: People) -> Option<Form> {
        let row = self.revisit_at_hand()?;
        let Looked::Case(review, subject) = row.revisit.looked else { return None };
        Some(form::look_again_at_case(self.framework.as_ref()?, row, (review, subject), &self.cycle.cycles, self.today(), people))
    }

    /// Lets the revisit of an area go, with the reason, or asks for it again.
    pub(super) fn let_revisit_go(&mut self) -> Vec<Effect> {
        let Some(row) = self.revisit_at_hand().cloned() else { return Vec::new() };
        let Looked::Area(first) = row.revisit.looked else { return Vec::new() };
        match (&row.revisit.stand, row.revisit.later) {
            (Stand::LetGo(_), _) => self.ask_for(Deed::Revisit(RevisitDeed::LetGo { first, why: None }), After::Nothing),
            (_, Some(cycle)) => self.ask_for(Deed::Revisit(RevisitDeed::Link { cycle, first: None }), After::Nothing),
            _ => self.open_form(form::let_go(&row, first)),
        }
    }

    pub(super) fn reason_against_letting_go(&self) -> Option<String> {
        let row = self.revisit_at_hand()?;
        let case = matches!(row.revisit.looked, Looked::Case(..));
        case.then(|| "Only the revisit of an area is let go; a case that is closed leaves the list by itself.".to_string())
    }

    /// Shows then and now of what is on the screen.
    pub(super) fn show_then_now(&self) -> Vec<Effect> {
        let again = match (self.view, &self.cycle.detail) {
            (View::Record, _) => self.record.as_ref().map(|record| Again::Review(record.detail.facts.review.id)),
            (View::Cycle, Some(detail)) => Some(Again::Cycle(detail.cycle.id)),
            (View::Insight, _) => self.insight.cycle_at_hand().map(|cycle| {
                let wanted = &self.insight.wanted;
                Again::Before { cycle: cycle.to_string(), kind: wanted.kind.clone(), service: wanted.service.clone() }
            }),
            _ => None,
        };
        again.map(|again| Effect::Ask(For::ThenNow, Query::ThenNow(again))).into_iter().collect()
    }

    pub(super) fn reason_against_then_now(&self) -> Option<String> {
        match (self.view, &self.record, &self.cycle.detail) {
            (View::Record, Some(record), _) if record.detail.earlier.is_some() => None,
            (View::Record, Some(record), _) => Some(format!("This is the first review of this {}.", record.detail.noun())),
            (View::Cycle, _, Some(detail)) if detail.cycle.again.is_some() => None,
            (View::Cycle, ..) => {
                let key = self.keymap.hint(Command::Revisits);
                Some(format!("This cycle looks again at no earlier one; {key} shows what is looked at again."))
            }
            (View::Insight, ..) => self.insight.reason_against_then_now(),
            _ => Some("Open a review or a cycle that looks again at an earlier one first.".to_string()),
        }
    }

    /// Why then and now of the row under the cursor are not shown; none: they are.
    pub(super) fn reason_against_then_now_of_row(&self) -> Option<String> {
        if !self.shows_revisits() {
            return Some("Only in what is looked at again.".into());
        }
        let row = self.revisit_at_hand().map(|row| &row.revisit);
        let (open, there) = (self.keymap.hint(Command::SheetChoose), self.keymap.hint(Command::ThenAndNow));
        match row.map(|row| (row.looked, &row.stand)) {
            None => Some("Nothing is looked at again.".into()),
            Some((Looked::Area(_), Stand::Done(_))) => None,
            Some((Looked::Case(..), Stand::Done(later))) => {
                Some(format!("{later} looked at the case again: {open} opens the first review; {there} in {later} sets both side by side."))
            }
            Some((_, Stand::Planned(later))) => {
                Some(format!("{later} looks again and is not done: there is no now yet to set beside then."))
            }
            Some((_, Stand::LetGo(_))) => Some("Nobody looks at it again: there is nothing to set beside then.".into()),
            Some(_) => Some(format!("Nobody has looked at it again yet; {open} plans that.")),
        }
    }

    pub(super) fn reason_against_revisits(&self) -> Option<String> {
        let rule = self.framework.as_ref().map(|framework| &framework.tracking);
        match rule {
            None => Some("Choose a framework first.".into()),
            Some(rule) if rule.revisit_areas_after.is_none() && rule.revisit_cases_after.is_none() => {
                Some("This framework has nothing looked at again on a programme.".into())
            }
            Some(_) => None,
        }
    }
}
