//! Characters that turn a line round or show nothing: on the screen each of them is a mark that can be seen. T31.

use crate::support::driver::{LARGE, Robot};
use crate::support::rely;
use crate::support::world::World;
use closeloop::domain::review::AnswerValue;

/// Every character that orders text, joins nothing to nothing, or carries a hidden tag.
fn hidden() -> Vec<char> {
    let turns = ['\u{61c}', '\u{200e}', '\u{200f}'].into_iter().chain('\u{202a}'..='\u{202e}').chain('\u{2066}'..='\u{2069}');
    let nothing =
        ['\u{200b}', '\u{2060}', '\u{2061}', '\u{2062}', '\u{2063}', '\u{2064}', '\u{feff}', '\u{2028}', '\u{2029}', '\u{ad}', '\u{180e}'];
    let others = ('\u{206a}'..='\u{206f}').chain('\u{fff9}'..='\u{fffb}').chain('\u{e0000}'..='\u{e007f}');
    turns.chain(nothing).chain(others).filter(|c| char::is_control(*c) || !c.is_alphanumeric()).collect()
}

#[test]
fn t31_every_character_that_hides_or_turns_is_a_mark_that_can_be_seen() {
    let hidden = hidden();
    assert!(hidden.len() > 150, "{}", hidden.len());
    let (mut seen, mut raw, mut frames) = (0, 0, 0);
    for some in hidden.chunks(12) {
        let mut world = World::ready();
        let text: Vec<String> = some.iter().map(|c| format!("Mo{c}rris")).collect();
        let deed = world.edit("CR-0001", "n/strengths", AnswerValue::Text(text.join(" ")));
        world.do_("Amina Khan", deed);
        let mut robot = Robot::sits_down(world, LARGE);
        robot.opens("CR-0001").press("l l");
        let read = robot.frame();
        // And as somebody pastes them into a form.
        let raw_text: String = some.iter().map(|c| format!("Pa{c}ul ")).collect();
        robot.press("enter").paste(&raw_text);
        let written = robot.frame();
        for c in some {
            let mark = format!("<U+{:04X}>", *c as u32);
            // What is broken over two lines is a mark all the same.
            let flat = |frame: &str| frame.split_whitespace().filter(|word| !word.starts_with('\u{2502}')).collect::<String>();
            let both = [&read, &written].iter().all(|frame| flat(frame).contains(&mark));
            seen += usize::from(both);
            assert!(both, "{mark} is not to be seen\n{read}\n{written}");
            raw += [&read, &written].iter().filter(|frame| frame.contains(*c)).count();
        }
        frames += 2;
    }
    rely::line(&serde_json::json!({"test": "T31", "characters": hidden.len(), "marks_seen": seen, "raw": raw, "frames": frames}));
    assert_eq!((seen, raw), (hidden.len(), 0));
}
