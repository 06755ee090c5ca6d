//! Terms about what was found, as conditions on a review (alias `r`): each says what a figure counted, no more and no less.

use super::figures::said_in;
use super::filter::Where;
use crate::domain::filter::{Asked, Found};
use rusqlite::types::Value;

/// So many reviews are looked up one by one.
const FEW: usize = 200;

fn text(value: &str) -> Value {
    Value::Text(value.to_string())
}

/// Question marks for so many values; `NULL`, which nothing equals, for none.
fn marks(many: usize) -> String {
    if many == 0 { "NULL".to_string() } else { vec!["?"; many].join(", ") }
}

/// An answer of the review that is no text, with a field and a condition on its value.
fn answer(condition: &str) -> String {
    format!("EXISTS (SELECT 1 FROM answer a WHERE a.review = r.id AND {condition})")
}

/// A step of the review.
fn step(condition: &str) -> String {
    format!("EXISTS (SELECT 1 FROM review_step k WHERE k.review = r.id AND k.step = ?{condition})")
}

/// Adds the condition; `known` is that which lets a judgement be known.
pub(super) fn clause(clause: &mut Where, found: &Found, known: &str) {
    const TEAM_IS: &str = "coalesce((SELECT t.name FROM team t WHERE t.id = r.team), '') = ?";
    const SERVICE_IS: &str = "coalesce((SELECT t.service FROM team t WHERE t.id = r.team), '') = ?";
    // What was found strong or weak tells of the grade.
    let theme = |sql: &str| format!("{known} AND EXISTS (SELECT 1 FROM review_theme h WHERE h.review = r.id AND h.theme = ?{sql})");
    match found {
        Found::Cycles(references) => {
            // Reviews of a cycle are drawn together, and lists stand in the order of their numbers: SQLite walks the numbers from the first
            // to the last of these cycles, and stops where a page is full. By an index of cycles it would sort every one of them.
            let marks = marks(references.len());
            let end = |of: &str| {
                format!(
                    "(SELECT {of}(e.n) FROM (SELECT (SELECT {of}(x.id) FROM review x WHERE x.cycle = y.id) AS n FROM cycle y WHERE y.ref IN ({marks})) e)"
                )
            };
            let sql =
                format!("+r.cycle IN (SELECT id FROM cycle WHERE ref IN ({marks})) AND r.id >= {} AND r.id <= {}", end("min"), end("max"));
            let named = || references.iter().map(|reference| text(reference));
            clause.and(&sql, named().chain(named()).chain(named()));
        }
        Found::Kind(key) => clause.and("r.kind = ?", [text(key)]),
        Found::ServiceIs(name) => clause.and(SERVICE_IS, [text(name)]),
        Found::TeamIs(name) => clause.and(TEAM_IS, [text(name)]),
        Found::TypeIs(key) => clause.and("r.case_type = ?", [text(key)]),
        Found::Submitted => clause.and("r.submitted_at IS NOT NULL", []),
        Found::Decided => clause.and("r.panel = 'decided'", []),
        Found::ByChance => {
            let has = |word: &str| format!("' ' || r.panel_reasons || ' ' LIKE '% {word} %'");
            let words: Vec<String> =
                crate::domain::panel::WhyHere::ALL.iter().filter(|why| why.stands_for_all()).map(|why| has(why.key())).collect();
            clause.and(&words.join(" OR "), []);
        }
        Found::Graded => clause.and(&format!("r.grade IS NOT NULL AND {known}"), []),
        Found::GoodOrBetter => clause.and(&format!("r.grade >= 2 AND {known}"), []),
        Found::Named => clause.and("r.chosen NOT IN ('random', 'substitute')", []),
        Found::Finished => clause.and("r.state = 'finalised'", []),
        Found::Question(key, asked) => {
            let point = |sign: &str| answer(&format!("a.field = ? AND CAST(a.value ->> '$.scale' AS INTEGER) {sign} ?"));
            let said = |said: &str| Value::Text(format!("\"{said}\""));
            let field = Value::Text(crate::domain::review::field::question(key));
            let (sql, value) = match asked {
                Asked::AtLeast(least) => (point(">="), Value::Integer((*least).into())),
                Asked::AtMost(most) => (point("<="), Value::Integer((*most).into())),
                Asked::Point(exact) => (point("="), Value::Integer((*exact).into())),
                Asked::Yes => (answer("a.field = ? AND a.value = ?"), said("yes")),
                Asked::Partly => (answer("a.field = ? AND a.value = ?"), said("partly")),
                Asked::No => (answer("a.field = ? AND a.value = ?"), said("no")),
            };
            clause.and(&sql, [field, value]);
        }
        Found::Area(key, grade) => {
            let sql = format!("{known} AND {}", answer("a.field = ? AND a.value ->> '$.grade' = ?"));
            clause.and(&sql, [Value::Text(crate::domain::review::field::area(key)), text(grade.key())]);
        }
        Found::Answered(keys) => {
            let sql =
                answer(&format!("a.field IN ({}) AND a.value NOT LIKE '{{\"text%' AND a.value <> '\"not-applicable\"'", marks(keys.len())));
            clause.and(&sql, keys.iter().map(|key| Value::Text(crate::domain::review::field::question(key))));
        }
        Found::Did(key) => clause.and(&step(" AND k.body ->> '$.not_done_because' IS NULL"), [text(key)]),
        Found::Barrier(key) => clause.and(&step(" AND k.body ->> '$.not_done_because' IS NOT NULL"), [text(key)]),
        Found::Before(key) => clause.and(&format!("NOT {}", step("")), [text(key)]),
        Found::Said(key, words) => {
            let said = format!(" AND k.body ->> '$.not_done_because' IS NULL AND {}", said_in("k.body", words));
            clause.and(&step(&said), [text(key)]);
        }
        Found::Theme(key) => clause.and(&theme(""), [text(key)]),
        Found::Strength(key) => clause.and(&theme(" AND h.found = 'strength'"), [text(key)]),
        Found::Improve(key) => clause.and(&theme(" AND h.found = 'improve'"), [text(key)]),
        Found::Practice => clause.and(&format!("{known} AND EXISTS (SELECT 1 FROM good_practice g WHERE g.review = r.id)"), []),
        Found::These(reviews) => {
            let numbers: Vec<String> = reviews.iter().map(|review| review.0.to_string()).collect();
            let numbers = Value::Text(format!("[{}]", numbers.join(",")));
            // As one value: SQLite takes longer to read thousands of numbers out of a statement than to look them up.
            const THESE: &str = "IN (SELECT value FROM json_each(?))";
            match (reviews.iter().min(), reviews.iter().max()) {
                // Few are looked up, each by itself; of many those are walked that a page needs.
                (Some(first), Some(last)) if reviews.len() > FEW => {
                    let ends = [Value::Integer(first.0), Value::Integer(last.0)];
                    clause.and(&format!("r.id >= ? AND r.id <= ? AND +r.id {THESE}"), ends.into_iter().chain([numbers]));
                }
                (Some(_), _) => clause.and(&format!("r.id {THESE}"), [numbers]),
                (None, _) => clause.and("0", []),
            }
        }
        // Whether a step was in time follows from the calendar, which is no table: it was answered before, or nothing fits.
        Found::InTime(..) => clause.and("0", []),
    }
}
