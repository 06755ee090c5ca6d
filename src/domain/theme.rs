//! What findings have in common: themes of the framework's code book found in a review, passages marked as good practice, and the
//! performance indicators that stand beside them. M22, M27, Q02.

use super::error::RuleError;
use super::framework::Framework;
use super::id::{GoodPracticeId, PersonId, ReviewId};
use super::review::{ReviewFacts, ReviewState, field};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How a theme shows in a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// As a strength.
    Strength,
    /// As an area to improve.
    Improve,
}

impl Found {
    /// Both ways, strengths first.
    pub const ALL: [Found; 2] = [Found::Strength, Found::Improve];

    /// The word that is stored and typed.
    pub fn key(self) -> &'static str {
        match self {
            Found::Strength => "strength",
            Found::Improve => "improve",
        }
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Found::Strength => "strength",
            Found::Improve => "area to improve",
        }
    }

    /// The way of this word.
    pub fn of_key(key: &str) -> Option<Found> {
        Found::ALL.into_iter().find(|found| found.key() == key)
    }
}

/// One theme found in a review. The same theme may be a strength and an area to improve: two of them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Coded {
    /// Key in the code book.
    pub theme: String,
    /// How it shows.
    pub found: Found,
}

/// What is to be said of one theme; what is not named stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeWanted {
    /// Key in the code book.
    pub theme: String,
    /// It is a strength.
    pub strength: bool,
    /// It is an area to improve.
    pub improve: bool,
}

/// A passage that shows good practice, for the lasting library. M22.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoodPractice {
    /// Row number.
    pub id: GoodPracticeId,
    /// Out of which review.
    pub review: ReviewId,
    /// Key of the theme it belongs to; empty: none.
    pub theme: String,
    /// Field of the form where it stands (`n/strengths`); empty: the review as a whole.
    pub place: String,
    /// What was good, by whoever marked it, without names.
    pub note: String,
    /// Who marked it.
    pub by: String,
    /// When.
    pub on: NaiveDate,
}

/// What is marked as good practice.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PracticeWanted {
    /// Key of the theme; empty: none.
    pub theme: String,
    /// Field of the form; empty: the review as a whole.
    pub place: String,
    /// What was good, without names.
    pub note: String,
}

/// One value of a performance indicator. M27.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    /// Key in the profile.
    pub key: String,
    /// First day of its period.
    pub from: NaiveDate,
    /// Last day of its period.
    pub until: NaiveDate,
    /// The value as it came in (`87 %`).
    pub value: String,
    /// Where it comes from.
    pub source: String,
}

/// Who codes, as far as the rule goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coder {
    /// Row of the person, when the list of people knows the login.
    pub person: Option<PersonId>,
    /// Belongs to the Insights team.
    pub insights: bool,
}

/// Refuses whoever neither reviews the case nor belongs to the Insights team, and a review that was taken out.
pub fn may_code(facts: &ReviewFacts, coder: Coder) -> Result<(), RuleError> {
    let reference = &facts.review.reference;
    if facts.state == ReviewState::Withdrawn {
        return Err(RuleError::new(format!("{reference} was withdrawn; nothing is found in it."), "Code another review."));
    }
    let reviews = facts.joint.reviewers(facts.reviewer).iter().any(|reviewer| Some(*reviewer) == coder.person);
    if !(reviews || coder.insights) {
        return Err(RuleError::under(
            "M19",
            format!("Only the reviewers of {reference} and the Insights team say what its themes are."),
            "Ask one of them.",
        ));
    }
    Ok(())
}

/// The themes of a review once what is wanted is said of it; a theme that the code book does not know is refused. M19.
pub fn code(framework: &Framework, before: &BTreeSet<Coded>, wanted: &[ThemeWanted]) -> Result<BTreeSet<Coded>, RuleError> {
    let mut after = before.clone();
    for one in wanted {
        known_theme(framework, &one.theme)?;
        for (found, holds) in [(Found::Strength, one.strength), (Found::Improve, one.improve)] {
            let coded = Coded { theme: one.theme.clone(), found };
            if holds {
                after.insert(coded)
            } else {
                after.remove(&coded)
            };
        }
    }
    Ok(after)
}

/// Checks a passage that is to be marked: what it says, where it stands, and that it names nobody. `names` are those of the case:
/// the practitioner's and the council's own number. M22.
pub fn check_practice(framework: &Framework, facts: &ReviewFacts, wanted: &PracticeWanted, names: &[&str]) -> Result<(), RuleError> {
    if wanted.note.trim().is_empty() {
        return Err(RuleError::under("M22", "Nothing is said about what was good.", "Say it in a sentence or two, without names."));
    }
    if !wanted.theme.is_empty() {
        known_theme(framework, &wanted.theme)?;
    }
    if !wanted.place.is_empty() && facts.answer(&wanted.place).is_none() {
        return Err(RuleError::under("M22", "Nothing is written where the passage is said to stand.", "Choose where it stands."));
    }
    let words: Vec<String> = words_of(&wanted.note);
    let named = names.iter().flat_map(|name| words_of(name)).find(|part| part.chars().count() > 2 && words.contains(part));
    if let Some(part) = named {
        return Err(RuleError::under(
            "M22",
            format!(
                "The note says \u{201c}{part}\u{201d}, which is of the worker\u{2019}s name or the council\u{2019}s number of this case."
            ),
            "Good practice is shared without names: say what was done, not who did it.",
        ));
    }
    Ok(())
}

/// What in a note reads like the name of a person: a title with a name, or two words in a row that begin with a capital letter.
/// None: nothing does. It can be wrong both ways, so that it is a reason to ask and none to refuse. M22.
pub fn seems_to_name(note: &str) -> Option<String> {
    const TITLES: [&str; 12] = ["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "lady", "aunt", "auntie", "uncle", "nan"];
    let words: Vec<&str> = note.split_whitespace().collect();
    words.windows(2).find_map(|pair| {
        let [first, second] = pair else { return None };
        let bare = |word: &str| word.trim_matches(|letter: char| !letter.is_alphanumeric()).to_string();
        // A sentence that ends between them parts them.
        let parted = first.ends_with(['.', '!', '?', ':', ';', ',']) && first.chars().count() > 3;
        let (title, name) = (bare(first), bare(second));
        let names = |word: &str| {
            let mut letters = word.chars();
            letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
        };
        let titled = TITLES.contains(&title.to_lowercase().as_str()) && names(&name);
        (titled || (!parted && names(&title) && names(&name))).then(|| format!("{title} {name}"))
    })
}

fn words_of(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

fn known_theme(framework: &Framework, key: &str) -> Result<(), RuleError> {
    if framework.themes.iter().any(|theme| theme.key == key) {
        return Ok(());
    }
    let known: Vec<&str> = framework.themes.iter().map(|theme| theme.key.as_str()).collect();
    Err(RuleError::new(format!("The code book has no theme \u{201c}{key}\u{201d}."), format!("Known are: {}.", known.join(", "))))
}

/// Where a passage may stand: what is written in a review, with its words.
pub fn places<'a>(kind: &'a super::framework::ReviewKind, facts: &ReviewFacts) -> Vec<(String, &'a str)> {
    let headings = kind.narrative.iter().map(|heading| (field::narrative(&heading.key), heading.label.as_str()));
    let questions = kind.areas.iter().flat_map(|area| area.questions.iter().map(|one| (field::question(&one.key), one.text.as_str())));
    headings.chain(questions).filter(|(name, _)| facts.answer(name).is_some_and(|answer| !answer.text().is_empty())).collect()
}
