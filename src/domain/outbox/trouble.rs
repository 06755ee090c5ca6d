//! What can go wrong with handing a message over, and what follows from it.

use crate::domain::safe_text::safe_line;
use serde::{Deserialize, Serialize};

/// Most characters kept of what a server said.
const LONGEST: usize = 200;

/// What went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TroubleKind {
    /// Something on this machine: the password file, the file of trusted certificates, a council's text.
    Settings,
    /// The server cannot be reached, or the line broke before the message was handed over.
    Unreachable,
    /// The server's certificate is not trusted, or it offers no encryption.
    NotTrusted,
    /// The server does not let the program in, or refuses its sender address.
    Turned,
    /// The server asks to come back later.
    Later,
    /// The line broke when the whole message had been handed over, before the server said yes or no (RFC 1047).
    Unanswered,
    /// The server knows no such address.
    Address,
    /// The server does not pass mail on to this address, by its own rules.
    NotPassedOn,
    /// The server refuses the message.
    Message,
    /// What goes with the message cannot be put together from what is stored.
    Unbuilt,
}

impl TroubleKind {
    /// Whether it is in the way of every message, not of this one alone.
    pub fn is_everybodys(self) -> bool {
        match self {
            TroubleKind::Settings | TroubleKind::Unreachable | TroubleKind::NotTrusted | TroubleKind::Turned => true,
            TroubleKind::Later
            | TroubleKind::Unanswered
            | TroubleKind::Address
            | TroubleKind::NotPassedOn
            | TroubleKind::Message
            | TroubleKind::Unbuilt => false,
        }
    }

    /// Whether trying again is of no use until somebody has put the list of people right. All else may be mended where nobody
    /// here sees it, so it is tried again.
    pub fn is_final(self) -> bool {
        self == TroubleKind::Address
    }

    /// Whether the message may have arrived all the same.
    pub fn may_have_arrived(self) -> bool {
        self == TroubleKind::Unanswered
    }

    /// What was wrong, in a few words.
    pub fn label(self) -> &'static str {
        match self {
            TroubleKind::Settings => "the mail settings on this machine do not work",
            TroubleKind::Unreachable => "the mail server cannot be reached",
            TroubleKind::NotTrusted => "the mail server\u{2019}s certificate is not trusted",
            TroubleKind::Turned => "the mail server does not let closeloop in",
            TroubleKind::Later => "the mail server asks to come back later",
            TroubleKind::Unanswered => "the line broke before the mail server answered",
            TroubleKind::Address => "the address is refused",
            TroubleKind::NotPassedOn => "the mail server does not pass mail on to this address",
            TroubleKind::Message => "the mail server refuses the message",
            TroubleKind::Unbuilt => "its calendar file cannot be made",
        }
    }

    /// What to do about it.
    pub fn remedy(self) -> &'static str {
        match self {
            TroubleKind::Settings => "Put [mail] in the configuration right, or what it names.",
            TroubleKind::Unreachable => "Ask whether the mail server runs, and look at host and port in [mail].",
            TroubleKind::NotTrusted => "If it is the council\u{2019}s own, name its authority with root = \"FILE\" in [mail].",
            TroubleKind::Turned => "Look at user, password_file and from in [mail].",
            TroubleKind::Later | TroubleKind::Unanswered => "Nothing: it is tried again.",
            TroubleKind::Address => "Telephone them; put the address right in the list of people and import it, and it is sent.",
            TroubleKind::NotPassedOn | TroubleKind::Message => "Telephone them, and ask whoever runs the mail server why.",
            TroubleKind::Unbuilt => "Telephone them, and run closeloop verify; the message is tried again.",
        }
    }
}

/// One failure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// What went wrong.
    pub kind: TroubleKind,
    /// What the server or the machine said, on one line; may be empty.
    pub said: String,
}

impl Trouble {
    /// A failure with what was said, made safe to show and kept short.
    pub fn new(kind: TroubleKind, said: impl AsRef<str>) -> Trouble {
        Trouble { kind, said: safe_line(said.as_ref()).chars().take(LONGEST).collect() }
    }

    /// The failure in a sentence's first half: what, and what the server said.
    pub fn because(&self) -> String {
        if self.said.is_empty() { self.kind.label().to_string() } else { format!("{} ({})", self.kind.label(), self.said) }
    }
}
