//! Forms of alerts: raising one, telling, gaps, assurance, dispute, what is recorded afterwards, closing.

use super::build::{People, choice, date, line, new, person, plain, text};
use super::{Field, Form, FormFor};
use crate::app::alert::AlertView;
use crate::domain::action::{ActionWanted, Near};
use crate::domain::alert::{AlertTrigger, HowTold, KeptKind, Written};
use crate::domain::calendar::instant;
use crate::domain::deed::{AlertDeed, AlertWanted, Deed};
use crate::domain::framework::{Framework, Side, SubjectKind};
use crate::domain::id::{AlertId, ReviewId};
use crate::domain::query::AlertDetail;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// The urgent actions that the form of the assurance has room for, each asked once the one before is filled in; more are raised
/// in the record.
const URGENT: [(&str, &str, &str); 6] = [
    ("u1-text", "u1-owner", "u1-due"),
    ("u2-text", "u2-owner", "u2-due"),
    ("u3-text", "u3-owner", "u3-due"),
    ("u4-text", "u4-owner", "u4-due"),
    ("u5-text", "u5-owner", "u5-due"),
    ("u6-text", "u6-owner", "u6-due"),
];

/// Which form of an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AlertForm {
    /// Raising one on a review.
    Raise(ReviewId),
    /// Who was told, and how.
    Tell(AlertId),
    /// Filling or explaining a gap (place).
    Gap(AlertId, usize),
    /// Who hears in the place of somebody who has left (place).
    Follow(AlertId, usize),
    /// What was found when the record was reviewed.
    Assure(AlertId),
    /// Disputing the level of concern.
    Dispute(AlertId),
    /// Deciding that.
    Decide(AlertId),
    /// What the framework asks for afterwards.
    Keep(AlertId),
    /// Closing it.
    Close(AlertId),
}

impl AlertForm {
    /// The name of its draft.
    pub fn draft_key(self) -> String {
        match self {
            AlertForm::Raise(review) => format!("alert-raise {}", review.0),
            AlertForm::Tell(alert) => format!("alert-tell {}", alert.0),
            AlertForm::Gap(alert, place) => format!("alert-gap {} {place}", alert.0),
            AlertForm::Follow(alert, place) => format!("alert-follow {} {place}", alert.0),
            AlertForm::Assure(alert) => format!("alert-assure {}", alert.0),
            AlertForm::Dispute(alert) => format!("alert-dispute {}", alert.0),
            AlertForm::Decide(alert) => format!("alert-decide {}", alert.0),
            AlertForm::Keep(alert) => format!("alert-keep {}", alert.0),
            AlertForm::Close(alert) => format!("alert-close {}", alert.0),
        }
    }

    /// The form of a draft's name; none for those that keep none.
    pub fn of_draft(word: &str, id: i64) -> Option<AlertForm> {
        let alert = AlertId(id);
        let form = match word {
            "alert-raise" => AlertForm::Raise(ReviewId(id)),
            "alert-assure" => AlertForm::Assure(alert),
            "alert-dispute" => AlertForm::Dispute(alert),
            "alert-decide" => AlertForm::Decide(alert),
            "alert-keep" => AlertForm::Keep(alert),
            "alert-close" => AlertForm::Close(alert),
            _ => return None,
        };
        Some(form)
    }

    /// Whether what is typed in it is kept as a draft: all that holds more than a few choices.
    pub fn keeps_draft(self) -> bool {
        !matches!(self, AlertForm::Tell(_) | AlertForm::Gap(..) | AlertForm::Follow(..))
    }

    /// The alert it is about; none where one is only being raised.
    pub fn alert(self) -> Option<AlertId> {
        match self {
            AlertForm::Raise(_) => None,
            AlertForm::Tell(id)
            | AlertForm::Gap(id, _)
            | AlertForm::Follow(id, _)
            | AlertForm::Assure(id)
            | AlertForm::Dispute(id)
            | AlertForm::Decide(id)
            | AlertForm::Keep(id)
            | AlertForm::Close(id) => Some(id),
        }
    }

    /// The review it is about, as far as the form itself knows.
    pub fn review(self) -> Option<ReviewId> {
        match self {
            AlertForm::Raise(review) => Some(review),
            _ => None,
        }
    }
}

/// Raising an alert outside a grade. F10: an immediate concern says what it is and what should happen, and is told in words.
/// S09: whom it may have been told to follows from what the review looks at.
pub fn raise_alert(review: ReviewId, reference: &str, framework: &Framework, subject: SubjectKind) -> Form {
    let rule = &framework.escalation;
    let mut ways = Vec::new();
    if rule.immediate_concern {
        let whose = if subject.is_young() { subject.noun() } else { "child" };
        ways.push(("concern".to_string(), format!("an immediate concern: a {whose} may not be safe")));
    }
    ways.push(("hand".to_string(), "by hand, for another reason".to_string()));
    let first = ways.first().map(|(key, _)| key.clone()).unwrap_or_default();
    let mut fields = vec![plain("trigger", "What it is", choice(ways, &first), true)];
    let headings = |trigger, only: &'static str| {
        rule.headings(trigger).into_iter().map(move |heading| Field {
            only_if: Some(("trigger", only)),
            ..plain(&format!("c/{}", heading.key), heading.label, text(""), true)
        })
    };
    if rule.immediate_concern {
        fields.extend(headings(AlertTrigger::Concern, "concern"));
    }
    fields.extend(headings(AlertTrigger::Hand, "hand"));
    let told = |how: HowTold| (how.key().to_string(), how.label().to_string());
    for addressee in rule.addressees.iter().filter(|addressee| addressee.side == Side::Child) {
        let options = vec![("no".to_string(), "not yet".to_string()), told(HowTold::Telephone), told(HowTold::InPerson)];
        let role = rule.acting_for(subject, addressee).role;
        let words = framework.whose_role_in_short(&role, Side::Child, subject);
        fields.push(plain(&format!("told/{role}"), format!("Told the {words} in words"), choice(options, "no"), false));
    }
    let intro = "It opens at once, addressed as the framework says. Tell somebody in words first; the form follows.";
    new(FormFor::Alert(AlertForm::Raise(review)), format!("{reference} \u{b7} Raise an alert"), intro, fields, 0, "raise it")
}

/// Who was told, how and when.
pub fn tell_alert(view: &AlertView) -> Form {
    let detail = &view.detail;
    let alert = &detail.alert;
    let here = alert.addressees.iter().enumerate().filter(|(_, one)| one.followed.is_none());
    let known = || here.clone().filter_map(|(place, one)| Some((place, one, one.person?)));
    let untold: Vec<usize> = known().filter(|(_, one, _)| one.is_untold()).map(|(place, ..)| place).collect();
    // Whoever was told stands last: they are seldom meant.
    let mut listed: Vec<_> = known().collect();
    listed.sort_by_key(|(_, one, _)| (!one.is_untold(), one.told_at.is_some()));
    let mut who: Vec<(String, String)> = listed
        .into_iter()
        .map(|(place, one, person)| {
            let stand = if one.told_at.is_some() { ", told before" } else { "" };
            (place.to_string(), format!("{} ({}){stand}", detail.name(person), detail.role(place)))
        })
        .collect();
    if untold.len() > 1 {
        let places: Vec<String> = untold.iter().map(usize::to_string).collect();
        who.insert(0, (places.join(","), format!("all {} who are not told yet", untold.len())));
    }
    let here = view.place();
    let chosen = if untold.contains(&here) { here.to_string() } else { who.first().map(|(key, _)| key.clone()).unwrap_or_default() };
    let how = HowTold::ALL.iter().map(|how| (how.key().to_string(), how.label().to_string())).collect();
    let fields = vec![
        plain("who", "Who was told", choice(who, &chosen), true),
        plain("how", "How", choice(how, HowTold::Telephone.key()), true),
        Field { hint: "empty: just now; or a time of today, such as 14:05".into(), ..plain("when", "At", line(""), false) },
    ];
    let intro = "Tell them first: this writes down that it was done, by you. That they acknowledge is for themselves to say.";
    new(FormFor::Alert(AlertForm::Tell(alert.id)), format!("{} \u{b7} Who was told", alert.reference), intro, fields, 0, "write down")
}

/// Who hears in the place of somebody who has left; else filling a gap, or explaining it.
pub fn alert_gap(view: &AlertView, people: People, mail_set_up: bool) -> Option<Form> {
    if let Some(place) = view.left() {
        let (detail, alert) = (&view.detail, &view.detail.alert);
        let name = detail.name(alert.at(place)?.person?);
        let fields = vec![
            Field { hint: "type part of the name".into(), ..person("person", "Who hears instead", people, true) },
            plain("because", "Why they do", line(""), true),
        ];
        let title = format!("{} \u{b7} In the place of {name}, who has left", alert.reference);
        let told = if mail_set_up { "An e-mail goes to them." } else { "E-mail is not set up: telephone them." };
        let intro = format!("They are told and acknowledge for themselves; what was said before stays on the list. {told}");
        return Some(new(FormFor::Alert(AlertForm::Follow(alert.id, place)), title, intro, fields, 0, "give it to them"));
    }
    let place = view.gap()?;
    let alert = &view.detail.alert;
    let fields = vec![
        Field {
            hint: "type part of the name; empty where nobody can be".into(),
            ..person("person", "Who hears in this role", people, false)
        },
        Field { hint: "needed where nobody is named".into(), ..plain("because", "Or why nobody does", line(""), false) },
    ];
    let title = format!("{} \u{b7} Nobody holds the role of the {}", alert.reference, view.detail.role(place));
    let intro = "A gap stays on the strip until somebody is named or it is said why nobody is.";
    Some(new(FormFor::Alert(AlertForm::Gap(alert.id, place)), title, intro, fields, 0, "write down"))
}

/// What was found when the record was reviewed. M11, M18, S11; urgent actions go to the tracker (M12).
pub fn assure_alert(detail: &AlertDetail, people: People) -> Form {
    let (alert, rule) = (&detail.alert, &detail.framework.escalation);
    let mut fields: Vec<Field> = rule
        .assurance
        .iter()
        .map(|question| {
            let given = alert.assurance.as_ref().and_then(|assurance| assurance.answer(&question.key)).unwrap_or_default();
            let hint = if question.safety { "nothing closes before this is answered" } else { "" };
            Field { hint: hint.into(), ..plain(&format!("a/{}", question.key), question.label.clone(), text(given), false) }
        })
        .collect();
    let within = detail.framework.actions.urgent_due;
    for (place, (what, owner, due)) in URGENT.into_iter().enumerate() {
        let label = if place == 0 { "Urgent action" } else { "Another one" };
        let once = place.checked_sub(1).map(|before| URGENT[before].0);
        let hint = "goes to the tracker, marked urgent; may stay empty".into();
        fields.push(Field { hint, once, ..plain(what, label, line(""), false) });
        let once = Some(what);
        fields.push(Field { once, ..person(owner, "Who does it", people.clone(), false) });
        fields.push(Field { once, hint: format!("empty: within {within}; or a date"), ..plain(due, "By", line(""), false) });
    }
    let title = format!("{} \u{b7} Assurance on {}", alert.reference, detail.review_ref);
    let intro = "Review the record first. What is not known yet may stay empty and be added; the clock runs until all is answered.";
    new(FormFor::Alert(AlertForm::Assure(alert.id)), title, intro, fields, 0, "record")
}

/// Disputing the level of concern. M13, S12.
pub fn dispute_alert(detail: &AlertDetail) -> Form {
    let fields = vec![plain("because", "Why, and what would be right", text(""), true)];
    let intro = format!("It is decided once, finally, by the {}. The clocks run on meanwhile.", detail.decides);
    let title = format!("{} \u{b7} Dispute the level of concern", detail.alert.reference);
    new(FormFor::Alert(AlertForm::Dispute(detail.alert.id)), title, intro, fields, 0, "dispute")
}

/// Deciding a dispute, finally. M13, S12.
pub fn decide_dispute(detail: &AlertDetail) -> Form {
    let ways =
        vec![("stands".to_string(), "the level of concern stands".to_string()), ("lower".to_string(), "the concern is lower".to_string())];
    let said = detail.alert.dispute.as_ref().map(|dispute| dispute.because.clone()).unwrap_or_default();
    let mut fields = vec![plain("stands", "Decision", choice(ways, ""), true), plain("because", "Why", text(""), true)];
    for field in &mut fields {
        field.beside = vec!["What is disputed:".into(), said.clone()];
    }
    let title = format!("{} \u{b7} Decide the dispute", detail.alert.reference);
    let intro = "This decision is final: nobody decides it a second time.";
    new(FormFor::Alert(AlertForm::Decide(detail.alert.id)), title, intro, fields, 0, "decide")
}

/// What the framework asks to have recorded afterwards. F10, C04.
pub fn keep_with_alert(view: &AlertView, today: NaiveDate) -> Form {
    let kinds: Vec<(String, String)> = view.to_keep().into_iter().map(|kind| (kind.key().to_string(), kind.label().to_string())).collect();
    let first = kinds.first().map(|(key, _)| key.clone()).unwrap_or_default();
    let fields = vec![
        plain("kind", "What", choice(kinds, &first), true),
        date("on", "When", today),
        plain("note", "What came of it", text(""), true),
    ];
    let id = view.detail.alert.id;
    let title = format!("{} \u{b7} What followed", view.detail.alert.reference);
    new(FormFor::Alert(AlertForm::Keep(id)), title, "The framework asks for it before the alert closes.", fields, 0, "record")
}

/// Closing.
pub fn close_alert(detail: &AlertDetail) -> Form {
    let fields = vec![Field { hint: "may stay empty".into(), ..plain("words", "Closing note", text(""), false) }];
    let title = format!("{} \u{b7} Close", detail.alert.reference);
    let intro = "Closed for good: told, acknowledged, reviewed and closed stay apart in the record, each with its time.";
    new(FormFor::Alert(AlertForm::Close(detail.alert.id)), title, intro, fields, 0, "close")
}

impl Form {
    pub(super) fn alert_deed(&self, today: NaiveDate, kind: AlertForm) -> Result<Deed, (String, String)> {
        Ok(Deed::Alert(match kind {
            AlertForm::Raise(review) => {
                let trigger = if self.value("trigger") == "concern" { AlertTrigger::Concern } else { AlertTrigger::Hand };
                let told = self.values().into_iter().filter_map(|(key, value)| {
                    let role = key.strip_prefix("told/")?.to_string();
                    Some((role, HowTold::of_key(&value)?))
                });
                let told = told.collect();
                AlertDeed::Raise(AlertWanted { review, trigger, concern: self.written("c/"), told })
            }
            AlertForm::Tell(alert) => AlertDeed::Tell {
                alert,
                places: self.value("who").split(',').filter_map(|place| place.parse().ok()).collect(),
                how: HowTold::of_key(&self.value("how")).ok_or_else(|| ("how".to_string(), "Choose how.".to_string()))?,
                at: self.time("when", today)?,
            },
            AlertForm::Gap(alert, place) => match self.person("person") {
                Some(person) => AlertDeed::FillGap { alert, place, person },
                None => AlertDeed::ExplainGap { alert, place, because: self.value("because") },
            },
            AlertForm::Follow(alert, place) => {
                let person = self.person("person").ok_or_else(|| ("person".to_string(), "Choose who hears instead.".to_string()))?;
                AlertDeed::Follow { alert, place, person, because: self.value("because") }
            }
            AlertForm::Assure(alert) => {
                let mut urgent = Vec::new();
                for (what, owner, due) in URGENT {
                    let text = self.value(what);
                    if !text.is_empty() {
                        let due_on = if self.value(due).is_empty() { None } else { Some(self.date(due, today)?) };
                        urgent.push(ActionWanted {
                            text,
                            owner: self.person(owner),
                            due_on,
                            urgent: true,
                            kind: String::new(),
                            near: Near::Anyway,
                        });
                    }
                }
                AlertDeed::Assure { alert, answers: self.written("a/"), urgent }
            }
            AlertForm::Dispute(alert) => AlertDeed::Dispute { alert, because: self.value("because") },
            AlertForm::Decide(alert) => {
                AlertDeed::Decide { alert, stands: self.value("stands") != "lower", because: self.value("because") }
            }
            AlertForm::Keep(alert) => AlertDeed::Keep {
                alert,
                kind: KeptKind::of_key(&self.value("kind")).ok_or_else(|| ("kind".to_string(), "Choose what was done.".to_string()))?,
                on: self.date("on", today)?,
                note: self.value("note"),
            },
            AlertForm::Close(alert) => AlertDeed::Close { alert, words: self.value("words") },
        }))
    }

    /// What was written under headings whose fields begin with this.
    fn written(&self, begins: &str) -> Vec<Written> {
        let asked = self.fields.iter().enumerate().filter(|(place, _)| self.asked(*place)).map(|(_, field)| field);
        let filled = asked.filter_map(|field| Some((field.key.strip_prefix(begins)?.to_string(), field.input.value())));
        filled.map(|(key, text)| Written { key, text }).collect()
    }

    /// A time of today, if one was typed.
    fn time(&self, key: &str, today: NaiveDate) -> Result<Option<DateTime<Utc>>, (String, String)> {
        let typed = self.value(key);
        if typed.is_empty() {
            return Ok(None);
        }
        let time = ["%H:%M", "%H.%M", "%H%M"].iter().find_map(|pattern| NaiveTime::parse_from_str(&typed, pattern).ok());
        let at = time.and_then(|time| instant(today, time));
        at.map(Some)
            .ok_or_else(|| (key.to_string(), format!("\u{201c}{typed}\u{201d} is no time. Write it as 14:05, or leave it empty for now.")))
    }
}
