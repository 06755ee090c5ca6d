//! Drafts: text that was typed and not saved, kept beside the database and offered back, never put over newer text.

use super::App;
use super::effect::{Effect, For, Then};
use super::form::{Form, FormFor};
use super::msg::Draft;
use super::overlay::{Overlay, Sheet, SheetBody};
use crate::domain::calendar::{local, local_date};
use crate::domain::query::Query;

impl App {
    /// The draft of a form as it stands now.
    pub(super) fn draft_of(&self, form: &Form) -> Draft {
        Draft {
            key: form.kind.draft_key(),
            title: form.title.clone(),
            values: form.values(),
            seen: form.fields.iter().map(|field| (field.key.clone(), field.seen)).collect(),
            session: self.who.session.clone(),
            at: self.now,
        }
    }

    pub(super) fn drafts_found(&mut self, found: Vec<Draft>, withheld: usize) -> Vec<Effect> {
        self.drafts_withheld = withheld;
        if found.is_empty() {
            return Vec::new();
        }
        self.drafts.clone_from(&found);
        self.overlays.push(Sheet::over(SheetBody::Drafts(found)));
        Vec::new()
    }

    /// Why no draft can be offered.
    pub(super) fn reason_against_drafts(&self) -> String {
        match self.drafts_withheld {
            0 => "There is no text waiting: everything that was typed is saved.".into(),
            1 => "One draft is withheld from you: it is about a case that you may not see.".into(),
            n => format!("{n} drafts are withheld from you: they are about cases that you may not see."),
        }
    }

    /// Opens a draft: its record first, if it has one, then its form.
    pub(super) fn open_draft(&mut self, draft: Draft) -> Vec<Effect> {
        let Some(kind) = FormFor::of_draft(&draft.key) else {
            self.trouble("This draft is of a form that this version no longer has. Its text is in drafts.db.");
            return Vec::new();
        };
        self.overlays.retain(|overlay| !matches!(overlay, Overlay::Sheet(_)));
        self.waiting_draft = Some(draft);
        if let FormFor::Panel(form) = kind
            && let Some(panel) = form.panel()
        {
            return self.open_sitting(panel);
        }
        if let Some(alert) = kind.alert() {
            return vec![Effect::Ask(For::Alert(alert, None), Query::OpeningAlert(alert))];
        }
        match kind.review() {
            Some(review) => vec![Effect::Ask(For::Record(Then::Draft), Query::Opening(review))],
            None => self.open_waiting_draft(),
        }
    }

    /// Opens the form of the draft that waits and fills it in.
    pub(super) fn open_waiting_draft(&mut self) -> Vec<Effect> {
        let Some(draft) = self.waiting_draft.take() else { return Vec::new() };
        let Some(kind) = FormFor::of_draft(&draft.key) else { return Vec::new() };
        // Put among the known drafts, so that the form finds it as it opens.
        self.drafts.retain(|known| known.key != draft.key || known.session == draft.session);
        if !self.drafts.iter().any(|known| known.key == draft.key) {
            self.drafts.push(draft);
        }
        self.open_form_for(kind)
    }

    /// Fills a form that is about to open with its draft; over newer text it only says so and shows both.
    pub(super) fn with_draft(&mut self, mut form: Form) -> Form {
        let key = form.kind.draft_key();
        let Some(draft) = self.drafts.iter().rev().find(|draft| draft.key == key).cloned() else { return form };
        let newer: Vec<String> = form
            .fields
            .iter()
            .filter(|field| draft.seen.get(&field.key).is_some_and(|seen| *seen != field.seen) && !field.input.value().is_empty())
            .map(|field| field.input.value())
            .collect();
        form.restore(&draft.values);
        let at = local(draft.at);
        let when =
            if local_date(draft.at) == self.today() { at.format("%H:%M").to_string() } else { at.format("%-d %b %H:%M").to_string() };
        if newer.is_empty() {
            self.say(format!("Your text of {when}, not saved yet, is filled in."));
        } else {
            form.theirs = Some(newer.join("\n"));
            self.trouble(format!("Somebody saved newer text since your draft of {when}. Both are shown; saving puts yours in its place."));
        }
        form
    }
}
