//! Everything of a framework but its kinds of review as trees: roles, bands, cycle, sampling, and what answers findings.

use super::kinds::{fields, kind};
use super::tree::Node;
use crate::domain::framework::{CaseType, Choice, Framework, Role, Span};
use crate::profiles::describe::response::{addressee, grades, trigger};
use crate::profiles::describe::subjects;
use crate::profiles::words;

/// The parts of a framework in the order of a profile.
pub(super) fn parts(framework: &Framework) -> Vec<Node> {
    let mut parts = vec![head(framework), Node::part("Roles").with(framework.roles.iter().map(role)), scale(framework)];
    parts.push(Node::part("Case types").with(framework.case_types.iter().map(case_type)));
    parts.extend([cycle(framework), sampling(framework)]);
    parts.extend(framework.kinds.iter().map(kind));
    parts.extend([
        moderation(framework),
        escalation(framework),
        disputes(framework),
        actions(framework),
        tracking(framework),
        checks(framework),
    ]);
    parts.extend(outward(framework));
    parts
}

fn head(framework: &Framework) -> Node {
    Node::part("Framework")
        .words("title", &framework.title)
        .words("short name", &framework.short_name)
        .prose("summary", &framework.summary)
        .words("in force from", framework.in_force_from)
        .maybe("in force until", framework.in_force_until)
        .words("case system", &framework.case_system)
        .words("letters before a subject's pseudonym", &framework.case_prefix)
        .list("looks at", subjects(&framework.subjects))
        .words("counts left out below", framework.small_numbers_below)
}

fn role(role: &Role) -> Node {
    Node::labelled("role", &role.key, &role.label)
        .list("other titles", &role.also)
        .flag("reviews", role.reviews)
        .flag("moderates", role.moderates)
        .flag("belongs to the Insights team", role.insights)
        .flag("holds cases", role.practitioner)
        .flag("manages", role.manages)
        .list("may", role.rights.list().iter().map(|right| words::word_of(words::RIGHTS, right)))
        .words("sees", role.scope.words())
}

fn scale(framework: &Framework) -> Node {
    Node::part("Grades and bands").with(framework.grades.iter().map(|grade| {
        let band = framework.bands.iter().find(|band| band.grade == grade.grade).map(|band| format!("{} to {}", band.from, band.to));
        Node::labelled("grade", grade.grade.key(), &grade.label).prose("descriptor", &grade.descriptor).maybe("band", band)
    }))
}

fn case_type(case: &CaseType) -> Node {
    let rule = case.supervision.as_ref();
    let extended = rule.and_then(|rule| rule.extended.as_ref()).map(|(until, by)| format!("{until}, by the {by}"));
    Node::labelled("case type", &case.key, &case.label)
        .words("short form", &case.short)
        .maybe("Annex A list", case.annex_a_list)
        .maybe("first supervision", rule.and_then(|rule| rule.first))
        .maybe("supervision every", rule.map(|rule| rule.every))
        .maybe("supervision extended to", extended)
        .in_order()
}

fn choices<'a>(noun: &'static str, choices: &'a [Choice]) -> impl Iterator<Item = Node> + 'a {
    choices.iter().map(move |choice| Node::labelled(noun, &choice.key, &choice.label))
}

fn numbers(numbers: &[u32]) -> Vec<String> {
    numbers.iter().map(u32::to_string).collect()
}

fn cycle(framework: &Framework) -> Node {
    let plan = &framework.cycle;
    let phases = plan.phases.iter().map(|phase| {
        Node::labelled("phase", &phase.key, &phase.label)
            .words("days", format!("{} to {}", phase.starts_day, phase.ends_day))
            .in_order()
            .telling("days")
    });
    let events = plan.events.iter().map(|event| {
        Node::labelled("event", &event.key, &event.label)
            .list("months", numbers(&event.months))
            .words("times a year", event.times_a_year)
            .telling("times a year")
    });
    let stages = plan.stages.iter().map(|stage| Node::labelled("stage", &stage.key, &stage.label).list("phases", &stage.phases));
    Node::part("Cycle")
        .words("rhythm", words::word_of(words::RHYTHMS, &plan.rhythm))
        .words("first month of the year", plan.year_starts_in)
        .flag("every cycle names its focus", plan.focus_required)
        .flag("work outside the plan may be added", plan.extra_work)
        .with(phases)
        .with(choices("reason for a focus", &plan.focus_reasons))
        .with(events)
        .with(stages)
}

fn sampling(framework: &Framework) -> Node {
    let rule = &framework.sampling;
    let to = rule.notice.iter().flat_map(|notice| &notice.to);
    let only = rule.notice.iter().flat_map(|notice| &notice.only_for);
    let only: Vec<String> = only.map(|only| format!("{} of {}", only.role, only.case_types.join(" and "))).collect();
    Node::part("Sampling")
        .words("cases in a cycle", rule.default_size)
        .words("drawn in proportion by", words::word_of(words::STRATA, &rule.stratify_by))
        .words("nobody again within", rule.not_again_within)
        .flag("workers of the cycle before are left out", rule.skip_workers_of_last_cycle)
        .maybe("look-back", rule.look_back)
        .flag("managers may add cases that show good practice", rule.showcase)
        .flag("managers propose cases", rule.proposed_by_managers)
        .flag("one service after another", rule.rotate_services)
        .list("services in turn", &rule.services)
        .maybe("notice", rule.notice.as_ref().map(|notice| notice.before))
        .list("notice goes to", to)
        .list("notice only where the case has one", &only)
}

fn moderation(framework: &Framework) -> Node {
    let rule = &framework.moderation;
    Node::part("Moderation")
        .list("takes", rule.takes.iter().map(|why| trigger(framework, why)))
        .list("kinds of review", &rule.kinds)
        .list("members", &rule.members)
        .flag("moderators of the review's own service", rule.own_service)
        .list("invited for each item", &rule.invites)
        .flag("the reviewer is invited", rule.invites_reviewer)
        .words("quorum", rule.quorum)
        .flag("scores sealed until all are in", rule.sealed)
        .maybe("sits every", rule.every)
}

fn escalation(framework: &Framework) -> Node {
    let rule = &framework.escalation;
    Node::part("Escalation")
        .words("opens on", grades(framework, &rule.grades))
        .list("kinds of review", &rule.kinds)
        .flag("may be opened for an immediate concern", rule.immediate_concern)
        .list("told at once", rule.addressees.iter().map(addressee))
        .maybe("record reviewed by", rule.reviewed_by.as_ref())
        .maybe("review within", rule.review_within)
        .maybe("told within", rule.tell_within)
        .flag("an immediate concern is told in words first", rule.told_in_words)
        .maybe("acknowledged within", rule.acknowledge_within)
        .maybe("an acknowledgement lapses after", rule.lapses_after)
        .list("if nobody acknowledges", rule.steps.iter().map(|step| format!("{} after {}", addressee(&step.to), step.after)))
        .maybe("a dispute is decided within", rule.dispute_within)
        .maybe("a dispute is decided by", rule.dispute_decided_by.as_ref().map(addressee))
        .maybe("actions signed off by", rule.signed_off_by.as_ref())
        .flag("discussed at the next supervision", rule.discussed_in_supervision)
        .list("supervision recorded by", &rule.supervision_recorded_by)
        .flag("a reflective discussion is held", rule.reflective_discussion)
        .list(
            "rules cited",
            rule.rules.all().into_iter().filter(|(_, rules)| !rules.is_empty()).map(|(what, rules)| format!("{what} {}", rules.join(", "))),
        )
        .list("in fostering", rule.fostering.iter().map(|(role, acts)| format!("{acts} for {role}")))
        .with(choices("heading of a concern", &rule.concern))
        .with(rule.assurance.iter().map(|question| {
            Node::labelled("assurance", &question.key, &question.label)
                .flag("nothing closes before it is answered", question.safety)
                .flag("must be answered", question.required)
        }))
}

fn disputes(framework: &Framework) -> Node {
    let part = Node::part("Dispute resolution").flag("there is a process", framework.drp.is_some());
    let Some(rule) = &framework.drp else { return part };
    part.words("called", &rule.called)
        .list("raised by", &rule.raised_by)
        .flag("the formal part may be paused", rule.pauses)
        .maybe("formal part resolved within", rule.formal_within)
        .list("at any time to", &rule.at_any_time)
        .list("outside bodies", &rule.outside)
        .with(rule.stages.iter().map(|stage| {
            Node::labelled("stage", &stage.key, &stage.label).list("goes to", &stage.to).flag("formal", stage.formal).in_order()
        }))
}

fn actions(framework: &Framework) -> Node {
    let rule = &framework.actions;
    Node::part("Actions")
        .maybe("limit", rule.limit)
        .words("usually due within", rule.default_due)
        .words("urgent ones due within", rule.urgent_due)
        .list("signed off by", &rule.signed_off_by)
        .maybe("an extension is approved by", rule.extension_approved_by.as_ref())
        .maybe("looked at again after", rule.revisit_after)
        .list("reminded of so many days before", numbers(&rule.remind_before))
        .list("reminders are copied to", &rule.remind_copies)
        .with(choices("kind of action", &rule.kinds))
}

fn tracking(framework: &Framework) -> Node {
    let rule = &framework.tracking;
    Node::part("Closing the loop")
        .words("stays open", grades(framework, &rule.grades))
        .list("kinds of review", &rule.kinds)
        .list("tracked by", &rule.tracked_by)
        .list("closes with", rule.needs.iter().map(|link| words::word_of(words::LINKS, link)))
        .list("targeted support", rule.support.iter().map(|(role, by)| format!("for {role} by {by}")))
        .maybe("areas audited again after", rule.revisit_areas_after)
        .maybe("Inadequate cases looked at again after", rule.revisit_cases_after)
}

fn checks(framework: &Framework) -> Node {
    let said = framework.checks.iter().map(|rule| {
        let days = rule.days.map(|days| format!(" after {days} days")).unwrap_or_default();
        let severity = rule.severity.map(|severity| format!(" {}", severity.key())).unwrap_or_default();
        format!("{}{days}{severity}", rule.kind.key())
    });
    Node::part("The look over the records").list("not as usual", said)
}

fn outward(framework: &Framework) -> Vec<Node> {
    let every = |node: Node, every: Option<Span>| node.maybe("every", every);
    let boards = framework.boards.iter().map(|board| {
        every(Node::labelled("board", &board.key, &board.label), board.every)
            .flag("responsible for the improvement", board.responsible)
            .flag("learning forum", board.forum)
    });
    let reports = framework.reports.iter().map(|report| {
        every(Node::labelled("report", &report.key, &report.label), report.every)
            .list("months", numbers(&report.months))
            .maybe("counts reviews of the kind", report.kind.as_ref())
            .list("takes in", &report.takes_in)
            .list("tells of the actions of", &report.whose)
            .flag("may be published as it is", report.public)
            .flag("for the team alone", report.for_team)
            .list("goes to", &report.boards)
            .maybe("approved by", report.approved_by.as_ref())
            .with(choices("section", &report.sections).map(Node::in_order))
    });
    let registers = framework.registers.iter().map(|register| {
        let expected = register.expects.iter().map(|expected| {
            let one = expected.at_least_one.as_ref().map(|(field, choice)| format!(", at least one with {field} = {choice}"));
            format!("{} times a year of {}{}", expected.times_a_year, expected.roles.join(", "), one.unwrap_or_default())
        });
        every(Node::labelled("register", &register.key, &register.label), register.every)
            .list("months", numbers(&register.months))
            .flag("the team's own work", register.own_work)
            .list("expects", expected)
            .with(fields(&register.fields))
    });
    vec![
        Node::part("Boards and forums").with(boards),
        Node::part("Reports").with(reports),
        Node::part("Registers").with(registers),
        Node::part("Themes").with(framework.themes.iter().map(|theme| Node::labelled("theme", &theme.key, &theme.label))),
        Node::part("Indicators").with(choices("indicator", &framework.indicators)),
        Node::part("Retention").with(framework.retention.iter().map(|class| {
            Node::labelled("class", &class.key, &class.label).words("years kept", class.years).list("kinds of review", &class.kinds)
        })),
    ]
}
