//! The council under a framework that limits actions to 40 days, lets a service manager approve more (F11), and looks again
//! after six months (F14).

use crate::support::world::{DRAWN_AT, World, merton_text, utc};
use std::path::PathBuf;
use std::sync::OnceLock;
use tempfile::TempDir;

/// The council in November, seven reviews allocated, and one action of Noor Carter's: A-0001, due on 3 December.
pub fn followed() -> World {
    static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, template) = MADE.get_or_init(|| followed_under(&[]).into_template());
    World::copy_of(template)
}

/// The same where the profile says something else in these places.
pub fn followed_under(instead: &[(&str, &str)]) -> World {
    let urgent = "urgent_due = \"24 hours\"             # M12\n";
    let rules = format!("{urgent}limit = \"40 days\"\nrevisit_after = \"6 months\"\nextension_approved_by = \"SM\"\n");
    let mut text = merton_text().replacen(urgent, &rules, 1);
    assert!(text.contains("revisit_after"), "the profile was rewritten: find another line");
    for (words, other) in instead {
        assert!(text.contains(words), "the profile was rewritten: find another line than {words}");
        text = text.replacen(words, other, 1);
    }
    let mut world = World::under(&text);
    world.now = utc(DRAWN_AT);
    let cycle = world.open_cycle("2026-11-01");
    world.draw(cycle, 7, 7);
    world.allocate_all();
    world.raises_action("CR-0001", "Noor Carter", "Bring the chronology up to date");
    world
}

/// The same, done by its owner and signed off by the team manager on 5 November.
pub fn signed_off() -> World {
    let mut world = followed();
    world.is_done(1, "Noor Carter");
    let deed = world.sign_off(1);
    world.do_("Tara Moss", deed);
    world
}
