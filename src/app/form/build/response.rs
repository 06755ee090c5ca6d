//! Forms of what follows from a review or stands around it: actions, substitutions, absences, looking at who a child is.

use super::{People, choice, line, new, plain, text};
use crate::app::form::{Field, Form, FormFor, Input};
use crate::domain::framework::ActionRule;
use crate::domain::id::ReviewId;
use crate::domain::query::{ReviewDetail, SubstituteRow};
use crate::domain::review::field;

/// Raising an action.
pub fn action(detail: &ReviewDetail, people: People) -> Form {
    let urgent = vec![("no".to_string(), "no".to_string()), ("yes".to_string(), "yes: a child\u{2019}s safety depends on it".to_string())];
    let due = detail.framework.actions.default_due;
    let mut fields = vec![
        plain("text", "What needs to happen", line(""), true),
        Field {
            hint: "type part of the name".into(),
            ..plain("owner", "Owner", Input::Person { people, typed: String::new(), chosen: None, at: 0 }, true)
        },
        super::due("Due", format!("empty: {due} from today; or a date, +5, fri"), false),
        plain("urgent", "Urgent", choice(urgent, "no"), false),
    ];
    fields.extend(kind_of_action(&detail.framework.actions));
    fields.extend([Field {
        hint: "may stay empty; where one much like it is open already: its number links to it, new raises this".into(),
        ..plain("near", "Same as action", line(""), false)
    }]);
    let reference = &detail.facts.review.reference;
    let intro = "One owner, one date. It is followed until somebody else has seen that it was done.";
    new(FormFor::Action(detail.facts.review.id), format!("{reference} \u{b7} What needs to happen"), intro, fields, 0, "raise")
}

/// What sort of action it is, where the framework names sorts.
pub(in crate::app::form) fn kind_of_action(rule: &ActionRule) -> Option<Field> {
    let options: Vec<_> = rule.kinds.iter().map(|kind| (kind.key.clone(), kind.label.clone())).collect();
    let hint = "what sort of action it is: by it the team sees which sort lasts".into();
    (!options.is_empty()).then(|| Field { hint, ..plain("kind", "Kind", choice(options, ""), false) })
}

/// Why no action is raised.
pub fn no_actions(detail: &ReviewDetail) -> Form {
    let stored = detail.facts.answers.get(field::WHY_NO_ACTIONS);
    let mut why = plain(field::WHY_NO_ACTIONS, "Why none is needed", text(stored.map(|a| a.value.text()).unwrap_or_default()), false);
    why.seen = stored.map_or(0, |answer| answer.revision);
    let title = format!("{} \u{b7} No action", detail.facts.review.reference);
    new(
        FormFor::NoActions(detail.facts.review.id),
        title,
        "Below Good something usually has to happen. Where nothing does, the reason stands in its place.",
        vec![why],
        0,
        "save",
    )
}

/// Substituting a case.
pub fn substitute(detail: &ReviewDetail, reserve: &[SubstituteRow], people: People) -> Form {
    let options = reserve.iter().map(|row| {
        let first = if row.next_in_reserve { ", next in reserve" } else { "" };
        // Where the sample was divided by case type the stratum says nothing more.
        let stratum = if detail.framework.case_type(&row.team).is_some() { String::new() } else { format!(", {}", row.team) };
        (row.subject.0.to_string(), format!("{} {}{first}{stratum}", row.case, row.case_type))
    });
    let options: Vec<(String, String)> = options.collect();
    let first = options.first().map(|(key, _)| key.clone()).unwrap_or_default();
    let fields = vec![
        plain("incoming", "Case that comes in", choice(options, &first), true),
        plain("reason", "Why", line(""), true),
        Field {
            hint: "type part of the name".into(),
            ..plain("approver", "Approved by", Input::Person { people, typed: String::new(), chosen: None, at: 0 }, true)
        },
    ];
    let facts = &detail.facts;
    let title = format!("{} \u{b7} Substitute {}", facts.review.reference, detail.case);
    let intro = "The review is withdrawn and another opened. Reason and approver stay on the sample\u{2019}s card.";
    new(FormFor::Substitute(facts.review.id), title, intro, fields, facts.revision, "substitute")
}

/// Why somebody looks.
pub fn reveal(review: ReviewId, reference: &str) -> Form {
    let reasons = [
        ("to open the case record", "to open the case record"),
        ("a question from the team", "a question from the team"),
        ("to contact the family", "to contact the family"),
    ];
    let options = reasons.iter().map(|(key, label)| (key.to_string(), label.to_string())).collect();
    let fields = vec![plain("why", "Why", choice(options, "to open the case record"), true)];
    let intro = "Shows the council\u{2019}s own number for 10 seconds. That you looked, and why, is written into the history.";
    new(FormFor::Reveal(review), format!("{reference} \u{b7} Who is it?"), intro, fields, 0, "show")
}
