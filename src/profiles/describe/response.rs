//! What answers findings, in plain words: moderation, escalation, disputes, actions, boards, reports, registers.

use super::{Page, form, labels, months, words};
use crate::domain::count::counted;
use crate::domain::framework::{
    Addressee, Board, DrpRule, EscalationRule, Framework, ModerationRule, ModerationTrigger, Register, ReportKind, Side,
};
use crate::domain::grade::Grade;

/// Writes the part of the framework that comes after the reviews.
pub(super) fn write(page: &mut Page, framework: &Framework) {
    moderation(page, framework, &framework.moderation);
    escalation(page, framework, &framework.escalation);
    if let Some(rule) = &framework.drp {
        drp(page, rule);
    }
    actions(page, framework);
    tracking(page, framework);
    checks(page, framework);
    page.heading("Boards and forums");
    framework.boards.iter().for_each(|board| self::board(page, board));
    page.heading("Reports");
    framework.reports.iter().for_each(|report| self::report(page, report));
    page.heading("Registers");
    framework.registers.iter().for_each(|register| self::register(page, register));
    page.heading("Themes and indicators");
    let themes: Vec<&str> = framework.themes.iter().map(|theme| theme.label.as_str()).collect();
    page.list(1, "Themes", &themes);
    let kept: Vec<String> = framework
        .retention
        .iter()
        .map(|class| format!("{}: {} from the day a review was opened", class.label, counted(class.years, "year", "years")))
        .collect();
    page.list(1, "Records are kept", &kept.iter().map(String::as_str).collect::<Vec<_>>());
    page.list(1, "Indicators", &labels(&framework.indicators));
}

/// What comes before the panel, in words.
pub(in crate::profiles) fn trigger(framework: &Framework, why: &ModerationTrigger) -> String {
    match why {
        ModerationTrigger::Grades(which) => format!("every {}", grades(framework, which)),
        ModerationTrigger::Every => "every review".to_string(),
        ModerationTrigger::RandomShare(percent) => format!("{percent} % of each cycle, at random"),
        ModerationTrigger::Disputed => "every review whose outcome is disputed".to_string(),
        ModerationTrigger::JointAgreement => "what a pair agrees together".to_string(),
        ModerationTrigger::Workshop => "what a workshop agrees".to_string(),
        ModerationTrigger::Borderline => "every scaling at the edge of a grade".to_string(),
        ModerationTrigger::NewReviewer => "every first review".to_string(),
        ModerationTrigger::Tension => "every review whose sections and overall grade disagree".to_string(),
    }
}

/// Labels of grades in a line.
pub(in crate::profiles) fn grades(framework: &Framework, grades: &[Grade]) -> String {
    grades.iter().map(|grade| framework.grade_label(*grade)).collect::<Vec<_>>().join(", ")
}

fn moderation(page: &mut Page, framework: &Framework, rule: &ModerationRule) {
    page.heading("Moderation");
    for why in &rule.takes {
        page.line(1, format_args!("Takes {}", trigger(framework, why)));
    }
    page.list(1, "For", &rule.kinds);
    page.list(1, "Members", &rule.members);
    page.when(1, rule.own_service, "Moderators belong to the review's own service.");
    page.list(1, "Invited for each item", &rule.invites);
    page.when(1, rule.invites_reviewer, "The reviewer is invited.");
    page.line(1, format_args!("Quorum: {}", rule.quorum));
    page.when(1, rule.sealed, "Scores are sealed until all are in.");
    page.maybe(1, "Sits every", rule.every);
}

/// Who is told, and whose they are.
pub(in crate::profiles) fn addressee(addressee: &Addressee) -> String {
    match addressee.side {
        Side::Insights => format!("{} (Insights)", addressee.role),
        Side::Child => format!("{} (the child's)", addressee.role),
    }
}

fn escalation(page: &mut Page, framework: &Framework, rule: &EscalationRule) {
    page.heading("Escalation");
    if !rule.grades.is_empty() {
        page.line(1, format_args!("Opens on: {}, by reviewer or moderator", grades(framework, &rule.grades)));
        page.list(1, "For", &rule.kinds);
    }
    page.when(1, rule.immediate_concern, "May be opened at any time for an immediate concern.");
    let told: Vec<String> = rule.addressees.iter().map(addressee).collect();
    page.list(1, "Told at once", &told);
    page.maybe(1, "Record reviewed by the child's", rule.reviewed_by.as_ref());
    page.maybe(1, "Within", rule.review_within);
    page.maybe(1, "Everybody is told within", rule.tell_within);
    page.when(1, rule.told_in_words, "An immediate concern is told in words first.");
    page.maybe(1, "Whoever was told acknowledges within", rule.acknowledge_within);
    page.maybe(1, "An acknowledgement that nothing follows lapses after", rule.lapses_after);
    for step in &rule.steps {
        page.line(1, format_args!("If nobody acknowledges, after {}: {}", step.after, addressee(&step.to)));
    }
    for heading in &rule.concern {
        page.line(1, format_args!("Immediate concern · {}", heading.label));
    }
    for question in &rule.assurance {
        let note = if question.safety {
            " (nothing closes before this is answered)"
        } else if question.required {
            ""
        } else {
            " (may stay empty)"
        };
        page.line(1, format_args!("Assurance · {}{note}", question.label));
    }
    page.maybe(1, "A dispute is decided, finally, by", rule.dispute_decided_by.as_ref().map(addressee));
    page.maybe(1, "Decided within", rule.dispute_within);
    page.maybe(1, "Actions signed off by", rule.signed_off_by.as_ref());
    page.when(1, rule.discussed_in_supervision, "Discussed at the next supervision, and recorded.");
    page.list(2, "Recorded by", &rule.supervision_recorded_by);
    page.when(1, rule.reflective_discussion, "A reflective discussion is held after the audit, and recorded.");
    let cited = rule.rules.all().into_iter().filter(|(_, rules)| !rules.is_empty());
    let cited: Vec<String> = cited.map(|(what, rules)| format!("{what} {}", rules.join(", "))).collect();
    page.maybe(1, "Its own rules", Some(cited.join("; ")).filter(|words| !words.is_empty()));
    for (role, acts) in &rule.fostering {
        page.line(1, format_args!("In fostering the {acts} acts for the {role}."));
    }
}

fn drp(page: &mut Page, rule: &DrpRule) {
    page.heading("Dispute resolution");
    page.line(1, format_args!("Called: {}", rule.called));
    page.list(1, "Raised by", &rule.raised_by);
    for stage in &rule.stages {
        let formal = if stage.formal { "formal" } else { "informal" };
        page.line(1, format_args!("Stage · {} ({formal}), to {}", stage.label, stage.to.join(", ")));
    }
    page.maybe(1, "The formal part is resolved within", rule.formal_within);
    page.when(1, rule.pauses, "The formal part may be paused.");
    page.list(1, "At any time to", &rule.at_any_time);
    page.list(1, "Outside bodies", &rule.outside);
}

fn actions(page: &mut Page, framework: &Framework) {
    let rule = &framework.actions;
    page.heading("Actions");
    page.maybe(1, "Done at the latest within", rule.limit);
    page.line(1, format_args!("Usually due within: {}", rule.default_due));
    page.line(1, format_args!("Urgent ones due within: {}", rule.urgent_due));
    page.list(1, "Signed off by", &rule.signed_off_by);
    page.maybe(1, "An extension is approved by the", rule.extension_approved_by.as_ref());
    page.maybe(1, "Looked at again after", rule.revisit_after);
    if rule.remind_before.is_empty() {
        page.line(1, "Nobody is reminded of a date by e-mail.");
    } else {
        let days: Vec<String> = rule.remind_before.iter().map(u32::to_string).collect();
        page.line(1, format_args!("Reminded by e-mail, days before the date: {}", days.join(", ")));
        page.list(2, "Copied to", &rule.remind_copies);
    }
    page.list(1, "Kinds of action", &labels(&rule.kinds));
}

fn tracking(page: &mut Page, framework: &Framework) {
    let rule = &framework.tracking;
    page.heading("Closing the loop");
    if rule.grades.is_empty() {
        page.when(1, framework.grades_anything(), "No grade keeps a review open.");
    } else {
        page.line(1, format_args!("Stays open: {}", grades(framework, &rule.grades)));
        page.list(1, "For", &rule.kinds);
    }
    page.list(1, "Tracked by", &rule.tracked_by);
    let needs: Vec<&str> = rule.needs.iter().map(|link| words::word_of(words::LINKS, link)).collect();
    page.list(1, "Closes with", &needs);
    for (role, by) in &rule.support {
        page.line(1, format_args!("Targeted support for the {role} by the {by}."));
    }
    page.maybe(1, "Areas are audited again after", rule.revisit_areas_after);
    page.maybe(1, "Cases found Inadequate are looked at again after", rule.revisit_cases_after);
}

fn checks(page: &mut Page, framework: &Framework) {
    if framework.checks.is_empty() {
        return;
    }
    page.heading("The look over the records");
    for rule in &framework.checks {
        let days = rule.days.map(|days| format!(", after {days} days")).unwrap_or_default();
        let severity = rule.severity.map(|severity| format!(", {}", severity.key())).unwrap_or_default();
        page.line(1, format_args!("{}{days}{severity}", rule.kind.key()));
    }
}

fn board(page: &mut Page, board: &Board) {
    let mut notes = Vec::new();
    notes.extend(board.every.map(|every| format!("every {every}")));
    notes.extend(board.responsible.then(|| "responsible for the improvement".to_string()));
    notes.extend(board.forum.then(|| "learning forum".to_string()));
    let notes = if notes.is_empty() { String::new() } else { format!(" ({})", notes.join(", ")) };
    page.line(1, format_args!("{} · {}{notes}", board.key, board.label));
}

fn report(page: &mut Page, report: &ReportKind) {
    page.line(1, format_args!("{} · {}", report.key, report.label));
    page.maybe(2, "every", report.every);
    months(page, 2, "due in", &report.months);
    page.maybe(2, "counts reviews of the kind", report.kind.as_ref());
    page.list(2, "takes in", &report.takes_in);
    page.list(2, "tells of the actions of", &report.whose);
    page.when(2, report.public, "may be published as it is");
    page.when(2, report.for_team, "for the team alone");
    page.list(2, "sections", &labels(&report.sections));
    page.list(2, "goes to", &report.boards);
    page.maybe(2, "approved by", report.approved_by.as_ref());
    page.list(2, "rules", &report.rules);
}

fn register(page: &mut Page, register: &Register) {
    page.line(1, format_args!("{} · {}", register.key, register.label));
    page.maybe(2, "every", register.every);
    months(page, 2, "collected in", &register.months);
    page.when(2, register.own_work, "the team's own work: no number of it is left out of a report");
    form::fields(page, 2, &register.fields);
    for expected in &register.expects {
        let often = match expected.times_a_year {
            0 => "by a programme of their own".to_string(),
            times => format!("{times} a year"),
        };
        let one = expected.at_least_one.as_ref().map(|(field, choice)| format!(", at least one with {field} = {choice}"));
        page.line(2, format_args!("expected of each {}: {often}{}", expected.roles.join(", "), one.unwrap_or_default()));
    }
}
