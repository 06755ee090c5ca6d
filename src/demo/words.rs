//! Puts sentences of the bank together: narratives, answers, reasons. It must not know dates or people.

use super::dice::Dice;
use super::phrases as bank;
use super::told;
use crate::domain::framework::NarrativePurpose;
use crate::domain::grade::Grade;

/// How good a piece of work is: the grade and a point from 0 to 10 within it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quality {
    pub(super) grade: Grade,
    pub(super) point: u8,
}

impl Quality {
    /// 0 (worst) to 3 (best).
    fn level(self) -> usize {
        self.grade.rank().clamp(0, 3) as usize
    }
}

fn focused(text: &str, focus: &str) -> String {
    text.replace("{focus}", if focus.is_empty() { "the theme" } else { focus })
}

fn join(sentences: &[&str], focus: &str) -> String {
    focused(&sentences.join(" "), focus)
}

/// The text under a heading.
pub(super) fn narrative(purpose: NarrativePurpose, quality: Quality, focus: &str, dice: &mut Dice) -> String {
    let level = quality.level();
    match purpose {
        NarrativePurpose::Strengths => join(&dice.some(&bank::STRENGTHS, 1 + level), focus),
        NarrativePurpose::AreasForImprovement => {
            let mut points = if level == 0 { dice.some(&bank::GRAVE, 2) } else { Vec::new() };
            points.extend(dice.some(&bank::IMPROVE, 4 - level));
            let lines: Vec<String> = points.iter().map(|point| format!("- {point}")).collect();
            focused(&lines.join("\n"), focus)
        }
        NarrativePurpose::Impact => join(&dice.some(&bank::IMPACT[level], 2), focus),
        NarrativePurpose::Voice => format!("{} {}", dice.word(&bank::VOICE), dice.word(&bank::VOICE_AFTER)),
        NarrativePurpose::Other => remark(focus, dice),
    }
}

/// The text under a heading of a form about a service.
pub(super) fn of_a_service(purpose: NarrativePurpose, dice: &mut Dice) -> String {
    match purpose {
        NarrativePurpose::AreasForImprovement => {
            dice.some(&told::SERVICE_IMPROVE, 3).iter().map(|point| format!("- {point}")).collect::<Vec<_>>().join("\n")
        }
        _ => dice.some(&told::SERVICE_STRENGTHS, 3).join(" "),
    }
}

/// A remark of the reviewer's, for questions that are answered in words.
pub(super) fn remark(focus: &str, dice: &mut Dice) -> String {
    join(&dice.some(&bank::REMARKS, 2), focus)
}

/// What the family said.
pub(super) fn family(dice: &mut Dice) -> String {
    dice.some(&bank::FAMILY, 2).join(" ")
}

/// What the practitioner reflected on.
pub(super) fn reflection(dice: &mut Dice) -> String {
    dice.some(&bank::REFLECTIONS, 2).join(" ")
}
