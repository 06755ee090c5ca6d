//! Rights and scopes: the two closed lists, with their words in profiles and in sentences.

/// Something that a role may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// Read records within one's scope, and look who a subject is.
    Read,
    /// Do what is one's own: actions, alerts, disputes, what followed a review, interests.
    Act,
    /// Review: record steps, answer the form, submit, name themes and good practice.
    Review,
    /// Open cycles, change their focus, tick their phases.
    Plan,
    /// Draw the sample, substitute, name cases, tell people beforehand.
    Draw,
    /// Allocate reviewers and those beside them.
    Allocate,
    /// Score at a sitting of the panel.
    Moderate,
    /// Lead a sitting: plan it, put items on the table, decide, minute.
    Decide,
    /// Sign off actions.
    SignOff,
    /// Build, write, approve, publish and present reports.
    Report,
    /// Keep the registers of other quality assurance activity.
    Register,
    /// Hand out the data set of everything.
    Export,
    /// Keep the list of people and their roles, imports, the framework and settings.
    Administer,
}

impl Right {
    /// Every right, in the order in which a case goes through them.
    pub const ALL: [Right; 13] = [
        Right::Read,
        Right::Act,
        Right::Review,
        Right::Plan,
        Right::Draw,
        Right::Allocate,
        Right::Moderate,
        Right::Decide,
        Right::SignOff,
        Right::Report,
        Right::Register,
        Right::Export,
        Right::Administer,
    ];

    /// What it lets somebody do, after "may" or "may not".
    pub fn words(self) -> &'static str {
        match self {
            Right::Read => "read records",
            Right::Act => "work on actions, alerts and disputes",
            Right::Review => "do reviews",
            Right::Plan => "open cycles or change them",
            Right::Draw => "choose cases",
            Right::Allocate => "allocate reviewers",
            Right::Moderate => "score at the panel",
            Right::Decide => "lead a sitting of the panel",
            Right::SignOff => "sign off actions",
            Right::Report => "make reports",
            Right::Register => "keep the registers",
            Right::Export => "hand out the data set",
            Right::Administer => "change people, roles, imports or settings",
        }
    }
}

/// A set of rights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rights(u16);

impl Rights {
    /// None.
    pub const NONE: Rights = Rights(0);

    /// These.
    pub fn of(rights: &[Right]) -> Rights {
        Rights::NONE.and(rights)
    }

    /// All there are.
    pub fn all() -> Rights {
        Rights::of(&Right::ALL)
    }

    /// With these as well.
    pub fn and(self, rights: &[Right]) -> Rights {
        Rights(rights.iter().fold(self.0, |set, right| set | 1 << (*right as u16)))
    }

    /// Together with another set.
    pub fn with(self, other: Rights) -> Rights {
        Rights(self.0 | other.0)
    }

    /// Whether a right is among them.
    pub fn has(self, right: Right) -> bool {
        self.0 & (1 << (right as u16)) != 0
    }

    /// The rights, in their order.
    pub fn list(self) -> Vec<Right> {
        Right::ALL.into_iter().filter(|right| self.has(*right)).collect()
    }
}

/// How far somebody sees. Each includes what is one's own: cases one holds, reviews, manages the worker of, was told of, hears at
/// the panel, or has an action of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// What is one's own.
    Own,
    /// One's team, and everybody below.
    Team,
    /// One's service, and everybody below.
    Service,
    /// Everything.
    All,
}

impl Scope {
    /// Every scope, narrowest first.
    pub const ALL: [Scope; 4] = [Scope::Own, Scope::Team, Scope::Service, Scope::All];

    /// What somebody sees, after "sees".
    pub fn words(self) -> &'static str {
        match self {
            Scope::Own => "their own cases",
            Scope::Team => "their team\u{2019}s cases and their own",
            Scope::Service => "their service\u{2019}s cases and their own",
            Scope::All => "every case",
        }
    }
}
