//! The proof of an alert: who was told how and when, who acknowledged, what was found, what was done. M10-M13, M18, F10, C04.

use super::{deadline, facts, stamp, worth};
use crate::domain::calendar::say_full_date;
use crate::domain::query::{AlertDetail, ProofRow};
use crate::domain::strip::Clock;
use crate::report::Document;
use chrono::{DateTime, Utc};

/// The page; `rows` are its facts, oldest first, `by` is who prints it.
pub fn alert(detail: &AlertDetail, rows: &[ProofRow], printed: DateTime<Utc>, by: &str) -> Document {
    let alert = &detail.alert;
    let mut paper = Document::new(format!("{}: proof of an alert", alert.reference));
    let moment = |at: Option<DateTime<Utc>>| at.map(stamp).unwrap_or_default();
    paper.facts([
        ("Case", detail.case.clone()),
        ("Review", detail.review_ref.clone()),
        ("Opened", format!("{}, {}", stamp(alert.opened_at), alert.trigger.label())),
        ("Framework", format!("{}, version {}", detail.framework.title, detail.framework.version)),
        ("Record to be reviewed by", alert.review_due_at.map(deadline).unwrap_or_default()),
        ("Closed", if alert.closed_at.is_some() { moment(alert.closed_at) } else { "no: it is open".to_string() }),
    ]);
    paper.heading(1, "Who was to know");
    let people = (0..alert.addressees.len()).filter_map(|place| Some((place, alert.at(place)?))).map(|(place, one)| {
        let name = match (one.person, &one.explained) {
            (Some(person), _) => detail.name(person).to_string(),
            (None, Some(gap)) => format!("nobody: {}", gap.because),
            (None, None) => "nobody".to_string(),
        };
        let told: Vec<String> = one.tellings.iter().map(|telling| format!("{}, {}", telling.how.label(), stamp(telling.at))).collect();
        let told = if told.is_empty() { moment(one.told_at) } else { told.join("; ") };
        let acknowledged = one.acknowledged.as_ref().map(|own| match own.first_at {
            Some(first) => format!("{}; lapsed; again {}", stamp(first), stamp(own.at)),
            None => stamp(own.at),
        });
        let acknowledged = acknowledged.unwrap_or_default();
        let name = match one.followed.as_ref().and_then(|next| Some((next.at, alert.at(next.by)?.person?))) {
            Some((at, next)) => format!("{name}, who left; {} since {}", detail.name(next), stamp(at)),
            None => name,
        };
        vec![detail.role(place), name, or_not(told), or_not(acknowledged)]
    });
    paper.table(&["Role", "Who", "Told", "Acknowledged"], people.collect());
    paper.heading(1, "Clocks");
    let clocks = detail.clocks.iter().map(|clock| {
        let what = format!("{}{}", clock.of.label(), detail.whose(clock.of));
        let ended = match clock.ended_at {
            Some(at) if detail.stopped_by_others(clock) => format!("stopped {}, without their acknowledgement", stamp(at)),
            _ => ended(clock, printed),
        };
        vec![what, stamp(clock.starts), deadline(clock.due_at), ended]
    });
    paper.table(&["Clock", "From", "Due", "Ended"], clocks.collect());
    if detail.clocks.is_empty() {
        paper.text("The framework sets no time.");
    }
    if !detail.urgent.is_empty() {
        paper.heading(1, "Urgent actions");
        let actions = detail.urgent.iter().map(|action| {
            let due = say_full_date(action.due_on);
            vec![action.reference.clone(), action.text.clone(), action.owner.clone(), due, action.state.label().to_string()]
        });
        paper.table(&["Ref", "What", "Owner", "Due", "Stands"], actions.collect());
    }
    if !alert.kept.is_empty() {
        paper.heading(1, "What followed");
        let kept = alert.kept.iter().map(|kept| vec![kept.kind.label().to_string(), say_full_date(kept.on), detail.kept_by(kept)]);
        paper.table(&["What", "When", "By"], kept.collect());
    }
    facts(&mut paper, rows);
    worth(&mut paper, printed, by);
    paper
}

fn or_not(text: String) -> String {
    if text.is_empty() { "not on record".to_string() } else { text }
}

/// How a clock ended, or that it runs.
fn ended(clock: &Clock, now: DateTime<Utc>) -> String {
    match clock.ended_at {
        Some(at) if clock.ended_late() => format!("{}, late", stamp(at)),
        Some(at) => format!("{}, in time", stamp(at)),
        None if clock.is_overdue(now) => "runs, over its time".to_string(),
        None => "runs".to_string(),
    }
}
