//! A mail server of our own, on the standard library alone: it speaks SMTP (RFC 5321), keeps what it takes, and fails on demand
//! at exactly the step that a test is about. What a server nobody here wrote does is in `tests/mail/others.rs`.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// What happens to mail for an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Taken.
    Taken,
    /// Answered so when the recipient is named.
    AtRecipient(&'static str),
    /// Answered so when the whole message is there.
    AtEnd(&'static str),
    /// The line is cut before a byte of the message is read.
    CutBefore,
    /// Taken and kept; then the line is cut instead of answering.
    DiesBeforeAnswering,
}

/// What a server does with a line before any message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greeting {
    /// Lets everybody in.
    Open,
    /// Answers so and hangs up.
    Says(&'static str),
    /// Wants a user and a password, and takes none but these (AUTH PLAIN).
    Wants(&'static str, &'static str),
    /// Hangs up after each message.
    OneEach,
}

/// A message that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub to: String,
    pub from: String,
    pub text: String,
}

impl Taken {
    /// A header, unfolded.
    pub fn header(&self, name: &str) -> Option<String> {
        let (head, _) = self.text.split_once("\r\n\r\n")?;
        let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let mut lines = unfolded.lines();
        lines.find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_string))
    }
}

/// Is told of each message once it lies there, before the client is.
type Told = Box<dyn Fn(&Taken) + Send>;

#[derive(Default)]
struct Held {
    taken: Vec<Taken>,
    told: Option<Told>,
    fates: BTreeMap<String, Fate>,
    greeting: Option<Greeting>,
}

/// A running server; it ends with the test.
#[derive(Clone)]
pub struct Smtp {
    pub port: u16,
    held: Arc<Mutex<Held>>,
    lines: Arc<AtomicUsize>,
}

impl Smtp {
    /// Starts one on a free port of this machine.
    pub fn start() -> Smtp {
        Smtp::listen(0, None)
    }

    /// Starts one on a port; `told` is told of each message once it is kept, before the client is.
    pub fn listen(port: u16, told: Option<Told>) -> Smtp {
        let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
        let server = Smtp { port: listener.local_addr().unwrap().port(), held: Arc::default(), lines: Arc::default() };
        server.held.lock().unwrap().told = told;
        let serving = server.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (server, stream) = (serving.clone(), stream.unwrap());
                server.lines.fetch_add(1, Ordering::SeqCst);
                // A line that breaks is what some tests are about.
                std::thread::spawn(move || server.serve(stream));
            }
        });
        server
    }

    pub fn fate(&self, address: &str, fate: Fate) {
        self.held.lock().unwrap().fates.insert(address.to_string(), fate);
    }

    pub fn greets(&self, greeting: Greeting) {
        self.held.lock().unwrap().greeting = Some(greeting);
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.held.lock().unwrap().taken.clone()
    }

    /// To whom, in order of addresses.
    pub fn taken_for(&self) -> Vec<String> {
        let mut all: Vec<String> = self.taken().into_iter().map(|taken| taken.to).collect();
        all.sort();
        all
    }

    /// How many lines were opened.
    pub fn lines(&self) -> usize {
        self.lines.load(Ordering::SeqCst)
    }

    fn greeting(&self) -> Greeting {
        self.held.lock().unwrap().greeting.unwrap_or(Greeting::Open)
    }

    fn serve(&self, stream: TcpStream) -> std::io::Result<()> {
        let mut out = stream.try_clone()?;
        let mut input = BufReader::new(stream);
        let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes());
        let greeting = self.greeting();
        if let Greeting::Says(line) = greeting {
            return say(line);
        }
        say("220 mail.example ESMTP")?;
        let (mut from, mut to, mut inside) = (String::new(), String::new(), !matches!(greeting, Greeting::Wants(..)));
        loop {
            let mut line = String::new();
            if input.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let line = line.trim_end().to_string();
            let word = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
            match word.as_str() {
                "EHLO" if matches!(greeting, Greeting::Wants(..)) => {
                    say("250-mail.example")?;
                    say("250 AUTH PLAIN")?;
                }
                "EHLO" => say("250 mail.example")?,
                "AUTH" => {
                    inside = matches!(greeting, Greeting::Wants(user, password) if line == format!("AUTH PLAIN {}", base64(&format!("\0{user}\0{password}"))));
                    say(if inside { "235 2.7.0 welcome" } else { "535 5.7.8 wrong secret" })?;
                }
                "MAIL" if !inside => say("530 5.7.0 log in first")?,
                "MAIL" => {
                    from = address(&line);
                    say("250 2.1.0 ok")?;
                }
                "RCPT" => {
                    to = address(&line);
                    match self.fate_of(&to) {
                        Fate::AtRecipient(answer) => say(answer)?,
                        _ => say("250 2.1.5 ok")?,
                    }
                }
                "DATA" => {
                    say("354 go on")?;
                    let fate = self.fate_of(&to);
                    if fate == Fate::CutBefore {
                        return Ok(());
                    }
                    let text = body(&mut input)?;
                    if let Fate::AtEnd(answer) = fate {
                        say(answer)?;
                        continue;
                    }
                    self.keep(Taken { to: to.clone(), from: from.clone(), text });
                    if fate == Fate::DiesBeforeAnswering {
                        return Ok(());
                    }
                    say("250 2.0.0 taken")?;
                    if greeting == Greeting::OneEach {
                        return Ok(());
                    }
                }
                "QUIT" => return say("221 2.0.0 good-bye"),
                "RSET" | "NOOP" => say("250 ok")?,
                _ => say("500 5.5.1 what?")?,
            }
        }
    }

    fn keep(&self, taken: Taken) {
        let mut held = self.held.lock().unwrap();
        if let Some(told) = &held.told {
            told(&taken);
        }
        held.taken.push(taken);
    }

    fn fate_of(&self, address: &str) -> Fate {
        self.held.lock().unwrap().fates.get(address).copied().unwrap_or(Fate::Taken)
    }
}

fn address(line: &str) -> String {
    let inner = line.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map(|(address, _)| address.to_string()).unwrap_or_default()
}

/// Everything up to the lonely dot, with doubled dots made single again (RFC 5321 §4.5.2).
fn body(input: &mut impl BufRead) -> std::io::Result<String> {
    let mut text = String::new();
    loop {
        let mut line = String::new();
        if input.read_line(&mut line)? == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        match line.strip_prefix('.') {
            Some("\r\n") => return Ok(text),
            Some(rest) => text.push_str(rest),
            None => text.push_str(&line),
        }
    }
}

/// Base 64 (RFC 4648), as AUTH PLAIN and calendar files travel in.
pub fn base64(text: &str) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let number = chunk.iter().enumerate().fold(0u32, |sum, (place, byte)| sum | u32::from(*byte) << (16 - 8 * place));
        for place in 0..4 {
            let letter = LETTERS[(number >> (18 - 6 * place) & 63) as usize] as char;
            out.push(if place <= chunk.len() { letter } else { '=' });
        }
    }
    out
}
