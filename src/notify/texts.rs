//! What a message says: one text for each kind of news, built in or the council's own.
//!
//! A text is handed what [`Said`] holds and nothing else, so no name and no finding can get into a message, whatever a text
//! asks for. A mistake in one is found when it is read, before anything is sent.

use crate::domain::calendar::{last_day, local, say_full_date, say_stamp};
use crate::domain::outbox::{News, Said, Trouble, TroubleKind};
use crate::domain::safe_text::{safe_line, safe_text};
use chrono::{DateTime, Utc};
use minijinja::{Environment, UndefinedBehavior, context};
use std::path::Path;

/// How a text begins.
const SUBJECT: &str = "Subject:";

/// The texts at hand.
pub struct Texts {
    texts: Environment<'static>,
}

fn built_in(news: News) -> &'static str {
    match news {
        News::AlertOpened => include_str!("../../assets/mail/alert-opened.txt"),
        News::AlertPassedOn => include_str!("../../assets/mail/alert-passed-on.txt"),
        News::DisputeToAnswer => include_str!("../../assets/mail/dispute-to-answer.txt"),
        News::GoodPractice => include_str!("../../assets/mail/good-practice.txt"),
        News::SittingCalledOff => include_str!("../../assets/mail/sitting-called-off.txt"),
        News::SittingStands => include_str!("../../assets/mail/sitting-stands.txt"),
        News::SittingMoved => include_str!("../../assets/mail/sitting-moved.txt"),
        News::ActionDue => include_str!("../../assets/mail/action-due.txt"),
    }
}

impl Texts {
    /// Reads the texts: those of the folder where it has them, the built-in ones otherwise. Refuses a text that asks for
    /// something it is not given, or has no subject.
    pub fn open(folder: Option<&Path>) -> Result<Texts, Trouble> {
        let mut texts = Environment::new();
        texts.set_undefined_behavior(UndefinedBehavior::Strict);
        let mut whole = Texts { texts };
        for news in News::ALL {
            let name = format!("{}.txt", news.key());
            let own = folder.map(|folder| folder.join(&name)).filter(|path| path.exists());
            let text = match &own {
                None => built_in(news).to_string(),
                Some(path) => std::fs::read_to_string(path).map_err(|error| wrong(&name, &format!("cannot be read: {error}")))?,
            };
            whole.texts.add_template_owned(news.key(), text).map_err(|error| wrong(&name, &reason(&error)))?;
            let bare = Said::new("AL-0001", DateTime::UNIX_EPOCH);
            let full = Said {
                by: Some(DateTime::UNIX_EPOCH),
                was: Some(DateTime::UNIX_EPOCH),
                within: "24 hours".into(),
                acknowledge: "2 hours".into(),
                last_day: Some(DateTime::UNIX_EPOCH.date_naive()),
                stage: "Stage 1".into(),
                ..bare.clone()
            };
            for said in [bare, full] {
                whole.say(news, &said)?;
            }
        }
        Ok(whole)
    }

    /// Subject and text of a message.
    pub fn say(&self, news: News, said: &Said) -> Result<(String, String), Trouble> {
        let name = format!("{}.txt", news.key());
        let values = context! {
            reference => said.reference,
            since => in_full(said.since),
            by => said.by.map(ends(in_full, "%A %-d %B %Y")).unwrap_or_default(),
            by_short => said.by.map(ends(say_stamp, "%a %-d %b")).unwrap_or_default(),
            was => said.was.map(in_full).unwrap_or_default(),
            within => said.within,
            acknowledge => said.acknowledge,
            last_day => said.last_day.map(say_full_date).unwrap_or_default(),
            stage => said.stage,
        };
        let made =
            self.texts.get_template(news.key()).and_then(|text| text.render(values)).map_err(|error| wrong(&name, &reason(&error)))?;
        let (first, rest) = made.split_once('\n').unwrap_or((&made, ""));
        let subject = first.strip_prefix(SUBJECT).map(safe_line).filter(|subject| !subject.is_empty());
        let subject = subject.ok_or_else(|| wrong(&name, "does not begin with a line \u{201c}Subject: \u{2026}\u{201d}"))?;
        Ok((subject.into_owned(), format!("{}\n", safe_text(rest.trim()))))
    }
}

/// What was wrong with a text, in one line: minijinja's own words, without its picture of the place.
fn reason(error: &minijinja::Error) -> String {
    let line = error.line().map(|line| format!(" in line {line}")).unwrap_or_default();
    let what = error.detail().map_or_else(|| error.kind().to_string(), str::to_string);
    format!("is wrong{line}: {what}")
}

fn wrong(name: &str, what: &str) -> Trouble {
    Trouble::new(TroubleKind::Settings, format!("the text {name} {what}"))
}

/// A moment, or `by the end of` the day where it ends with one.
fn ends(moment: fn(DateTime<Utc>) -> String, day: &'static str) -> impl Fn(DateTime<Utc>) -> String {
    move |at| last_day(at).map_or_else(|| moment(at), |last| format!("by the end of {}", last.format(day)))
}

/// `Thursday 26 November 2026 at 14:06`, in England's time.
fn in_full(at: DateTime<Utc>) -> String {
    local(at).format("%A %-d %B %Y at %H:%M").to_string()
}
