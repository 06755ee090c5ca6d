//! Looks a people file over: roles that the framework does not know, managers in a circle, one person twice. It must not change a row,
//! but for a role's spelling.

use crate::domain::framework::Role;
use crate::domain::intake::{Oddity, PersonRow, Place};
use crate::domain::near::distance;
use crate::domain::person::name_key;
use crate::intake::columns::key;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// The framework's key of a role; a role that it does not know stays as written and is reported, with the nearest known.
pub fn role(written: &str, roles: &[Role], place: Place, oddities: &mut Vec<Oddity>) -> String {
    if written.is_empty() {
        oddities.push(Oddity::warning(place, "The person has no role.", "Without one they can be allocated nothing."));
        return String::new();
    }
    let wanted = key(written);
    let spellings = |role: &Role| [&role.key, &role.label].into_iter().chain(&role.also).map(|text| key(text)).collect::<Vec<_>>();
    if let Some(role) = roles.iter().find(|role| spellings(role).contains(&wanted)) {
        return role.key.clone();
    }
    let near = roles.iter().filter_map(|role| Some((spellings(role).iter().map(|known| distance(&wanted, known)).min()?, role)));
    let done = match near.min_by_key(|(apart, _)| *apart) {
        // A third of the letters may differ: more is another word.
        Some((letters, role)) if letters * 3 <= wanted.chars().count() => {
            format!("It was kept as written; perhaps {} ({}) is meant.", role.label, role.key)
        }
        _ => "It was kept as written; such a person can be allocated nothing until the role is one of the framework's.".to_string(),
    };
    oddities.push(Oddity::warning(place, format!("The framework has no role \"{written}\"."), done));
    written.to_string()
}

/// Reports line management that comes back to where it began.
pub fn managers(rows: &[PersonRow], oddities: &mut Vec<Oddity>) {
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, row) in rows.iter().enumerate() {
        let direct = [&row.login, &row.email].into_iter().flatten().filter(|text| !text.is_empty()).map(|text| text.to_lowercase());
        let keys: HashSet<String> = direct.chain([name_key(&row.name)]).collect();
        for key in keys {
            by_key.entry(key).or_default().push(at);
        }
    }
    let find = |written: &str| by_key.get(&written.to_lowercase()).or_else(|| by_key.get(&name_key(written)));
    let mut above: Vec<Option<usize>> = vec![None; rows.len()];
    for (at, row) in rows.iter().enumerate() {
        let Some(written) = row.line_manager.as_deref().filter(|written| !written.is_empty()) else { continue };
        // Two of the same name: which of them is told apart when the file meets the register; so is a manager whom only the
        // register knows, and somebody written as their own.
        if let Some([one]) = find(written).map(Vec::as_slice)
            && *one != at
        {
            above[at] = Some(*one);
        }
    }
    for circle in circles(&above) {
        let numbers: Vec<String> = circle.iter().filter_map(|at| rows[*at].source.row).map(|row| row.to_string()).collect();
        let what = format!("The line managers of rows {} form a circle.", numbers.join(", "));
        let done = "They were taken in as written; mend one of them, for independence cannot be judged along a circle.";
        oddities.push(Oddity::warning(rows[circle[0]].source.at("line manager"), what, done));
    }
}

/// Leaves out rows that nothing tells apart from an earlier one: the same name, role and team, and neither login nor e-mail address.
/// Taken in as two people they would be more with each import of the same file. Says how many.
pub fn twins(rows: &mut Vec<PersonRow>, oddities: &mut Vec<Oddity>) -> usize {
    let before = rows.len();
    let empty = |text: &Option<String>| text.as_deref().is_none_or(str::is_empty);
    let mut first: HashMap<(String, Option<String>, Option<String>), Option<u32>> = HashMap::new();
    rows.retain(|row| {
        if !empty(&row.login) || !empty(&row.email) || row.away.is_some() {
            return true;
        }
        match first.entry((name_key(&row.name), row.role.clone(), row.team.clone())) {
            Entry::Vacant(new) => {
                new.insert(row.source.row);
                true
            }
            Entry::Occupied(known) => {
                let number = known.get().map(|number| number.to_string()).unwrap_or_default();
                let what = format!("The same name, role and team stand in row {number} already.");
                let done =
                    "The row was left out. If they are two people, give each a login or an e-mail address, by which they are told apart.";
                oddities.push(Oddity::warning(row.source.at("name"), what, done));
                false
            }
        }
    });
    before - rows.len()
}

/// The circles among links to one above, each once, from its first member on.
fn circles(above: &[Option<usize>]) -> Vec<Vec<usize>> {
    let mut seen = vec![false; above.len()];
    let mut found = Vec::new();
    for start in 0..above.len() {
        let mut way: Vec<usize> = Vec::new();
        let mut at = Some(start);
        while let Some(here) = at.filter(|here| !seen[*here]) {
            seen[here] = true;
            way.push(here);
            at = above[here];
        }
        if let Some(from) = at.and_then(|end| way.iter().position(|here| *here == end)) {
            let mut circle = way.split_off(from);
            circle.sort_unstable();
            found.push(circle);
        }
    }
    found
}
