//! The `closeloop` program, as a stand-in until its command line is merged.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a stand-in")]

use closeloop::*;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let after = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1).cloned());
    let path = std::path::PathBuf::from(after("--db").unwrap());
    if let Some(n) = after("--demo") {
        let wanted = demo::DemoWanted { framework: "merton".into(), reviews: n.parse().unwrap(), seed: 7, now: chrono::Utc::now() };
        demo::build(&path, &profiles::Catalog::built_in(), &wanted, &mut |_, _| {}).unwrap();
        return;
    }
    if let Some(why) = runtime::terminal::refusal(std::env::var("TERM").ok().as_deref()) {
        eprintln!("{why}");
        std::process::exit(2);
    }
    let store = store::Store::open(&path).unwrap();
    let login = after("--as").unwrap_or(demo::COORDINATOR.into());
    let who = store.reading().people().unwrap().into_iter().find(|p| p.login == login).unwrap();
    let session = runtime::random::session_name();
    let role = who.role.clone();
    let actor = domain::deed::Actor { login: who.login.clone(), person: Some(who.id), name: who.name.clone(), role: who.role, session };
    let look = ui::theme::Look::PLAIN;
    let keymap = app::keymap::Keymap::read("").unwrap();
    let session = runtime::workstation::Session { store, actor, role, clock: runtime::clock::Clock::System, look, keymap };
    if let Err(error) = runtime::run::open(session) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
