//! A filled form becomes a deed. What cannot even be read (a date that is none) is refused here, at its field.

use super::{Field, Form, FormFor, Reads};
use crate::domain::action::{ActionWanted, Near, Source};
use crate::domain::cycle::CyclePlanned;
use crate::domain::deed::{Allocation, AnswerEdit, Deed, DrawWanted};
use crate::domain::fields::place;
use crate::domain::framework::{ReviewKind, StepDuty, Stratum};
use crate::domain::grade::Grade;
use crate::domain::id::{PersonId, SubjectId};
use crate::domain::interest::InterestKind;
use crate::domain::named::{NamedWanted, Whom};
use crate::domain::review::{AnswerValue, Chosen, StepRecord, field, time_in};
use chrono::{Datelike, Duration, NaiveDate, Weekday};

impl Form {
    /// The deed this form asks for, or the field that cannot be read and why.
    pub fn deed(&self, today: NaiveDate, kind: Option<&ReviewKind>) -> Result<Deed, (String, String)> {
        Ok(match &self.kind {
            FormFor::OpenCycle => Deed::OpenCycle(CyclePlanned {
                starts_on: self.date("starts", today)?,
                focus: self.value("focus"),
                focus_reason: self.value("reason"),
                focus_note: self.value("note"),
            }),
            FormFor::Focus(cycle) => Deed::ChangeFocus {
                cycle: *cycle,
                focus: self.value("focus"),
                focus_reason: self.value("reason"),
                focus_note: self.value("note"),
            },
            FormFor::Draw(cycle) => Deed::Draw(DrawWanted {
                cycle: *cycle,
                size: self.number("size", "a whole number of cases, such as 20")?,
                stratify_by: match self.value("by").as_str() {
                    "service" => Some(Stratum::Service),
                    "case-type" => Some(Stratum::CaseType),
                    _ => Some(Stratum::None),
                },
                seed: Some(self.number("seed", "a whole number")?),
                service: Some(self.value("service")).filter(|service| !service.is_empty()),
                why_service: self.value("why-service"),
                last_workers_too: self.value("workers") == "too",
            }),
            FormFor::Report(kind) => self.report_deed(*kind, today)?,
            FormFor::Step(review, key) => self.step_deed(today, *review, key, kind)?,
            FormFor::Area(review, _) | FormFor::Narrative(review, _) | FormFor::Judgement(review) | FormFor::NoActions(review) => {
                Deed::SaveAnswers { review: *review, edits: self.edits()? }
            }
            joint @ (FormFor::OwnJudgement(_) | FormFor::CoReviewer(_) | FormFor::TakeAway(_) | FormFor::OpenSeal(_)) => {
                self.joint_deed(joint)?
            }
            FormFor::Action(review) => Deed::RaiseAction {
                review: *review,
                wanted: ActionWanted {
                    text: self.value("text"),
                    owner: self.person("owner"),
                    due_on: if self.value("due").is_empty() { None } else { Some(self.date("due", today)?) },
                    urgent: self.value("urgent") == "yes",
                    kind: self.value("kind"),
                    near: self.near()?,
                },
            },
            // Written by whoever saves the form; it changes nothing that is kept.
            FormFor::ActionsFile(_) => return Err(("file".into(), "This form is no deed.".into())),
            FormFor::ActionEach(reviews) => self.action_each_deed(reviews, today)?,
            FormFor::Substitute(review) => Deed::Substitute {
                review: *review,
                seen: self.seen,
                incoming: self.value("incoming").parse().ok().map(SubjectId),
                reason: self.value("reason"),
                approver: self.person("approver"),
            },
            FormFor::Absence(person) => Deed::RecordAbsence {
                person: *person,
                from: self.date("from", today)?,
                until: self.date("until", today)?,
                reason: self.value("reason"),
                deputy: self.person("deputy"),
            },
            FormFor::Privacy(kind) => self.privacy_deed(kind),
            FormFor::Person(kind) => self.person_deed(today, *kind)?,
            FormFor::NameCase(cycle) => Deed::OpenNamed(NamedWanted {
                cycle: *cycle,
                kind: self.value("kind"),
                whom: self.whom("case")?,
                how: Chosen::of_key(&self.value("how")).unwrap_or(Chosen::Added),
                by: self.person("by"),
                why: self.value("why"),
                practitioner: self.person("practitioner"),
            }),
            FormFor::Withdraw(review) => Deed::WithdrawNamed { review: *review, seen: self.seen, reason: self.value("reason") },
            FormFor::LookFurther(review) => Deed::LookFurther {
                review: *review,
                seen: self.seen,
                from: if self.value("from").is_empty() { None } else { Some(self.date("from", today)?) },
                why: self.value("why"),
            },
            FormFor::Notices(notices) => {
                Deed::SendNotices { notices: notices.clone(), to: self.person("who"), how: self.value("how"), on: self.date("on", today)? }
            }
            FormFor::Allocating(allocations) => Deed::Allocate(allocations.iter().map(|wanted| self.with_values(wanted)).collect()),
            FormFor::Reveal(_) if self.value("why").is_empty() => {
                return Err(("why".into(), "Choose why you look: it is written into the history.".into()));
            }
            FormFor::Reveal(review) => Deed::Reveal { review: *review, why: self.value("why") },
            FormFor::Beside(extra) => Deed::OpenBeside(self.beside(today, *extra)?),
            FormFor::Entry(register, None) => Deed::RecordEntry(self.entry(today, register)?),
            FormFor::Entry(register, Some(entry)) => {
                Deed::CorrectEntry { entry: *entry, seen: self.seen, wanted: self.entry(today, register)? }
            }
            FormFor::EntryAction(entry) => Deed::RaiseWider {
                source: Source::Entry(*entry),
                wanted: ActionWanted {
                    text: self.value("text"),
                    owner: self.person("owner"),
                    due_on: if self.value("due").is_empty() { None } else { Some(self.date("due", today)?) },
                    urgent: self.value("urgent") == "yes",
                    near: Near::Ask,
                    kind: self.value("kind"),
                },
            },
            FormFor::Tracker(kind, actions) => Deed::Action(self.tracker_deed(today, *kind, actions)?),
            FormFor::Exempt(kind, about, review) => self.exempt_deed(today, (*kind, *about, *review))?,
            FormFor::FollowUp(review) => self.follow_up_deed(*review, today)?,
            FormFor::RaiseDrp(review) => self.raise_drp(*review, today)?,
            FormFor::DrpStep(drp) => self.note_drp(*drp, today)?,
            FormFor::Panel(kind) => self.panel_deed(today, *kind)?,
            FormFor::Alert(kind) => self.alert_deed(today, *kind)?,
            FormFor::Plan(kind) => self.plan_deed(today, *kind)?,
            FormFor::Revisit(kind) => self.revisit_deed(*kind, today)?,
            FormFor::Themes(reviews) => self.themes_deed(reviews)?,
            FormFor::Practice(review) => self.practice_deed(*review),
            FormFor::Interest(review) => Deed::DeclareInterest {
                review: *review,
                person: self.person("person"),
                kind: InterestKind::of_key(&self.value("kind")).unwrap_or(InterestKind::Other),
                note: self.value("note"),
            },
            FormFor::WithdrawInterest(interest) => Deed::WithdrawInterest { interest: *interest, because: self.value("because") },
            FormFor::Dismiss(review, person, inference) => {
                Deed::DismissInference { review: *review, person: *person, inference: *inference, because: self.value("because") }
            }
        })
    }

    fn step_deed(
        &self,
        today: NaiveDate,
        review: crate::domain::id::ReviewId,
        key: &str,
        kind: Option<&ReviewKind>,
    ) -> Result<Deed, (String, String)> {
        let on = self.date("on", today)?;
        let step = kind.and_then(|kind| kind.step(key)).map(|(_, step)| step);
        if step.is_some_and(|step| step.duty == StepDuty::Submit) {
            return Ok(Deed::Submit { review, seen: self.seen, on });
        }
        let happened = self.get("happened").is_none() || self.value("happened") != "no";
        let mut values = std::collections::BTreeMap::new();
        if happened {
            for asked in step.into_iter().flat_map(|step| &step.fields) {
                let name = place(&asked.key);
                let mut value = self.value(&name);
                if asked.kind == crate::domain::framework::FieldKind::Date && !value.is_empty() {
                    value = self.date(&name, today)?.to_string();
                }
                values.insert(asked.key.clone(), value);
            }
        }
        let not_done_because = if happened { None } else { Some(self.value("because")) };
        Ok(Deed::RecordStep { review, seen: self.seen, step: key.to_string(), record: StepRecord { on, values, not_done_because } })
    }

    fn edits(&self) -> Result<Vec<AnswerEdit>, (String, String)> {
        let mut edits = Vec::new();
        for filled in &self.fields {
            let value = filled.input.value();
            let answer = match (&filled.input, value.as_str()) {
                (_, "") => None,
                (super::Input::Scale { .. }, "-") => Some(AnswerValue::NotApplicable),
                (super::Input::Scale { .. }, digits) => match digits.parse() {
                    Ok(point) => Some(AnswerValue::Scale(point)),
                    Err(_) => {
                        let what = format!("{digits} is not on the scale for \u{201c}{}\u{201d}.", filled.label);
                        return Err((filled.key.clone(), format!("{what} Give a whole number from 0 to 10.")));
                    }
                },
                (super::Input::Choice { .. }, word) => Some(match word {
                    "yes" => AnswerValue::Yes,
                    "partly" => AnswerValue::Partly,
                    "no" => AnswerValue::No,
                    "-" => AnswerValue::NotApplicable,
                    grade => match Grade::parse(grade) {
                        Some(grade) => AnswerValue::Grade(grade),
                        None => return Err((filled.key.clone(), "Choose one of the four grades.".into())),
                    },
                }),
                (_, text) => Some(AnswerValue::Text(text.to_string())),
            };
            let seen = self.based_on(&filled.key, filled.seen);
            if answer.is_none() && seen == 0 {
                continue;
            }
            edits.push(AnswerEdit { field: filled.key.clone(), seen, answer });
        }
        // A tension that was never asked about is not a field of every form.
        edits.retain(|edit| edit.field != field::WHY_TENSION || edit.answer.is_some() || edit.seen > 0);
        Ok(edits)
    }

    /// The allocation with what was answered for it.
    fn with_values(&self, wanted: &Allocation) -> Allocation {
        let begins = format!("v/{}/", wanted.review.0);
        let answered = self.values().into_iter().filter_map(|(key, value)| Some((key.strip_prefix(&begins)?.to_string(), value)));
        Allocation { values: answered.collect(), ..wanted.clone() }
    }

    pub(super) fn whom(&self, key: &str) -> Result<Whom, (String, String)> {
        match self.get(key).map(|field| &field.input) {
            Some(super::Input::Case { chosen: Some(row), .. }) => Ok(row.whom.clone()),
            _ => Err((key.to_string(), "Choose a case: type a few letters of it, then Enter.".into())),
        }
    }

    pub(super) fn person(&self, key: &str) -> Option<PersonId> {
        self.value(key).parse().ok().map(PersonId)
    }

    fn number<N: std::str::FromStr>(&self, key: &str, wanted: &str) -> Result<N, (String, String)> {
        self.value(key).parse().map_err(|_| (key.to_string(), format!("\u{201c}{}\u{201d} is not {wanted}.", self.value(key))))
    }

    pub(super) fn date(&self, key: &str, today: NaiveDate) -> Result<NaiveDate, (String, String)> {
        let text = self.value(key);
        let reads = self.get(key).map(|field| field.reads).unwrap_or_default();
        reads.day(&text, today).ok_or_else(|| {
            let what = if text.is_empty() { "A date is missing.".to_string() } else { format!("\u{201c}{text}\u{201d} is no date.") };
            (
                key.to_string(),
                format!("{what} Write it as 19 Nov 2026, 19/11/2026 or 2026-11-19, or: today, yesterday, -3, +5, mon, next mon."),
            )
        })
    }
}

impl Reads {
    /// The day that somebody has typed. Where it has to lie ahead, a weekday by itself is the next one.
    pub fn day(self, text: &str, today: NaiveDate) -> Option<NaiveDate> {
        let weekday = self == Reads::DayAhead && text.trim().parse::<Weekday>().is_ok();
        if weekday { read_date(&format!("next {}", text.trim()), today) } else { read_date(text, today) }
    }
}

impl Field {
    /// What is said below it: what it takes, and as soon as something is typed what was understood, before it is saved.
    pub fn said(&self, today: NaiveDate) -> String {
        let typed = self.input.value();
        match self.reads {
            _ if typed.is_empty() || self.fresh => self.hint.clone(),
            Reads::Words => self.hint.clone(),
            Reads::Day | Reads::DayAhead => match self.reads.day(&typed, today) {
                Some(day) => format!("that is {}", day.format("%A %-d %B %Y")),
                None => self.hint.clone(),
            },
            Reads::Time => match time_in(&typed) {
                Some(at) => format!("lists will say {at}"),
                None => "no time is clear from this yet, so that lists show the day alone: write 14:30 or 2.30pm".into(),
            },
        }
    }
}

/// Reads a date as people type it: in figures or words, or counted from today (`-3`, `+5`, `mon` for the nearest Monday
/// back, `next mon` for the one ahead).
pub fn read_date(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let plain = text.trim().to_lowercase();
    match plain.as_str() {
        "" => return None,
        "today" | "t" => return Some(today),
        "yesterday" | "y" => return Some(today - Duration::days(1)),
        "tomorrow" => return Some(today + Duration::days(1)),
        _ => {}
    }
    if let Some(days) = plain.strip_prefix(['+', '-']).and_then(|digits| digits.parse::<i64>().ok()).filter(|days| *days < 4000) {
        return Some(today + Duration::days(if plain.starts_with('-') { -days } else { days }));
    }
    let (ahead, name) = plain.strip_prefix("next ").map_or((false, plain.as_str()), |name| (true, name));
    if let Ok(weekday) = name.parse::<Weekday>() {
        let back = (today.weekday().num_days_from_monday() + 7 - weekday.num_days_from_monday()) % 7;
        return Some(if ahead { today + Duration::days(i64::from(7 - back)) } else { today - Duration::days(i64::from(back)) });
    }
    for pattern in ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y"] {
        if let Some(day) = NaiveDate::parse_from_str(&plain, pattern).ok().filter(|day| (1990..2200).contains(&day.year())) {
            return Some(day);
        }
    }
    // Without a year the one nearest to today is meant.
    for pattern in ["%d/%m/%Y", "%d %b %Y", "%d %B %Y"] {
        let separator = if pattern.contains('/') { "/" } else { " " };
        let near = [0, -1, 1].map(|off| NaiveDate::parse_from_str(&format!("{plain}{separator}{}", today.year() + off), pattern).ok());
        if let Some(day) = near.into_iter().flatten().min_by_key(|day| (*day - today).num_days().abs()) {
            return Some(day);
        }
    }
    None
}
