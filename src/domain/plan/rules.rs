//! What may be noted in a plan, by whom, and when.

use super::{Noted, PlanNote, Resolved, Sent};
use crate::domain::calendar::say_full_date;
use crate::domain::error::RuleError;
use crate::domain::framework::Framework;
use chrono::NaiveDate;

/// What the rules look at besides the note itself.
#[derive(Debug)]
pub struct Around<'a> {
    /// Today in Europe/London.
    pub today: NaiveDate,
    /// The framework of the cycle.
    pub framework: &'a Framework,
    /// Role of whoever asks.
    pub role: &'a str,
    /// The notes that the plan of the cycle holds.
    pub known: &'a [PlanNote],
}

impl Around<'_> {
    /// A plan is the Insights team's and the managers': others are told of it, and own actions in it. M23, F13.
    pub fn may_write(&self) -> Result<(), RuleError> {
        let writes = self.framework.role(self.role).is_none_or(|role| role.insights || role.manages);
        if writes {
            return Ok(());
        }
        Err(RuleError::under("M23", "The improvement plan is not yours to write in.", "The Insights team and the managers can."))
    }

    fn not_ahead(&self, on: NaiveDate) -> Result<(), RuleError> {
        if on <= self.today {
            return Ok(());
        }
        Err(RuleError::new(
            format!("{} lies ahead: a plan notes what has happened.", say_full_date(on)),
            "Give the day on which it happened.",
        ))
    }

    fn known_board(&self, rule: &'static str, key: &str) -> Result<(), RuleError> {
        if self.framework.boards.iter().any(|board| board.key == key) {
            return Ok(());
        }
        let labels: Vec<&str> = self.framework.boards.iter().map(|board| board.label.as_str()).collect();
        Err(RuleError::under(rule, "It needs a board or meeting of the framework.", format!("Choose one: {}.", labels.join(", "))))
    }
}

/// Refuses an empty text by name.
fn needed(rule: &'static str, text: &str, what: &str, remedy: &str) -> Result<(), RuleError> {
    if text.trim().is_empty() { Err(RuleError::under(rule, what, remedy)) } else { Ok(()) }
}

/// Checks a note that is to be written: a day that has come, a board that the framework has, words where they are the point.
pub fn check(around: &Around<'_>, on: NaiveDate, what: &Noted) -> Result<(), RuleError> {
    around.may_write()?;
    around.not_ahead(on)?;
    match what {
        Noted::Answers { finding, .. } => {
            needed("M20", finding, "A wider action says which finding it answers.", "Write down the finding or theme.")
        }
        Noted::Presented { board, .. } => {
            around.known_board("M21", board)?;
            let again = |note: &&PlanNote| note.on == on && matches!(&note.what, Noted::Presented { board: known, .. } if known == board);
            if around.known.iter().any(|note| again(&note)) {
                let what = format!("It is noted already that the plan was presented there on {}.", say_full_date(on));
                return Err(RuleError::under("M21", what, "Take that back first, or give another day."));
            }
            Ok(())
        }
        Noted::Progress { board, said } => {
            if !board.is_empty() {
                around.known_board("F13", board)?;
            }
            needed("F13", said, "A progress note says how it stands.", "Write down what was said.")
        }
        Noted::Training { what, .. } => {
            needed("C11", what, "A request for training says which.", "Write down which training, and for whom.")
        }
        Noted::Narrative { place, achievements, challenges, mitigation } => {
            needed("F13", place, "A narrative is a team\u{2019}s or a service\u{2019}s.", "Write down whose month it tells.")?;
            if [achievements, challenges, mitigation].iter().all(|text| text.trim().is_empty()) {
                return Err(RuleError::under("F13", "Nothing is told of the month.", "Write down what went well, what is hard, or both."));
            }
            if mitigation.trim().is_empty() && !challenges.trim().is_empty() {
                return Err(RuleError::under(
                    "F13",
                    "A challenge is told with what is done about it.",
                    "Write that down as well, even that nothing can be done yet.",
                ));
            }
            Ok(())
        }
        Noted::Concern { what, .. } => needed("C06", what, "A general concern says what it is.", "Write it down in a sentence."),
    }
}

/// Sends a request for training on. C11, M22.
pub fn send(around: &Around<'_>, note: &PlanNote, sent: Sent) -> Result<Noted, RuleError> {
    around.may_write()?;
    let Noted::Training { what, sent: before } = &note.what else {
        return Err(RuleError::under("C11", "Only a request for training is sent on.", "Put the cursor on one."));
    };
    if let Some(before) = before {
        let said = format!("It was sent on to {} on {} already.", before.to, say_full_date(before.on));
        return Err(RuleError::under("C11", said, "Ask for it anew where it is needed again."));
    }
    around.not_ahead(sent.on)?;
    if sent.on < note.on {
        let said = format!("It was asked for on {}: it cannot have gone before that.", say_full_date(note.on));
        return Err(RuleError::under("C11", said, "Give a later day."));
    }
    needed("C11", &sent.to, "To whom it went is missing.", "Write down who plans training.")?;
    Ok(Noted::Training { what: what.clone(), sent: Some(sent) })
}

/// Resolves a general concern. C06.
pub fn resolve(around: &Around<'_>, note: &PlanNote, resolved: Resolved) -> Result<Noted, RuleError> {
    around.may_write()?;
    let Noted::Concern { what, resolved: before } = &note.what else {
        return Err(RuleError::under("C06", "Only a general concern is resolved.", "Put the cursor on one."));
    };
    if let Some(before) = before {
        let said = format!("It was resolved on {} already.", say_full_date(before.on));
        return Err(RuleError::under("C06", said, "Note a new one where it has come back."));
    }
    around.not_ahead(resolved.on)?;
    if resolved.on < note.on {
        let said = format!("It was raised on {}: it cannot have ended before that.", say_full_date(note.on));
        return Err(RuleError::under("C06", said, "Give a later day."));
    }
    needed("C06", &resolved.how, "How it was resolved is missing.", "Write down what has changed, and where it can be seen.")?;
    Ok(Noted::Concern { what: what.clone(), resolved: Some(resolved) })
}
