//! A sitting of the panel: planned, begun with a quorum, chaired, closed. M05, S07, F09.

use crate::domain::calendar::{instant, local, local_date};
use crate::domain::count::counted;
use crate::domain::error::RuleError;
use crate::domain::framework::Framework;
use crate::domain::id::{PanelId, PersonId, ReviewId};
use crate::domain::person::Person;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How members judge an item before it is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scoring {
    /// Each on their own, without having seen the reviewer's grade; nobody reads a score before all are in.
    Sealed,
    /// Together, with the reviewer's grade in sight.
    Sighted,
}

impl Scoring {
    /// In a word, for screens and minutes.
    pub fn label(self) -> &'static str {
        match self {
            Scoring::Sealed => "sealed",
            Scoring::Sighted => "sighted",
        }
    }
}

/// A sitting as it is planned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    /// Row number.
    pub id: PanelId,
    /// The day it sits.
    pub on: NaiveDate,
    /// The time it starts, as people write it (`10:00`).
    pub at: String,
    /// Who chairs.
    pub chair: Option<PersonId>,
    /// Who sits on it, the chair included.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<PersonId>,
    /// Who comes by invitation and does not score (F09).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guests: Vec<PersonId>,
    /// How items are scored; none: as the framework says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scoring: Option<Scoring>,
    /// Minutes meant for each item; 0: nobody keeps the time.
    #[serde(default, skip_serializing_if = "nobody_keeps_time")]
    pub minutes_each: u16,
    /// The service whose reviews it takes, where services moderate their own (S07); empty: all.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub service: String,
}

/// Whether no minutes are meant for an item.
fn nobody_keeps_time(minutes: &u16) -> bool {
    *minutes == 0
}

impl Panel {
    /// When it begins; none: that is no time of day.
    pub fn begins(&self) -> Option<DateTime<Utc>> {
        NaiveTime::parse_from_str(&self.at, "%H:%M").ok().and_then(|time| instant(self.on, time))
    }

    /// Whether somebody sits there, as a member or a guest.
    pub fn has(&self, person: PersonId) -> bool {
        self.members.contains(&person) || self.guests.contains(&person)
    }

    /// How its items are scored.
    pub fn scoring(&self, framework: &Framework) -> Scoring {
        let usual = if framework.moderation.sealed { Scoring::Sealed } else { Scoring::Sighted };
        self.scoring.unwrap_or(usual)
    }
}

/// What somebody wants of a sitting, before the rule has made one of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SittingWanted {
    /// The day.
    pub on: NaiveDate,
    /// The time (`10:00`).
    pub at: String,
    /// Who chairs.
    pub chair: Option<PersonId>,
    /// Who sits on it; empty: all whom the framework names.
    pub members: Vec<PersonId>,
    /// Who comes by invitation (F09).
    pub guests: Vec<PersonId>,
    /// How items are scored; none: as the framework says.
    pub scoring: Option<Scoring>,
    /// Minutes meant for each item; 0: nobody keeps the time.
    pub minutes_each: u16,
    /// The service whose reviews it takes (S07); empty: all.
    pub service: String,
    /// The sitting from which everything that still waits there moves to this one; none: what others have they keep.
    pub from: Option<PanelId>,
}

impl SittingWanted {
    /// A sitting on a day with everything else as usual.
    pub fn on(on: NaiveDate, at: &str, chair: Option<PersonId>) -> SittingWanted {
        SittingWanted {
            on,
            at: at.to_string(),
            chair,
            members: Vec::new(),
            guests: Vec::new(),
            scoring: None,
            minutes_each: 0,
            service: String::new(),
            from: None,
        }
    }
}

/// Where a sitting stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SittingStand {
    /// In the diary.
    Planned,
    /// It sits now.
    InProgress,
    /// Over; what is added now is a dated minute.
    Closed,
    /// It was never begun and will not be.
    CalledOff,
}

impl SittingStand {
    /// Whether nothing is heard there any more.
    pub fn is_over(self) -> bool {
        matches!(self, SittingStand::Closed | SittingStand::CalledOff)
    }

    /// Whether it was ever begun.
    pub fn has_begun(self) -> bool {
        matches!(self, SittingStand::InProgress | SittingStand::Closed)
    }

    /// In a word or two, as lists and papers have it.
    pub fn label(self) -> &'static str {
        match self {
            SittingStand::Planned => "planned",
            SittingStand::InProgress => "sits now",
            SittingStand::Closed => "closed",
            SittingStand::CalledOff => "called off",
        }
    }
}

/// A sitting as it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitting {
    /// As planned.
    pub panel: Panel,
    /// Where it stands.
    pub stand: SittingStand,
    /// Who is there, once it has begun; guests included.
    pub present: Vec<PersonId>,
    /// When it began.
    pub began_at: Option<DateTime<Utc>>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// The item on the table.
    pub item: Option<ReviewId>,
    /// When that was opened.
    pub item_since: Option<DateTime<Utc>>,
    /// The order in which somebody put the items by hand; empty: as the program proposes.
    pub run: Vec<ReviewId>,
    /// Why it was called off; empty: it was not.
    pub called_off: String,
    /// Revision of the row.
    pub revision: i64,
}

impl Sitting {
    /// A sitting as it is planned and before anything happened at it.
    pub fn of(panel: Panel) -> Sitting {
        Sitting {
            panel,
            stand: SittingStand::Planned,
            present: Vec::new(),
            began_at: None,
            closed_at: None,
            item: None,
            item_since: None,
            run: Vec::new(),
            called_off: String::new(),
            revision: 0,
        }
    }

    /// Members who are there: those who score and count for the quorum.
    pub fn scorers(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.present.iter().copied().filter(|person| self.panel.members.contains(person))
    }

    /// Whether it sits now.
    pub fn in_progress(&self) -> bool {
        self.stand == SittingStand::InProgress
    }
}

/// Who does something at a sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doer {
    /// Their row in the list of people, where they have one.
    pub person: Option<PersonId>,
    /// Belongs to the Insights team, who keep the papers of every sitting.
    pub insights: bool,
}

impl Doer {
    /// Whether they are in the chair.
    pub fn chairs(self, sitting: &Sitting) -> bool {
        self.person.is_some() && self.person == sitting.panel.chair
    }

    /// Refuses everybody but the chair and the Insights team.
    pub fn runs(self, sitting: &Sitting) -> Result<(), RuleError> {
        if self.insights || self.chairs(sitting) {
            return Ok(());
        }
        Err(RuleError::under(
            "F09",
            "Only the chair or the Insights team leads a sitting.",
            "Ask the chair, or take the chair over with its reason.",
        ))
    }
}

/// The latest start that people mean when they type a time of day.
const MINUTES_LIMIT: u16 = 240;

/// Checks a planned sitting and fills in its members. F09; S07: members of the service whose reviews it takes.
pub fn plan(framework: &Framework, people: &BTreeMap<PersonId, Person>, id: PanelId, wanted: SittingWanted) -> Result<Panel, RuleError> {
    let SittingWanted { on, at, chair, mut members, mut guests, scoring, minutes_each, service, from: _ } = wanted;
    if NaiveTime::parse_from_str(at.trim(), "%H:%M").is_err() {
        return Err(RuleError::new(format!("\u{201c}{at}\u{201d} is no time of day."), "Write it like 10:00."));
    }
    if minutes_each > MINUTES_LIMIT {
        return Err(RuleError::new(
            format!("{minutes_each} minutes for one case is more than half a day."),
            "Give the minutes meant for one case.",
        ));
    }
    let rule = &framework.moderation;
    let service = service.trim().to_string();
    if rule.own_service && service.is_empty() {
        let what = "A sitting of this panel hears the reviews of one service.";
        return Err(RuleError::under("S07", what, "Name the service; each moderates its own reviews."));
    }
    let sits =
        |person: &Person| rule.members.contains(&person.role) && (!rule.own_service || person.service.eq_ignore_ascii_case(&service));
    if members.is_empty() {
        members = people.values().filter(|person| person.left_on.is_none() && sits(person)).map(|person| person.id).collect();
    }
    members.extend(chair.filter(|chair| !members.contains(chair)));
    members.sort();
    members.dedup();
    guests.retain(|guest| !members.contains(guest));
    for member in &members {
        let Some(person) = people.get(member) else {
            return Err(RuleError::new(
                "Somebody named for the panel is not on the council\u{2019}s list.",
                "Choose people from the list.",
            ));
        };
        if person.left_on.is_some() {
            return Err(RuleError::new(format!("{} has left.", person.name), "Choose somebody who is here."));
        }
        let moderates = rule.members.is_empty() || rule.members.contains(&person.role);
        if !moderates {
            let what = format!("{} is {} and does not sit on this panel.", person.name, person.role);
            return Err(RuleError::under("F09", what, "Invite them as a guest, or choose somebody whose role moderates."));
        }
        if rule.own_service && !person.service.eq_ignore_ascii_case(&service) {
            let what = format!("{} belongs to {}, not to {service}.", person.name, named(&person.service));
            return Err(RuleError::under("S07", what, "A service moderates its own reviews: choose somebody of it."));
        }
    }
    // Which one is used is stored, whatever a later version of the framework says: what is kept back from whom depends on it.
    let usual = if rule.sealed { Scoring::Sealed } else { Scoring::Sighted };
    let scoring = Some(scoring.unwrap_or(usual));
    Ok(Panel { id, on, at: at.trim().to_string(), chair, members, guests, scoring, minutes_each, service })
}

fn named(service: &str) -> &str {
    if service.is_empty() { "no service" } else { service }
}

/// Whether its items can be put in another order.
pub fn may_order(sitting: &Sitting, doer: Doer) -> Result<(), RuleError> {
    doer.runs(sitting)?;
    match sitting.stand {
        SittingStand::Closed | SittingStand::CalledOff => {
            Err(RuleError::new(is_over(sitting), "What was not heard waits for the next one."))
        }
        SittingStand::Planned | SittingStand::InProgress => Ok(()),
    }
}

/// That a sitting is over, and how it ended.
fn is_over(sitting: &Sitting) -> &'static str {
    if sitting.stand == SittingStand::CalledOff { "That sitting was called off." } else { "That sitting is over." }
}

/// Checks that a sitting is called off: by the chair or the Insights team, before it began, with the reason. F09.
pub fn may_call_off(sitting: &Sitting, why: &str, doer: Doer) -> Result<(), RuleError> {
    doer.runs(sitting)?;
    match sitting.stand {
        SittingStand::Planned if why.is_empty() => {
            Err(RuleError::new("Calling a sitting off needs its reason.", "Say why: it stays with the sitting, and members ask."))
        }
        SittingStand::Planned => Ok(()),
        SittingStand::InProgress => {
            Err(RuleError::new("The panel sits now: what has begun is not called off.", "Close the sitting; what has no outcome waits."))
        }
        SittingStand::Closed | SittingStand::CalledOff => Err(RuleError::new(is_over(sitting), "There is nothing to call off.")),
    }
}

/// Refuses a sitting whose day, or on its day whose time, has passed.
pub fn lies_ahead(panel: &Panel, now: DateTime<Utc>) -> Result<(), RuleError> {
    let today = local_date(now);
    if panel.on < today {
        let what = format!("{} is over: a sitting is planned for a day to come.", panel.on.format("%A %-d %B %Y"));
        return Err(RuleError::new(what, "Give today or a later day.").at("on"));
    }
    match panel.begins().filter(|begins| panel.on == today && *begins < now) {
        None => Ok(()),
        Some(_) => {
            let what = format!("{} today has passed: it is {} now.", panel.at, local(now).format("%H:%M"));
            Err(RuleError::new(what, "Give a later time, or another day.").at("at"))
        }
    }
}

/// Whether a sitting can still be changed or begun.
pub fn may_move(sitting: &Sitting) -> Result<(), RuleError> {
    match sitting.stand {
        SittingStand::Planned => Ok(()),
        SittingStand::InProgress => Err(RuleError::new("The panel sits now; its day and members stay.", "Close the sitting first.")),
        SittingStand::Closed => Err(RuleError::new(is_over(sitting), "Plan another one, or add a minute to this.")),
        SittingStand::CalledOff => Err(RuleError::new(is_over(sitting), "Plan another one.")),
    }
}

/// Refuses a member who would show themselves the grades: from sealed to sighted a sitting with cases goes by somebody who scores none
/// of them, before the change and after it. F09.
pub fn may_unseal(framework: &Framework, before: &Panel, after: &Panel, cases: usize, me: Option<PersonId>) -> Result<(), RuleError> {
    let opens = before.scoring(framework) == Scoring::Sealed && after.scoring(framework) == Scoring::Sighted;
    let scores = me.is_some_and(|me| before.members.contains(&me) || after.members.contains(&me));
    if !(opens && scores && cases > 0) {
        return Ok(());
    }
    let what = "You score there: with the grades in sight before you gave your own, yours would follow them.";
    Err(RuleError::under("F09", what, "Somebody of the Insights team who is no member can change how it is scored, or call it off."))
}

/// Checks the beginning of a sitting. Refused before its day, without its chair, or without a quorum of members.
pub fn begin(framework: &Framework, sitting: &Sitting, present: &[PersonId], doer: Doer, today: NaiveDate) -> Result<(), RuleError> {
    doer.runs(sitting)?;
    may_move(sitting)?;
    if today < sitting.panel.on {
        let what = format!("This sitting is on {}.", sitting.panel.on.format("%A %-d %B"));
        return Err(RuleError::new(what, "Move it to today first, or wait."));
    }
    let Some(chair) = sitting.panel.chair else {
        return Err(RuleError::under("F09", "The sitting has no chair.", "Name one first."));
    };
    if !present.contains(&chair) {
        return Err(RuleError::under("F09", "The chair is not there.", "Name another chair first."));
    }
    let here = present.iter().filter(|person| sitting.panel.members.contains(person)).count();
    quorate(framework, here, if here == 1 { "is there" } else { "are there" })
}

/// Refuses what happens without a quorum. F09 and the profile's number.
pub(super) fn quorate(framework: &Framework, here: usize, how: &str) -> Result<(), RuleError> {
    let needed = framework.moderation.quorum as usize;
    if here >= needed {
        return Ok(());
    }
    let what = format!("{} {how}; the panel needs {needed}.", counted(here, "member", "members"));
    Err(RuleError::under("F09", what, "Ask another member to come, or put the case off."))
}

/// Checks that somebody takes the chair over: a member who is there, with the reason. The chair's connection may have gone.
pub fn take_chair(sitting: &Sitting, by: Option<PersonId>, why: &str) -> Result<PersonId, RuleError> {
    let Some(person) = by.filter(|person| sitting.panel.members.contains(person)) else {
        return Err(RuleError::under("F09", "Only a member of the panel can chair it.", "Ask one of the members."));
    };
    if sitting.stand.is_over() {
        return Err(RuleError::new(is_over(sitting), "Nobody needs to chair it."));
    }
    if sitting.panel.chair == Some(person) {
        return Err(RuleError::new("You are in the chair.", "Nothing to take over."));
    }
    if why.trim().is_empty() {
        return Err(RuleError::new("Taking the chair over needs its reason.", "Write why, for the minutes."));
    }
    Ok(person)
}

/// Checks the end of a sitting: an item on the table is dealt with first. What is left waits for the next sitting.
pub fn close(sitting: &Sitting, on_the_table: Option<&str>, doer: Doer) -> Result<(), RuleError> {
    doer.runs(sitting)?;
    if !sitting.in_progress() {
        return Err(RuleError::new("This sitting is not in progress.", "There is nothing to close."));
    }
    match on_the_table {
        None => Ok(()),
        Some(reference) => {
            Err(RuleError::new(format!("{reference} is still on the table."), "Decide it, put it off or send it back first."))
        }
    }
}
