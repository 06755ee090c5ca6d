//! Deeds about the framework itself: starting a database on one, and adopting its next version.

use super::{Asked, Desk, refuse};
use crate::domain::change::{Change, Swap};
use crate::domain::framework::{InForce, may_adopt};
use crate::profiles;
use chrono::NaiveDate;

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
