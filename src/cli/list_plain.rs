//! Rows of lists in words: one sentence for a screen reader, a few columns for a terminal. No glyph carries meaning here.

use crate::domain::access::Sight;
use crate::domain::action::ActionState;
use crate::domain::calendar::{say_due, say_ends, say_next};
use crate::domain::count::counted;
use crate::domain::drp::PracticeCount;
use crate::domain::grade::Judgement;
use crate::domain::query::{ActionRow, KEPT_BACK, NoticeRow, PanelRow, PersonInterest, PersonRow, QueueRow, SEALED, StripRow, Viewer};
use crate::domain::review::{PanelStand, ReviewState};
use crate::domain::strip::StripOf;

/// A row that can be said.
pub(super) trait Said {
    /// In a sentence or two.
    fn sentence(&self, viewer: &Viewer) -> String;
    /// In columns, each with its width.
    fn cells(&self, viewer: &Viewer) -> Vec<(String, usize)>;
}

/// Cells side by side; the last is never padded.
pub(super) fn columns(cells: &[(String, usize)]) -> String {
    let line: String = cells.iter().map(|(text, width)| format!("{text:<width$}  ")).collect();
    line.trim_end().to_string()
}

/// `Requires improvement 4`, in plain words.
pub(super) fn judged(judgement: Option<Judgement>) -> String {
    let Some(Judgement { scaling, grade }) = judgement else { return String::new() };
    let mut words = grade.key().replace('-', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    scaling.map_or(words.clone(), |point| format!("{words} {point}"))
}

/// Original and panel's judgement, side by side where there are two.
pub(super) fn both(original: Option<Judgement>, moderated: Option<Judgement>) -> String {
    match (original, moderated) {
        (original, Some(moderated)) => format!("{}, panel {}", judged(original), judged(Some(moderated))),
        (original, None) => judged(original),
    }
}

fn sealed_or_both(original: Option<Judgement>, moderated: Option<Judgement>, kept_back: bool) -> String {
    if kept_back { SEALED.to_string() } else { both(original, moderated) }
}

fn or<'a>(text: &'a str, otherwise: &'a str) -> &'a str {
    if text.is_empty() { otherwise } else { text }
}

impl Said for QueueRow {
    fn sentence(&self, viewer: &Viewer) -> String {
        let mut said = format!("{}. Case {}, {}.", self.reference, self.case, self.case_type);
        if !self.chosen.is_random() {
            said += &format!(" Not drawn: {}.", self.chosen.label());
        }
        said += &format!(" Practitioner {}, team {}.", or(&self.practitioner, "nobody"), or(&self.team, "not known"));
        let beside = if self.others > 0 {
            format!(" and {}", counted(self.others as usize, "other", "others"))
        } else if self.companion.is_empty() {
            String::new()
        } else {
            format!(" with {}", self.companion)
        };
        said += &format!(" Reviewer {}{beside}.", or(&self.reviewer, "nobody"));
        match self.state {
            ReviewState::Open => {
                let due = self.due.map(|due| match &self.booked {
                    // Beside a day that is arranged, days from now would read as that day's.
                    Some(booked) if !booked.is_over(viewer.today) && due >= viewer.today => format!(", due by {}", due.format("%-d %B")),
                    _ => format!(", due {}", say_due(viewer.today, due)),
                });
                // What cannot be done yet says from when, as on the screen.
                let opens =
                    self.opens.filter(|opens| *opens > viewer.today).map(|opens| format!(", not before {}", opens.format("%-d %B")));
                let due = opens.into_iter().chain(due).collect::<String>();
                let booked = self.booked.as_ref().map(|booked| format!(" {}", booked.said(viewer.today))).unwrap_or_default();
                said += &format!(" Next: {}{booked}{due}.", self.next_step);
            }
            ReviewState::Finalised if self.loop_open => {
                said += &format!(" Finalised; its loop is open: {} missing.", or(&self.loop_missing.join(", "), "a link"))
            }
            ReviewState::Finalised => said += " Finalised.",
            ReviewState::Withdrawn => said += " Taken out of the sample.",
        }
        if self.kept_back {
            said += &format!(" {KEPT_BACK}");
        } else if self.original.is_some() {
            said += &format!(" {}.", both(self.original, self.moderated));
        }
        if let PanelStand::Waiting(why) = &self.panel {
            said += &format!(" Waits for the panel: {why}.");
        }
        if self.alert {
            said += " An alert is open.";
        }
        said
    }

    fn cells(&self, viewer: &Viewer) -> Vec<(String, usize)> {
        let due = self.due.map(|due| say_next(viewer.today, due, self.opens)).unwrap_or_default();
        vec![
            (self.reference.clone(), 8),
            (self.case.clone(), 8),
            (self.case_type.clone(), 4),
            (or(&self.practitioner, "nobody").to_string(), 18),
            (or(&self.reviewer, "nobody").to_string(), 18),
            (self.next_step.clone(), 26),
            (due, 11),
            (sealed_or_both(self.original, self.moderated, self.kept_back), 0),
        ]
    }
}

impl Said for NoticeRow {
    fn sentence(&self, viewer: &Viewer) -> String {
        let who = or(&self.name, "not on record who");
        let told = match &self.notice.sent {
            Some(sent) => format!("told {} {}{}", sent.on.format("%-d %B %Y"), sent.how, if self.late { ", late" } else { "" }),
            None => format!("not told, due {}", say_due(viewer.today, self.notice.due_on)),
        };
        format!("{}. Case {}. {}, {who}: {told}.", self.reference, self.case, self.label)
    }

    fn cells(&self, viewer: &Viewer) -> Vec<(String, usize)> {
        let told = match &self.notice.sent {
            Some(sent) => format!("{} {}{}", sent.on.format("%-d %b"), sent.how, if self.late { ", late" } else { "" }),
            None => say_due(viewer.today, self.notice.due_on),
        };
        vec![
            (self.reference.clone(), 8),
            (self.case.clone(), 8),
            (self.label.clone(), 32),
            (or(&self.name, "not on record").to_string(), 24),
            (told, 0),
        ]
    }
}

impl Said for PanelRow {
    fn sentence(&self, viewer: &Viewer) -> String {
        let submitted = self.submitted_on.map(|day| format!(" Submitted {}.", ago(viewer, day))).unwrap_or_default();
        format!(
            "{}. Case {}, {}. {}. Here because: {}. Reviewer {}, team manager {}.{submitted}",
            self.reference,
            self.case,
            self.case_type,
            match self.kept_back {
                true => KEPT_BACK.trim_end_matches('.').to_string(),
                false => or(&both(self.original, self.moderated), "Without a grade").to_string(),
            },
            self.why,
            or(&self.reviewer, "nobody"),
            or(&self.team_manager, "nobody"),
        )
    }

    fn cells(&self, _viewer: &Viewer) -> Vec<(String, usize)> {
        vec![
            (self.reference.clone(), 8),
            (self.case.clone(), 8),
            (self.case_type.clone(), 4),
            (sealed_or_both(self.original, self.moderated, self.kept_back), 24),
            (self.why.clone(), 26),
            (self.reviewer.clone(), 0),
        ]
    }
}

fn ago(viewer: &Viewer, day: chrono::NaiveDate) -> String {
    match (viewer.today - day).num_days() {
        0 => "today".to_string(),
        1 => "yesterday".to_string(),
        days => format!("{} ago", counted(days, "day", "days")),
    }
}

impl Said for PracticeCount {
    fn sentence(&self, _: &Viewer) -> String {
        format!(
            "{}, {}, {}: {} raised, {} became formal, {} ended of which {} informally, {} open at the end of the month, {} over their time. \
             Good practice: {}.",
            self.month,
            or(&self.service, "service not known"),
            or(&self.team, "team not known"),
            self.raised,
            self.formal,
            self.ended,
            self.ended_informally,
            self.open_at_end,
            self.late,
            self.good_practice
        )
    }

    fn cells(&self, _: &Viewer) -> Vec<(String, usize)> {
        vec![
            (self.month.clone(), 7),
            (or(&self.service, "not known").to_string(), 20),
            (or(&self.team, "not known").to_string(), 20),
            (format!("raised {}", self.raised), 9),
            (format!("formal {}", self.formal), 9),
            (format!("ended {} ({} informally)", self.ended, self.ended_informally), 22),
            (format!("open {}", self.open_at_end), 7),
            (format!("late {}", self.late), 7),
            (format!("good practice {}", self.good_practice), 0),
        ]
    }
}

impl StripRow {
    /// Every clock that runs, in words; of a closed one when it was closed.
    fn running(&self, viewer: &Viewer) -> Vec<String> {
        let running = self.clocks.iter().filter(|row| row.clock.runs());
        running.map(|row| format!("{} {}", row.label, say_ends(viewer.now, row.due_at))).collect()
    }
}

impl Said for StripRow {
    fn sentence(&self, viewer: &Viewer) -> String {
        let untold = if self.untold.is_empty() { String::new() } else { format!(", not yet: {}", self.untold.join(", ")) };
        let gaps = if self.gaps.is_empty() { String::new() } else { format!(" Nobody holds: {}.", self.gaps.join(", ")) };
        let running = self.running(viewer);
        let running = if running.is_empty() { String::new() } else { format!(" Clocks: {}.", running.join("; ")) };
        let next = if self.next.is_empty() { String::new() } else { format!(" Next: {}, {}.", self.next, self.by) };
        if matches!(self.of, StripOf::Drp(_)) {
            let about = if self.review_ref.is_empty() { String::new() } else { format!(" about {}", self.review_ref) };
            let stage = if self.closed_at.is_some() { "closed" } else { &self.stage };
            let day = self.day.filter(|_| self.closed_at.is_none()).map(|day| format!(" Formal part: {day}.")).unwrap_or_default();
            return format!("{}{about}, case {}, {}: {stage}.{day}{running}{gaps}{next}", self.reference, self.case, self.trigger);
        }
        format!(
            "{} about {}, case {}, {}: {}. Told {} of {}{untold}. Acknowledged {} of {}.{running}{gaps}{next}",
            self.reference,
            self.review_ref,
            self.case,
            self.trigger,
            self.stand.label(),
            self.told.0,
            self.told.1,
            self.acknowledged.0,
            self.acknowledged.1,
        )
    }

    fn cells(&self, viewer: &Viewer) -> Vec<(String, usize)> {
        let nearest = match (self.closed_at, self.next_due_at) {
            (Some(_), _) => "closed".to_string(),
            (None, Some(at)) => say_ends(viewer.now, at),
            (None, None) => "open".to_string(),
        };
        let told = match (self.of, self.day) {
            (StripOf::Alert(_), _) => format!("told {}/{}", self.told.0, self.told.1),
            (StripOf::Drp(_), day) => day.map(|day| day.to_string()).unwrap_or_default(),
        };
        vec![
            (self.reference.clone(), 8),
            (self.review_ref.clone(), 8),
            (self.case.clone(), 8),
            (self.stand.label().to_string(), 13),
            (told, 12),
            (nearest, 14),
            (self.next.clone(), 0),
        ]
    }
}

impl ActionRow {
    /// When it is due; of what is done, how that went.
    fn when(&self, viewer: &Viewer) -> String {
        match self.state {
            _ if self.state.is_open() => say_due(viewer.today, self.due),
            _ if self.done_late() => "done late".to_string(),
            ActionState::Done | ActionState::SignedOff if self.done_on.is_some() => "in time".to_string(),
            _ => String::new(),
        }
    }
}

impl ActionRow {
    /// Where it stands, with what became of it since.
    fn became(&self, viewer: &Viewer) -> String {
        let mut said = self.state.label().to_string();
        if self.recurred > 0 && self.state.is_open() {
            said.push_str(" again");
        }
        if let (Some(day), by) = (self.signed_off_on, &self.signed_off_by) {
            let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
            said.push_str(&format!("{by} on {}", day.format("%-d %B %Y")));
        }
        match (self.effect, self.revisit_on) {
            (Some(effect), _) => said.push_str(&format!(", {}", effect.label())),
            (None, Some(day)) if day <= viewer.today => said.push_str(&format!(", to revisit since {}", day.format("%-d %B %Y"))),
            (None, Some(day)) => said.push_str(&format!(", to revisit from {} on", day.format("%-d %B %Y"))),
            (None, None) => {}
        }
        said
    }
}

impl Said for ActionRow {
    fn sentence(&self, viewer: &Viewer) -> String {
        let urgent = if self.urgent { "Urgent: " } else { "" };
        let due = match self.done_on.filter(|_| !self.state.is_open()) {
            _ if self.state.is_open() => say_due(viewer.today, self.due),
            None => self.due.format("%-d %B %Y").to_string(),
            Some(day) => {
                let late = if self.done_late() { "late" } else { "in time" };
                format!("{}, done {late} on {}", self.due.format("%-d %B %Y"), day.format("%-d %B %Y"))
            }
        };
        format!(
            "{}. {urgent}{}. Owner {}, due {due}, {}. From {}.",
            self.reference,
            self.text,
            self.owner,
            self.became(viewer),
            self.source_ref
        )
    }

    fn cells(&self, viewer: &Viewer) -> Vec<(String, usize)> {
        let text = if self.urgent { format!("urgent: {}", self.text) } else { self.text.clone() };
        vec![
            (self.reference.clone(), 8),
            (self.owner.clone(), 18),
            (self.when(viewer), 11),
            (self.stands(viewer.today), 16),
            (self.source_ref.clone(), 8),
            (text, 0),
        ]
    }
}

impl Said for PersonRow {
    fn sentence(&self, viewer: &Viewer) -> String {
        // A count of what somebody sees is no count of what there is.
        let seen = if viewer.sight == Sight::All { "" } else { ", of those that you see" };
        let away = if self.away.is_empty() { String::new() } else { format!(" Away: {}.", self.away) };
        let interests: String = self.interests.iter().map(|interest| format!(" Interest: {}.", interest.sentence())).collect();
        format!(
            "{}, {}, team {}, service {}, line manager {}. Reviewing {}, holding {}{seen}.{away}{interests}",
            self.name,
            or(&self.title, &self.role),
            or(&self.team, "none"),
            or(&self.service, "none"),
            or(&self.line_manager, "none"),
            self.reviewing,
            counted(self.cases, "case", "cases")
        )
    }

    fn cells(&self, _viewer: &Viewer) -> Vec<(String, usize)> {
        vec![
            (self.name.clone(), 26),
            (or(&self.title, &self.role).to_string(), 30),
            (self.team.clone(), 24),
            (self.service.clone(), 28),
            (self.line_manager.clone(), 18),
            (self.away.clone(), 34),
            (self.interests.iter().map(PersonInterest::sentence).collect::<Vec<_>>().join("; "), 0),
        ]
    }
}
