//! Roles, grades, bands and case types.

use super::super::raw::Table;
use super::super::words;
use super::keys::Keys;
use super::links::{Links, Need, Target};
use crate::domain::access::{Right, Rights, Scope, usual_rights, usual_scope};
use crate::domain::framework::{ActionRule, Band, CaseType, GradeDescriptor, ReportKind, ReviewKind, Role, SupervisionRule};
use crate::domain::grade::Grade;

/// Reads the roles: at least one, and no word that could mean two of them; and the keys of those that do not say what they may.
pub(super) fn roles(top: &Table<'_>) -> (Vec<Role>, Vec<String>) {
    let mut keys = Keys::new();
    let mut silent = Vec::new();
    let mut spoken: Vec<(String, String)> = Vec::new();
    let roles = top.each("roles", "role", |table| {
        let mut role = Role {
            key: keys.take_role(table),
            label: table.text("label"),
            also: table.texts("also"),
            reviews: table.flag("reviews"),
            moderates: table.flag("moderates"),
            insights: table.flag("insights"),
            practitioner: table.flag("practitioner"),
            manages: table.flag("manages"),
            rights: Rights::NONE,
            scope: Scope::Own,
        };
        if !rights(table, &mut role) {
            silent.push(role.key.clone());
        }
        for word in [&role.key, &role.label].into_iter().chain(&role.also) {
            let plain = word.to_lowercase();
            match spoken.iter().find(|(other, holder)| *other == plain && *holder != role.key) {
                Some((_, holder)) => {
                    table.note(format!("\"{word}\" already means the role \"{holder}\". Give each role words of its own."))
                }
                None if plain.is_empty() => {}
                None => spoken.push((plain, role.key.clone())),
            }
        }
        role
    });
    let administers = |role: &Role| role.rights.has(Right::Administer);
    if roles.is_empty() {
        top.note_at("roles", "there are no roles. Write at least one [[roles]].");
    } else if !roles.iter().any(|role| role.insights) {
        top.note_at("roles", "no role has insights = true, so nobody could open a cycle. Give it to those who run the reviews.");
    } else if !roles.iter().any(|role| role.practitioner) {
        top.note_at("roles", "no role has practitioner = true, so nobody could hold a case. Give it to those whose work is reviewed.");
    } else if !roles.iter().any(administers) {
        top.note_at(
            "roles",
            "no role may \"administer\", so nobody could change the list of people. Give it to those who keep the database.",
        );
    }
    (roles, silent)
}

/// Holds the rights of roles against what the framework names them for: who signs off needs the right to, and who approves a
/// report. A role that does not say what it may gets it.
pub(super) fn named_for_it(
    top: &Table<'_>,
    (roles, silent): (&mut [Role], &[String]),
    actions: Option<&ActionRule>,
    reports: &[ReportKind],
) {
    let signs = actions.into_iter().flat_map(|rule| &rule.signed_off_by).map(|key| (key, Right::SignOff, "signs off actions"));
    let approves = reports.iter().filter_map(|report| report.approved_by.as_ref());
    for (key, right, what) in signs.chain(approves.map(|key| (key, Right::Report, "approves a report"))) {
        let Some(role) = roles.iter_mut().find(|role| role.key == *key && !role.rights.has(right)) else { continue };
        if silent.contains(key) {
            role.rights = role.rights.and(&[right]);
        } else {
            let word = words::word_of(words::RIGHTS, &right);
            top.note_at("roles", format!("\"{key}\" {what} and may not \"{word}\". Add it to what the role may, or name another role."));
        }
    }
}

/// Reads what a role may do and how far it sees; left out, both follow from what the role is said to be. Says whether it said
/// what it may.
fn rights(table: &Table<'_>, role: &mut Role) -> bool {
    role.rights = if table.has("may") { Rights::of(&table.choices("may", words::RIGHTS)) } else { usual_rights(role) };
    role.scope = if table.has("scope") { table.choice("scope", words::SCOPES, Scope::Own) } else { usual_scope(role) };
    if !table.has("may") {
        return false;
    }
    let gaps = [
        (role.reviews, Right::Review, "reviews = true"),
        (role.moderates, Right::Moderate, "moderates = true"),
        (!role.rights.list().is_empty(), Right::Read, "other rights"),
    ];
    for (said, right, flag) in gaps {
        if said && !role.rights.has(right) {
            let word = words::word_of(words::RIGHTS, &right);
            table.note_at("may", format!("this role has {flag} and may not \"{word}\". Add it here, or take the other away."));
        }
    }
    true
}

/// Reads the descriptors of the four grades, put in order with the best first, and whether they could be read.
pub(super) fn grades(top: &Table<'_>) -> (Vec<GradeDescriptor>, bool) {
    let mut all: Vec<GradeDescriptor> = Vec::new();
    let before = top.faults();
    top.each("grades", "grade", |table| {
        let (label, descriptor) = (table.text("label"), table.text("descriptor"));
        let Some(grade) = table.choice_if_right("grade", words::GRADES) else { return };
        if all.iter().any(|other| other.grade == grade) {
            table.note(format!("\"{}\" is described twice. Describe each grade once.", grade.key()));
        } else {
            all.push(GradeDescriptor { grade, label, descriptor });
        }
    });
    all.sort_by_key(|descriptor| std::cmp::Reverse(descriptor.grade));
    (all, top.faults() == before)
}

/// Checks that each grade is described, where anything is graded at all. Q02.
pub(super) fn check_described(top: &Table<'_>, grades: &[GradeDescriptor], kinds: &[ReviewKind]) {
    let ungraded = !kinds.is_empty() && !kinds.iter().any(ReviewKind::is_graded);
    if ungraded && grades.is_empty() {
        return;
    }
    for grade in Grade::ALL.into_iter().filter(|grade| !grades.iter().any(|other| other.grade == *grade)) {
        top.note_at("grades", format!("\"{}\" is not described. Add a [[grades]] with its label and descriptor.", grade.key()));
    }
}

/// Reads the bands: none, or the points 0 to 10 each exactly once and higher points never a worse grade. M01.
pub(super) fn bands(top: &Table<'_>) -> Vec<Band> {
    let before = top.faults();
    let mut bands = top.each("bands", "band", |table| {
        let band = Band {
            from: small(table.number("from", 0..=10)),
            to: small(table.number("to", 0..=10)),
            grade: table.choice("grade", words::GRADES, Grade::Inadequate),
        };
        if band.from > band.to {
            table.note(format!("this runs from {} down to {}. Write the lower point first.", band.from, band.to));
        }
        band
    });
    if bands.is_empty() || top.faults() > before {
        return bands;
    }
    for point in 0..=10u8 {
        match bands.iter().filter(|band| band.from <= point && point <= band.to).count() {
            0 => top.note_at("bands", format!("scale point {point} gives no grade. The bands must cover 0 to 10.")),
            1 => {}
            _ => top.note_at("bands", format!("scale point {point} is in two bands. Each point gives one grade.")),
        }
    }
    for grade in Grade::ALL.into_iter().filter(|grade| !bands.iter().any(|band| band.grade == *grade)) {
        top.note_at("bands", format!("no scale point gives \"{}\". Each of the four grades needs a band.", grade.key()));
    }
    bands.sort_by_key(|band| band.from);
    for pair in bands.windows(2) {
        if let [lower, higher] = pair
            && higher.grade <= lower.grade
        {
            let (low, high) = (lower.grade.key(), higher.grade.key());
            top.note_at("bands", format!("the band from {} gives \"{high}\", not a better grade than \"{low}\" below it.", higher.from));
        }
    }
    bands
}

/// Reads the case types with their supervision. M24.
pub(super) fn case_types(top: &Table<'_>, links: &Links) -> Vec<CaseType> {
    let mut keys = Keys::new();
    let types = top.each("case_types", "case type", |table| CaseType {
        key: keys.take(table),
        label: table.text("label"),
        short: table.text("short"),
        annex_a_list: annex_a_list(table),
        supervision: table.inner("supervision", |rule| supervision(rule, links)),
    });
    if types.is_empty() {
        top.note_at("case_types", "there are no case types. Write at least one [[case_types]], most intensive first.");
    }
    types
}

fn annex_a_list(table: &Table<'_>) -> Option<u8> {
    let list = table.maybe_number("annex_a_list", 1..=11)?;
    if ![4, 6, 7, 8, 9].contains(&list) {
        table.note_at("annex_a_list", format!("list {list} of Annex A holds no open cases. Use 4, 6, 7, 8 or 9."));
    }
    Some(small(list))
}

fn supervision(table: &Table<'_>, links: &Links) -> SupervisionRule {
    let until = table.maybe_span("extended_to");
    let by = links.maybe(table, "extended_by", Target::Role(Need::Any));
    if until.is_some() != by.is_some() {
        table.note("an extension needs both: extended_to, how long, and extended_by, the role that agrees to it.");
    }
    let before = table.faults();
    let rule = SupervisionRule { first: table.maybe_span("first"), every: table.span("every"), extended: until.zip(by) };
    if let Some((until, _)) =
        rule.extended.as_ref().filter(|(until, _)| table.faults() == before && until.rough_hours() < rule.every.rough_hours())
    {
        table.note_at("extended_to", format!("{until} is shorter than the usual {}.", rule.every));
    }
    rule
}

/// Numbers whose bounds were checked when they were read.
pub(super) fn small(number: u32) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}
