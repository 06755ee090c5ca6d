//! Invented names: given names in everyday use with surnames made of syllables, so that nobody real is meant.

use super::dice::Dice;
use std::collections::HashSet;

const GIVEN: [&str; 56] = [
    "Ada", "Aisha", "Alun", "Anselm", "Bea", "Bilal", "Blodwen", "Carys", "Cato", "Chidi", "Cleo", "Dara", "Delphine", "Dilwyn", "Ebele",
    "Edda", "Emeka", "Esme", "Farida", "Fenn", "Gethin", "Gita", "Hana", "Hari", "Idris", "Ines", "Isolde", "Jonah", "Juno", "Kofi",
    "Lena", "Linus", "Lowri", "Magda", "Malik", "Mira", "Nadia", "Nell", "Obi", "Olwen", "Orla", "Pavel", "Petra", "Quentin", "Rafi",
    "Rhian", "Rosa", "Samir", "Selma", "Tariq", "Tess", "Una", "Vikram", "Wanda", "Yusuf", "Zora",
];

const FIRST: [&str; 44] = [
    "Amber", "Bracken", "Brindle", "Candle", "Cinder", "Clover", "Copper", "Cricket", "Damson", "Dapple", "Ember", "Fallow", "Feather",
    "Fennel", "Flint", "Frost", "Gander", "Gorse", "Hazel", "Heron", "Juniper", "Kestrel", "Kettle", "Lantern", "Larch", "Linnet",
    "Marrow", "Mistle", "Otter", "Pebble", "Pepper", "Plover", "Quill", "Ripple", "Rook", "Saffron", "Sedge", "Spindle", "Tansy",
    "Thimble", "Thistle", "Tumble", "Velvet", "Willow",
];

const LAST: [&str; 26] = [
    "acre", "bank", "beck", "brook", "by", "combe", "croft", "dale", "den", "dew", "ferry", "field", "gate", "ham", "hollow", "hurst",
    "ledge", "lock", "low", "mead", "moor", "shaw", "stile", "thwaite", "well", "wick",
];

/// Hands out names, none of them twice.
#[derive(Default)]
pub(super) struct Names {
    used: HashSet<String>,
}

impl Names {
    /// A full name nobody has yet.
    pub(super) fn next(&mut self, dice: &mut Dice) -> String {
        loop {
            let surname = format!("{}{}", dice.word(&FIRST), dice.word(&LAST));
            // Whoever shares a surname would share a login too; names are plenty until a council has a thousand people.
            let fresh = self.used.len() > FIRST.len() * LAST.len() / 2 || self.used.insert(surname.clone());
            let name = format!("{} {surname}", dice.word(&GIVEN));
            if fresh && self.used.insert(name.clone()) {
                return name;
            }
        }
    }
}

/// `Ada Brindlewick` is `ada.b`, or longer where that is taken.
pub(super) fn login(name: &str, taken: &mut HashSet<String>) -> String {
    let lower = name.to_lowercase();
    let (given, surname) = lower.split_once(' ').unwrap_or((lower.as_str(), ""));
    let lengths = 1..=surname.len().max(1);
    let mut logins = lengths.filter_map(|length| surname.get(..length)).map(|part| format!("{given}.{part}"));
    let free = logins.find(|login| !taken.contains(login)).unwrap_or_else(|| lower.replace(' ', "."));
    taken.insert(free.clone());
    free
}
