//! How this machine sends mail, as its configuration says; and which ways are not allowed.

use crate::domain::error::RuleError;
use std::path::PathBuf;

/// How mail is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Sender, as `Insights team <insights@council.example>` or the address alone.
    pub from: String,
    /// By which way.
    pub way: Way,
    /// A folder with the council's own texts; a file named as a built-in one replaces it.
    pub texts: Option<PathBuf>,
}

/// A way out of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// A mail server.
    Server(Server),
    /// The `sendmail` of this machine, whichever mail system it belongs to.
    Sendmail(PathBuf),
}

/// A mail server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// Its name, as its certificate has it.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the line is kept secret.
    pub security: Security,
    /// A file of certificates (PEM) that are trusted beside those of this machine.
    pub root: Option<PathBuf>,
    /// User name and the file that holds the password.
    pub login: Option<(String, PathBuf)>,
}

/// How the line to a mail server is kept secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Begins in the open and turns secret before anything is said (RFC 3207); never goes on in the open.
    StartTls,
    /// Secret from the first byte (RFC 8314).
    Tls,
    /// In the open; to this machine alone.
    None,
}

impl Security {
    /// The port that is usual for it (RFC 6409, RFC 8314, RFC 5321).
    pub fn usual_port(self) -> u16 {
        match self {
            Security::StartTls => 587,
            Security::Tls => 465,
            Security::None => 25,
        }
    }
}

impl Server {
    /// Whether it is this machine.
    pub fn is_here(&self) -> bool {
        matches!(self.host.as_str(), "localhost" | "127.0.0.1" | "::1")
    }
}

impl Settings {
    /// Refuses ways that would tell others what is nobody's business: references and passwords in the open, and mail from a
    /// made-up council to anybody but this machine.
    pub fn check(&self, made_up: bool) -> Result<(), RuleError> {
        match &self.way {
            Way::Server(server) if server.security == Security::None && !server.is_here() => Err(RuleError::new(
                format!("Mail to {} would go over the network in the open.", server.host),
                "Set security = \"starttls\" or \"tls\" in [mail].",
            )),
            Way::Server(server) if made_up && !server.is_here() => Err(RuleError::new(
                "A made-up council writes to nobody outside of this machine.",
                "Name a mail server on localhost in [mail], or none.",
            )),
            Way::Sendmail(_) if made_up => Err(RuleError::new(
                "A made-up council writes to nobody outside of this machine.",
                "Name a mail server on localhost in [mail] instead of sendmail, or none.",
            )),
            _ => Ok(()),
        }
    }
}
