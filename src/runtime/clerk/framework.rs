//! Deeds about the framework itself: starting a database on one, and adopting its next version.

use super::{Asked, Desk, refuse};
use crate::domain::change::{Change, Swap};
use crate::domain::count::counted;
use crate::domain::framework::{Framework, InForce, SubjectKind, may_adopt};
use crate::profiles;
use crate::store::{Reading, StoreResult};
use chrono::NaiveDate;
use std::collections::BTreeMap;

impl Desk<'_, '_> {
    pub(super) fn start(&mut self, framework: String, version: u32, text: String, holidays: Vec<(NaiveDate, String)>) -> Asked {
        let reading = self.reading();
        if let Some(before) = reading.setting("framework")? {
            let (changes, _) = self.adopt_framework(text)?;
            let now = if changes.is_empty() { before } else { format!("{framework}@{version}") };
            return Ok((changes, format!("This database runs on the framework {}", now.replace('@', ", version "))));
        }
        let mut changes = vec![Change::FrameworkFrozen { id: framework.clone(), version, text }];
        let after = Some(format!("{framework}@{version}"));
        changes.push(Change::SettingChanged { name: "framework".into(), value: Swap { before: None, after } });
        changes.push(super::follow::loops_are_tracked());
        if reading.holidays()?.is_empty() && !holidays.is_empty() {
            changes.push(Change::HolidaysReplaced(holidays));
        }
        Ok((changes, format!("This database runs on the framework {framework}, version {version}")))
    }

    pub(super) fn adopt_framework(&mut self, text: String) -> Asked {
        let reading = self.reading();
        let current = self.library.current(reading)?;
        let new =
            profiles::parse(&text, "the new profile").map_err(|error| refuse(error.to_string(), "Mend the profile and adopt it again."))?;
        let frozen = reading.framework_text(&new.id, new.version)?;
        let in_force = InForce { id: &current.id, version: current.version, frozen: frozen.as_deref() };
        if !may_adopt(&new, &text, in_force)? {
            return Ok((Vec::new(), format!("{} version {} is in force already", new.id, new.version)));
        }
        let mut changes = Vec::new();
        if frozen.is_none() {
            changes.push(Change::FrameworkFrozen { id: new.id.clone(), version: new.version, text });
        }
        let value =
            Swap { before: Some(format!("{}@{}", current.id, current.version)), after: Some(format!("{}@{}", new.id, new.version)) };
        changes.push(Change::SettingChanged { name: "framework".into(), value });
        let said = format!("New cycles run under {} version {}; those already open keep version {}", new.id, new.version, current.version);
        Ok((changes, said))
    }
}

/// Who and what the new version of a framework no longer knows: people by their role, cases in the frame by their type. In
/// sentences, empty when it knows all.
pub fn left_behind(reading: Reading<'_>, new: &Framework, today: NaiveDate) -> StoreResult<Vec<String>> {
    let mut roles: BTreeMap<String, usize> = BTreeMap::new();
    for person in reading.people()?.into_iter().filter(|person| person.is_here(today) && !person.role.trim().is_empty()) {
        if new.role(&person.role).is_none() {
            *roles.entry(person.role).or_default() += 1;
        }
    }
    let mut types: BTreeMap<String, usize> = BTreeMap::new();
    for subject in reading.subjects(true)? {
        let known = subject.case_type.is_empty() || SubjectKind::from_key(&subject.case_type).is_some();
        if !known && new.case_type(&subject.case_type).is_none() {
            *types.entry(subject.case_type).or_default() += 1;
        }
    }
    let listed = |found: &BTreeMap<String, usize>| found.iter().map(|(key, many)| format!("{key} ({many})")).collect::<Vec<_>>().join(", ");
    let mut said = Vec::new();
    if !roles.is_empty() {
        let people = counted(roles.values().sum::<usize>(), "person holds a role", "people hold roles");
        said.push(format!("{people} that it does not know: {}; import them with a role it has.", listed(&roles)));
    }
    if !types.is_empty() {
        let cases = counted(types.values().sum::<usize>(), "case in the frame is", "cases in the frame are");
        said.push(format!("{cases} of a type that it does not know: {}; they are drawn, but named by their key.", listed(&types)));
    }
    Ok(said)
}
