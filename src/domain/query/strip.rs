//! Read-models of what is followed against clocks: the strips, and one alert, whole.

use super::{ActionDetail, MailRow};
use crate::domain::alert::{Alert, Kept, KeptKind, Need};
use crate::domain::count::counted;
use crate::domain::drp::DayOf;
use crate::domain::framework::{Framework, SubjectKind, within_a_sentence};
use crate::domain::id::{PersonId, ReviewId};
use crate::domain::person::short_name;
use crate::domain::strip::{Clock, ClockOf, StripOf};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One strip: a line about whatever runs against several clocks.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StripRow {
    /// Its number among all strips.
    #[serde(skip)]
    pub id: i64,
    /// What it is about.
    #[serde(skip)]
    pub of: StripOf,
    /// The kind, as it is stored (`alert`).
    pub kind: &'static str,
    /// `AL-0012`.
    #[serde(rename = "ref")]
    pub reference: String,
    /// Its review, if it belongs to one.
    #[serde(skip)]
    pub review: Option<ReviewId>,
    /// Reference of the review; empty where there is none.
    pub review_ref: String,
    /// The case's pseudonym.
    pub case: String,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// What opened it, in words.
    pub trigger: String,
    /// Where it stands, derived at this moment.
    pub stand: StripStand,
    /// At which stage it is, where its kind has stages (M14).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub stage: String,
    /// Which day of its formal part it is (M14).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<DayOf>,
    /// What is to be done next; empty once it is closed.
    pub next: String,
    /// By whom.
    pub by: String,
    /// Who signed its actions off, with their role (F10).
    #[serde(skip_serializing_if = "String::is_empty")]
    pub signed_off: String,
    /// The record is to be reviewed by then (M11).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_due_at: Option<DateTime<Utc>>,
    /// The nearest moment at which something runs out or ran out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_due_at: Option<DateTime<Utc>>,
    /// One clock for each kind that it has, ended ones too.
    pub clocks: Vec<ClockRow>,
    /// How many addressees know, of how many.
    pub told: (u32, u32),
    /// How many acknowledged, of how many there are to acknowledge.
    pub acknowledged: (u32, u32),
    /// Roles that nobody holds and that nobody has explained.
    pub gaps: Vec<String>,
    /// Roles that are not told yet, those that nobody holds among them.
    pub untold: Vec<String>,
    /// When it was closed.
    pub closed_at: Option<DateTime<Utc>>,
    /// Revision of the row.
    #[serde(skip)]
    pub revision: i64,
    /// What it is sorted by.
    #[serde(skip)]
    pub sort: String,
}

/// A clock of a strip, as it is written for others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClockRow {
    /// What has to happen before it runs out.
    pub label: &'static str,
    /// The clock.
    #[serde(skip)]
    pub clock: Clock,
    /// Since when it runs.
    pub starts: DateTime<Utc>,
    /// When it runs out.
    pub due_at: DateTime<Utc>,
    /// When what it waits for happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<DateTime<Utc>>,
    /// It runs and its time is over.
    pub overdue: bool,
    /// Whose it is, where it is somebody's in particular; of several the nearest, and how many others there are.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub whose: String,
}

impl ClockRow {
    /// Of a clock, as it stands at this moment.
    pub fn of(clock: Clock, now: DateTime<Utc>) -> ClockRow {
        let Clock { of, starts, due_at, ended_at } = clock;
        ClockRow { label: of.label(), clock, starts, due_at, ended_at, overdue: clock.is_overdue(now), whose: String::new() }
    }
}

/// Where a strip stands, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum StripStand {
    /// Somebody is not told yet.
    Untold,
    /// Everybody was told, nobody has acknowledged.
    Told,
    /// Somebody acknowledged and is at it.
    Acknowledged,
    /// Somebody acknowledged, and nothing followed.
    Lapsed,
    /// The record was reviewed.
    Reviewed,
    /// A dispute that is talked over informally (M14).
    Informal,
    /// A dispute in its formal part.
    Formal,
    /// An alert of good practice that is being passed on.
    GoodPractice,
    /// Nothing is left to do.
    Closed,
}

impl StripStand {
    /// Words for the screen.
    pub fn label(self) -> &'static str {
        match self {
            StripStand::Untold => "not all told",
            StripStand::Told => "told",
            StripStand::Acknowledged => "acknowledged",
            StripStand::Lapsed => "lapsed",
            StripStand::Reviewed => "reviewed",
            StripStand::Informal => "informal",
            StripStand::Formal => "formal",
            StripStand::GoodPractice => "good practice",
            StripStand::Closed => "closed",
        }
    }

    /// Of an alert at this moment.
    pub fn of(alert: &Alert, now: DateTime<Utc>) -> StripStand {
        if !alert.is_open() {
            StripStand::Closed
        } else if alert.assured_at().is_some() {
            StripStand::Reviewed
        } else if alert.lapsed(now) {
            StripStand::Lapsed
        } else if alert.holding(now) > 0 {
            StripStand::Acknowledged
        } else if alert.addressees.iter().any(|one| one.is_untold() || one.is_gap()) {
            StripStand::Untold
        } else {
            StripStand::Told
        }
    }
}

/// The clock that runs out first, among those that need somebody or among all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearestClock {
    /// What its strip is about.
    pub strip: StripOf,
    /// Its review, if it belongs to one.
    pub review: Option<ReviewId>,
    /// Reference of the strip.
    pub reference: String,
    /// When it runs out or ran out.
    pub due_at: DateTime<Utc>,
}

/// One alert, whole, with everything its screen says.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertDetail {
    /// As stored.
    pub alert: Alert,
    /// Closing note when it was closed.
    pub closing: String,
    /// The framework its review was made under.
    pub framework: Arc<Framework>,
    /// Reference of the review.
    pub review_ref: String,
    /// The case's pseudonym.
    pub case: String,
    /// What the review looks at.
    pub subject: SubjectKind,
    /// Every clock, ended ones too.
    pub clocks: Vec<Clock>,
    /// Urgent actions out of it (M12).
    pub urgent: Vec<ActionDetail>,
    /// Where the mail to each of those it is addressed to stands, in their order.
    pub mail: Vec<MailRow>,
    /// Who is most likely meant where somebody is chosen about it: the case's worker, their manager, the reviewer, those it is addressed
    /// to.
    pub likely: Vec<PersonId>,
    /// Names of everybody who stands in it.
    pub names: BTreeMap<PersonId, String>,
    /// Who of them has left.
    pub gone: BTreeSet<PersonId>,
    /// What is wanted, the most pressing first, and who can do it.
    pub needs: Vec<(Need, String)>,
    /// The role that decides a dispute about it, in the words of the framework.
    pub decides: String,
    /// Where who looks has a part of their own: their place among the addressees.
    pub own_place: Option<usize>,
    /// Those on it who are here still and have a last day.
    pub leaving: BTreeMap<PersonId, NaiveDate>,
    /// Whether who looks may give assurance.
    pub may_assure: bool,
    /// Whether who looks may decide the dispute about it.
    pub may_decide: bool,
    /// What of that which is to be recorded afterwards who looks may record.
    pub may_keep: Vec<KeptKind>,
    /// Places of those who have left and whom nobody follows yet; with who could name somebody, where whoever looks may not.
    pub may_follow: BTreeMap<usize, Option<String>>,
}

impl AlertDetail {
    /// Whether only others can do what is wanted: those it is addressed to, who assure it, who decide its dispute, who record what
    /// follows, or who name somebody in the place of a leaver. M10, M11, M13.
    pub fn is_for_others(&self, need: &Need) -> bool {
        match need {
            Need::Acknowledge { places, .. } => self.own_place.is_none_or(|place| !places.contains(&place)),
            Need::Assure(_) => !self.may_assure,
            Need::Decide => !self.may_decide,
            Need::Keep(kind) => !self.may_keep.contains(kind),
            Need::Follow(places) => places.iter().all(|place| self.may_follow.get(place).is_some_and(Option::is_some)),
            Need::FillGaps(_) | Need::Tell(_) | Need::SayInWords(_) | Need::DoUrgent(_) | Need::Close => false,
        }
    }

    /// Whether a clock stopped although whose it is did nothing: a colleague had acknowledged, the record was reviewed, or the
    /// alert was closed. It must never read as if they had acknowledged.
    pub fn stopped_by_others(&self, clock: &Clock) -> bool {
        let ClockOf::Acknowledge(place) = clock.of else { return false };
        !clock.runs() && self.alert.at(place).is_some_and(|one| one.acknowledged.is_none())
    }

    /// The urgent action that is to be done next: one whose owner has left first, since nobody does it before it is given on. M12.
    pub fn urgent_next(&self) -> Option<(&ActionDetail, bool)> {
        let undone = |need: &Need| if let Need::DoUrgent(actions) = need { Some(actions.clone()) } else { None };
        let actions = self.needs.iter().find_map(|(need, _)| undone(need))?;
        let ownerless = actions.iter().find(|(_, owner)| self.gone.contains(owner));
        let (action, _) = ownerless.or(actions.first())?;
        self.urgent.iter().find(|one| one.id == *action).map(|one| (one, ownerless.is_some()))
    }

    /// Whether all who could do what is wanted next have left: nobody can, before somebody stands in for one of them.
    pub fn next_is_gone(&self) -> bool {
        let wanted: Vec<PersonId> = match self.needs.first() {
            Some((Need::Acknowledge { places, .. } | Need::Assure(places), _)) => {
                places.iter().filter_map(|place| self.alert.at(*place)?.person).collect()
            }
            Some((Need::Decide, _)) => self.alert.dispute.iter().filter_map(|dispute| dispute.decider).collect(),
            _ => Vec::new(),
        };
        !wanted.is_empty() && wanted.iter().all(|person| self.gone.contains(person))
    }

    /// Somebody's name.
    pub fn name(&self, person: PersonId) -> &str {
        self.names.get(&person).map_or("somebody", String::as_str)
    }

    /// Whose clock it is, to go on a clock's words: ` (child's service manager, R. Okafor)`; empty where it is nobody's in particular.
    pub fn whose(&self, of: ClockOf) -> String {
        self.whose_by(of, &|place| self.role(place))
    }

    fn whose_by(&self, of: ClockOf, role: &dyn Fn(usize) -> String) -> String {
        let place = self.place_of(of);
        let action = match of {
            ClockOf::Urgent(action) => self.urgent.iter().find(|one| one.id == action).map(|one| format!(" ({})", one.reference)),
            _ => None,
        };
        let named = place.and_then(|place| {
            let name = self.alert.at(place)?.person.map_or("nobody", |person| self.name(person));
            Some(format!(" ({}, {name})", role(place)))
        });
        named.or(action).unwrap_or_default()
    }

    /// The same for a clock that stands for all of its kind, with the role in a few letters: whose is nearest, and how many others run.
    pub fn whose_nearest(&self, clock: &Clock, now: DateTime<Utc>) -> String {
        let whose = self.whose_by(clock.of, &|place| self.role_in_short(place));
        match (whose.strip_suffix(')'), self.others(clock, now)) {
            (Some(whose), others @ 1..) => format!("{whose}, and {})", counted(others, "other", "others")),
            _ => whose,
        }
    }

    /// The same in few words: ` (SM, S. Miller, +3)`.
    pub fn whose_in_short(&self, clock: &Clock, now: DateTime<Utc>) -> String {
        let Some(one) = self.place_of(clock.of).and_then(|place| self.alert.at(place)) else { return self.whose(clock.of) };
        let name = one.person.map_or("nobody".to_string(), |person| short_name(self.name(person)));
        let others = match self.others(clock, now) {
            0 => String::new(),
            others => format!(", +{others}"),
        };
        format!(" ({}, {name}{others})", self.framework.role_in_short(&one.role))
    }

    /// How many more clocks of the same kind run; beside one that is late only the late ones, or those still in time would read as late.
    fn others(&self, clock: &Clock, now: DateTime<Utc>) -> usize {
        let as_late = |one: &Clock| !clock.is_overdue(now) || one.is_overdue(now);
        let another = |one: &&Clock| clock.runs() && one.runs() && one.of.same_kind(clock.of) && one.of != clock.of && as_late(one);
        self.clocks.iter().filter(another).count()
    }

    /// Whose clock it is: their place among the addressees.
    fn place_of(&self, of: ClockOf) -> Option<usize> {
        match of {
            ClockOf::Tell(place) | ClockOf::Acknowledge(place) | ClockOf::FollowUp(place) => Some(place),
            ClockOf::Review => self.alert.assured_by,
            ClockOf::Dispute | ClockOf::Urgent(_) | ClockOf::Formal => None,
        }
    }

    /// Who recorded something afterwards, with the title of the role in which they did: `S. Jones (Assistant director)`. F10.
    pub fn kept_by(&self, kept: &Kept) -> String {
        self.kept_as(kept, self.role_recorded(kept))
    }

    /// The same where there is little room: `S. Jones (AD)`.
    pub fn kept_in_short(&self, kept: &Kept) -> String {
        self.kept_as(kept, kept.role.clone())
    }

    fn kept_as(&self, kept: &Kept, role: String) -> String {
        match (kept.by.map(|person| self.name(person)), kept.role.is_empty()) {
            (Some(name), false) => format!("{name} ({role})"),
            (Some(name), true) => name.to_string(),
            (None, _) => role,
        }
    }

    /// The role in which something was recorded, by its title.
    fn role_recorded(&self, kept: &Kept) -> String {
        let title = |key: &str| self.framework.role_title(key).to_string();
        match kept.role.split_once(", for the ") {
            Some((own, other)) => format!("{}, for the {}", title(own), within_a_sentence(&title(other))),
            None => title(&kept.role),
        }
    }

    /// A role's title with whose it is: `child's service manager`, `Insights head of service`.
    pub fn role(&self, place: usize) -> String {
        self.alert.at(place).map_or_else(String::new, |one| self.framework.whose_role(&one.role, one.side, self.subject))
    }

    /// The same where there is little room: `child's SM`, `Insights HoS`.
    pub fn role_in_short(&self, place: usize) -> String {
        self.alert.at(place).map_or_else(String::new, |one| self.framework.whose_role_in_short(&one.role, one.side, self.subject))
    }
}
