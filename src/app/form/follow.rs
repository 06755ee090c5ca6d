//! The form that writes down what followed a review. M16-M18, M24, M25, S13, S14, F12, C04, C13.

use super::build::{People, choice, date, new, person, plain, text};
use super::{Field, Form, FormFor};
use crate::app::record::Record;
use crate::domain::deed::{Deed, FollowUpWanted};
use crate::domain::id::ReviewId;
use crate::domain::query::LoopDetail;
use crate::domain::tracking::{FollowUpOf, Improved, LoopStand};
use chrono::NaiveDate;

/// What followed the review of this record: the first missing link of its loop stands chosen.
pub fn follow_up(record: &Record, people: People, today: NaiveDate) -> Form {
    let detail = &record.detail;
    let (review, follows) = (&detail.facts.review, &detail.follows);
    let kinds = FollowUpOf::ALL.into_iter().filter(|what| is_offered(*what, follows));
    let kinds = kinds.map(|what| (what.key().to_string(), what.label().to_lowercase())).collect();
    let chosen = record.next_follow_up().map_or("", FollowUpOf::key);
    let found = Improved::ALL.map(|improved| (improved.key().to_string(), improved.label().to_string())).to_vec();
    let only = |what: FollowUpOf| Some(("what", what.key()));
    let practitioner = if detail.practitioner.is_empty() { "nobody" } else { &detail.practitioner };
    let mut whole = vec![("person".to_string(), "a person".to_string())];
    if !detail.team.0.is_empty() {
        whole.push(("team".to_string(), format!("the whole team, {}", detail.team.0)));
    }
    let fields = vec![
        plain("what", "What followed", choice(kinds, chosen), true),
        Field { only_if: only(FollowUpOf::Assurance), ..plain("improved", "What was found", choice(found, ""), true) },
        date("on", "On", today),
        Field { hint: "type part of the name; empty: you".into(), ..person("by", "Held, given or decided by", people.clone(), false) },
        Field { only_if: only(FollowUpOf::Support), ..plain("for", "Support is for", choice(whole, "person"), true) },
        Field {
            only_if: Some(("for", "person")),
            hint: format!("type part of the name; empty: {practitioner}"),
            ..person("whom", "For whom", people, false)
        },
        Field { hint: "what came of it, and why; no names".into(), ..plain("text", "In words", text(""), true) },
    ];
    let intro = match follows.stand() {
        LoopStand::Untracked => "The framework does not track this review; what follows it is kept all the same.".to_string(),
        _ => format!("Its loop is {}.", follows.say()),
    };
    new(FormFor::FollowUp(review.id), format!("{} \u{b7} What followed", review.reference), intro, fields, 0, "write down")
}

/// Support goes on or ends only where it runs.
fn is_offered(what: FollowUpOf, follows: &LoopDetail) -> bool {
    let last =
        follows.noted.iter().map(|(follow, ..)| follow.what).find(|what| matches!(what, FollowUpOf::Support | FollowUpOf::SupportEnded));
    let runs = last == Some(FollowUpOf::Support);
    match what {
        FollowUpOf::Support => !runs,
        FollowUpOf::SupportProgress | FollowUpOf::SupportEnded => runs,
        _ => true,
    }
}

impl Form {
    /// The deed that writes it down.
    pub(super) fn follow_up_deed(&self, review: ReviewId, today: NaiveDate) -> Result<Deed, (String, String)> {
        let Some(what) = FollowUpOf::of_key(&self.value("what")) else {
            return Err(("what".into(), "Choose what followed with Space or the arrows.".into()));
        };
        Ok(Deed::FollowUp(FollowUpWanted {
            review,
            what,
            on: self.date("on", today)?,
            by: self.person("by"),
            whom: self.person("whom"),
            team: self.value("for") == "team",
            improved: Improved::of_key(&self.value("improved")),
            text: self.value("text"),
        }))
    }
}
