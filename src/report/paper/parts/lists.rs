//! Lists of single things: actions, lines of a plan, what was taken in; and for the team alone alerts, open loops and the sample.

use super::{Facts, said, table};
use crate::domain::action::ActionState;
use crate::domain::count::{all_of, counted};
use crate::domain::report::told::Kind;
use crate::domain::report::{AlertLine, Material, PlanAction, TO_DO};
use crate::report::Block;
use crate::report::paper::context::{brief, span};
use std::collections::{BTreeMap, BTreeSet};

/// How many actions a report lists; the tracker has them all.
const LISTED: usize = 25;

/// So many are listed whatever has become of them. Of more, those that are signed off are counted and not listed: a board reads what is
/// still to be done.
const FEW: usize = 10;

pub(super) fn indicators(material: &Material) -> Vec<Block> {
    let rows = material
        .figures
        .indicators
        .iter()
        .map(|one| vec![one.label.clone(), one.value.clone(), span(one.from, one.until), one.source.clone()]);
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return said("No performance indicators have been taken in for this period.");
    }
    table(&["Indicator", "Value", "Period", "Source"], rows)
}

pub(super) fn actions(material: &Material, what: &str, wanted: impl Fn(&PlanAction) -> bool) -> Vec<Block> {
    let mut found: Vec<&PlanAction> = material.actions.iter().filter(|action| wanted(action)).collect();
    if found.is_empty() || material.public {
        return Vec::new();
    }
    // What is open and urgent first, then what waits to be signed off; what is signed off last.
    let signed_off = |action: &PlanAction| action.state == ActionState::SignedOff;
    found.sort_by_key(|action| (signed_off(action), !action.state.is_open(), !action.urgent, action.due_on, action.id));
    let (every, on) = (found.len(), material.counted_on);
    if !material.for_team && every > FEW {
        found.retain(|action| !signed_off(action));
    }
    let all = found.len();
    let most = if material.for_team { usize::MAX } else { LISTED };
    let rows = found.into_iter().take(most).map(|action| {
        let urgent = if action.urgent { "Urgent: " } else { "" };
        vec![
            action.reference.clone(),
            format!("{urgent}{}", action.text),
            action.owner.clone(),
            brief(action.due_on),
            action.stood(on).to_string(),
        ]
    });
    let mut blocks = table(&["Action", "What needs to happen", "Whose", "By", "Stands"], rows.collect());
    if all > most {
        blocks.extend(said(format!("{what}: {LISTED} of {all} that are not signed off, what is due first. The tracker has them all.")));
    } else if all < every {
        let many = counted(every - all, "other is", "others are");
        let many = if all == 0 { format!("All {every} are") } else { format!("{what} that are not signed off; {many}") };
        blocks.extend(said(format!("{many} signed off and stand in the tracker.")));
    }
    blocks
}

/// Alerts one by one, for the team: how many there are would otherwise be seen.
pub(super) fn alerts(material: &Material) -> Vec<Block> {
    if !material.for_team {
        return Vec::new();
    }
    let closed = |alert: &AlertLine| alert.closed_on.map_or_else(|| "open".into(), brief);
    // A report that was kept before more was said of an alert says no more of it now.
    if material.alerts.iter().all(|alert| alert.of.is_empty()) {
        let rows = material.alerts.iter().map(|alert| vec![alert.reference.clone(), brief(alert.opened_on), closed(alert)]);
        return table(&["Alert", "Opened", "Closed"], rows.collect());
    }
    let rows = material.alerts.iter().map(|alert| {
        let told = match (alert.told.of, alert.minutes) {
            (0, _) => String::new(),
            (of, None) => format!("0 of {of}"),
            (of, Some(minutes)) => format!("{} of {of}, within {}", alert.told.n, lasted(minutes)),
        };
        let reviewed = match (alert.reviewed_on, alert.closed_on) {
            (Some(on), _) => brief(on),
            (None, _) if alert.unasked => String::new(),
            (None, Some(_)) => "not reviewed".into(),
            (None, None) => "not yet".into(),
        };
        let reviewed = match alert.in_time {
            Some(true) => format!("{reviewed}, in time"),
            Some(false) => format!("{reviewed}, late"),
            None => reviewed,
        };
        vec![alert.reference.clone(), alert.of.clone(), brief(alert.opened_on), alert.why.clone(), told, reviewed, closed(alert)]
    });
    table(&["Alert", "Review", "Opened", "Why", "Told", "Record reviewed", "Closed"], rows.collect())
}

/// Within how long people were told: in minutes up to two hours, in hours up to two days, then in days; each that was begun counts.
fn lasted(minutes: i64) -> String {
    let begun = |of: u64| minutes.unsigned_abs().div_ceil(of);
    match minutes {
        ..120 => counted(minutes, "minute", "minutes"),
        120..2880 => counted(begun(60), "hour", "hours"),
        _ => counted(begun(1440), "day", "days"),
    }
}

/// Open loops one by one, for the team.
pub(super) fn loops(material: &Material) -> Vec<Block> {
    if !material.for_team {
        return Vec::new();
    }
    let rows = material.loops.list.iter().map(|one| {
        let due = one.supervision_due.map_or_else(String::new, brief);
        vec![one.reference.clone(), brief(one.since), one.missing.clone(), due]
    });
    table(&["Review", "Open since", "Waits for", "Supervision due"], rows.collect())
}

/// The cases of the sample one by one, for the team.
pub(super) fn sample(material: &Material) -> Vec<Block> {
    if !material.for_team {
        return Vec::new();
    }
    let rows = material
        .sample
        .iter()
        .map(|one| [&one.reference, &one.case, &one.case_type, &one.service, &one.chosen, &one.step].map(String::clone).to_vec());
    let blocks = table(&["Review", "Case", "Case type", "Service", "Chosen", "Step"], rows.collect());
    if blocks.is_empty() { said("No case is in the sample yet.") } else { blocks }
}

/// Lines of the improvement plan, of these kinds or of all that is to be done.
pub(super) fn plan(material: &Material, kinds: &[&str]) -> Vec<Block> {
    let wanted = if kinds.is_empty() { &TO_DO[..] } else { kinds };
    let lines: Vec<_> = material.plan.iter().filter(|line| wanted.contains(&line.kind.as_str())).collect();
    if lines.is_empty() || material.public {
        return Vec::new();
    }
    let many_kinds = wanted.len() > 1;
    let rows = lines.iter().map(|line| {
        let kind = match line.kind.as_str() {
            _ if !many_kinds => "",
            "training" => "Training: ",
            "concern" => "Concern: ",
            _ => "",
        };
        let answers = if line.answers.is_empty() { String::new() } else { format!(" (answers: {})", line.answers) };
        let carried = if line.carried_from.is_empty() { String::new() } else { format!(", carried on from {}", line.carried_from) };
        let late = if line.late { ", overdue" } else { "" };
        vec![
            line.reference.clone(),
            format!("{kind}{}{answers}", line.text),
            if line.who.is_empty() && TO_DO.contains(&line.kind.as_str()) { "nobody yet".into() } else { line.who.clone() },
            brief(line.on),
            format!("{}{late}{carried}", line.stands),
        ]
    });
    let mut blocks = table(&["Line", "What", "Whose", "On", "Stands"], rows.collect());
    let said: Vec<String> =
        lines.iter().flat_map(|line| line.notes.iter().map(move |note| format!("{}: {note}", line.reference))).collect();
    if !said.is_empty() {
        blocks.push(Block::Items(said));
    }
    blocks
}

/// What teams and services told of their month under one heading (F13).
pub(super) fn narratives(material: &Material, heading: &str) -> Vec<Block> {
    let told = material.plan.iter().filter(|line| line.kind == "narrative" && line.carried_from.is_empty());
    let mut blocks = Vec::new();
    for line in told {
        for text in line.notes.iter().filter_map(|note| note.strip_prefix(heading)?.strip_prefix(": ")) {
            blocks.push(Block::Heading(2, line.who.clone()));
            blocks.extend(text.lines().map(str::trim).filter(|text| !text.is_empty()).map(|text| Block::Text(text.into())));
        }
    }
    if !blocks.is_empty() {
        return blocks;
    }
    let any = material.plan.iter().any(|line| line.kind == "narrative" && line.carried_from.is_empty());
    said(if any { "No team or service wrote anything under this heading." } else { "No team or service has told of its month yet." })
}

/// General concerns that are not resolved, of this cycle and of earlier ones (C06).
pub(super) fn concerns(material: &Material) -> Vec<Block> {
    let blocks = plan(material, &["concern"]);
    if blocks.is_empty() { said("No general concern is open.") } else { blocks }
}

/// The actions, service by service. A service whose reviews are left out elsewhere, or whose actions come from so few reviews that a
/// single child could be known by them, is not told apart from others like it.
pub(super) fn by_service(facts: &Facts<'_>) -> Vec<Block> {
    let material = facts.material;
    let mut groups: BTreeMap<&str, Vec<&PlanAction>> = BTreeMap::new();
    for action in &material.actions {
        groups.entry(action.service.as_str()).or_default().push(action);
    }
    if groups.is_empty() {
        return said("No recommendation came out of the reviews of this period.");
    }
    let reviews = |of: &[&PlanAction]| of.iter().map(|action| action.review).collect::<BTreeSet<_>>().len();
    let few = |of: &[&PlanAction]| u32::try_from(reviews(of)).is_ok_and(|many| many < material.limit);
    let told = |service: &str| facts.told.cell(Kind::Services, "", service).count().is_some();
    let (mut apart, together): (Vec<_>, Vec<_>) = groups.into_iter().partition(|(service, of)| told(service) && !few(of));
    let mut names = together.len();
    let mut together: Vec<&PlanAction> = together.into_iter().flat_map(|(_, of)| of).collect();
    // One alone would be known by the others that are told, and few together are as few.
    while names > 0 && (names < 2 || few(&together)) {
        let Some(least) = (0..apart.len()).min_by_key(|at| apart.get(*at).map_or(0, |(_, of)| reviews(of))) else { break };
        together.extend(apart.swap_remove(least).1);
        names += 1;
    }
    apart.sort_by_key(|(service, _)| *service);
    let mut blocks = Vec::new();
    let whole = apart.is_empty();
    for (service, of) in apart {
        let name = if service.is_empty() { "No service known" } else { service };
        blocks.push(Block::Heading(3, name.to_string()));
        blocks.extend(recommendations(material, &of));
    }
    if whole {
        blocks.extend(said(
            "They are not told apart by service: so few reviews of a service led to one that single children could be known.",
        ));
        blocks.extend(recommendations(material, &together));
    } else if !together.is_empty() {
        blocks.push(Block::Heading(3, "Other services together".to_string()));
        blocks.extend(said(
            "Services in which few reviews led to a recommendation are told together with others, so that no child can be known.",
        ));
        blocks.extend(recommendations(material, &together));
    }
    blocks
}

fn recommendations(material: &Material, of: &[&PlanAction]) -> Vec<Block> {
    let open = of.iter().filter(|action| action.state.is_open()).count();
    let verb = if open == 1 || of.len() == 1 { "is" } else { "are" };
    let all = u32::try_from(of.len()).unwrap_or(u32::MAX);
    if !material.for_team && of.len() > FEW && of.iter().all(|action| action.state == ActionState::SignedOff) {
        return said(format!("All {all} recommendations are signed off and stand in the tracker."));
    }
    let mut blocks = said(format!("{open} of {} {verb} open.", counted(all, "recommendation", "recommendations")));
    let ids: BTreeSet<_> = of.iter().map(|action| action.id).collect();
    blocks.extend(actions(material, "The recommendations", |action| ids.contains(&action.id)));
    blocks
}

/// What became of what the last report promised, in one line.
pub(super) fn since(material: &Material) -> Vec<Block> {
    let Some(since) = &material.since else {
        return said("No earlier report of this kind has been kept, so progress cannot be told yet.");
    };
    if since.promised == 0 {
        return said(format!(
            "No action out of a review was still open in the report of {}, so there is no progress to tell of.",
            since.title
        ));
    }
    let slipped = u32::try_from(since.slipped.len()).unwrap_or(u32::MAX);
    let promised = since.promised;
    let title = &since.title;
    if promised == since.happened {
        return said(match promised {
            1 => format!("The one action out of a review that was open in the report of {title} is done by now."),
            2 => format!("Both actions out of reviews that were open in the report of {title} are done by now."),
            n => format!("All {n} actions out of reviews that were open in the report of {title} are done by now."),
        });
    }
    let stand = [
        (since.happened, "done by now"),
        (slipped, "past the day that was promised"),
        (since.to_come, "not yet due"),
        (since.withdrawn, "taken back"),
    ];
    let stand = stand.iter().filter(|(many, _)| *many > 0).map(|(many, how)| format!("{} {how}", counted(*many, "is", "are")));
    said(format!(
        "Of {} in the report of {title}, {}.",
        counted(promised, "action out of a review that was open", "actions out of reviews that were open"),
        all_of(&stand.collect::<Vec<_>>()),
    ))
}

pub(super) fn taken_in(material: &Material) -> Vec<Block> {
    let mut blocks = Vec::new();
    for one in &material.taken_in {
        blocks.push(Block::Heading(2, one.label.clone()));
        if one.reference.is_empty() {
            blocks.extend(said("No report of it has been written for this period."));
            continue;
        }
        if one.sections.is_empty() {
            blocks.extend(said(format!("{} holds figures and no text.", one.reference)));
        }
        for (heading, text) in &one.sections {
            blocks.push(Block::Heading(3, heading.clone()));
            blocks.extend(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| Block::Text(line.into())));
        }
    }
    blocks
}
