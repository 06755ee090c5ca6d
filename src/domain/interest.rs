//! Interests: what stands between a person and a case, and what follows from it.
//!
//! A declared interest recuses: the case's reviews are withheld from that person everywhere. An inferred one, read off the
//! lists of people and cases, keeps them from reviewing and judging, but not from taking part: the practitioner and their
//! managers must be able to read what they are to learn from. This module must not know how withholding is done, nor what
//! a screen shows.

use super::error::RuleError;
use super::framework::Independence;
use super::id::{InterestId, PersonId, ReviewId, SubjectId};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a refusal of a recused person says, and all that a list says of what is withheld.
pub const WITHHELD: &str = "withheld: you are recused";

/// How long line management and work on a case count after they have ended, in months. The frameworks set no time; a year
/// is one round of supervision and appraisal.
pub const LATELY_MONTHS: u32 = 12;

/// What kind of interest somebody declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InterestKind {
    /// Holds the case, or held it.
    OwnCase,
    /// Manages the practitioner, or did lately.
    LineManagement,
    /// Is family of the child, or has a personal connection with them.
    Family,
    /// Has a personal connection with the practitioner.
    Practitioner,
    /// Supervised, advised on or chaired about the case earlier.
    Involvement,
    /// Took part in a complaint about the case.
    Complaint,
    /// Anything else, in words.
    Other,
}

impl InterestKind {
    /// Every kind, in the order in which people are asked.
    pub const ALL: [InterestKind; 7] = [
        InterestKind::OwnCase,
        InterestKind::LineManagement,
        InterestKind::Family,
        InterestKind::Practitioner,
        InterestKind::Involvement,
        InterestKind::Complaint,
        InterestKind::Other,
    ];

    /// The word it is stored and chosen by.
    pub fn key(self) -> &'static str {
        match self {
            InterestKind::OwnCase => "own-case",
            InterestKind::LineManagement => "line-management",
            InterestKind::Family => "family",
            InterestKind::Practitioner => "practitioner",
            InterestKind::Involvement => "involvement",
            InterestKind::Complaint => "complaint",
            InterestKind::Other => "other",
        }
    }

    /// The kind of this word.
    pub fn of_key(key: &str) -> Option<InterestKind> {
        InterestKind::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// As a list of choices says it.
    pub fn label(self) -> &'static str {
        match self {
            InterestKind::OwnCase => "holds or held the case",
            InterestKind::LineManagement => "manages or lately managed the practitioner",
            InterestKind::Family => "family of the child, or personally connected with them",
            InterestKind::Practitioner => "personally connected with the practitioner",
            InterestKind::Involvement => "involved earlier: supervised, advised or chaired",
            InterestKind::Complaint => "took part in a complaint",
            InterestKind::Other => "something else",
        }
    }

    /// Whether it reaches over all cases of the practitioner, and not over one child's reviews alone.
    pub fn reaches_practitioner(self) -> bool {
        matches!(self, InterestKind::LineManagement | InterestKind::Practitioner)
    }
}

/// What an interest reaches over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// Every review of this subject.
    Subject(SubjectId),
    /// Every review of this practitioner's work.
    Practitioner(PersonId),
}

/// An interest that was declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interest {
    /// Row number.
    pub id: InterestId,
    /// Who has it.
    pub person: PersonId,
    /// What it reaches over.
    pub reach: Reach,
    /// The review on which it was declared; its history shows it.
    pub review: ReviewId,
    /// What kind.
    pub kind: InterestKind,
    /// In words, where that was wanted; empty otherwise.
    pub note: String,
    /// Who declared it; none: somebody before anybody had a row.
    pub by: Option<PersonId>,
    /// The day.
    pub on: NaiveDate,
    /// When and why it was withdrawn; none: it stands.
    pub withdrawn: Option<Withdrawn>,
}

impl Interest {
    /// Whether it recuses now.
    pub fn stands(&self) -> bool {
        self.withdrawn.is_none()
    }

    /// Whether it was declared on somebody's behalf.
    pub fn on_behalf(&self) -> bool {
        self.by != Some(self.person)
    }
}

/// How an interest ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The day.
    pub on: NaiveDate,
    /// Why.
    pub because: String,
}

/// Who asks, as far as interests go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// Row of the person, when the list of people knows the login.
    pub person: Option<PersonId>,
    /// Belongs to the Insights team, which leads the reviews.
    pub leads: bool,
}

/// What is to be declared, by whom, about which case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaring {
    /// Who has the interest.
    pub person: PersonId,
    /// Which kind.
    pub kind: InterestKind,
    /// In words.
    pub note: String,
    /// The review it is declared on.
    pub review: ReviewId,
    /// Its subject.
    pub subject: SubjectId,
    /// Its practitioner, if any.
    pub practitioner: Option<PersonId>,
}

/// Declares an interest: for oneself, or by the Insights team on somebody's behalf. Refused when the kind needs words that
/// are missing, or the person is recused already.
pub fn declare(id: InterestId, today: NaiveDate, asker: Asker, wanted: Declaring, recused: bool) -> Result<Interest, RuleError> {
    let Declaring { person, kind, note, review, subject, practitioner } = wanted;
    if asker.person != Some(person) && !asker.leads {
        return Err(RuleError::new(
            "An interest is declared by whoever has it, or by the Insights team on their behalf.",
            "Ask them to declare it, or tell the Insights team.",
        ));
    }
    if recused {
        return Err(RuleError::new("They are recused from this case already.", "Nothing more is needed."));
    }
    if kind == InterestKind::Other && note.is_empty() {
        return Err(RuleError::new("An interest of another kind needs a few words.", "Say what it is."));
    }
    let reach = match practitioner.filter(|practitioner| kind.reaches_practitioner() && *practitioner != person) {
        Some(practitioner) => Reach::Practitioner(practitioner),
        None => Reach::Subject(subject),
    };
    Ok(Interest { id, person, reach, review, kind, note, by: asker.person, on: today, withdrawn: None })
}

/// Withdraws a declared interest, with a reason. What the Insights team declared on somebody's behalf, that person cannot
/// withdraw.
pub fn withdraw(today: NaiveDate, asker: Asker, interest: &Interest, because: String) -> Result<Interest, RuleError> {
    if !interest.stands() {
        return Err(RuleError::new("That interest has been withdrawn already.", ""));
    }
    let own = asker.person == Some(interest.person);
    if own && interest.on_behalf() {
        return Err(RuleError::new(
            "It was declared on your behalf, so somebody else has to withdraw it.",
            "Ask the Insights team to withdraw it, with the reason.",
        ));
    }
    if !own && !asker.leads {
        return Err(RuleError::new("Somebody else\u{2019}s interest is withdrawn by them, or by the Insights team.", "Ask them."));
    }
    if because.is_empty() {
        return Err(RuleError::new("Withdrawing an interest needs its reason.", "Say why it no longer stands between them and the case."));
    }
    Ok(Interest { withdrawn: Some(Withdrawn { on: today, because }), ..interest.clone() })
}

/// What the lists of people and cases suggest stands between a person and a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Inference {
    /// Holds the case.
    OwnCase,
    /// Held it lately.
    HeldLately,
    /// Is in the practitioner's line of management, or above the team, or below the practitioner.
    Line,
    /// Managed the practitioner lately.
    ManagedLately,
    /// Belongs to the case's team.
    Team,
    /// Manages a team that held the case lately: was the case's TM.
    ManagesFormerTeam,
}

impl Inference {
    /// Every one.
    pub const ALL: [Inference; 6] = [
        Inference::OwnCase,
        Inference::HeldLately,
        Inference::Line,
        Inference::ManagedLately,
        Inference::Team,
        Inference::ManagesFormerTeam,
    ];

    /// The word it is stored by.
    pub fn key(self) -> &'static str {
        match self {
            Inference::OwnCase => "own-case",
            Inference::HeldLately => "held-lately",
            Inference::Line => "line",
            Inference::ManagedLately => "managed-lately",
            Inference::Team => "team",
            Inference::ManagesFormerTeam => "manages-former-team",
        }
    }

    /// The one of this word.
    pub fn of_key(key: &str) -> Option<Inference> {
        Inference::ALL.into_iter().find(|inference| inference.key() == key)
    }

    /// What it says of a person, to go on "they".
    pub fn label(self) -> &'static str {
        match self {
            Inference::OwnCase => "hold the case",
            Inference::HeldLately => "held the case lately",
            Inference::Line => "stand in the line of management",
            Inference::ManagedLately => "managed the practitioner lately",
            Inference::Team => "belong to the case\u{2019}s team",
            Inference::ManagesFormerTeam => "manage a team that held the case lately",
        }
    }

    /// Whether a kind of review with this independence refuses such a reviewer outright. Q02.
    pub fn refused_under(self, independence: Independence) -> bool {
        match self {
            Inference::OwnCase => true,
            Inference::HeldLately | Inference::Team | Inference::ManagesFormerTeam => independence != Independence::OwnCase,
            Inference::Line | Inference::ManagedLately => independence == Independence::OwnLine,
        }
    }
}

/// Something that ended and still counts for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lately {
    /// Who.
    pub person: PersonId,
    /// What it was.
    pub what: Inference,
    /// The day it ended.
    pub until: NaiveDate,
}

/// What is known of interests in one case, beside its lines of management.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseInterests {
    /// Who is recused from it.
    pub recused: BTreeSet<PersonId>,
    /// What ended and may still count.
    pub lately: Vec<Lately>,
    /// Which inferences were set aside, with a reason, for whom.
    pub dismissed: BTreeSet<(PersonId, Inference)>,
}

/// Whether an inference may be set aside by whoever asks. Q02: where the kind's independence refuses such a reviewer,
/// somebody else than the person has to do it, and nobody can where it is their own case.
pub fn dismiss(
    asker: Asker,
    person: PersonId,
    inference: Inference,
    independence: Independence,
    inferred: bool,
    because: &str,
) -> Result<(), RuleError> {
    if !inferred {
        return Err(RuleError::new("The lists do not suggest that about them (any more).", "Nothing has to be set aside."));
    }
    if inference == Inference::OwnCase {
        return Err(RuleError::under(
            "Q02",
            "Nobody reviews a case they hold, so this cannot be set aside.",
            "If the list of cases is wrong, import it anew.",
        ));
    }
    let own = asker.person == Some(person);
    if own && inference.refused_under(independence) {
        return Err(RuleError::under(
            "Q02",
            "This kind of review asks for somebody independent of the case, so you cannot set this aside for yourself.",
            "Ask somebody of the Insights team to do it, with the reason.",
        ));
    }
    if !own && !asker.leads {
        return Err(RuleError::new("That is set aside by the Insights team.", "Ask them, with the reason."));
    }
    if because.is_empty() {
        return Err(RuleError::new("Setting it aside needs its reason.", "Say why it does not stand between them and the case."));
    }
    Ok(())
}
