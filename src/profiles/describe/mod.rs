//! A framework in plain words, complete, for a person who wants to check that the file says what the council decided.
//!
//! The text is made from the validated framework, never from the file, so that it shows what the program understood.

pub(super) mod form;
pub(super) mod response;

use super::words;
use crate::domain::access::Right;
use crate::domain::cycle::month_name;
use crate::domain::framework::{CaseType, Choice, Framework, Role, SubjectKind};
use std::fmt::{Display, Write};

/// The whole framework as plain text, with headings and indented lines.
pub fn describe(framework: &Framework) -> String {
    let mut page = Page::default();
    head(&mut page, framework);
    roles(&mut page, &framework.roles);
    // Q02: nothing of grades where nothing is ever graded.
    if framework.grades_anything() {
        scale(&mut page, framework);
    }
    case_types(&mut page, &framework.case_types);
    cycle(&mut page, framework);
    sampling(&mut page, framework);
    for kind in &framework.kinds {
        form::kind(&mut page, kind);
    }
    response::write(&mut page, framework);
    page.text
}

/// Plain text with headings and indentation.
#[derive(Default)]
pub(super) struct Page {
    text: String,
}

impl Page {
    /// A heading, underlined.
    pub(super) fn heading(&mut self, words: impl Display) {
        let words = words.to_string();
        let line = "-".repeat(words.chars().count());
        let gap = if self.text.is_empty() { "" } else { "\n" };
        self.put(format_args!("{gap}{words}\n{line}\n"));
    }

    /// A line at a depth.
    pub(super) fn line(&mut self, depth: usize, words: impl Display) {
        self.put(format_args!("{:1$}{words}\n", "", depth * 2));
    }

    /// A line with a list, if there is anything in it.
    pub(super) fn list<T: AsRef<str>>(&mut self, depth: usize, name: &str, items: &[T]) {
        if !items.is_empty() {
            let items: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
            let between = if items.iter().any(|item| item.contains(',')) { "; " } else { ", " };
            self.line(depth, format_args!("{name}: {}", items.join(between)));
        }
    }

    /// A line with a value, if there is one.
    pub(super) fn maybe<T: Display>(&mut self, depth: usize, name: &str, value: Option<T>) {
        if let Some(value) = value {
            self.line(depth, format_args!("{name}: {value}"));
        }
    }

    /// A line that is there only when something holds.
    pub(super) fn when(&mut self, depth: usize, holds: bool, words: &str) {
        if holds {
            self.line(depth, words);
        }
    }

    fn put(&mut self, words: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.text.write_fmt(words);
    }
}

/// Names of months, as a list; nothing for none.
pub(super) fn months(page: &mut Page, depth: usize, name: &str, months: &[u32]) {
    let named: Vec<&str> = months.iter().map(|month| month_name(*month)).filter(|name| !name.is_empty()).collect();
    page.list(depth, name, &named);
}

/// Labels of things to choose from.
pub(super) fn labels(choices: &[Choice]) -> Vec<&str> {
    choices.iter().map(|choice| choice.label.as_str()).collect()
}

fn head(page: &mut Page, framework: &Framework) {
    page.heading(&framework.title);
    page.line(0, format_args!("{} · id {} · version {}", framework.short_name, framework.id, framework.version));
    match framework.in_force_until {
        Some(until) => page.line(0, format_args!("In force from {} until {until}", framework.in_force_from)),
        None => page.line(0, format_args!("In force from {}", framework.in_force_from)),
    }
    page.line(0, &framework.summary);
    page.line(0, format_args!("Case system: {}. Subjects are shown as {}-0000.", framework.case_system, framework.case_prefix));
    page.list(0, "Looks at", &subjects(&framework.subjects));
    page.line(0, format_args!("Counts below {} are left out of whatever leaves the team.", framework.small_numbers_below));
}

/// The words for subjects.
pub(super) fn subjects(subjects: &[SubjectKind]) -> Vec<&'static str> {
    subjects.iter().map(|subject| words::word_of(words::SUBJECTS, subject)).collect()
}

fn roles(page: &mut Page, roles: &[Role]) {
    page.heading("Roles");
    for role in roles {
        let can = [
            (role.practitioner, "holds cases"),
            (role.manages, "manages"),
            (role.reviews, "reviews"),
            (role.moderates, "moderates"),
            (role.insights, "Insights team"),
        ];
        let can: Vec<&str> = can.into_iter().filter(|(holds, _)| *holds).map(|(_, words)| words).collect();
        let can = if can.is_empty() { String::new() } else { format!(": {}", can.join(", ")) };
        page.line(1, format_args!("{} · {}{can}", role.key, role.label));
        let rights: Vec<&str> = role.rights.list().iter().map(|right| words::word_of(words::RIGHTS, right)).collect();
        page.list(2, "may", &rights);
        page.line(2, format_args!("sees {}", if role.rights.has(Right::Read) { role.scope.words() } else { "nothing" }));
        page.list(2, "also", &role.also);
    }
}

fn scale(page: &mut Page, framework: &Framework) {
    page.heading("Grades");
    for grade in &framework.grades {
        let band = framework.bands.iter().find(|band| band.grade == grade.grade);
        let band = band.map(|band| format!(" ({} to {})", band.from, band.to)).unwrap_or_default();
        page.line(1, format_args!("{}{band}: {}", grade.label, grade.descriptor));
    }
    page.when(1, framework.bands.is_empty(), "No scaling: grades are given directly.");
}

fn case_types(page: &mut Page, case_types: &[CaseType]) {
    page.heading("Case types, most intensive first");
    for case in case_types {
        let list = case.annex_a_list.map(|list| format!(", Annex A list {list}")).unwrap_or_default();
        page.line(1, format_args!("{} · {} ({}){list}", case.key, case.label, case.short));
        if let Some(rule) = &case.supervision {
            let first = rule.first.map(|first| format!("first after {first}, then ")).unwrap_or_default();
            let more = rule.extended.as_ref().map(|(until, by)| format!(", up to {until} if the {by} agrees and says why"));
            page.line(2, format_args!("supervision: {first}every {}{}", rule.every, more.unwrap_or_default()));
        }
    }
}

fn cycle(page: &mut Page, framework: &Framework) {
    let plan = &framework.cycle;
    page.heading("Cycle");
    page.line(1, format_args!("Rhythm: {}", words::word_of(words::RHYTHMS, &plan.rhythm)));
    months(page, 1, "Year starts in", &[plan.year_starts_in]);
    page.when(1, plan.focus_required, "Every cycle names its focus.");
    page.when(1, plan.extra_work, "Work outside the plan may be added.");
    page.line(1, "Phases, in days from the cycle's first:");
    for phase in &plan.phases {
        page.line(2, format_args!("{} · {}: day {} to {}", phase.key, phase.label, phase.starts_day, phase.ends_day));
    }
    for stage in &plan.stages {
        let phases = if stage.phases.is_empty() { "all year".to_string() } else { stage.phases.join(", ") };
        page.line(1, format_args!("Stage of improvement · {}: {phases}", stage.label));
    }
    page.list(1, "Reasons for a focus", &labels(&plan.focus_reasons));
    for event in &plan.events {
        page.line(1, format_args!("Event · {}: {} a year", event.label, event.times_a_year));
        months(page, 2, "in", &event.months);
    }
}

fn sampling(page: &mut Page, framework: &Framework) {
    let rule = &framework.sampling;
    page.heading("Sampling");
    page.line(1, format_args!("Cases in a cycle: {}", rule.default_size));
    page.line(1, format_args!("Drawn in proportion by: {}", words::word_of(words::STRATA, &rule.stratify_by)));
    page.line(1, format_args!("Nobody again within: {}", rule.not_again_within));
    page.maybe(1, "Looks back", rule.look_back);
    page.when(1, rule.skip_workers_of_last_cycle, "Workers of the cycle before are left out, unless the frame is too small.");
    page.when(1, rule.showcase, "Managers may add cases that show good practice; they are kept out of the random figures.");
    page.when(1, rule.proposed_by_managers, "Managers propose cases.");
    page.when(1, rule.rotate_services, "One service after another.");
    page.list(1, "Services in turn", &rule.services);
    if let Some(notice) = &rule.notice {
        page.line(1, format_args!("Notice: {} before, to {}", notice.before, notice.to.join(", ")));
        for only in &notice.only_for {
            page.line(2, format_args!("{} only of {}", only.role, only.case_types.join(", ")));
        }
    }
}
