//! What answers findings: moderation, escalation, disputes, actions and the tracking that closes the loop.

use super::super::raw::Table;
use super::super::words;
use super::cycle::choices;
use super::keys::Keys;
use super::links::{Links, Need, Target};
use crate::domain::action::REMIND_AT_MOST;
use crate::domain::check::{CheckRule, FindingKind};
use crate::domain::framework::{
    ActionRule, Addressee, AssuranceQuestion, CitedRules, Conduct, DrpRule, DrpStage, EscalationRule, Grading, ModerationRule,
    ModerationTrigger, ReviewKind, Side, StepUpRule, TrackingRule,
};
use crate::domain::near::near_miss;

/// Reads `[moderation]`.
pub(super) fn moderation(table: &Table<'_>, links: &Links, kinds: &[ReviewKind]) -> ModerationRule {
    let takes: Vec<ModerationTrigger> = table.each("takes", "reason", trigger).into_iter().flatten().collect();
    let without_grade = takes.iter().any(|why| matches!(why, ModerationTrigger::JointAgreement | ModerationTrigger::Workshop));
    let rule = ModerationRule {
        kinds: of_kinds(table, links, kinds, if without_grade { Target::Kind } else { Target::GradedKind }),
        takes,
        members: links.many(table, "members", Target::Role(Need::Moderates)),
        own_service: table.flag("own_service"),
        invites: links.many(table, "invites", Target::Role(Need::Any)),
        invites_reviewer: table.flag("invites_reviewer"),
        quorum: table.number("quorum", 1..=20),
        sealed: table.flag("sealed"),
        every: table.maybe_span("every"),
    };
    let conducted = |conduct| kinds.iter().any(|kind| kind.conduct == conduct && rule.kinds.contains(&kind.key));
    if rule.takes.contains(&ModerationTrigger::JointAgreement) && !conducted(Conduct::Pair) {
        table.note_at("takes", "\"joint-agreement\" needs a kind with conduct = \"pair\" among the moderated kinds.");
    }
    let agreed_otherwise = |kind: &ReviewKind| {
        let by = |why: ModerationTrigger, conduct| kind.conduct == conduct && rule.takes.contains(&why);
        by(ModerationTrigger::JointAgreement, Conduct::Pair) || by(ModerationTrigger::Workshop, Conduct::Workshop)
    };
    for kind in kinds.iter().filter(|kind| without_grade && kind.grading == Grading::Ungraded && rule.covers(&kind.key)) {
        if !agreed_otherwise(kind) {
            let what = format!(
                "\"{}\" is never graded and neither a pair nor a workshop agrees on it, so it would wait for the panel for ever. Leave it out.",
                kind.key
            );
            table.note_at("kinds", what);
        }
    }
    if rule.takes.contains(&ModerationTrigger::Workshop) && !conducted(Conduct::Workshop) {
        table.note_at("takes", "\"workshop\" needs a kind with conduct = \"workshop\" among the moderated kinds.");
    }
    // A reason that no moderated review can ever meet would be a promise that nobody keeps.
    let moderated = |meets: &dyn Fn(&ReviewKind) -> bool| kinds.iter().any(|kind| rule.covers(&kind.key) && meets(kind));
    let disputed = |kind: &ReviewKind| kind.steps.iter().flat_map(|step| &step.fields).any(|field| field.no_disputes);
    if rule.takes.contains(&ModerationTrigger::Disputed) && !moderated(&disputed) {
        table.note_at("takes", "\"disputed\" needs a yes-no field with no_disputes = true in a step of a moderated kind.");
    }
    if rule.takes.contains(&ModerationTrigger::NewReviewer) && !moderated(&|kind| kind.first_review.is_some()) {
        table.note_at("takes", "\"new-reviewer\" needs a moderated kind that says what goes with a first_review.");
    }
    if rule.takes.contains(&ModerationTrigger::Borderline) && !moderated(&|kind| kind.grading == Grading::Scaling) {
        table.note_at("takes", "\"borderline\" needs a moderated kind that is graded by scaling.");
    }
    let ungraded = kinds.iter().find(|kind| kind.grading == Grading::Ungraded && rule.kinds.contains(&kind.key));
    let by_workshop = |kind: &ReviewKind| kind.conduct == Conduct::Workshop && rule.takes.contains(&ModerationTrigger::Workshop);
    if let Some(kind) = ungraded.filter(|kind| !by_workshop(kind)) {
        let what = format!("\"{}\" is never graded, so its reviews would wait for ever. Leave it out.", kind.key);
        table.note_at("kinds", what);
    }
    rule
}

/// Reads `[escalation]`.
pub(super) fn escalation(table: &Table<'_>, links: &Links, kinds: &[ReviewKind]) -> EscalationRule {
    let rule = EscalationRule {
        grades: table.choices("grades", words::GRADES),
        kinds: of_kinds(table, links, kinds, Target::GradedKind),
        immediate_concern: table.flag("immediate_concern"),
        addressees: table.each("addressees", "addressee", |item| addressee(item, links)),
        reviewed_by: links.maybe(table, "reviewed_by", Target::Role(Need::ChildSide)),
        review_within: table.maybe_span("review_within"),
        tell_within: table.maybe_span("tell_within"),
        acknowledge_within: table.maybe_span("acknowledge_within"),
        lapses_after: table.maybe_span("lapses_after"),
        steps: table.each("steps", "step", |item| StepUpRule { after: item.span("after"), to: addressee(item, links) }),
        told_in_words: table.flag("told_in_words"),
        concern: choices(table, "concern", "heading"),
        assurance: assurance(table),
        dispute_decided_by: table.inner("dispute_decided_by", |item| addressee(item, links)),
        dispute_within: table.maybe_span("dispute_within"),
        signed_off_by: links.maybe(table, "signed_off_by", Target::Role(Need::Any)),
        discussed_in_supervision: table.flag("discussed_in_supervision"),
        supervision_recorded_by: links.many(table, "supervision_recorded_by", Target::Role(Need::Any)),
        reflective_discussion: table.flag("reflective_discussion"),
        rules: table.inner("rules", cited).unwrap_or_default(),
        fostering: table.each("fostering", "replacement", |item| {
            (links.one(item, "role", Target::Role(Need::Any)), links.one(item, "acts", Target::Role(Need::Any)))
        }),
    };
    if (rule.immediate_concern || !rule.grades.is_empty()) && rule.addressees.is_empty() {
        table.note_at("addressees", "nobody would be told. Name at least one addressee.");
    }
    if rule.review_within.is_some() && rule.reviewed_by.is_none() {
        table.note_at("review_within", "this limits a review that nobody does. Name the role in reviewed_by.");
    }
    if rule.reviewed_by.is_some() && rule.assurance.is_empty() {
        table.note_at("assurance", "there is nothing for the assurance to answer. Write at least one question.");
    }
    if !rule.discussed_in_supervision && !rule.supervision_recorded_by.is_empty() {
        table.note_at("supervision_recorded_by", "nothing is recorded. Add discussed_in_supervision = true, or leave this out.");
    }
    acknowledging(table, &rule);
    rule
}

/// Reads the framework's own rules behind the facts of an alert.
fn cited(table: &Table<'_>) -> CitedRules {
    CitedRules {
        opened: table.texts("opened"),
        concern: table.texts("concern"),
        told: table.texts("told"),
        reviewed: table.texts("reviewed"),
        urgent: table.texts("urgent"),
        disputed: table.texts("disputed"),
        followed: table.texts("followed"),
    }
}

/// What contradicts itself about telling people and hearing from them.
fn acknowledging(table: &Table<'_>, rule: &EscalationRule) {
    if rule.acknowledge_within.is_none() && (rule.lapses_after.is_some() || !rule.steps.is_empty()) {
        let key = if rule.lapses_after.is_some() { "lapses_after" } else { "steps" };
        table.note_at(key, "this follows an acknowledgement that nobody is asked for. Write acknowledge_within.");
    }
    let hours: Vec<u32> = rule.steps.iter().map(|step| step.after.rough_hours()).collect();
    if hours.windows(2).any(|pair| pair[0] > pair[1]) {
        table.note_at("steps", "a step comes before the one above it. Put the steps in order of their time.");
    }
    if rule.dispute_within.is_some() && rule.dispute_decided_by.is_none() {
        table.note_at("dispute_within", "this limits a decision that nobody takes. Name the role in dispute_decided_by.");
    }
    if !rule.immediate_concern && (rule.told_in_words || !rule.concern.is_empty()) {
        let key = if rule.told_in_words { "told_in_words" } else { "concern" };
        table.note_at(key, "this is for an immediate concern, which the framework does not know. Write immediate_concern = true.");
    }
}

/// The questions of the assurance: each must be answered unless it says that it is optional.
fn assurance(table: &Table<'_>) -> Vec<AssuranceQuestion> {
    let mut keys = Keys::new();
    table.each("assurance", "assurance", |item| AssuranceQuestion {
        key: keys.take(item),
        label: item.text("label"),
        safety: item.flag("safety"),
        required: !item.flag("optional"),
    })
}

/// Reads `[drp]`.
pub(super) fn drp(table: &Table<'_>, links: &Links) -> DrpRule {
    let mut keys = Keys::new();
    let rule = DrpRule {
        called: table.maybe_word_at("called").map_or_else(|| "dispute".to_string(), |word| word.text),
        raised_by: links.some(table, "raised_by", Target::Role(Need::Any), "nobody could raise a dispute. Name at least one role."),
        stages: table.each("stages", "stage", |item| DrpStage {
            key: keys.take(item),
            label: item.text("label"),
            to: links.some(item, "to", Target::Role(Need::Any), "this goes to nobody. Name at least one role."),
            formal: item.flag("formal"),
        }),
        formal_within: table.maybe_span("formal_within"),
        pauses: table.flag("pauses"),
        at_any_time: links.many(table, "at_any_time", Target::Role(Need::Any)),
        outside: table.texts("outside"),
    };
    if rule.stages.first().is_none_or(|stage| stage.formal) {
        table.note_at("stages", "the first stage must be informal: a dispute is tried in conversation first.");
    }
    if let [earlier @ .., last] = rule.stages.as_slice()
        && !last.formal
        && earlier.iter().any(|stage| stage.formal)
    {
        table.note_at("stages", "an informal stage stands after a formal one. Put the stages in order.");
    }
    if rule.formal_within.is_some() && !rule.stages.iter().any(|stage| stage.formal) {
        table.note_at("formal_within", "this limits a formal part, but no stage has formal = true.");
    }
    rule
}

/// Reads `[actions]`.
pub(super) fn actions(table: &Table<'_>, links: &Links) -> ActionRule {
    let before = table.faults();
    let (limit, default_due, urgent_due) = (table.maybe_span("limit"), table.span("default_due"), table.span("urgent_due"));
    let spans_are_sound = table.faults() == before;
    let rule = ActionRule {
        limit,
        default_due,
        urgent_due,
        signed_off_by: links.some(table, "signed_off_by", Target::Role(Need::Any), "nobody could sign off. Name at least one role."),
        extension_approved_by: links.maybe(table, "extension_approved_by", Target::Role(Need::Any)),
        revisit_after: table.maybe_span("revisit_after"),
        kinds: super::cycle::choices(table, "kinds", "kind of action"),
        remind_before: match table.has("remind_before") {
            true => table.numbers("remind_before", 1..=REMIND_AT_MOST),
            false => vec![ActionRule::REMIND_BEFORE],
        },
        remind_copies: links.many(table, "remind_copies", Target::Role(Need::Any)),
    };
    if let Some(limit) = limit.filter(|limit| spans_are_sound && default_due.rough_hours() > limit.rough_hours()) {
        table.note_at("default_due", format!("{} is longer than the limit of {limit}.", rule.default_due));
    }
    if spans_are_sound && urgent_due.rough_hours() > default_due.rough_hours() {
        table.note_at("urgent_due", format!("{} is longer than the usual {}.", rule.urgent_due, rule.default_due));
    }
    if rule.limit.is_none() && rule.extension_approved_by.is_some() {
        table.note_at("extension_approved_by", "this approves what cannot happen: without a limit there is no extension. Write a limit.");
    }
    rule
}

/// Reads `[tracking]`.
pub(super) fn tracking(table: &Table<'_>, links: &Links, kinds: &[ReviewKind]) -> TrackingRule {
    let rule = TrackingRule {
        grades: table.choices("grades", words::GRADES),
        kinds: of_kinds(table, links, kinds, Target::GradedKind),
        tracked_by: links.many(table, "tracked_by", Target::Role(Need::Any)),
        needs: table.choices("needs", words::LINKS),
        support: table.each("support", "support", |item| {
            (links.one(item, "role", Target::Role(Need::Any)), links.one(item, "by", Target::Role(Need::Any)))
        }),
        revisit_areas_after: table.maybe_span("revisit_areas_after"),
        revisit_cases_after: table.maybe_span("revisit_cases_after"),
    };
    if !rule.grades.is_empty() && rule.tracked_by.is_empty() {
        table.note_at("tracked_by", "nobody would track these reviews. Name at least one role.");
    }
    if !rule.grades.is_empty() && rule.needs.is_empty() {
        table.note_at("needs", "nothing would close the loop. Name at least one link.");
    }
    rule
}

/// Reads `checks`: after how many days a kind of finding is amiss, and how much it presses.
pub(super) fn checks(top: &Table<'_>) -> Vec<CheckRule> {
    let mut taken: Vec<FindingKind> = Vec::new();
    let read = top.each("checks", "check", |item| {
        let (word, days) = (item.word_at("kind"), item.maybe_number("days", 1..=1000));
        let severity = item.choice_or("severity", words::SEVERITIES, None);
        let Some(kind) = FindingKind::of_key(&word.text) else {
            if !word.text.is_empty() {
                let what = format!("\"{}\" is no kind of finding. `closeloop check --list-kinds` names them.", word.text);
                item.sheet.note(&word.place, word.at, what, near_miss(&word.text, FindingKind::ALL.into_iter().map(FindingKind::key)));
            }
            return None;
        };
        let rule = CheckRule { kind, days, severity };
        if taken.contains(&kind) {
            item.note(format!("\"{}\" stands here twice.", kind.key()));
        }
        taken.push(kind);
        if rule.days.is_some() && kind.usual_days().is_none() {
            item.note_at("days", format!("\"{}\" is amiss at once. Leave the days out.", kind.key()));
        }
        if rule.days.is_none() && rule.severity.is_none() {
            item.note("this changes nothing. Write days, severity, or both.");
        }
        Some(rule)
    });
    read.into_iter().flatten().collect()
}

/// The kinds named, or every graded one where none is.
fn of_kinds(table: &Table<'_>, links: &Links, kinds: &[ReviewKind], target: Target) -> Vec<String> {
    if table.has("kinds") {
        return links.some(table, "kinds", target, "this is an empty list. Name a kind, or leave the key out to mean every graded kind.");
    }
    kinds.iter().filter(|kind| kind.grading != Grading::Ungraded).map(|kind| kind.key.clone()).collect()
}

fn addressee(table: &Table<'_>, links: &Links) -> Addressee {
    let side = table.choice("side", words::SIDES, Side::Child);
    let need = match side {
        Side::Insights => Need::Insights,
        Side::Child => Need::ChildSide,
    };
    Addressee { role: links.one(table, "role", Target::Role(need)), side }
}

#[derive(Clone, Copy)]
enum Why {
    Grades,
    Every,
    RandomShare,
    Disputed,
    JointAgreement,
    Workshop,
    Borderline,
    NewReviewer,
    Tension,
}

const WHY: words::Words<Why> = &[
    ("grades", Why::Grades),
    ("every", Why::Every),
    ("random-share", Why::RandomShare),
    ("disputed", Why::Disputed),
    ("joint-agreement", Why::JointAgreement),
    ("workshop", Why::Workshop),
    ("borderline", Why::Borderline),
    ("new-reviewer", Why::NewReviewer),
    ("tension", Why::Tension),
];

fn trigger(table: &Table<'_>) -> Option<ModerationTrigger> {
    match table.choice_if_right("why", WHY)? {
        Why::Grades => {
            let grades = table.choices("grades", words::GRADES);
            if grades.is_empty() {
                table.note_at("grades", "this names no grade. List the grades that come before the panel.");
            }
            Some(ModerationTrigger::Grades(grades))
        }
        Why::RandomShare => Some(ModerationTrigger::RandomShare(table.number("percent", 1..=100))),
        Why::Every => Some(ModerationTrigger::Every),
        Why::Disputed => Some(ModerationTrigger::Disputed),
        Why::JointAgreement => Some(ModerationTrigger::JointAgreement),
        Why::Workshop => Some(ModerationTrigger::Workshop),
        Why::Borderline => Some(ModerationTrigger::Borderline),
        Why::NewReviewer => Some(ModerationTrigger::NewReviewer),
        Why::Tension => Some(ModerationTrigger::Tension),
    }
}
