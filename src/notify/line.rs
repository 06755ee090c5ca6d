//! Handing messages over, to a mail server or to the machine's own `sendmail`, and saying exactly how far that went.
//!
//! The steps of SMTP are taken one by one, because what a broken line means depends on the step: before the message was
//! handed over whole it cannot have arrived; after that, without an answer, it may have (RFC 1047).

use super::outgoing::Outgoing;
use crate::domain::outbox::{Security, Server, Settings, Trouble, TroubleKind, Way};
use lettre::address::Envelope;
use lettre::message::Mailbox;
use lettre::transport::sendmail::SendmailTransport;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Message, Transport};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

/// How long a server may take over one step.
const PATIENCE: Duration = Duration::from_secs(30);

/// The way out, with everything read that it needs.
pub struct Post {
    from: Mailbox,
    way: Way,
    tls: Option<TlsParameters>,
    login: Option<Credentials>,
}

/// A line to the mail server, held open from one message to the next.
pub struct Line<'a> {
    post: &'a Post,
    open: Option<SmtpConnection>,
}

impl Post {
    /// Reads what the settings name: the sender, the trusted certificates, the password. Nobody is spoken to yet.
    pub fn open(settings: &Settings) -> Result<Post, Trouble> {
        let from = settings.from.parse();
        let from = from.map_err(|error| wrong(format!("from = \u{201c}{}\u{201d} is no address: {error}", settings.from)))?;
        let (tls, login) = match &settings.way {
            Way::Sendmail(_) => (None, None),
            Way::Server(server) => (encryption(server)?, credentials(server)?),
        };
        Ok(Post { from, way: settings.way.clone(), tls, login })
    }

    /// The address that messages come from.
    pub fn address(&self) -> String {
        self.from.email.to_string()
    }

    /// A line for a run of messages.
    pub fn line(&self) -> Line<'_> {
        Line { post: self, open: None }
    }
}

fn wrong(what: String) -> Trouble {
    Trouble::new(TroubleKind::Settings, what)
}

fn encryption(server: &Server) -> Result<Option<TlsParameters>, Trouble> {
    if server.security == Security::None {
        return Ok(None);
    }
    let mut tls = TlsParameters::builder(server.host.clone());
    if let Some(path) = &server.root {
        let pem = std::fs::read(path).map_err(|error| wrong(format!("the certificates {} cannot be read: {error}", path.display())))?;
        let held = Certificate::from_pem(&pem).ok().filter(|_| String::from_utf8_lossy(&pem).contains("BEGIN CERTIFICATE"));
        tls = tls.add_root_certificate(held.ok_or_else(|| wrong(format!("{} holds no certificate (PEM)", path.display())))?);
    }
    tls.build().map(Some).map_err(|error| wrong(format!("encryption cannot be set up: {error}")))
}

fn credentials(server: &Server) -> Result<Option<Credentials>, Trouble> {
    let Some((user, path)) = &server.login else { return Ok(None) };
    let password = secret(path)?;
    Ok(Some(Credentials::new(user.clone(), password)))
}

/// The password in a file that nobody but its owner and group may read.
fn secret(path: &Path) -> Result<String, Trouble> {
    let unread = |error: std::io::Error| wrong(format!("the password file {} cannot be read: {error}", path.display()));
    let mode = std::fs::metadata(path).map_err(unread)?.permissions().mode();
    if mode & 0o007 != 0 {
        return Err(wrong(format!("everybody may read the password file {}: take that right away (chmod o= FILE)", path.display())));
    }
    let text = std::fs::read_to_string(path).map_err(unread)?;
    let password = text.trim_end_matches(['\r', '\n']);
    if password.is_empty() { Err(wrong(format!("the password file {} is empty", path.display()))) } else { Ok(password.to_string()) }
}

impl Line<'_> {
    /// Speaks to the server as far as anybody may go without sending anything; says who answered.
    pub fn greet(&mut self) -> Result<String, Trouble> {
        match &self.post.way {
            Way::Sendmail(path) if path.is_file() => {
                Ok(format!("{} is there; whether it sends shows with the first message.", path.display()))
            }
            Way::Sendmail(path) => Err(wrong(format!("there is no {}", path.display()))),
            Way::Server(server) => {
                let host = server.host.clone();
                self.open = Some(self.post.connect(server)?);
                Ok(format!("{host} answered, and would take a message."))
            }
        }
    }

    /// Hands one message over. `in_time` is asked last, before it goes over whole: whoever took too long to get so far may have
    /// been overtaken, and keeps it back.
    pub fn send(&mut self, letter: &Outgoing, in_time: &dyn Fn() -> bool) -> Result<(), Trouble> {
        let message = letter.compose(&self.post.from)?;
        match &self.post.way {
            Way::Sendmail(program) => by_sendmail(program, &message, in_time),
            Way::Server(server) => self.by_server(server, &message, in_time),
        }
    }

    fn by_server(&mut self, server: &Server, message: &Message, in_time: &dyn Fn() -> bool) -> Result<(), Trouble> {
        loop {
            let (mut line, used) = match self.open.take() {
                Some(line) => (line, true),
                None => (self.post.connect(server)?, false),
            };
            match hand_over(&mut line, message, in_time) {
                Ok(()) => {
                    self.open = Some(line);
                    return Ok(());
                }
                // A server hangs up on a line that was quiet or long in use; nothing was handed over, so a new one may.
                Err(trouble) if used && trouble.kind == TroubleKind::Unreachable => line.abort(),
                Err(trouble) => {
                    line.abort();
                    return Err(trouble);
                }
            }
        }
    }
}

impl Drop for Line<'_> {
    fn drop(&mut self) {
        if let Some(mut line) = self.open.take() {
            // A courtesy: everything has been answered.
            let _ = line.quit();
        }
    }
}

impl Post {
    fn connect(&self, server: &Server) -> Result<SmtpConnection, Trouble> {
        let hello = ClientId::default();
        let wrapped = self.tls.as_ref().filter(|_| server.security == Security::Tls);
        let address = (server.host.as_str(), server.port);
        let mut line = SmtpConnection::connect(address, Some(PATIENCE), &hello, wrapped, None).map_err(|error| not_open(&error))?;
        if let (Security::StartTls, Some(tls)) = (server.security, &self.tls) {
            if !line.can_starttls() {
                line.abort();
                return Err(Trouble::new(TroubleKind::NotTrusted, "it offers no encryption (STARTTLS)"));
            }
            line.starttls(tls, &hello).map_err(|error| not_open(&error))?;
        }
        if let Some(login) = &self.login {
            line.auth(DEFAULT_MECHANISMS, login).map_err(|error| match error.status() {
                // The server's words about a password may hold parts of it.
                Some(code) if error.is_permanent() => Trouble::new(TroubleKind::Turned, format!("{code}: user or password")),
                None if error.is_client() => Trouble::new(TroubleKind::Turned, "it offers no way to log in"),
                _ => unreachable(&error),
            })?;
        }
        Ok(line)
    }
}

/// Everything of an error, down to its first cause.
fn whole(error: &Error) -> String {
    let mut said = error.to_string();
    let mut next = std::error::Error::source(error);
    while let Some(cause) = next {
        let words = cause.to_string();
        if !said.contains(&words) {
            said = format!("{said}: {words}");
        }
        next = cause.source();
    }
    said
}

fn unreachable(error: &Error) -> Trouble {
    Trouble::new(TroubleKind::Unreachable, whole(error))
}

/// A line that did not come about.
fn not_open(error: &Error) -> Trouble {
    let said = whole(error);
    if error.is_permanent() {
        return Trouble::new(TroubleKind::Turned, said);
    }
    // The handshake happens with the first bytes, so what it refuses comes as a failure to read or write.
    let distrust = error.is_tls() || said.contains("certificate");
    Trouble::new(if distrust { TroubleKind::NotTrusted } else { TroubleKind::Unreachable }, said)
}

/// The steps of one message (RFC 5321 §3.3).
fn hand_over(line: &mut SmtpConnection, message: &Message, in_time: &dyn Fn() -> bool) -> Result<(), Trouble> {
    let envelope: &Envelope = message.envelope();
    let answered = |error: &Error, refused: TroubleKind| match error.status() {
        Some(code) if code.to_string() == "421" => unreachable(error),
        Some(_) if error.is_transient() => Trouble::new(TroubleKind::Later, whole(error)),
        Some(_) => Trouble::new(refused, whole(error)),
        None => unreachable(error),
    };
    line.command(Mail::new(envelope.from().cloned(), Vec::new())).map_err(|error| answered(&error, TroubleKind::Turned))?;
    for address in envelope.to() {
        line.command(Rcpt::new(address.clone(), Vec::new())).map_err(|error| answered(&error, refused_recipient(&error)))?;
    }
    line.command(Data).map_err(|error| answered(&error, TroubleKind::Message))?;
    if !in_time() {
        return Err(Trouble::new(TroubleKind::Unreachable, "it took too long to get so far"));
    }
    match line.message(&message.formatted()) {
        Ok(_) => Ok(()),
        Err(error) if error.status().is_some() => Err(answered(&error, TroubleKind::Message)),
        Err(error) => Err(Trouble::new(TroubleKind::Unanswered, whole(&error))),
    }
}

/// Why a recipient was refused: the address itself (RFC 5321 §4.2.3: 501, 550, 551, 553), or something that may be mended
/// without anybody touching the address: a rule of the server (RFC 3463 §3.8: x.7.x) or a full mailbox (§3.3: x.2.x).
fn refused_recipient(error: &Error) -> TroubleKind {
    let code = error.status().map(|code| code.to_string()).unwrap_or_default();
    let said = whole(error).to_lowercase();
    let by_rule = ["5.7.", "5.2.", "relay"].iter().any(|sign| said.contains(sign));
    let of_address = matches!(code.as_str(), "501" | "550" | "551" | "553");
    if of_address && !by_rule { TroubleKind::Address } else { TroubleKind::NotPassedOn }
}

/// By the machine's own mail system: its yes means that it has the message in its own queue.
fn by_sendmail(program: &Path, message: &Message, in_time: &dyn Fn() -> bool) -> Result<(), Trouble> {
    if !in_time() {
        return Err(Trouble::new(TroubleKind::Unreachable, "it took too long to get so far"));
    }
    SendmailTransport::new_with_command(program)
        .send(message)
        .map_err(|error| Trouble::new(TroubleKind::Unreachable, format!("{}: {error}", program.display())))
}
