//! The program at work in a terminal of 160 columns and 48 rows.

use crate::figures::{Figures, mean, quantile};
use crate::pty::{PATIENCE, Terminal};
use crate::setting;
use std::ffi::OsStr;
use std::path::Path;
use std::time::{Duration, Instant};

/// After so long without a byte a frame is over.
const QUIET: Duration = Duration::from_millis(40);

/// What one key did.
struct Answer {
    /// Milliseconds to the last byte.
    last: f64,
    bytes: usize,
}

fn start(path: &Path) -> (Terminal, f64) {
    let args = [OsStr::new("--db"), path.as_os_str(), OsStr::new("--as"), OsStr::new(closeloop::demo::COORDINATOR)];
    let begun = Instant::now();
    let mut terminal = Terminal::start(crate::program(), &args, &[], (160, 48));
    while terminal.read(PATIENCE) > 0 && !terminal.text().contains("next thing") {}
    terminal.settle(QUIET);
    let taken = (terminal.last_byte - begun).as_secs_f64() * 1e3;
    assert!(terminal.text().contains("next thing"), "no desk was drawn:\n{}", terminal.text());
    (terminal, taken)
}

fn press(terminal: &mut Terminal, key: &str, quiet: Duration) -> Answer {
    let pressed = Instant::now();
    terminal.keys(key);
    let mut bytes = terminal.read(Duration::from_secs(1));
    bytes += terminal.settle(quiet);
    let last = if bytes == 0 { f64::NAN } else { (terminal.last_byte - pressed).as_secs_f64() * 1e3 };
    Answer { last, bytes }
}

/// Measures everything on one database.
pub fn everything(path: &Path, reviews: u32, figures: &mut Figures) {
    starts(path, reviews, figures);
    let (mut terminal, _) = start(path);
    moves(&mut terminal, reviews, figures);
    scrolling(&mut terminal, reviews, figures);
    filter(&mut terminal, reviews, figures);
    memory(&terminal, reviews, figures);
    idle(&mut terminal, reviews, figures);
    terminal.keys("q");
    assert!(terminal.left_within(PATIENCE).is_some(), "it does not leave");
}

fn starts(path: &Path, reviews: u32, figures: &mut Figures) {
    let times: Vec<f64> = (0..setting("CLOSELOOP_BENCH_STARTS", 15))
        .map(|_| {
            let (mut terminal, taken) = start(path);
            terminal.keys("q");
            terminal.left_within(PATIENCE);
            taken
        })
        .collect();
    figures.note(reviews, "start to first full frame, median", "ms", quantile(&times, 0.5), Some(10.0));
    figures.note(reviews, "start to first full frame, best", "ms", quantile(&times, 0.0), None);
}

fn moves(terminal: &mut Terminal, reviews: u32, figures: &mut Figures) {
    // To and fro within the page that is shown, so that nothing scrolls.
    press(terminal, "g", QUIET);
    let answers: Vec<Answer> = (0..setting("CLOSELOOP_BENCH_MOVES", 120))
        .map(|turn| press(terminal, if turn % 8 < 4 { "j" } else { "k" }, QUIET))
        .filter(|answer| answer.bytes > 0)
        .collect();
    let times: Vec<f64> = answers.iter().map(|answer| answer.last).collect();
    let bytes: Vec<f64> = answers.iter().map(|answer| answer.bytes as f64).collect();
    figures.note(reviews, "cursor move to last byte, median", "ms", quantile(&times, 0.5), Some(1.0));
    figures.note(reviews, "cursor move to last byte, p95", "ms", quantile(&times, 0.95), Some(2.0));
    figures.note(reviews, "bytes of a move in a page, median", "bytes", quantile(&bytes, 0.5), Some(300.0));
}

fn scrolling(terminal: &mut Terminal, reviews: u32, figures: &mut Figures) {
    press(terminal, "g", QUIET);
    // A terminal's key repeat; the queue fills the screen, and the list is scrolled through page after page.
    press(terminal, "1", QUIET);
    press(terminal, "g", QUIET);
    let answers: Vec<Answer> =
        (0..setting("CLOSELOOP_BENCH_MOVES", 120) * 3).map(|_| press(terminal, "j", Duration::from_millis(8))).collect();
    let bytes: Vec<f64> = answers.iter().map(|answer| answer.bytes as f64).collect();
    let times: Vec<f64> = answers.iter().map(|answer| answer.last).filter(|time| time.is_finite()).collect();
    figures.note(reviews, "bytes of a move while scrolling, mean", "bytes", mean(&bytes), Some(1000.0));
    figures.note(reviews, "move while scrolling to last byte, p95", "ms", quantile(&times, 0.95), None);
    figures.note(reviews, "at 30 keys a second", "KB/s", mean(&bytes) * 30.0 / 1e3, Some(15.0));
    press(terminal, "1", QUIET);
}

fn filter(terminal: &mut Terminal, reviews: u32, figures: &mut Figures) {
    let mut times = Vec::new();
    for word in ["carter", "amb", "neglect", "late", "2", "all smith", "team:north"] {
        press(terminal, "/", QUIET);
        for letter in word.chars() {
            times.push(press(terminal, &letter.to_string(), QUIET).last);
        }
        press(terminal, "\x1b", QUIET);
    }
    times.retain(|time| time.is_finite());
    figures.note(reviews, "filter letter to last byte, median", "ms", quantile(&times, 0.5), Some(5.0));
    figures.note(reviews, "filter letter to last byte, worst", "ms", quantile(&times, 1.0), None);
}

fn memory(terminal: &Terminal, reviews: u32, figures: &mut Figures) {
    let rollup = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", terminal.pid())).unwrap_or_default();
    let field = |name: &str| {
        let line = rollup.lines().find(|line| line.starts_with(name));
        line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok()).map_or(f64::NAN, |kb| kb / 1024.0)
    };
    figures.note(reviews, "memory, resident", "MB", field("Rss:"), Some(15.0));
    figures.note(reviews, "memory, its share of shared pages", "MB", field("Pss:"), None);
}

/// Processor ticks and voluntary context switches of every thread so far.
fn work(pid: u32) -> (f64, f64) {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let fields: Vec<f64> =
        stat.rsplit(')').next().unwrap_or_default().split_whitespace().map(|field| field.parse().unwrap_or(0.0)).collect();
    let ticks = fields.get(11).unwrap_or(&0.0) + fields.get(12).unwrap_or(&0.0);
    let mut switches = 0.0;
    for task in std::fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten() {
        let status = std::fs::read_to_string(task.path().join("status")).unwrap_or_default();
        let line = status.lines().find(|line| line.starts_with("voluntary_ctxt_switches"));
        switches += line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok()).unwrap_or(0.0);
    }
    (ticks, switches)
}

fn idle(terminal: &mut Terminal, reviews: u32, figures: &mut Figures) {
    let span = setting("CLOSELOOP_BENCH_IDLE", 10) as u64;
    // Within one minute, since the clock in the header may change with the next.
    let second = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() % 60;
    if second + span + 1 >= 60 {
        terminal.settle(Duration::from_secs(61 - second));
    }
    terminal.settle(Duration::from_millis(500));
    let (ticks, switches) = work(terminal.pid());
    let begun = Instant::now();
    let mut bytes = 0;
    while begun.elapsed() < Duration::from_secs(span) {
        bytes += terminal.read(Duration::from_secs(span).saturating_sub(begun.elapsed()));
    }
    let seconds = begun.elapsed().as_secs_f64();
    let (after, switched) = work(terminal.pid());
    figures.note(reviews, "idle: bytes", "bytes", bytes as f64, Some(0.0));
    // A tick is a hundredth of a second.
    figures.note(reviews, "idle: share of a core", "%", (after - ticks) / seconds, Some(0.05));
    figures.note(reviews, "idle: wake-ups", "per s", (switched - switches) / seconds, Some(4.0));
}
