//! One line of a file of SSH keys, taken apart as `sshd` does it: options, kind of key, the key itself.

/// How the machine tells who somebody is, and so what a line has to hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// One account for all: the line forces the program and names the person.
    OneAccount,
    /// An account for each: the line is the key, and `sshd` forces the program.
    OwnAccount,
}

/// A line that holds a key, or should.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Which line of the file, from 1.
    pub number: usize,
    /// Its options in their order, names in small letters.
    options: Vec<(String, Option<String>)>,
    /// The key, if it is a whole one.
    pub key: Option<String>,
}

/// What is wrong with a line: whether it has to be mended (or looked at), what is said after "Line 3 of F", and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// Whether it has to be mended; else somebody should look.
    pub mend: bool,
    /// What is said of the line.
    pub said: String,
    /// What to do.
    pub remedy: String,
}

/// How the line of somebody is written.
const AS_WRITTEN: &str = "Write it as in the README: restrict,pty,command=\"/usr/local/bin/closeloop --as LOGIN\" and the key.";

/// Options that close something, or leave open only what the program needs.
const HARMLESS: [&str; 10] = [
    "restrict",
    "pty",
    "no-pty",
    "from",
    "expiry-time",
    "verify-required",
    "no-port-forwarding",
    "no-agent-forwarding",
    "no-x11-forwarding",
    "no-user-rc",
];

impl Line {
    /// Reads a line; none where it is empty or a comment.
    pub fn read(number: usize, text: &str) -> Option<Line> {
        let text = text.trim();
        if text.is_empty() || text.starts_with('#') {
            return None;
        }
        let (options, rest) = if is_kind(text.split_whitespace().next()?) { (Vec::new(), text) } else { options(text) };
        let mut words = rest.split_whitespace();
        let key = words.next().zip(words.next()).filter(|(kind, key)| is_key(kind, key)).map(|(_, key)| key.to_string());
        Some(Line { number, options, key })
    }

    /// The login that the line names, where its command is the program with that login and nothing else.
    pub fn login(&self) -> Option<&str> {
        let mut commands = self.values("command");
        match (commands.next(), commands.next()) {
            (Some(command), None) => exact(command).map(|(_, login)| login),
            _ => None,
        }
    }

    /// The program that the line forces, whole with its path.
    pub fn program(&self) -> Option<&str> {
        self.values("command").find_map(exact).map(|(program, _)| program)
    }

    /// All that is wrong with it.
    pub fn wrong(&self, way: Way) -> Vec<Wrong> {
        let mut wrong = match way {
            Way::OneAccount => self.wrong_in_one_account(),
            Way::OwnAccount => self.wrong_in_own_account(),
        };
        if self.key.is_none() {
            let remedy = "Put the public key of that person there, as one line: what their file that ends in .pub holds.";
            wrong.push(Wrong { mend: true, said: "holds no whole key: nobody comes in with it.".into(), remedy: remedy.into() });
        }
        if !self.has_terminal() {
            let (how, remedy) = match self.has("no-pty") {
                true => ("has no-pty", "Take no-pty out, and write restrict,pty at its beginning, if that person works here."),
                false => ("leaves out pty", "Write restrict,pty at its beginning if that person works here."),
            };
            let said = format!("{how}: lists and exports come, but no workstation opens.");
            wrong.push(Wrong { mend: false, said, remedy: remedy.into() });
        }
        wrong
    }

    fn wrong_in_one_account(&self) -> Vec<Wrong> {
        let mend = |said: String| Wrong { mend: true, said, remedy: AS_WRITTEN.to_string() };
        let mut wrong = Vec::new();
        if !self.has("restrict") {
            wrong.push(mend("does not begin with restrict: forwarding is open to that key.".into()));
        }
        let commands: Vec<&str> = self.values("command").collect();
        match commands.as_slice() {
            [] => wrong.push(mend("forces no closeloop --as LOGIN: that key opens something else.".into())),
            [one] if exact(one).is_some() => {}
            [one] => wrong.push(mend(format!(
                "forces more or other than closeloop --as LOGIN ({one}): what else stands there is given to a shell, or to the program."
            ))),
            _ => wrong.push(mend("has more than one command: sshd takes no such line.".into())),
        }
        let open: Vec<&str> =
            self.options.iter().map(|(name, _)| name.as_str()).filter(|name| *name != "command" && !HARMLESS.contains(name)).collect();
        if !open.is_empty() {
            wrong.push(mend(format!("has options that give more than the program needs: {}.", open.join(", "))));
        }
        wrong
    }

    fn wrong_in_own_account(&self) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        if self.has("command") {
            let said = "has a command of its own: here everybody works under their own account, and --as is refused.".to_string();
            let remedy = "Leave the key alone in the line; ForceCommand in sshd's rules starts the program.";
            wrong.push(Wrong { mend: false, said, remedy: remedy.into() });
        }
        wrong
    }

    fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.options.iter().filter(move |(of, _)| of == name).map(|(_, value)| value.as_deref().unwrap_or_default())
    }

    fn has(&self, name: &str) -> bool {
        self.options.iter().any(|(of, _)| of == name)
    }

    /// Later options go before earlier ones.
    fn has_terminal(&self) -> bool {
        self.options.iter().rev().find_map(|(name, _)| match name.as_str() {
            "pty" => Some(true),
            "restrict" | "no-pty" => Some(false),
            _ => None,
        }) != Some(false)
    }
}

/// The program and the login of a command that is these two and `--as`, with no sign that a shell reads as more than itself.
fn exact(command: &str) -> Option<(&str, &str)> {
    let words: Vec<&str> = command.split(' ').collect();
    let [program, "--as", login] = words.as_slice() else { return None };
    let plain = |text: &str, more: &str| text.chars().all(|c| c.is_alphanumeric() || more.contains(c));
    let whole = program.starts_with('/') && program.ends_with("/closeloop") && plain(program, "/._-") && !program.contains("..");
    (whole && !login.is_empty() && !login.starts_with('-') && plain(login, "._-@+")).then_some((*program, *login))
}

/// The options before the first blank that stands in no quotes, and what follows them.
fn options(text: &str) -> (Vec<(String, Option<String>)>, &str) {
    let (mut quoted, mut before, mut end) = (false, ' ', text.len());
    let mut cuts = vec![0];
    for (at, c) in text.char_indices() {
        match c {
            '"' if before != '\\' => quoted = !quoted,
            ',' if !quoted => cuts.push(at + 1),
            ' ' | '\t' if !quoted => {
                end = at;
                break;
            }
            _ => {}
        }
        before = c;
    }
    let ends = cuts.iter().skip(1).map(|cut| cut - 1).chain([end]);
    let found = cuts.iter().zip(ends).map(|(from, to)| option(&text[*from..to])).collect();
    (found, &text[end..])
}

fn option(text: &str) -> (String, Option<String>) {
    match text.split_once('=') {
        None => (text.to_ascii_lowercase(), None),
        Some((name, value)) => {
            let value = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(value);
            (name.to_ascii_lowercase(), Some(value.replace("\\\"", "\"")))
        }
    }
}

fn is_kind(word: &str) -> bool {
    ["ssh-", "ecdsa-sha2-", "sk-ssh-", "sk-ecdsa-"].iter().any(|beginning| word.starts_with(beginning))
}

/// Whether a text is a key of that kind: in its own bytes it says once more which kind it is (RFC 4253, 6.6).
fn is_key(kind: &str, text: &str) -> bool {
    let Some(bytes) = base64(text) else { return false };
    let named = bytes.get(4..4 + kind.len()).is_some_and(|name| name == kind.as_bytes());
    let length = bytes.get(..4).is_some_and(|four| four == u32::try_from(kind.len()).unwrap_or_default().to_be_bytes());
    // The shortest there is, ed25519, has 32 bytes of its own behind 4 for their number.
    is_kind(kind) && named && length && bytes.len() >= 4 + kind.len() + 36
}

/// The bytes of a text in base64 (RFC 4648, 4); none where it is none.
fn base64(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    if !text.len().is_multiple_of(4) || text.len() - digits.len() > 2 {
        return None;
    }
    let (mut bytes, mut held, mut bits) = (Vec::new(), 0u32, 0);
    for digit in digits.bytes() {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        held = held << 6 | u32::from(value);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from(held >> bits & 0xff).ok()?);
            held &= (1 << bits) - 1;
        }
    }
    Some(bytes)
}
