//! Saves of several people against a model that holds nothing but the last text of each field: what was stale is refused, what
//! was not is there, and nothing else changes. T40.

use crate::support::rely;
use crate::support::world::World;
use closeloop::domain::deed::{AnswerEdit, Deed};
use closeloop::domain::review::{AnswerValue, field};
use closeloop::store::StoreError;
use std::collections::BTreeMap;

/// What somebody had on their screen when they began to type: text and revision.
type Screen = BTreeMap<String, (Option<String>, i64)>;

#[test]
fn t40_saves_follow_the_model_of_last_seen_texts() {
    let sequences = rely::times(150, 10_000);
    let people = ["Iris Tamm", "Amina Khan", "Bela Novak"];
    let mut world = World::ready();
    let review = world.id("CR-0001");
    let names: Vec<String> = world.detail("CR-0001").kind.narrative.iter().take(3).map(|heading| field::narrative(&heading.key)).collect();
    let mut dice = closeloop::runtime::random::seeded(40);
    let mut model: BTreeMap<String, Option<String>> = names.iter().map(|name| (name.clone(), None)).collect();
    let (mut saves, mut refused, mut missed, mut lost) = (0, 0, 0, 0);
    let look = |world: &World, names: &[String]| -> Screen {
        let answers = world.review("CR-0001").answers;
        let one = |name: &String| answers.get(name).map_or((None, 0), |answer| (Some(answer.value.text().to_string()), answer.revision));
        names.iter().map(|name| (name.clone(), one(name))).collect()
    };
    for sequence in 0..sequences {
        let mut screens: Vec<Screen> = people.iter().map(|_| look(&world, &names)).collect();
        for step in 0..4 {
            let who = dice() as usize % people.len();
            if dice().is_multiple_of(4) {
                screens[who] = look(&world, &names);
                continue;
            }
            let some: Vec<&String> = names.iter().filter(|_| dice().is_multiple_of(2)).collect();
            let text = |name: &str| (!dice_is_empty(sequence, step, name)).then(|| format!("{who} {sequence} {step}"));
            let edits = some.iter().map(|name| AnswerEdit {
                field: (*name).clone(),
                seen: screens[who][*name].1,
                answer: text(name).map(AnswerValue::Text),
            });
            let edits: Vec<AnswerEdit> = edits.collect();
            let stale = some.iter().any(|name| screens[who][*name].0 != model[*name]);
            match world.try_(people[who], Deed::SaveAnswers { review, edits: edits.clone() }) {
                Ok(_) => {
                    missed += usize::from(stale && !edits.is_empty());
                    for edit in edits {
                        model.insert(edit.field, edit.answer.map(|answer| answer.text().to_string()));
                    }
                    saves += 1;
                }
                Err(StoreError::Stale { .. }) => refused += 1,
                Err(other) => panic!("{other}"),
            }
        }
        let kept = look(&world, &names);
        lost += names.iter().filter(|name| kept[*name].0 != model[*name]).count();
    }
    world.assert_verified();
    rely::line(&serde_json::json!({"test": "T40", "sequences": sequences, "saves_of_the_model": saves, "refused_of_the_model": refused,
        "conflicts_missed": missed, "differences": lost}));
    assert_eq!((missed, lost), (0, 0), "a save was taken although somebody had saved since, or a text was lost");
    assert!(refused > sequences / 10, "the model has met conflicts: {refused}");
}

/// Now and then a text is emptied.
fn dice_is_empty(sequence: usize, step: usize, name: &str) -> bool {
    (sequence * 7 + step * 3 + name.len()).is_multiple_of(5)
}
