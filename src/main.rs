//! The `closeloop` program.
use closeloop::*;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let path = std::path::PathBuf::from(&args[1]);
    let n: u32 = args.get(2).and_then(|n| n.parse().ok()).unwrap_or(0);
    let fw = args.get(3).cloned().unwrap_or("merton".into());
    if n > 0 {
        let t = std::time::Instant::now();
        let wanted = demo::DemoWanted { framework: fw, reviews: n, seed: 7, now: chrono::Utc::now() };
        let built = demo::build(&path, &profiles::Catalog::built_in(), &wanted, &mut |_, _| {});
        match built {
            Ok(_) => eprintln!("built in {:?}", t.elapsed()),
            Err(e) => {
                eprintln!("{e}");
                return;
            }
        }
        return;
    }
    let store = store::Store::open(&path).unwrap();
    let who = store.reading().people().unwrap().into_iter().find(|p| !p.login.is_empty()).unwrap();
    let actor = domain::deed::Actor {
        login: who.login.clone(),
        person: Some(who.id),
        name: who.name.clone(),
        role: who.role.clone(),
        session: runtime::random::session_name(),
    };
    let session = runtime::workstation::Session {
        store,
        actor,
        role: who.role.clone(),
        clock: runtime::clock::Clock::System,
        look: ui::theme::Look::PLAIN,
        keymap: app::keymap::Keymap::read("").unwrap(),
    };
    if let Err(e) = runtime::run::open(session) {
        eprintln!("{e}");
    }
}
