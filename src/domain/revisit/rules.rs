//! What may be written about revisits, and by whom. F14.

use super::seen_on;
use crate::domain::cycle::Cycle;
use crate::domain::error::RuleError;
use crate::domain::framework::Framework;

/// What the rules look at besides the cycles themselves.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// The framework in force.
    pub framework: &'a Framework,
    /// Role of whoever asks.
    pub role: &'a str,
    /// Reference of the cycle that looks again at the first already, if one does.
    pub taken: Option<&'a str>,
}

impl Around<'_> {
    /// The programme is the Insights team's and the managers'.
    fn may_write(&self) -> Result<(), RuleError> {
        if self.framework.role(self.role).is_none_or(|role| role.insights || role.manages) {
            return Ok(());
        }
        Err(RuleError::under("F14", "The programme of revisits is not yours to change.", "The Insights team and the managers can."))
    }
}

/// The later cycle with what it looks at again; `first` none: at nothing. F14.
///
/// Refuses a cycle that is looked at by another already, one of another framework, itself, and one whose reviews were still under
/// way when the later one began: nobody can look again at what was not looked at yet.
pub fn link(around: &Around<'_>, later: &Cycle, first: Option<&Cycle>) -> Result<Cycle, RuleError> {
    around.may_write()?;
    let Some(first) = first else { return Ok(Cycle { again: None, ..later.clone() }) };
    if first.id == later.id || first.framework != later.framework {
        let what = format!("{} cannot look again at {}.", later.reference, first.reference);
        return Err(RuleError::under("F14", what, "Choose an earlier cycle of the same framework."));
    }
    if later.starts_on <= seen_on(first) {
        let day = seen_on(first).format("%-d %B %Y");
        let what = format!("{} was being looked at until {day}, and {} begins before that is over.", first.reference, later.reference);
        return Err(RuleError::under("F14", what, "Choose an earlier cycle, or a later one to look again."));
    }
    if let Some(other) = around.taken.filter(|other| *other != later.reference) {
        let what = format!("{other} looks again at {} already.", first.reference);
        return Err(RuleError::under("F14", what, "Take that back first, or look again at that one."));
    }
    if first.focus.is_empty() {
        let what = format!("{} had no area of focus.", first.reference);
        return Err(RuleError::under("F14", what, "Choose a cycle that had one."));
    }
    Ok(Cycle { again: Some(first.id), ..later.clone() })
}

/// The first cycle with the reason why nobody looks again at it, or without. F14.
pub fn let_go(around: &Around<'_>, first: &Cycle, why: Option<&str>) -> Result<Cycle, RuleError> {
    around.may_write()?;
    let Some(why) = why else {
        return match first.let_go {
            Some(_) => Ok(Cycle { let_go: None, ..first.clone() }),
            None => Err(RuleError::under("F14", format!("The revisit of {} is asked for as it is.", first.reference), "")),
        };
    };
    if let Some(other) = around.taken {
        let what = format!("{other} looks again at {} already.", first.reference);
        return Err(RuleError::under("F14", what, "Take that back first."));
    }
    if why.trim().is_empty() {
        return Err(RuleError::under("F14", "Not looking again needs its reason.", "Write down why nobody has to."));
    }
    Ok(Cycle { let_go: Some(why.trim().to_string()), ..first.clone() })
}
