//! Sheets: choosing in them, confirming what they propose, throwing drafts away.

use super::App;
use super::effect::{After, Effect, PeopleFor};
use super::form;
use super::overlay::{Overlay, SheetBody};
use crate::domain::deed::Deed;
use crate::domain::query::NoticeRow;
use crate::domain::review::Section;

impl App {
    /// Takes the row under the cursor of the sheet on top.
    pub(super) fn choose_in_sheet(&mut self) -> Vec<Effect> {
        let at = match self.overlays.last() {
            Some(Overlay::Sheet(sheet)) => sheet.at,
            _ => {
                self.overlays.pop();
                return Vec::new();
            }
        };
        match self.sheet_body() {
            Some(SheetBody::Proposal(_)) => self.choose_for_proposal(at),
            Some(SheetBody::Candidates(_)) => self.choose_candidate(at),
            Some(SheetBody::Finish { .. }) => self.finish(),
            Some(SheetBody::Drafts(drafts)) => match drafts.get(at).cloned() {
                Some(draft) => self.open_draft(draft),
                None => Vec::new(),
            },
            Some(SheetBody::Registers(_)) => self.choose_register(at),
            Some(SheetBody::Cycles(cycles)) => {
                let chosen = cycles.get(at).map(|(cycle, _)| *cycle);
                self.overlays.pop();
                chosen.map(|cycle| self.show_cycle(cycle)).unwrap_or_default()
            }
            Some(SheetBody::Notices(rows)) => match rows.get(at) {
                Some(row) if row.notice.sent.is_some() => {
                    self.trouble(match row.name.as_str() {
                        "" => "It was written down why nobody has to be told.".to_string(),
                        name => format!("{name} has been told."),
                    });
                    Vec::new()
                }
                Some(row) if row.notice.person.is_none() => vec![self.ask_people_of(PeopleFor::Notice(at))],
                Some(row) => {
                    let form = form::notices(&[row], self.today());
                    self.open_form(form)
                }
                None => Vec::new(),
            },
            Some(SheetBody::AskFirst { question, then }) => {
                let (review, then) = (question.review, *then);
                self.answer_question(review, then, at)
            }
            Some(SheetBody::Interests(detail)) => {
                let detail = detail.clone();
                self.choose_interest(&detail, at)
            }
            Some(SheetBody::Action(life)) => self.next_of_action(life.next),
            Some(SheetBody::Drp(detail)) => {
                let detail = detail.clone();
                self.follow_drp(&detail)
            }
            Some(SheetBody::Looks(_)) => self.follow_look(at),
            Some(SheetBody::Findings { .. }) => self.open_finding(),
            Some(SheetBody::Revisits(_)) => self.open_revisit(),
            Some(SheetBody::Person { .. }) => self.hand_over(false),
            Some(SheetBody::Disposals(_)) => self.decide_here(),
            Some(SheetBody::Attendance { .. }) => self.tick_attendance(at),
            Some(SheetBody::Door { .. }) => {
                let key = self.keymap.hint(super::command::Command::SheetConfirm);
                self.say(format!("{key} confirms that they have left."));
                Vec::new()
            }
            Some(
                SheetBody::History { .. }
                | SheetBody::DueSum(_)
                | SheetBody::Words { .. }
                | SheetBody::Card(_)
                | SheetBody::Agreement(_)
                | SheetBody::Proof(_)
                | SheetBody::PracticeAlerts(_)
                | SheetBody::Effects(_)
                | SheetBody::ThenNow(_),
            )
            | None => {
                self.overlays.pop();
                Vec::new()
            }
        }
    }

    /// Does what the sheet on top proposes.
    pub(super) fn confirm_sheet(&mut self) -> Vec<Effect> {
        match self.sheet_body() {
            Some(SheetBody::Proposal(proposing)) => {
                let allocations = proposing.allocations();
                if allocations.is_empty() {
                    self.trouble("Nobody is proposed. Choose a reviewer for a row first.");
                    return Vec::new();
                }
                if allocations.iter().any(|wanted| proposing.detail.asks.contains_key(&wanted.review)) {
                    let form = form::allocating(&proposing.detail, allocations);
                    return self.open_form(form);
                }
                self.ask_for(Deed::Allocate(allocations), After::CloseSheet)
            }
            Some(SheetBody::Notices(rows)) => {
                let open: Vec<&NoticeRow> = rows.iter().filter(|row| row.notice.sent.is_none() && row.notice.person.is_some()).collect();
                if open.is_empty() {
                    self.trouble("Nobody is left to be told, but for gaps: roles that nobody holds.");
                    return Vec::new();
                }
                let form = form::notices(&open, self.today());
                self.open_form(form)
            }
            Some(SheetBody::Finish { .. }) => self.finish(),
            Some(SheetBody::Attendance { .. } | SheetBody::Door { .. }) => self.confirm_at_panel(),
            Some(SheetBody::Person { .. }) => self.hand_over(true),
            Some(SheetBody::Disposals(_)) => self.ask_for_disposal(),
            _ => Vec::new(),
        }
    }

    /// Whether the sheet on top is that of who hears beforehand.
    pub fn shows_notices(&self) -> bool {
        matches!(self.sheet_body(), Some(SheetBody::Notices(_)))
    }

    /// Whether somebody on record is left to be told in the sheet of who hears beforehand.
    pub(super) fn has_notices_left(&self) -> bool {
        let left = |row: &NoticeRow| row.notice.sent.is_none() && row.notice.person.is_some();
        matches!(self.sheet_body(), Some(SheetBody::Notices(rows)) if rows.iter().any(left))
    }

    /// Whether the sheet on top is that of who is there.
    pub fn shows_attendance(&self) -> bool {
        matches!(self.sheet_body(), Some(SheetBody::Attendance { .. }))
    }

    /// Marks the row under the cursor, or ticks it.
    pub(super) fn mark_in_sheet(&mut self) -> Vec<Effect> {
        let Some(Overlay::Sheet(sheet)) = self.overlays.last() else { return Vec::new() };
        let at = sheet.at;
        if self.shows_attendance() {
            return self.tick_attendance(at);
        }
        self.mark_record();
        Vec::new()
    }

    /// All rows at once: everybody who is left was told, which a form asks about first; or everybody is there, or nobody.
    pub(super) fn every_row(&mut self) -> Vec<Effect> {
        if self.shows_notices() {
            return self.confirm_sheet();
        }
        if let Some(Overlay::Sheet(sheet)) = self.overlays.last_mut()
            && let SheetBody::Attendance { rows, .. } = &mut sheet.body
        {
            let all = rows.iter().all(|(.., there)| *there);
            rows.iter_mut().for_each(|(.., there)| *there = !all);
        }
        Vec::new()
    }

    /// Goes to what is missing, or asks whether to submit.
    fn finish(&mut self) -> Vec<Effect> {
        let today = self.today();
        let Some(record) = &mut self.record else { return Vec::new() };
        if let Some(missing) = record.detail.missing.first() {
            let section = missing.section.clone();
            record.go_to(&section);
            self.overlays.pop();
            if section == Section::Reviewers {
                return vec![self.ask_people_of(PeopleFor::CoReviewer)];
            }
            return Vec::new();
        }
        if record.detail.facts.submitted_at.is_some() {
            self.overlays.pop();
            self.say("It has been submitted.");
            return Vec::new();
        }
        let facts = &record.detail.facts;
        let deed = Deed::Submit { review: facts.review.id, seen: facts.revision, on: today };
        let confirm = self.confirm_submit(deed, false);
        self.ask_first(confirm)
    }

    /// Throws away the draft under the cursor.
    pub(super) fn discard_draft(&mut self) -> Vec<Effect> {
        let Some(Overlay::Sheet(sheet)) = self.overlays.last_mut() else { return Vec::new() };
        let at = sheet.at;
        let SheetBody::Drafts(drafts) = &mut sheet.body else { return Vec::new() };
        if at >= drafts.len() {
            return Vec::new();
        }
        let wanted = (drafts[at].key.clone(), drafts[at].session.clone());
        if self.discarding.as_ref() != Some(&wanted) {
            let title = drafts[at].title.clone();
            self.discarding = Some(wanted);
            let key = self.keymap.hint(super::command::Command::SheetDiscard);
            self.trouble(format!("Throw away what was typed in \u{201c}{title}\u{201d}? It cannot be undone. {key} again throws it away; any other key keeps it."));
            // A key that was held down must not answer its own question.
            return vec![Effect::FlushInput];
        }
        self.discarding = None;
        let gone = drafts.remove(at);
        let empty = drafts.is_empty();
        sheet.step(0, 1);
        self.drafts.retain(|draft| !(draft.key == gone.key && draft.session == gone.session));
        if empty {
            self.overlays.pop();
        }
        self.say("The draft was thrown away.");
        vec![Effect::DropDraft { key: gone.key, session: Some(gone.session) }]
    }

    /// Whether the form on top is one that would be lost by leaving.
    pub fn typing(&self) -> bool {
        matches!(self.overlays.last(), Some(Overlay::Form(form)) if form.touched)
    }
}
