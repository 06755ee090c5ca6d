//! One message ready to go, put together so that nothing in it can become a header or a second address.

use crate::domain::outbox::{Trouble, TroubleKind};
use chrono::{DateTime, Utc};
use lettre::Message;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, MultiPart, SinglePart};
use std::time::SystemTime;

/// A message to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// What stands before the @ of its Message-ID, the same at every try.
    pub name: String,
    /// The person's own address.
    pub to: String,
    /// The subject, one line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// A file that goes with it.
    pub attached: Option<Attached>,
    /// When it was written, the same at every try.
    pub at: DateTime<Utc>,
}

/// A calendar file that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub text: String,
    /// What a calendar does with it, as its METHOD says (RFC 5546): `PUBLISH`, `CANCEL`.
    pub method: &'static str,
}

/// A header of our own. The names are constants and plain ASCII.
fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_string())
}

impl Outgoing {
    /// Puts the message together. An address that is none is the address's trouble; the sender's is that of the settings.
    pub(super) fn compose(&self, from: &Mailbox) -> Result<Message, Trouble> {
        let address = self.to.parse().map_err(|error| Trouble::new(TroubleKind::Address, format!("it is none: {error}")))?;
        let refused =
            |error: &dyn std::fmt::Display| Trouble::new(TroubleKind::Settings, format!("the message cannot be put together: {error}"));
        // The address alone: a name in front of it is one more name in a mail system's log.
        let builder = Message::builder()
            .from(from.clone())
            .to(Mailbox::new(None, address))
            .date(SystemTime::from(self.at))
            .message_id(Some(format!("<{}@{}>", self.name, from.email.domain())))
            .subject(self.subject.clone())
            // RFC 3834: nobody's holiday notice answers it; Exchange has a word of its own for that.
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("X-Auto-Response-Suppress", "All"));
        let text = SinglePart::plain(self.text.clone());
        let message = match &self.attached {
            None => builder.singlepart(text),
            Some(file) => {
                let kind = format!("text/calendar; charset=utf-8; method={}", file.method);
                let kind = ContentType::parse(&kind).map_err(|error| refused(&error))?;
                let part = Attachment::new(file.name.clone()).body(file.text.clone(), kind);
                builder.multipart(MultiPart::mixed().singlepart(text).singlepart(part))
            }
        };
        message.map_err(|error| refused(&error))
    }
}
