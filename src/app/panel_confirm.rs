//! The questions before what stands for good at a sitting: a decision, and opening the scores before all are in. M06, M08, M09, F09.

use super::App;
use super::overlay::Confirm;
use crate::domain::count::counted;
use crate::domain::deed::{Deed, PanelDeed};
use crate::domain::framework::Framework;
use crate::domain::grade::{Judgement, ModerationOutcome};
use crate::domain::panel::{self, DecisionWanted, PanelDecision};
use crate::domain::query::{ItemDetail, ReviewDetail};
use crate::domain::reason::says_little;

/// A refusal at a field: its key, and what is wrong.
type AtField = (String, String);

impl App {
    /// The question before a deed at the sitting that is shown; none: nothing stands for good by it, or not more than was asked for.
    /// What the rules would refuse of it is refused at its field before anything is asked.
    pub(super) fn confirm_at_sitting(&self, deed: &Deed) -> Result<Option<Confirm>, AtField> {
        let on_table = |review| self.on_the_table().filter(|item| item.row.review == review);
        let asked = match deed {
            Deed::Panel(PanelDeed::Decide { review, wanted, .. }) => match on_table(*review) {
                Some(item) => Some((format!("{} \u{b7} The panel decides", item.row.reference), decided(item, wanted)?, "decide")),
                None => None,
            },
            Deed::Panel(PanelDeed::OpenScores { review, why, .. }) => match on_table(*review).filter(|item| !item.missing.is_empty()) {
                Some(_) if says_little(why) => {
                    return Err(("why".into(), "Say in a few words why the scores are opened before all are in.".into()));
                }
                Some(item) => Some((format!("{} \u{b7} Open the scores", item.row.reference), opened(item), "open")),
                None => None,
            },
            _ => None,
        };
        Ok(asked.map(|(title, says, word)| Confirm::new(title, says, word, deed.clone()).from_form(true)))
    }
}

fn opened(item: &ItemDetail) -> Vec<String> {
    let (many, names) = (item.missing.len(), item.missing.join(", "));
    vec![
        format!("{} not scored yet: {names}.", counted(many, "member has", "members have")),
        "From now on nobody scores it unseen: whoever scores afterwards has seen what the others gave.".to_string(),
        "It is not undone. The minutes say that you opened them, and why.".to_string(),
    ]
}

/// A judgement in the words of the framework: `Good 8`.
fn said(framework: &Framework, judgement: Judgement) -> String {
    let point = judgement.scaling.map(|point| format!(" {point}")).unwrap_or_default();
    format!("{}{point}", framework.grade_label(judgement.grade))
}

/// What a decision makes of the reviewer's judgement, and what follows from it.
fn decided(item: &ItemDetail, wanted: &DecisionWanted) -> Result<Vec<String>, AtField> {
    let review = &item.review;
    let (framework, kind) = (&review.framework, &review.kind);
    let Some(original) = item.row.original else { return Ok(vec!["It stands for good.".to_string()]) };
    let blank = PanelDecision {
        panel: None,
        on: review.facts.review.opened_on,
        moderated: original,
        outcome: ModerationOutcome::Upheld,
        rationale: String::new(),
        consistency: String::new(),
        themes: String::new(),
        scoring: None,
        scores: Vec::new(),
    };
    let decision = panel::decide(framework, kind.grading, original, wanted, blank)
        .map_err(|error| (error.field.clone().map_or("scaling".to_string(), |field| field.to_string()), error.to_string()))?;
    let (was, now) = (said(framework, original), said(framework, decision.moderated));
    let mut says = vec![match decision.outcome {
        ModerationOutcome::Upheld if original == decision.moderated => format!("Upheld: the reviewer gave {was}, and it stays."),
        ModerationOutcome::Upheld => format!("Upheld: the reviewer gave {was}, the panel gives {now}."),
        ModerationOutcome::Raised => format!("Raised: the reviewer gave {was}, it will be {now}."),
        ModerationOutcome::Lowered => format!("Lowered: the reviewer gave {was}, it will be {now}."),
    }];
    says.push("The panel\u{2019}s judgement stands for good; the reviewer\u{2019}s stays beside it.".to_string());
    says.extend(follows(review, original, decision.moderated));
    Ok(says)
}

/// What follows from a decision: an alert, the way back to the service, and who can still dispute.
fn follows(review: &ReviewDetail, original: Judgement, moderated: Judgement) -> Vec<String> {
    let framework = &review.framework;
    let worst = |judgement: Judgement| framework.escalation.opens(&review.kind.key, judgement.grade);
    let mut says = Vec::new();
    match (worst(original), worst(moderated)) {
        (false, true) => {
            let label = framework.grade_label(moderated.grade);
            says.push(format!("An {label} alert opens at this moment, addressed as the framework says."));
        }
        (true, false) if !review.alerts.is_empty() => {
            says.push(format!("{} stays open until somebody closes it.", review.alerts.join(", ")));
        }
        _ => {}
    }
    if let Some(step) = review.kind.steps.iter().find(|step| !review.facts.steps.contains_key(&step.key)) {
        says.push(format!("Next for it: {}.", step.label));
    }
    if let Some(rule) = framework.drp.as_ref().filter(|rule| !rule.raised_by.is_empty()) {
        says.push(format!("Whoever cannot agree raises a {}: {}.", rule.called, rule.raised_by.join(" or ")));
    }
    says
}
