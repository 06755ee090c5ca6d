//! One person at two machines, writing the same text in both: each keeps its own draft, and neither takes the other's place
//! in silence. T25.

use crate::support::driver::{Robot, SMALL};
use crate::support::rely;
use crate::support::world::{DRAWN_AT, World, utc};
use closeloop::store::DraftStore;

fn strengths(world: &World) -> Option<String> {
    world.review("CR-0001").answers.get("n/strengths").map(|answer| answer.value.text().to_string())
}

#[test]
fn t25_one_person_in_two_sessions_overwrites_nothing_of_the_other_in_silence() {
    let rounds = rely::times(3, 40);
    let mut dice = closeloop::runtime::random::seeded(25);
    for round in 0..rounds {
        let world = World::ready();
        let second = World::open(&world.path());
        let mut here = Robot::sits_down(world, SMALL);
        let mut there = Robot::somebody(second, SMALL, "Amina Khan");
        for robot in [&mut here, &mut there] {
            robot.opens("CR-0001").press("l l enter").expect_dialog("CR-0001 \u{b7} Strengths");
        }
        // Both type, now the one and now the other.
        let (mut of_here, mut of_there) = (String::new(), String::new());
        for word in 0..6 + dice() % 6 {
            let (robot, text, place) = match dice().is_multiple_of(2) {
                true => (&mut here, &mut of_here, "desk"),
                false => (&mut there, &mut of_there, "home"),
            };
            let more = format!("{place}{word} ");
            robot.type_text(&more);
            text.push_str(&more);
            robot.look_around();
        }
        here.type_text("HERE");
        there.type_text("THERE");
        of_here.push_str("HERE");
        of_there.push_str("THERE");
        if round % 3 == 2 {
            // Both lines drop: both texts are offered, each as it was.
            let path = here.world.path();
            let (_here, _there) = (here.loses_the_line(), there.loses_the_line());
            let drafts = DraftStore::open(&path).unwrap();
            let left = drafts.left_behind("amina.k", "a third", utc(DRAWN_AT)).unwrap();
            for text in [&of_here, &of_there] {
                assert!(left.iter().any(|draft| draft.filled.contains(text.as_str())), "{text} is gone: {left:?}");
            }
            continue;
        }
        // Whoever saves first is saved; the other is shown both, and nothing is put over it in silence.
        let (first, other, saved, waiting) = match round % 3 {
            0 => (&mut here, &mut there, &of_here, &of_there),
            _ => (&mut there, &mut here, &of_there, &of_here),
        };
        first.press("ctrl-s").expect_no_dialog();
        assert_eq!(strengths(&first.world).as_ref(), Some(saved));
        other.look_around().press("ctrl-s").expect_line("Saved meanwhile:");
        assert_eq!(strengths(&other.world).as_ref(), Some(saved), "the second save took the first one's place in silence");
        let frame = other.frame();
        let last = waiting.rsplit(' ').next().unwrap();
        assert!(frame.contains(last), "the loser's text is gone\n{frame}");
        // Saving again, having seen both, is their own will.
        other.press("ctrl-s").expect_no_dialog();
        assert_eq!(strengths(&other.world).as_ref(), Some(waiting));
    }
    rely::line(&serde_json::json!({"test": "T25", "rounds": rounds, "silent_overwrites": 0}));
}
