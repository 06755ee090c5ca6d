//! Forms of the panel: planning a sitting, scoring, opening the scores, deciding, sending back, putting off, bringing by hand, minutes.

use super::build::{choice, line, new, plain, text};
use super::{Field, Form, FormFor, Input};
use crate::domain::deed::{Deed, PanelDeed};
use crate::domain::framework::{Framework, Grading};
use crate::domain::grade::{Grade, Judgement};
use crate::domain::id::{PanelId, PersonId, ReviewId};
use crate::domain::panel::DecisionWanted;
use crate::domain::query::{ItemDetail, SittingDetail};
use chrono::NaiveDate;

/// Which form of the panel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PanelForm {
    /// Planning a sitting.
    Plan,
    /// Changing a planned one.
    Change(PanelId),
    /// Calling a planned one off.
    CallOff(PanelId),
    /// Taking the chair over.
    TakeChair(PanelId),
    /// Moving an item to another sitting.
    MoveItem(PanelId, ReviewId),
    /// Scoring the item on the table.
    Score(PanelId, ReviewId),
    /// Opening the scores before all are in.
    OpenScores(PanelId, ReviewId),
    /// Deciding it.
    Decide(PanelId, ReviewId),
    /// Sending it back to its reviewer.
    SendBack(PanelId, ReviewId),
    /// Putting it off.
    Defer(PanelId, ReviewId),
    /// Bringing a review before the panel by hand.
    Bring(ReviewId),
    /// Adding a minute, about a review or about none.
    Minute(PanelId, Option<ReviewId>),
}

impl PanelForm {
    /// The sitting it belongs to, if one.
    pub fn panel(self) -> Option<PanelId> {
        match self {
            PanelForm::Plan | PanelForm::Bring(_) => None,
            PanelForm::Change(panel) | PanelForm::CallOff(panel) | PanelForm::TakeChair(panel) | PanelForm::Minute(panel, _) => Some(panel),
            PanelForm::MoveItem(panel, _)
            | PanelForm::Score(panel, _)
            | PanelForm::OpenScores(panel, _)
            | PanelForm::Decide(panel, _)
            | PanelForm::SendBack(panel, _)
            | PanelForm::Defer(panel, _) => Some(panel),
        }
    }

    /// The review it is about, if one.
    pub fn review(self) -> Option<ReviewId> {
        match self {
            PanelForm::Plan | PanelForm::Change(_) | PanelForm::CallOff(_) | PanelForm::TakeChair(_) => None,
            PanelForm::Minute(_, review) => review,
            PanelForm::MoveItem(_, review)
            | PanelForm::Score(_, review)
            | PanelForm::OpenScores(_, review)
            | PanelForm::Decide(_, review)
            | PanelForm::SendBack(_, review)
            | PanelForm::Defer(_, review)
            | PanelForm::Bring(review) => Some(review),
        }
    }

    /// Long words are kept as a draft; a score never is: nobody but its author may read it, and a draft lies in a file.
    pub fn keeps_draft(self) -> bool {
        matches!(self, PanelForm::Decide(..) | PanelForm::SendBack(..) | PanelForm::Minute(..))
    }

    /// The name of its draft.
    pub fn draft_key(self) -> String {
        let word = match self {
            PanelForm::Plan => "plan",
            PanelForm::Change(_) => "change",
            PanelForm::CallOff(_) => "off",
            PanelForm::TakeChair(_) => "chair",
            PanelForm::MoveItem(..) => "move",
            PanelForm::Score(..) => "score",
            PanelForm::OpenScores(..) => "open",
            PanelForm::Decide(..) => "decide",
            PanelForm::SendBack(..) => "back",
            PanelForm::Defer(..) => "defer",
            PanelForm::Bring(_) => "bring",
            PanelForm::Minute(..) => "minute",
        };
        format!("panel-{word} {} {}", self.panel().map_or(0, |id| id.0), self.review().map_or(0, |id| id.0))
    }

    /// The form that a draft of this name belongs to.
    pub fn of_draft(word: &str, panel: i64, review: i64) -> Option<PanelForm> {
        let (panel, about) = (PanelId(panel), ReviewId(review));
        Some(match word {
            "panel-decide" => PanelForm::Decide(panel, about),
            "panel-back" => PanelForm::SendBack(panel, about),
            "panel-minute" => PanelForm::Minute(panel, (review > 0).then_some(about)),
            _ => return None,
        })
    }
}

pub(super) fn form(kind: PanelForm, title: String, intro: &str, fields: Vec<Field>, seen: i64, verb: &'static str) -> Form {
    new(FormFor::Panel(kind), title, intro, fields, seen, verb)
}

/// Taking the chair over.
pub fn take_chair(detail: &SittingDetail) -> Form {
    let fields = vec![plain("why", "Why", line(""), true)];
    form(
        PanelForm::TakeChair(detail.sitting.panel.id),
        "Take the chair".into(),
        "The minutes say who handed it over and why.",
        fields,
        0,
        "take the chair",
    )
}

/// The judgement of an item, with what each grade stands for beside it.
fn judgement(item: &ItemDetail, label: &str) -> Field {
    let framework = &item.review.framework;
    if item.review.kind.grading == Grading::Scaling {
        let beside = framework.bands.iter().rev().map(|band| {
            let grade = framework.descriptor(band.grade);
            let (label, words) = grade.map_or(("", ""), |grade| (grade.label.as_str(), grade.descriptor.as_str()));
            format!("{}-{}  {label}: {words}", band.from, band.to)
        });
        let input = Input::Scale { typed: String::new(), may_not_apply: false };
        return Field { hint: "0 to 10".into(), fresh: true, beside: beside.collect(), ..plain("scaling", label, input, true) };
    }
    let options = Grade::ALL.iter().map(|grade| (grade.key().to_string(), framework.grade_label(*grade).to_string())).collect();
    let beside = framework.grades.iter().map(|grade| format!("{}: {}", grade.label, grade.descriptor)).collect();
    Field { beside, ..plain("grade", label, choice(options, ""), true) }
}

fn titled(item: &ItemDetail, words: &str) -> String {
    format!("{} \u{b7} {words}", item.row.reference)
}

/// Scoring the item on the table, or scoring it anew once the scores are open.
/// Whoever scores (`me`) finds there what they gave before, and nobody else's.
pub fn score(panel: PanelId, item: &ItemDetail, me: Option<PersonId>) -> Form {
    let open = item.item.as_ref().is_some_and(|known| known.revealed);
    let mine = item.item.as_ref().zip(me).and_then(|(known, me)| known.score_of(me));
    let mut field = judgement(item, "Your score");
    let mut gave = String::new();
    if let Some(mine) = mine {
        gave = format!("You gave {}. ", point_or_grade(&item.review.framework, mine.judgement));
        match &mut field.input {
            Input::Scale { typed, .. } => *typed = mine.judgement.scaling.map(|point| point.to_string()).unwrap_or_default(),
            Input::Choice { options, at } => *at = options.iter().position(|(key, _)| key == mine.judgement.grade.key()),
            _ => {}
        }
    }
    let note = mine.map_or("", |mine| mine.note.as_str());
    let fields = vec![field, plain("note", "A note", line(note), false)];
    let intro = match (open, mine.is_some()) {
        (true, _) => "The scores are open. Your new one stands beside the first, which stays.",
        (false, false) => "Sealed: nobody, the chair included, reads it before all are in or the chair opens them with a reason.",
        (false, true) => "It can be changed while it is sealed: nobody else reads it before all are in, or the chair opens them.",
    };
    let intro = format!("{gave}{intro}");
    form(PanelForm::Score(panel, item.row.review), titled(item, "Score"), &intro, fields, 0, if open { "score anew" } else { "seal" })
}

/// A score in short: its point, or its grade where there is none.
fn point_or_grade(framework: &Framework, judgement: Judgement) -> String {
    judgement.scaling.map_or(framework.grade_label(judgement.grade).to_string(), |point| point.to_string())
}

/// Opening the scores.
pub fn open_scores(panel: PanelId, item: &ItemDetail) -> Form {
    let fields = vec![plain("why", "Why you do not wait", line(""), !item.missing.is_empty())];
    let intro = match item.missing.is_empty() {
        true => "All scores are in.".to_string(),
        false => format!("Not in yet: {}. Once open, nobody scores unseen any more. It is asked once more.", item.missing.join(", ")),
    };
    form(PanelForm::OpenScores(panel, item.row.review), titled(item, "Open the scores"), &intro, fields, 0, "open")
}

/// Deciding the item on the table. M08, M09.
pub fn decide(panel: PanelId, item: &ItemDetail) -> Form {
    let framework = &item.review.framework;
    let themes = || {
        let mut options = vec![(String::new(), "none".to_string())];
        options.extend(framework.themes.iter().map(|theme| (theme.label.clone(), theme.label.clone())));
        choice(options, "")
    };
    let mut first = judgement(item, "The panel\u{2019}s judgement");
    if !item.spread.is_empty() {
        let scores: Vec<String> = item
            .spread
            .iter()
            .map(|row| {
                let again = row.again.map(|again| format!(" (then {})", point_or_grade(framework, again))).unwrap_or_default();
                format!("{} {}{again}", row.member, point_or_grade(framework, row.first))
            })
            .collect();
        first.beside.insert(0, format!("Scores: {}", scores.join(", ")));
        // A line between the fields and what stands below them.
        first.beside.insert(0, String::new());
    }
    // The scores and what each grade stands for stay beside the words that give the reason.
    let beside = first.beside.clone();
    let mut fields = vec![
        first,
        Field { beside: beside.clone(), ..plain("rationale", "Reason", text(""), true) },
        Field {
            hint: "a point of consistency: what reviewers should judge alike from now on".into(),
            ..plain("consistency", "For all to judge alike", text(""), false)
        },
    ];
    if !framework.themes.is_empty() {
        for (key, label) in [("theme/1", "Theme"), ("theme/2", "Another theme"), ("theme/3", "A third theme")] {
            fields.push(plain(key, label, themes(), false));
        }
    }
    let original = item.row.original.map(|original| {
        let point = original.scaling.map(|point| format!(" {point}")).unwrap_or_default();
        format!("The reviewer gave {}{point}. ", framework.grade_label(original.grade))
    });
    let intro = format!("{}Both judgements are kept; the panel\u{2019}s is final.", original.unwrap_or_default());
    form(PanelForm::Decide(panel, item.row.review), titled(item, "Decide"), &intro, fields, item.row.revision, "decide")
}

/// Sending it back to its reviewer. M05.
pub fn send_back(panel: PanelId, item: &ItemDetail) -> Form {
    let fields = vec![plain("missing", "What is missing", text(""), true)];
    let intro = "The reviewer completes it and hands it in again; it then waits for another sitting.";
    form(PanelForm::SendBack(panel, item.row.review), titled(item, "Send back to its reviewer"), intro, fields, 0, "send back")
}

/// Putting it off.
pub fn defer(panel: PanelId, item: &ItemDetail) -> Form {
    let fields = vec![plain("why", "Why", line(""), true)];
    form(PanelForm::Defer(panel, item.row.review), titled(item, "Put it off"), "It waits for another sitting.", fields, 0, "put off")
}

/// Bringing a review before the panel by hand, with the revision as seen.
pub fn bring(review: ReviewId, reference: &str, seen: i64) -> Form {
    let fields = vec![plain("reason", "Why the panel should see it", line(""), true)];
    let intro = "It then waits for the panel like the others. What is brought by hand never counts as drawn at random.";
    form(PanelForm::Bring(review), format!("{reference} \u{b7} Bring before the panel"), intro, fields, seen, "bring")
}

/// Adding a minute: about the item under the cursor where it has its outcome, else about the sitting.
pub fn minute(panel: PanelId, about: Option<(ReviewId, &str)>) -> Form {
    let fields = vec![plain("text", "Minute", text(""), true)];
    let title = about.map_or("Add a minute".to_string(), |(_, reference)| format!("{reference} \u{b7} Add a minute"));
    let intro = "It is dated and stands beside what was written; nothing that was decided is changed by it.";
    form(PanelForm::Minute(panel, about.map(|(id, _)| id)), title, intro, fields, 0, "add")
}

impl Form {
    /// What a form of the panel asks for.
    pub(super) fn panel_deed(&self, today: NaiveDate, kind: PanelForm) -> Result<Deed, (String, String)> {
        let why = self.value("why");
        Ok(Deed::Panel(match kind {
            PanelForm::Plan => PanelDeed::Plan(self.sitting_wanted(today)?),
            PanelForm::Change(panel) => PanelDeed::Move { panel, seen: self.seen, wanted: self.sitting_wanted(today)? },
            PanelForm::CallOff(panel) => PanelDeed::CallOff { panel, seen: self.seen, why },
            PanelForm::TakeChair(panel) => PanelDeed::TakeChair { panel, why },
            PanelForm::MoveItem(from, review) => match self.value("to").parse().map(PanelId) {
                Ok(to) => PanelDeed::MoveItem { review, from, to },
                Err(_) => return Err(("to".to_string(), "Choose the sitting.".to_string())),
            },
            PanelForm::Score(panel, review) => PanelDeed::Score {
                panel,
                review,
                scaling: self.point()?,
                grade: Grade::parse(&self.value("grade")),
                note: self.value("note"),
            },
            PanelForm::OpenScores(panel, review) => PanelDeed::OpenScores { panel, review, why },
            PanelForm::Decide(panel, review) => {
                let mut themes: Vec<String> = Vec::new();
                for field in self.fields.iter().filter(|field| field.key.starts_with("theme/")) {
                    let theme = field.input.value();
                    if !theme.is_empty() && !themes.contains(&theme) {
                        themes.push(theme);
                    }
                }
                let wanted = DecisionWanted {
                    scaling: self.point()?,
                    grade: Grade::parse(&self.value("grade")),
                    rationale: self.value("rationale"),
                    consistency: self.value("consistency"),
                    themes: themes.join(", "),
                };
                PanelDeed::Decide { panel, review, seen: self.seen, wanted }
            }
            PanelForm::SendBack(panel, review) => PanelDeed::SendBack { panel, review, missing: self.value("missing") },
            PanelForm::Defer(panel, review) => PanelDeed::Defer { panel, review, why },
            PanelForm::Bring(review) => PanelDeed::Bring { review, seen: self.seen, reason: self.value("reason") },
            PanelForm::Minute(panel, review) => PanelDeed::AddMinute { panel, review, text: self.value("text") },
        }))
    }

    fn point(&self) -> Result<Option<u8>, (String, String)> {
        let typed = self.value("scaling");
        if typed.is_empty() {
            return Ok(None);
        }
        typed.parse().map(Some).map_err(|_| ("scaling".to_string(), "Give a whole number from 0 to 10.".to_string()))
    }
}
