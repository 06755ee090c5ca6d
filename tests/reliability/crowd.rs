//! A crowd in terminals of their own, each writing in a record and saving every few seconds: how long a save takes from the key
//! to the screen, whether anybody is refused, what a session costs. T10, and the figures of the card.
//!
//! `CLOSELOOP_PROGRAM` names the program that is measured (an optimised one); else it is the one of this build.

use crate::support::pty::{PATIENCE, Terminal, ready};
use crate::support::rely;
use closeloop::domain::filter::Filter;
use closeloop::domain::query::{From, QueueSort, Viewer, Window};
use closeloop::domain::review::{ReviewState, field};
use closeloop::runtime::clock::Clock;
use closeloop::store::{Store, verify};
use std::ffi::OsStr;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// Where one of the crowd writes: a review and a heading of its narrative.
#[derive(Clone)]
struct Place {
    reference: String,
    heading: usize,
    label: String,
    key: String,
}

/// Places to write in, as many as there are, those of one heading together: reviews that somebody is writing.
fn places(store: &Store) -> Vec<Place> {
    let reading = store.reading();
    let now = Clock::System.now();
    let today = closeloop::domain::calendar::local_date(now);
    let viewer = Viewer::of(None, now, today);
    let window = Window { filter: Filter::default(), sort: QueueSort::Due, reversed: false, from: From::Start, limit: 1_000 };
    let rows = reading.queue(&window, &viewer).unwrap().rows;
    let written = |id| {
        let facts = reading.review(id).unwrap().unwrap();
        let open = facts.state == ReviewState::Open && facts.submitted_at.is_none() && facts.reviewer.is_some();
        (open && facts.steps.len() > 1).then_some(facts.review.reference)
    };
    let references: Vec<String> = rows.into_iter().filter_map(|row| written(row.id)).collect();
    let framework = closeloop::profiles::Catalog::built_in().framework("merton").unwrap();
    let headings = &framework.main_kind().unwrap().narrative;
    let place = |(heading, of): (usize, &closeloop::domain::framework::Narrative), reference: &String| Place {
        reference: reference.clone(),
        heading,
        label: of.label.clone(),
        key: field::narrative(&of.key),
    };
    headings.iter().enumerate().flat_map(|heading| references.iter().map(move |reference| place(heading, reference))).collect()
}

/// What somebody does next.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Open,
    Type(usize),
    Save,
    /// The key was pressed; the form has not closed yet.
    Saving(Instant),
}

struct Member {
    terminal: Terminal,
    place: Place,
    title: String,
    next: Next,
    at: Instant,
    saved: usize,
    took: Vec<f64>,
}

impl Member {
    fn sits_down(path: &Path, place: Place) -> (Member, f64) {
        let arguments = [OsStr::new("--db"), path.as_os_str(), OsStr::new("--as"), OsStr::new(closeloop::demo::COORDINATOR)];
        let begun = Instant::now();
        let mut terminal = Terminal::start(rely::program(), &arguments, &[], (160, 48));
        terminal.wait_for("next thing");
        let started = begun.elapsed().as_secs_f64() * 1e3;
        // What earlier runs left unsaved is offered first; nobody has any.
        terminal.keys("/");
        terminal.wait_for("Enter keeps, Esc clears");
        terminal.keys(format!("{}\r", place.reference));
        terminal.wait_for("next thing");
        terminal.keys("\r");
        terminal.wait_for("finish list");
        terminal.keys("ll");
        terminal.wait_for(&place.label);
        terminal.keys("j".repeat(place.heading));
        terminal.settle(Duration::from_millis(50));
        let title = format!("{} \u{b7} {}", place.reference, place.label);
        (Member { terminal, place, title, next: Next::Open, at: Instant::now(), saved: 0, took: Vec::new() }, started)
    }

    fn word(&self) -> String {
        format!("w{:04} ", self.saved)
    }

    /// Does what is due; `every` is the time from one save to the next.
    fn act(&mut self, every: Duration) {
        let pause = every / 16;
        match self.next {
            Next::Open => {
                self.terminal.keys("\r");
                (self.next, self.at) = (Next::Type(0), self.at + pause * 4);
            }
            Next::Type(place) => {
                let word = self.word();
                self.terminal.keys(&word[place..=place]);
                self.next = if place + 1 == word.len() { Next::Save } else { Next::Type(place + 1) };
                self.at += pause;
            }
            Next::Save => {
                self.terminal.keys("\x13");
                self.next = Next::Saving(Instant::now());
            }
            Next::Saving(_) => {}
        }
    }

    /// Takes in what came; a save is over when its form has closed.
    fn take_in(&mut self, every: Duration) {
        while self.terminal.read(Duration::ZERO) > 0 {}
        assert!(!self.terminal.closed, "a session ended:\n{}", self.terminal.text());
        if let Next::Saving(since) = self.next
            && !self.terminal.text().contains(&self.title)
        {
            self.took.push((self.terminal.last_byte - since).as_secs_f64() * 1e3);
            self.saved += 1;
            (self.next, self.at) = (Next::Open, since + every / 2);
        }
    }

    fn memory_mb(&self) -> (f64, f64) {
        let text = std::fs::read_to_string(format!("/proc/{}/smaps_rollup", self.terminal.pid())).unwrap_or_default();
        let field = |name: &str| {
            let line = text.lines().find(|line| line.starts_with(name));
            line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok()).map_or(f64::NAN, |kb| kb / 1024.0)
        };
        (field("Rss:"), field("Pss:"))
    }

    /// Hundredths of a second of the processor so far.
    fn ticks(&self) -> f64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.terminal.pid())).unwrap_or_default();
        let fields: Vec<f64> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().map(|f| f.parse().unwrap_or(0.0)).collect();
        fields.get(11).unwrap_or(&0.0) + fields.get(12).unwrap_or(&0.0)
    }
}

/// Lets the crowd work for so long.
fn work(crowd: &mut [Member], every: Duration, span: Duration) {
    let begun = Instant::now();
    for (place, member) in crowd.iter_mut().enumerate() {
        member.at = begun + every * place as u32 / 100;
    }
    let over = |member: &Member| begun.elapsed() >= span && member.next == Next::Open;
    while !crowd.iter().all(over) {
        assert!(begun.elapsed() < span + PATIENCE, "somebody still waits for a save");
        let now = Instant::now();
        for member in crowd.iter_mut().filter(|member| member.at <= now && !over(member)) {
            member.act(every);
        }
        let soonest = crowd.iter().filter(|member| !matches!(member.next, Next::Saving(_))).map(|member| member.at).min();
        let wait =
            soonest.map_or(Duration::from_millis(50), |at| at.saturating_duration_since(Instant::now()).min(Duration::from_millis(50)));
        for place in ready(crowd.iter().map(|member| &member.terminal), wait) {
            crowd[place].take_in(every);
        }
    }
}

#[test]
fn t10_a_crowd_in_terminals_saves_without_being_refused_or_held_up() {
    let (people, seconds, every, reviews) = if rely::full() { (100, 600, 5_000, 1_000) } else { (6, 8, 1_000, 60) };
    let from = |name: &str, usual: usize| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    let (people, seconds) = (from("CLOSELOOP_CROWD", people), from("CLOSELOOP_CROWD_SECONDS", seconds));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("council.db");
    let built = Command::new(rely::program())
        .args(["demo", "--reviews", &reviews.to_string(), "--seed", "10", "--out"])
        .arg(&path)
        .output()
        .unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let places = places(&Store::open(&path).unwrap());
    assert!(places.len() >= people, "{} places to write in", places.len());
    let every = Duration::from_millis(every);
    let (mut crowd, mut starts) = (Vec::new(), Vec::new());
    for place in places.into_iter().take(people) {
        let (member, started) = Member::sits_down(&path, place);
        crowd.push(member);
        starts.push(started);
    }
    work(&mut crowd, every, Duration::from_secs(seconds as u64));
    let took: Vec<f64> = crowd.iter().flat_map(|member| member.took.clone()).collect();
    // Nobody types any more: what does a session cost that only stands there?
    let idle = Duration::from_secs(if rely::full() { 30 } else { 2 });
    while !ready(crowd.iter().map(|member| &member.terminal), Duration::from_millis(700)).is_empty() {
        crowd.iter_mut().for_each(|member| member.take_in(every));
    }
    let ticks: f64 = crowd.iter().map(Member::ticks).sum();
    rely::think(idle);
    let spent = crowd.iter().map(Member::ticks).sum::<f64>() - ticks;
    let memory: Vec<(f64, f64)> = crowd.iter().map(Member::memory_mb).collect();
    let mean = |of: fn(&(f64, f64)) -> f64| memory.iter().map(of).sum::<f64>() / memory.len() as f64;
    let refused = crowd.iter().filter(|member| String::from_utf8_lossy(&member.terminal.written).contains("Not saved")).count();
    // What was said to be saved is there.
    let store = Store::open(&path).unwrap();
    let kept = |member: &Member| {
        let id = store.reading().review_by_reference(&member.place.reference).unwrap().unwrap();
        let last = format!("w{:04}", member.saved - 1);
        store
            .reading()
            .review(id)
            .unwrap()
            .unwrap()
            .answers
            .get(&member.place.key)
            .is_some_and(|answer| answer.value.text().contains(&last))
    };
    let lost = crowd.iter().filter(|member| member.saved > 0 && !kept(member)).count();
    for member in &mut crowd {
        member.terminal.keys("\x11");
    }
    let left = crowd.iter_mut().filter_map(|member| member.terminal.left_within(PATIENCE)).filter(|code| *code == 0).count();
    drop(store);
    let round = |value: f64| (value * 100.0).round() / 100.0;
    let at = |share| round(rely::quantile(&took, share));
    rely::line(
        &serde_json::json!({"test": "T10", "sessions": people, "minutes": round(seconds as f64 / 60.0), "terminal_saves": took.len(),
        "save_p50_ms": at(0.5), "save_p95_ms": at(0.95), "save_p99_ms": at(0.99), "save_max_ms": at(1.0), "refused": refused,
        "terminal_lost": lost, "rss_mb": round(mean(|memory| memory.0)), "pss_mb": round(mean(|memory| memory.1)),
        "idle_percent": round(spent / idle.as_secs_f64() / people as f64), "start_p95_ms": round(rely::quantile(&starts, 0.95)),
        "optimised": std::env::var_os("CLOSELOOP_PROGRAM").is_some()}),
    );
    assert_eq!((refused, lost, left), (0, 0, people));
    assert!(took.len() >= people * seconds * 1_000 / every.as_millis() as usize / 3, "{} saves", took.len());
    let rows = verify(&path, None, &mut |_, _| {}).unwrap();
    assert!(rows.clean());
    let start = Instant::now();
    let verified = Command::new(rely::program()).arg("--db").arg(&path).arg("verify").output().unwrap();
    assert!(verified.status.success());
    let taken = start.elapsed().as_secs_f64() * 1e3 / rows.rows as f64 * 1e5;
    rely::line(&serde_json::json!({"test": "T42", "verified_rows": rows.rows, "ms_per_100k_rows": taken.round()}));
}
