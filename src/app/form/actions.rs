//! Forms of the tracker: done, signed off, given longer, given away, looked at again. Of one action, or of all that are marked.

use super::build::{People, choice, date_ahead, due as due_field, kind_of_action, line, new, person, plain, text};
use super::{Field, Form, FormFor};
use crate::app::rights::in_short;
use crate::domain::action::{ActionAct, ActionWanted, Effect, Extension, Handover, Near};
use crate::domain::count::counted;
use crate::domain::deed::{ActionDeed, Deed, EachOwner, RaiseEach, Seen};
use crate::domain::framework::{Framework, Span};
use crate::domain::id::{ActionId, PersonId, ReviewId};
use chrono::NaiveDate;

/// The actions a form is about, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chosen {
    /// As they were seen.
    pub seen: Seen,
    /// References, in order.
    pub references: Vec<String>,
    /// What has to happen, of one alone.
    pub text: String,
    /// Where it can be seen that it was done, of one alone.
    pub evidence: String,
    /// When it is due, of one alone.
    pub due: Option<NaiveDate>,
}

/// So many references are named in a form; the others are counted.
const NAMED: usize = 8;

impl Chosen {
    /// "A-0012" or "12 actions".
    fn title(&self, what: &str) -> String {
        match self.references.as_slice() {
            [one] => format!("{one} \u{b7} {what}"),
            several => format!("{} \u{b7} {what}", counted(several.len(), "action", "actions")),
        }
    }

    /// What it is about, then what saving does.
    fn intro(&self, does: &str) -> String {
        if self.references.len() == 1 {
            return format!("{}. {does}", self.text.trim_end_matches('.'));
        }
        let named = self.references.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        let others = self.references.len().saturating_sub(NAMED);
        let others = if others > 0 { format!(" and {others} more") } else { String::new() };
        format!("{named}{others}: all of them, or none. {does}")
    }
}

/// Saying that it is done.
pub fn finish(chosen: Chosen) -> Form {
    let hint = "where it can be seen: a record, a date, a heading".into();
    let fields = vec![Field { hint, ..plain("evidence", "Evidence", line(""), true) }];
    let intro = chosen.intro("Somebody else has to see it before it is signed off.");
    let title = chosen.title("Done");
    new(FormFor::Tracker(ActionAct::Finish, chosen.seen), title, intro, fields, 0, "done")
}

/// Signing off.
pub fn sign_off(chosen: Chosen) -> Form {
    let all = if chosen.references.len() == 1 { "yes, it was done" } else { "yes, every one of them was done" };
    let options = vec![("yes".to_string(), all.to_string())];
    let fields = vec![plain("seen", "I have seen it", choice(options, ""), true)];
    let evidence = if chosen.evidence.is_empty() { String::new() } else { format!("Evidence: {}.", chosen.evidence.trim_end_matches('.')) };
    let (title, intro) = (chosen.title("Sign off"), chosen.intro(&evidence));
    new(FormFor::Tracker(ActionAct::SignOff, chosen.seen), title, intro, fields, 0, "sign off")
}

/// The framework's limit, and the role that goes beyond it, in words.
fn limit_of(framework: Option<&Framework>) -> Option<(Span, String)> {
    let rule = &framework?.actions;
    Some((rule.limit?, in_short(framework, rule.extension_approved_by.as_ref()?)))
}

/// Giving it longer. The limit and who approves are the framework's (F11).
pub fn extend(chosen: Chosen, framework: Option<&Framework>, people: People) -> Form {
    let due = match chosen.due {
        Some(day) => Field { hint: "a date, or: +14, fri".into(), ..date_ahead("due", "Due", day) },
        None => due_field("Due", "a date, or: +14, fri", true),
    };
    let mut fields = vec![due, plain("reason", "Why it takes longer", line(""), true)];
    let mut does = String::new();
    if let Some((limit, role)) = limit_of(framework) {
        does = format!("Past {limit} from the day it was raised, {role} has to approve it.");
        fields.push(Field { hint: format!("{role}, only past {limit}"), ..person("approver", "Approved by", people, false) });
    }
    let (title, intro) = (chosen.title("Give longer"), chosen.intro(&does));
    new(FormFor::Tracker(ActionAct::Extend, chosen.seen), title, intro, fields, 0, "give longer")
}

/// Giving it to somebody else.
pub fn reassign(chosen: Chosen, people: People) -> Form {
    let fields = vec![
        person("owner", "New owner", people, true),
        plain("why", "Why", line(""), true),
        Field { hint: "only where they are away or have left".into(), ..plain("despite", "Why all the same", line(""), false) },
    ];
    let (title, intro) = (chosen.title("Another owner"), chosen.intro("One owner is accountable for it."));
    new(FormFor::Tracker(ActionAct::Reassign, chosen.seen), title, intro, fields, 0, "give away")
}

/// Saying whether it helped.
pub fn revisit(chosen: Chosen) -> Form {
    let words = |effect: Effect| match effect {
        Effect::Sustained => "sustained: what was put right has lasted",
        Effect::Partly => "partly: some of it has",
        Effect::Recurred => "recurred: it has come back, and is open again",
        Effect::CannotTell => "cannot tell from what can be seen",
    };
    let options = Effect::ALL.into_iter().map(|effect| (effect.key().to_string(), words(effect).to_string()));
    let fields = vec![
        plain("effect", "Did it help", choice(options.collect(), ""), true),
        plain("seen", "What you looked at, and what it shows", text(""), true),
    ];
    let (title, intro) = (chosen.title("Looked at again"), chosen.intro("Months later: has the improvement lasted?"));
    new(FormFor::Tracker(ActionAct::Revisit, chosen.seen), title, intro, fields, 0, "save")
}

/// The endings of the files into which the tracker can be written: of a calendar, or of a list.
pub fn actions_endings(calendar: bool) -> &'static [&'static str] {
    if calendar { &[".ics"] } else { &[".docx", ".html"] }
}

/// Into which file what the tracker shows is written.
pub fn actions_file(calendar: bool) -> Form {
    let (title, intro, hint) = match calendar {
        true => (
            "The due days as a calendar",
            "One entry for each open action that is shown, with its reference and owner; what is to happen is not in it.",
            "a name that ends in .ics; it is put where the program was started",
        ),
        false => (
            "The actions as a list for a meeting",
            "The actions that are shown: late ones first, then what is to be signed off, then by day.",
            "a name that ends in .docx or .html; it is put where the program was started",
        ),
    };
    let fields = vec![Field { hint: hint.into(), ..plain("file", "File", line(""), true) }];
    new(FormFor::ActionsFile(calendar), title, intro, fields, 0, "write")
}

/// The same action out of each of these reviews.
pub fn action_each(framework: &Framework, reviews: Vec<ReviewId>, references: Vec<String>, people: People) -> Form {
    let mut whose = vec![(ONE.to_string(), "one person".to_string()), (WORKER.to_string(), "each case\u{2019}s own worker".to_string())];
    let managers = framework.roles.iter().filter(|role| role.manages && !role.insights);
    whose.extend(managers.map(|role| (role.key.clone(), format!("each case\u{2019}s {}", role.label.to_lowercase()))));
    let urgent = vec![("no".to_string(), "no".to_string()), ("yes".to_string(), "yes: a child\u{2019}s safety depends on it".to_string())];
    let near = vec![
        ("ask".to_string(), "say which, and raise none".to_string()),
        ("link".to_string(), "link to those that are open".to_string()),
        ("new".to_string(), "raise these all the same".to_string()),
    ];
    let due = framework.actions.default_due;
    let mut fields = vec![
        plain("text", "What needs to happen", line(""), true),
        plain("whose", "Owner is", choice(whose, ""), true),
        Field { only_if: Some(("whose", ONE)), ..person("owner", "Owner", people, true) },
        due_field("Due", format!("empty: {due} from today; or a date, +5, fri"), false),
        plain("urgent", "Urgent", choice(urgent, "no"), false),
    ];
    fields.extend(kind_of_action(&framework.actions));
    fields.push(plain("near", "Much like an open one", choice(near, "ask"), false));
    let about = Chosen { references, ..Chosen::default() };
    let title = match about.references.as_slice() {
        [one] => format!("{one} \u{b7} What needs to happen"),
        several => format!("{} reviews \u{b7} What needs to happen in each", several.len()),
    };
    let intro = match about.references.as_slice() {
        [_] => "One owner, one date. It is followed until somebody else has seen that it was done.".to_string(),
        _ => about.intro("One action out of each, undone at once."),
    };
    new(FormFor::ActionEach(reviews), title, intro, fields, 0, "raise")
}

/// The owner of each is one person.
const ONE: &str = "one";

/// The owner of each is whose work it is.
const WORKER: &str = "worker";

impl Form {
    /// The deed of a form of the tracker.
    pub(super) fn tracker_deed(&self, today: NaiveDate, kind: ActionAct, actions: &Seen) -> Result<ActionDeed, (String, String)> {
        let actions = actions.clone();
        Ok(match kind {
            ActionAct::TakeUp => ActionDeed::TakeUp(actions),
            ActionAct::Finish => ActionDeed::Finish { actions, evidence: self.value("evidence") },
            ActionAct::SignOff => ActionDeed::SignOff(actions),
            ActionAct::Extend => {
                let wanted =
                    Extension { due_on: self.date("due", today)?, reason: self.value("reason"), approver: self.person("approver") };
                ActionDeed::Extend { actions, wanted }
            }
            ActionAct::Reassign => {
                let owner = self.person("owner").unwrap_or(PersonId(0));
                let wanted = Handover { owner, why: self.value("why"), despite: self.value("despite") };
                ActionDeed::Reassign { actions, wanted }
            }
            ActionAct::Revisit => {
                let effect = Effect::of_key(&self.value("effect"));
                let effect = effect.ok_or_else(|| ("effect".to_string(), "Choose one of the four.".to_string()))?;
                ActionDeed::Revisit { actions, effect, seen: self.value("seen") }
            }
        })
    }

    /// The deed of the form for an action out of several reviews.
    pub(super) fn action_each_deed(&self, reviews: &[ReviewId], today: NaiveDate) -> Result<Deed, (String, String)> {
        let owner = match self.value("whose").as_str() {
            ONE => EachOwner::One(self.person("owner").unwrap_or(PersonId(0))),
            WORKER => EachOwner::Worker,
            role => EachOwner::Role(role.to_string()),
        };
        let near = self.value("near");
        let wanted = ActionWanted {
            text: self.value("text"),
            owner: None,
            due_on: if self.value("due").is_empty() { None } else { Some(self.date("due", today)?) },
            urgent: self.value("urgent") == "yes",
            kind: self.value("kind"),
            near: if near == "new" { Near::Anyway } else { Near::Ask },
        };
        Ok(Deed::RaiseEach(Box::new(RaiseEach { reviews: reviews.to_vec(), owner, wanted, link: near == "link" })))
    }

    /// What is to happen where an action much like it is open, as typed.
    pub(super) fn near(&self) -> Result<Near, (String, String)> {
        let typed = self.value("near");
        if typed.is_empty() {
            return Ok(Near::Ask);
        }
        if typed.eq_ignore_ascii_case("new") {
            return Ok(Near::Anyway);
        }
        let upper = typed.to_uppercase();
        let digits = upper.strip_prefix("A-").unwrap_or(&upper);
        let number = digits.parse().map_err(|_| {
            let what = format!("\u{201c}{typed}\u{201d} is no number of an action.");
            ("near".to_string(), format!("{what} Write one like A-0012, or \u{201c}new\u{201d} to raise this one all the same."))
        })?;
        Ok(Near::Link(ActionId(number)))
    }
}
