//! Frameworks and the calendar as the database froze them, parsed once and kept while the program runs.

use crate::domain::action::Source;
use crate::domain::calendar::Calendar;
use crate::domain::cycle::Cycle;
use crate::domain::error::RuleError;
use crate::domain::framework::{Framework, ReviewKind, SubjectKind};
use crate::domain::id::CycleId;
use crate::domain::query::KnownTimes;
use crate::profiles;
use crate::report::paper::Templates;
use crate::store::{Reading, StoreError, StoreResult};
use std::collections::HashMap;
use std::sync::Arc;

/// What has been parsed so far.
#[derive(Debug, Default)]
pub struct Library {
    frameworks: HashMap<(String, u32), Arc<Framework>>,
    kinds: HashMap<(String, u32, String), Arc<ReviewKind>>,
    calendar: Option<(i64, Arc<Calendar>)>,
    cycles: HashMap<CycleId, (Arc<str>, Arc<Cycle>)>,
    /// Which reviews the times are of that were counted last.
    pub times: Option<Arc<KnownTimes>>,
    /// The texts of reports: the council's own where it has a folder.
    pub templates: Templates,
}

impl Library {
    /// One that writes reports with these texts.
    pub fn with(templates: Templates) -> Library {
        Library { templates, ..Library::default() }
    }

    /// The framework with this id and version, as frozen in the database.
    pub fn framework(&mut self, reading: Reading<'_>, id: &str, version: u32) -> StoreResult<Arc<Framework>> {
        let key = (id.to_string(), version);
        if let Some(found) = self.frameworks.get(&key) {
            return Ok(found.clone());
        }
        let text = reading
            .framework_text(id, version)?
            .ok_or_else(|| StoreError::Unreadable { place: "framework", what: format!("there is no text of {id} version {version}") })?;
        let parsed = profiles::parse(&text, &format!("{id} version {version}"))
            .map_err(|error| StoreError::Unreadable { place: "framework.text", what: error.to_string() })?;
        let shared = Arc::new(parsed);
        self.frameworks.insert(key, shared.clone());
        Ok(shared)
    }

    /// The framework that new cycles run under.
    pub fn current(&mut self, reading: Reading<'_>) -> StoreResult<Arc<Framework>> {
        let chosen = reading.setting("framework")?.unwrap_or_default();
        let Some((id, version)) = chosen.split_once('@').and_then(|(id, version)| Some((id, version.parse().ok()?))) else {
            return Err(StoreError::Refused(RuleError::new(
                "No framework has been chosen for this database yet.",
                "Choose one with `closeloop init --framework ID`.",
            )));
        };
        self.framework(reading, id, version)
    }

    /// One kind of review of a framework.
    pub fn kind(&mut self, framework: &Arc<Framework>, key: &str) -> StoreResult<Arc<ReviewKind>> {
        let at = (framework.id.clone(), framework.version, key.to_string());
        if let Some(found) = self.kinds.get(&at) {
            return Ok(found.clone());
        }
        let kind = framework.kind(key).cloned().ok_or_else(|| StoreError::Unreadable {
            place: "review.kind",
            what: format!("{} version {} has no kind \u{201c}{key}\u{201d}", framework.id, framework.version),
        })?;
        let shared = Arc::new(kind);
        self.kinds.insert(at, shared.clone());
        Ok(shared)
    }

    /// A cycle. It is parsed again only when its stored text is another; a number that says "unchanged" would be wrong after
    /// a transaction that was taken back.
    pub fn cycle(&mut self, reading: Reading<'_>, id: CycleId) -> StoreResult<Arc<Cycle>> {
        let Some(text) = reading.cycle_body(id)? else {
            return Err(StoreError::Refused(RuleError::new("There is no such cycle.", "Look in the list of cycles.")));
        };
        if let Some((known, cycle)) = self.cycles.get(&id)
            && (Arc::ptr_eq(known, &text) || *known == text)
        {
            return Ok(cycle.clone());
        }
        let parsed: Cycle =
            serde_json::from_str(&text).map_err(|error| StoreError::Unreadable { place: "cycle.body", what: error.to_string() })?;
        let shared = Arc::new(parsed);
        self.cycles.insert(id, (text, shared.clone()));
        Ok(shared)
    }

    /// The framework by whose rules an action lives, and whom it is about: those of its review or of its cycle; of an entry of a
    /// register the framework in force, because entries are written under no other.
    pub fn around_action(&mut self, reading: Reading<'_>, source: Source) -> StoreResult<(Arc<Framework>, SubjectKind)> {
        let missing = |what: &str| StoreError::Refused(RuleError::new(format!("There is no such {what}."), "Look for it in its list."));
        let (cycle, subject) = match source {
            Source::Review(review) => {
                let (cycle, subject) = reading.cycle_and_subject_of(review)?.ok_or_else(|| missing("review"))?;
                (cycle, reading.subject(subject)?.map_or(SubjectKind::Child, |subject| subject.kind))
            }
            Source::Cycle(cycle) => (cycle, SubjectKind::Child),
            Source::Entry(_) => return Ok((self.current(reading)?, SubjectKind::Child)),
        };
        let cycle = self.cycle(reading, cycle)?;
        Ok((self.framework(reading, &cycle.framework, cycle.version)?, subject))
    }

    /// The calendar in force.
    pub fn calendar(&mut self, reading: Reading<'_>) -> StoreResult<Arc<Calendar>> {
        let newest = reading.last_seq("holidays")?;
        if let Some((seq, calendar)) = &self.calendar
            && *seq == newest
        {
            return Ok(calendar.clone());
        }
        let calendar = Arc::new(Calendar::new(reading.holidays()?));
        self.calendar = Some((newest, calendar.clone()));
        Ok(calendar)
    }
}
