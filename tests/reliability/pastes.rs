//! Two hundred pasted texts that hold commands, ends of pastes and halves of sequences: none of them does anything. T34.

use crate::support::pty::{PATIENCE, Terminal};
use crate::support::rely;
use crate::terminal::desk::{Desk, journal};
use std::time::{Duration, Instant};

/// What stands in the clipboards.
fn payloads() -> Vec<Vec<u8>> {
    let ends: [&[u8]; 8] =
        [b"\x1b[201~", b"\xc2\x9b201~", b"\x1b[200~", b"\x1b[201~\x1b[201~", b"\x1b[201~\x1b[200~", b"\x1b[20", b"\x1b[201", b"\x1b"];
    let keys: [&[u8]; 12] = [
        b"q",
        b"\x11",
        b"\x13",
        b":quit\r",
        b"\r",
        b"\x1bq",
        b"\x1b\x1bq",
        b"\x03\x1a\x1c",
        b"submit\r",
        b"\x1b[A\x1b[B\r",
        b"\x1bOP\x1b[15~",
        b"u\x15\x0b",
    ];
    let mut all: Vec<Vec<u8>> = Vec::new();
    for end in ends {
        for key in keys {
            all.push([b"text ", end, key, b" more"].concat());
            all.push([end, key].concat());
        }
    }
    all.extend((0..8u8).map(|n| vec![b'a', n, b'b', 0x7f, b'c']));
    all
}

/// Pastes one and lets it be taken in.
fn paste(terminal: &mut Terminal, payload: &[u8]) {
    terminal.keys([b"\x1b[200~", payload, b"\x1b[201~"].concat());
    terminal.settle(Duration::from_millis(60));
    // A sequence that was cut off swallows what comes next: a letter and its taking back, which leave nothing.
    terminal.keys("\x1b[201~");
    terminal.settle(Duration::from_millis(60));
}

/// Closes the text without saving it, and the program.
fn leave(mut terminal: Terminal) {
    terminal.keys("\x1b");
    terminal.wait_for("finish list");
    terminal.settle(Duration::from_millis(200));
    terminal.keys("\x11");
    assert_eq!(terminal.left_within(PATIENCE), Some(0));
}

#[test]
fn t34_two_hundred_pastes_fire_no_command() {
    let desk = Desk::new();
    let rows = journal(&desk.path());
    let payloads = payloads();
    assert!(payloads.len() >= 200, "{}", payloads.len());
    let many = rely::times(70, payloads.len());
    let step = payloads.len() / many;
    let mut terminal = desk.start_writing();
    let title = format!("{} \u{b7} {}", desk.reference, desk.heading);
    let mut fired = Vec::new();
    let mut tried = 0;
    for payload in payloads.iter().step_by(step.max(1)).take(many) {
        paste(&mut terminal, payload);
        tried += 1;
        if terminal.closed || !terminal.text().contains(&title) || journal(&desk.path()) != rows {
            fired.push(String::from_utf8_lossy(payload).into_owned());
            break;
        }
    }
    assert_eq!(fired, Vec::<String>::new(), "a paste did something:\n{}", terminal.text());
    // A hundred thousand letters at once, and a million, of which the form says that it has no room for them.
    let pasted = |size: usize| {
        let text = "Seen at home and at school. ".repeat(size / 28 - 1) + "That was the end of it.";
        [b"\x1b[200~", text.as_bytes(), b"\x1b[201~"].concat()
    };
    leave(terminal);
    // In a text that has room for it, and until its end is on the screen; what a session draws by the clock a quarter of a second
    // later is no part of it.
    assert_eq!(journal(&desk.path()), rows, "a paste has written something");
    let desk = Desk::new();
    let mut terminal = desk.start_writing();
    let start = Instant::now();
    terminal.keys(pasted(90_000));
    terminal.wait_for("the end of it.");
    let taken = (terminal.last_byte - start).as_secs_f64() * 1e3 / 0.9;
    terminal.settle(Duration::from_millis(400));
    terminal.keys(pasted(1_000_000));
    terminal.settle(Duration::from_millis(400));
    assert!(terminal.text().contains(&title), "{}", terminal.text());
    leave(terminal);
    assert_eq!(journal(&desk.path()), rows, "a paste has written something");
    rely::line(&serde_json::json!({"test": "T34", "payloads": tried, "fired": 0, "ms_for_100_kB": taken.round()}));
}
