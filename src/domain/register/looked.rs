//! What a register's entries looked at together: the outcomes of earlier cycles, as in a reflective learning session. F15.

use super::super::framework::{FieldKind, Framework, Register};
use crate::domain::cycle::{Cycle, CycleCounts};
use crate::domain::error::RuleError;
use crate::domain::revisit::seen_on;
use chrono::{Months, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// Outcomes that nobody looked at for a year are learned from no more.
const LOOKED_BACK_MONTHS: u32 = 12;

/// The references that stand in such a field, as people write them: with spaces, commas or semicolons between.
pub fn references(value: &str) -> impl Iterator<Item = String> + '_ {
    value.split([' ', ',', ';', '\n']).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Whether entries of a register say which cycles they looked at.
pub fn looks_at_cycles(register: &Register) -> bool {
    register.fields.iter().any(|field| field.kind == FieldKind::Cycles)
}

/// Refuses a reference that no cycle has, in a field that names cycles; `known` are all there are, the newest first.
pub fn check_cycles(register: &Register, values: &BTreeMap<String, String>, known: &[String]) -> Result<(), RuleError> {
    for field in register.fields.iter().filter(|field| field.kind == FieldKind::Cycles) {
        let named = values.get(&field.key).map(String::as_str).unwrap_or_default();
        if let Some(unknown) = references(named).find(|reference| !known.contains(reference)) {
            let newest: Vec<&str> = known.iter().take(4).map(String::as_str).collect();
            let what = format!("There is no cycle {unknown}, which stands in \u{201c}{}\u{201d}.", field.label);
            return Err(RuleError::under("F15", what, format!("Write references such as {}, with a space between.", newest.join(" "))));
        }
    }
    Ok(())
}

/// The cycles of a framework that have outcomes and that no entry of a register has looked at, oldest first: reference and area.
///
/// Those whose reviews are still under way, and those of more than a year ago, are not asked for.
pub fn not_looked_at<'a>(
    register: &Register,
    framework: &Framework,
    cycles: &[(Cycle, CycleCounts)],
    entries: impl Iterator<Item = &'a BTreeMap<String, String>>,
    today: NaiveDate,
) -> Vec<(String, String)> {
    let fields: Vec<&str> =
        register.fields.iter().filter(|field| field.kind == FieldKind::Cycles).map(|field| field.key.as_str()).collect();
    if fields.is_empty() {
        return Vec::new();
    }
    let looked: BTreeSet<String> = entries
        .flat_map(|values| fields.iter().filter_map(|key| values.get(*key)).flat_map(|value| references(value)).collect::<Vec<_>>())
        .collect();
    let asked = |(cycle, counts): &&(Cycle, CycleCounts)| {
        cycle.framework == framework.id
            && counts.submitted > 0
            && seen_on(cycle) < today
            && cycle.starts_on + Months::new(LOOKED_BACK_MONTHS) > today
            && !looked.contains(&cycle.reference)
    };
    let mut open: Vec<&(Cycle, CycleCounts)> = cycles.iter().filter(asked).collect();
    open.sort_by_key(|(cycle, _)| (cycle.starts_on, cycle.id));
    open.into_iter().map(|(cycle, _)| (cycle.reference.clone(), cycle.focus.clone())).collect()
}
