//! A typed filter as a WHERE clause: fixed pieces of SQL, every value bound.

use super::kept_back::KeptBack;
use super::withheld;
use crate::domain::calendar::{midnight, next_monday};
use crate::domain::filter::{Column, Filter, Found, Scope, Term, Within};
use crate::domain::query::Viewer;
use crate::domain::year::QaYear;
use crate::store::project::strip::sorted;
use chrono::Duration;
use rusqlite::types::Value;

/// A WHERE clause with its values.
#[derive(Debug, Clone, Default)]
pub(super) struct Where {
    /// The clause, without the word.
    pub sql: String,
    /// Values in the order of their question marks.
    pub values: Vec<Value>,
}

impl Where {
    /// The clause that every list of reviews, or of what belongs to them, begins with: what is withheld is not there, so
    /// no term that follows can ask about it. `review` is the column of the review's number.
    fn of_seen(review: &str, viewer: &Viewer) -> Where {
        let mut clause = Where::default();
        clause.and(&withheld::seen(review, viewer), []);
        clause
    }

    /// One condition.
    pub fn that(sql: &str, values: impl IntoIterator<Item = Value>) -> Where {
        Where { sql: sql.to_string(), values: values.into_iter().collect() }
    }

    /// Adds a condition that must hold as well.
    pub fn and(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        if !self.sql.is_empty() {
            self.sql.push_str(" AND ");
        }
        self.sql.push('(');
        self.sql.push_str(sql);
        self.sql.push(')');
        self.values.extend(values);
    }
}

/// An action (alias `a`) that is still to be done, by somebody who may not see its review any more, or who has left.
const OWNERLESS: &str = "a.state IN ('open', 'in-progress') AND (
     EXISTS (SELECT 1 FROM interest i JOIN review w ON w.subject = i.subject OR w.practitioner = i.practitioner
             WHERE i.person = a.owner AND i.stands = 1 AND w.id = a.review)
     OR a.owner IN (SELECT id FROM person WHERE left_on < ?))";

/// An action (alias `a`) that is to be looked at again, said so that its index holds (12_actions.sql).
const TO_REVISIT: &str = "a.state = 'signed-off' AND a.effect IS NULL AND a.revisit_on <= ?";

/// Those for whom somebody stands in while they are away, as a statement of row numbers and a day alone: it needs no value bound.
pub(super) fn stood_in_for(viewer: &Viewer) -> String {
    let (person, today) = (viewer.person.map_or(-1, |person| person.0), viewer.today);
    format!("SELECT person FROM absence WHERE deputy = {person} AND from_day <= '{today}' AND until >= '{today}'")
}

/// Whose actions are somebody's to see to: their own, and those of whoever they stand in for.
pub(super) fn mine(viewer: &Viewer) -> String {
    format!("SELECT {} UNION {}", viewer.person.map_or(-1, |person| person.0), stood_in_for(viewer))
}

/// The people of somebody's team, whoever reports to them, and themselves.
const MY_TEAM: &str = "SELECT id FROM person WHERE team = (SELECT team FROM person WHERE id = ?) UNION SELECT id FROM person WHERE line_manager = ? UNION SELECT ?";

/// People whose name holds a text.
const NAMED: &str = "SELECT id FROM person WHERE name LIKE ? ESCAPE '\\'";
/// Teams whose name holds a text.
const TEAM: &str = "SELECT id FROM team WHERE name LIKE ? ESCAPE '\\'";
/// Teams whose service holds a text.
const SERVICE: &str = "SELECT id FROM team WHERE service LIKE ? ESCAPE '\\'";

fn holds(text: &str) -> Value {
    Value::Text(format!("%{}%", escaped(text)))
}

fn begins(text: &str) -> Value {
    Value::Text(format!("{}%", escaped(text)))
}

fn escaped(text: &str) -> String {
    // Longer patterns than SQLite's limit are cut: nobody's name is that long.
    text.chars().take(80).flat_map(|c| if matches!(c, '%' | '_' | '\\') { vec!['\\', c] } else { vec![c] }).collect()
}

fn text(value: impl Into<String>) -> Value {
    Value::Text(value.into())
}

fn today(viewer: &Viewer, days: i64) -> Value {
    Value::Text((viewer.today + chrono::Duration::days(days)).to_string())
}

fn me(viewer: &Viewer) -> Value {
    Value::Integer(viewer.person.map_or(-1, |person| person.0))
}

/// The clause for reviews (alias `r`; `s` is the subject, `c` the cycle).
pub(super) fn reviews(filter: &Filter, viewer: &Viewer, kept: &KeptBack) -> Where {
    let mut clause = Where::of_seen("r.id", viewer);
    match filter.scope() {
        Scope::Open => clause.and("r.state = 'open'", []),
        Scope::Done => clause.and("r.state = 'finalised'", []),
        Scope::Withdrawn => clause.and("r.state = 'withdrawn'", []),
        Scope::All => clause.and("r.state <> 'withdrawn'", []),
    }
    for term in &filter.terms {
        match term {
            Term::Late | Term::Today | Term::Week | Term::Monday if filter.asks_for_loops() => {
                by_day(&mut clause, term, "r.supervision_due", viewer);
            }
            other => review_term(&mut clause, other, (viewer, kept), filter.scope()),
        }
    }
    clause
}

/// The words of a day, said of this column.
fn by_day(clause: &mut Where, term: &Term, column: &str, viewer: &Viewer) {
    match term {
        Term::Late => clause.and(&format!("{column} < ?"), [today(viewer, 0)]),
        Term::Today => clause.and(&format!("{column} = ?"), [today(viewer, 0)]),
        Term::Week => clause.and(&format!("{column} >= ? AND {column} <= ?"), [today(viewer, 0), today(viewer, 7)]),
        Term::Monday => clause.and(&format!("{column} < ?"), [text(next_monday(viewer.today).to_string())]),
        _ => {}
    }
}

fn review_term(clause: &mut Where, term: &Term, (viewer, kept): (&Viewer, &KeptBack), scope: Scope) {
    // What is asked by its grade is found only where the grade may be known.
    let known = || kept.known("r.id");
    // Few reviews are open. A plus keeps SQLite from looking through every review of a grade, a team or a person instead,
    // of which years have gathered thousands.
    let plus = if scope == Scope::Open { "+" } else { "" };
    match term {
        Term::Word(word) => word_in_reviews(clause, word, scope),
        Term::Grade(grade) => clause.and(&format!("{plus}r.grade = ? AND {}", known()), [Value::Integer(grade.rank())]),
        Term::Original(grade) => clause.and(&format!("{plus}r.original_grade = ? AND {}", known()), [Value::Integer(grade.rank())]),
        Term::Moderated(grade) => clause.and(&format!("{plus}r.moderated_grade = ? AND {}", known()), [Value::Integer(grade.rank())]),
        Term::Worker(name) => clause.and(&format!("{plus}r.practitioner IN ({NAMED})"), [holds(name)]),
        // The word that the list writes where nobody reviews yet.
        Term::Reviewer(name) if name.eq_ignore_ascii_case("nobody") => clause.and("r.reviewer IS NULL", []),
        Term::Reviewer(name) => clause.and(
            &format!("({plus}r.reviewer IN ({NAMED}) OR r.id IN (SELECT review FROM co_reviewer WHERE person IN ({NAMED})))"),
            [holds(name), holds(name)],
        ),
        Term::Owner(name) => {
            clause.and(
                &format!("r.id IN (SELECT a.review FROM action a WHERE a.owner IN ({NAMED}) AND {})", kept.actions("a")),
                [holds(name)],
            );
        }
        Term::Team(name) => clause.and(&format!("{plus}r.team IN ({TEAM})"), [holds(name)]),
        Term::Service(name) => clause.and(&format!("{plus}r.team IN ({SERVICE})"), [holds(name)]),
        Term::Type(key) => clause.and("r.case_type LIKE ? ESCAPE '\\'", [begins(key)]),
        Term::Step(label) => clause.and("r.step_label LIKE ? ESCAPE '\\'", [holds(label)]),
        Term::Cycle(reference) => {
            clause.and(&format!("{plus}r.cycle IN (SELECT id FROM cycle WHERE ref LIKE ? ESCAPE '\\')"), [begins(reference)])
        }
        Term::Case(case) => {
            clause.and("r.erased_on IS NULL AND r.subject IN (SELECT id FROM subject WHERE pseudonym = ?)", [text(case.to_uppercase())]);
        }
        // Whole number only: a part of it would turn the filter into a way of guessing who somebody is.
        Term::Child(number) => {
            clause.and("r.erased_on IS NULL AND r.subject IN (SELECT id FROM subject WHERE council_id = ?)", [text(number.as_str())]);
        }
        Term::Late | Term::Today | Term::Week | Term::Monday => by_day(clause, term, "r.due_on", viewer),
        Term::Mine => clause
            .and(&format!("({plus}r.reviewer = ? OR r.id IN (SELECT review FROM co_reviewer WHERE person = ?))"), [me(viewer), me(viewer)]),
        Term::Unallocated => clause.and("r.reviewer IS NULL", []),
        Term::Panel => clause.and("r.panel = 'waiting'", []),
        Term::Alert => clause.and(&format!("r.alerts > 0 AND {}", known()), []),
        Term::Loop => clause.and(&format!("r.loop = 'open' AND {}", known()), []),
        Term::Supervision => clause.and(&format!("r.loop = 'open' AND r.supervision_due < ? AND {}", known()), [today(viewer, 0)]),
        Term::Urgent => clause.and(&format!("r.id IN (SELECT review FROM action WHERE urgent = 1) AND {}", known()), []),
        Term::SignOff => {
            clause.and(&format!("r.id IN (SELECT a.review FROM action a WHERE a.state = 'done' AND {})", kept.actions("a")), [])
        }
        Term::Revisit => {
            clause.and(&format!("r.id IN (SELECT a.review FROM action a WHERE {TO_REVISIT} AND {})", kept.actions("a")), [today(viewer, 0)])
        }
        Term::MyTeam => clause.and(&format!("{plus}r.practitioner IN ({MY_TEAM})"), [me(viewer), me(viewer), me(viewer)]),
        Term::Ownerless => {
            clause.and(&format!("r.id IN (SELECT a.review FROM action a WHERE {OWNERLESS} AND {})", kept.actions("a")), [today(viewer, 0)])
        }
        Term::Chosen(Some(how)) => clause.and(&format!("{plus}r.chosen = ?"), [text(how.key())]),
        Term::Chosen(None) => clause.and(&format!("{plus}r.chosen IN ('random', 'substitute')"), []),
        Term::Found(found) => super::found::clause(clause, found, &known()),
        // Only actions are grouped.
        Term::Within(_) | Term::Scope(_) => {}
        Term::Unread => clause.and("0", []),
    }
}

/// So many letters of a reference (`CR-0`) find what begins with them among all reviews of all years.
const LEAST_OF_REFERENCE: usize = 4;

/// A bare word: reference, case, person, team; among open reviews also step and type.
fn word_in_reviews(clause: &mut Where, word: &str, scope: Scope) {
    let upper = word.to_uppercase();
    if scope == Scope::Open {
        // Few reviews are open: each is looked at, which is far less than every review of everybody whose name fits.
        let sql = format!(
            "r.ref LIKE ? ESCAPE '\\' OR s.pseudonym LIKE ? ESCAPE '\\' OR r.step_label LIKE ? ESCAPE '\\' OR r.case_type LIKE ? ESCAPE '\\'
             OR r.practitioner IN ({NAMED}) OR r.reviewer IN ({NAMED}) OR r.team IN ({TEAM}) OR r.cycle IN (SELECT id FROM cycle WHERE ref = ?)"
        );
        let values = [holds(word), holds(word), holds(word), begins(word), holds(word), holds(word), holds(word), text(word)];
        return clause.and(&sql, values);
    }
    // All reviews of all years: found through indexes.
    let by_index = format!(
        "SELECT id FROM review WHERE ref BETWEEN ? AND ? UNION SELECT id FROM review WHERE practitioner IN ({NAMED})
         UNION SELECT id FROM review WHERE reviewer IN ({NAMED}) UNION SELECT id FROM review WHERE team IN ({TEAM})
         UNION SELECT id FROM review WHERE erased_on IS NULL AND subject IN (SELECT id FROM subject WHERE pseudonym = ?)
         UNION SELECT id FROM review WHERE cycle IN (SELECT id FROM cycle WHERE ref = ?)"
    );
    // The beginning of a reference is enough once it is long enough to mean few.
    let last = if upper.len() >= LEAST_OF_REFERENCE { format!("{upper}\u{10FFFF}") } else { upper.clone() };
    let values = [text(upper.clone()), text(last), holds(word), holds(word), holds(word), text(upper), text(word)];
    clause.and(&format!("r.id IN ({by_index})"), values);
}

/// The clause for actions (alias `a`; `r` is the review).
pub(super) fn actions(filter: &Filter, viewer: &Viewer, kept: &KeptBack) -> Where {
    let mut clause = Where::default();
    clause.and(&withheld::seen_or_of_none("a.review", viewer), []);
    clause.and(&kept.actions("a"), []);
    let column = filter.terms.iter().find_map(|term| match term {
        Term::Within(Within::Column(column)) => Some(*column),
        _ => None,
    });
    match filter.scope() {
        // A column of the board says itself where its actions stand.
        _ if column.is_some() => {}
        // Those to look at again are signed off, and still something to do.
        Scope::Open if filter.terms.contains(&Term::Revisit) => {}
        Scope::Open => clause.and("a.state NOT IN ('signed-off', 'withdrawn')", []),
        Scope::Done => clause.and("a.state = 'signed-off'", []),
        Scope::Withdrawn => clause.and("a.state = 'withdrawn'", []),
        Scope::All => clause.and("a.state <> 'withdrawn'", []),
    }
    for term in &filter.terms {
        match term {
            Term::Word(word) => clause.and(
                &format!("a.ref = ? OR r.ref = ? OR c.ref = ? OR a.owner IN ({NAMED}) OR a.text LIKE ? ESCAPE '\\'"),
                [text(word.to_uppercase()), text(word.to_uppercase()), text(word.clone()), holds(word), holds(word)],
            ),
            Term::Owner(name) => clause.and(&format!("a.owner IN ({NAMED})"), [holds(name)]),
            Term::Late => clause.and("a.due_on < ? AND a.state IN ('open', 'in-progress')", [today(viewer, 0)]),
            Term::Today => clause.and("a.due_on = ?", [today(viewer, 0)]),
            Term::Week => clause.and("a.due_on >= ? AND a.due_on <= ?", [today(viewer, 0), today(viewer, 7)]),
            Term::Monday => clause.and("a.due_on < ?", [text(next_monday(viewer.today).to_string())]),
            Term::Mine => clause.and(&format!("a.owner IN ({})", mine(viewer)), []),
            Term::Urgent => clause.and(&format!("a.urgent = 1 AND {}", kept.known("a.review")), []),
            Term::SignOff => clause.and("a.state = 'done'", []),
            Term::Revisit => clause.and(TO_REVISIT, [today(viewer, 0)]),
            Term::MyTeam => clause.and(&format!("a.owner IN ({MY_TEAM})"), [me(viewer), me(viewer), me(viewer)]),
            Term::Ownerless => clause.and(OWNERLESS, [today(viewer, 0)]),
            Term::Within(within) => group(&mut clause, within),
            // Of an action its own kind is meant, not that of its review.
            Term::Found(Found::Kind(kind)) => clause.and("a.kind LIKE ? ESCAPE '\\'", [begins(kind)]),
            Term::Scope(_) => {}
            other => review_term(&mut clause, other, (viewer, kept), Scope::All),
        }
    }
    clause
}

/// One group of actions, or one column of their board; each column said so that an index holds.
fn group(clause: &mut Where, within: &Within) {
    let id = |id: i64| [Value::Integer(id)];
    match within {
        Within::Owner(owner) => clause.and("a.owner = ?", id(owner.0)),
        Within::Team(Some(team)) => clause.and("a.owner IN (SELECT id FROM person WHERE team = ?)", id(team.0)),
        Within::Team(None) => clause.and("a.owner IN (SELECT id FROM person WHERE team IS NULL)", []),
        Within::Theme(Some(theme)) => {
            clause.and("EXISTS (SELECT 1 FROM review_theme h WHERE h.review = a.review AND h.theme = ?)", [text(theme.as_str())]);
        }
        Within::Theme(None) => clause.and("NOT EXISTS (SELECT 1 FROM review_theme h WHERE h.review = a.review)", []),
        Within::Review(Some(review)) => clause.and("a.review = ?", id(review.0)),
        Within::Review(None) => clause.and("a.review IS NULL", []),
        Within::Column(Column::Open) => clause.and("a.state NOT IN ('signed-off', 'withdrawn') AND a.state = 'open'", []),
        Within::Column(Column::InProgress) => clause.and("a.state NOT IN ('signed-off', 'withdrawn') AND a.state = 'in-progress'", []),
        Within::Column(Column::Done) => clause.and("a.state = 'done'", []),
        Within::Column(Column::SignedOff) => clause.and("a.state = 'signed-off' AND a.effect IS NULL", []),
        Within::Column(Column::LookedAt) => clause.and("a.state = 'signed-off' AND a.effect IS NOT NULL", []),
    }
}

/// The clause for what waits for the panel or was decided (alias `r`), and for what a workshop moderates instead: each kind
/// with the step that is its workshop (Q04). What was sent back is with its reviewer and no sitting hears it.
pub(super) fn panel(filter: &Filter, viewer: &Viewer, workshops: &[(String, String)], kept: &KeptBack) -> Where {
    let mut clause = Where::of_seen("r.id", viewer);
    let (of_panel, of_workshop) = match filter.scope() {
        Scope::Open => {
            ("r.panel = 'waiting' AND r.panel_back = '' AND r.state <> 'withdrawn'", "r.state = 'open' AND r.kind = ? AND r.step = ?")
        }
        Scope::Done => ("r.panel = 'decided'", "r.state <> 'withdrawn' AND r.submitted_at IS NOT NULL AND r.kind = ? AND r.step <> ?"),
        Scope::Withdrawn => ("r.panel <> 'not-needed' AND r.state = 'withdrawn'", "r.state = 'withdrawn' AND r.kind = ? AND r.step = ?"),
        Scope::All => ("r.panel <> 'not-needed'", "r.state <> 'withdrawn' AND r.submitted_at IS NOT NULL AND r.kind = ? AND ? <> ''"),
    };
    let any = std::iter::once(of_panel).chain(workshops.iter().map(|_| of_workshop)).map(|one| format!("({one})"));
    let values = workshops.iter().flat_map(|(kind, step)| [text(kind.clone()), text(step.clone())]);
    clause.and(&any.collect::<Vec<_>>().join(" OR "), values);
    for term in &filter.terms {
        review_term(&mut clause, term, (viewer, kept), Scope::All);
    }
    clause
}

/// The clause for strips (alias `t`; `r` is the review).
pub(super) fn strips(filter: &Filter, viewer: &Viewer, kept: &KeptBack) -> Where {
    let mut clause = Where::default();
    clause.and(&withheld::strip_seen("t", viewer), []);
    // That there is one tells the grade.
    clause.and(&kept.strips("t"), []);
    match filter.scope() {
        Scope::Open => clause.and("t.closed_at IS NULL", []),
        Scope::Done => clause.and("t.closed_at IS NOT NULL", []),
        Scope::Withdrawn => clause.and("0", []),
        Scope::All => clause.and("1", []),
    }
    const OPEN_BY: &str = "t.sort < ? AND t.closed_at IS NULL";
    let ms = |at| text(sorted(at));
    for term in &filter.terms {
        match term {
            Term::Word(word) if word.contains('-') => {
                clause.and(
                    "t.ref = ? OR r.ref = ? OR s.pseudonym = ?",
                    [text(word.to_uppercase()), text(word.to_uppercase()), text(word.to_uppercase())],
                );
            }
            Term::Late => clause.and("t.sort < ? AND t.closed_at IS NULL", [ms(viewer.now)]),
            // What runs out by then, what has run out already among it: a strip is found by its nearest clock alone, and one that
            // is late must not hide another that runs out tomorrow.
            Term::Today => clause.and(OPEN_BY, [ms(viewer.today.succ_opt().map_or(viewer.now, midnight))]),
            Term::Week => clause.and(OPEN_BY, [ms(viewer.now + Duration::days(7))]),
            Term::Monday => clause.and(OPEN_BY, [ms(midnight(next_monday(viewer.today)))]),
            Term::Mine => clause.and("t.id IN (SELECT strip FROM strip_person WHERE person = ?)", [me(viewer)]),
            Term::Alert => clause.and("t.kind = 'alert'", []),
            other => review_term(&mut clause, other, (viewer, kept), Scope::All),
        }
    }
    clause
}

/// The clause for people (alias `p`).
pub(super) fn people(filter: &Filter, viewer: &Viewer) -> Where {
    let mut clause = Where::default();
    match filter.scope() {
        Scope::Open => clause.and("p.left_on IS NULL OR p.left_on >= ?", [today(viewer, 0)]),
        Scope::Done | Scope::Withdrawn => clause.and("p.left_on < ?", [today(viewer, 0)]),
        Scope::All => clause.and("1", []),
    }
    for term in &filter.terms {
        match term {
            Term::Word(word) | Term::Worker(word) | Term::Reviewer(word) | Term::Owner(word) => clause.and(
                &format!("p.name LIKE ? ESCAPE '\\' OR p.role = ? COLLATE NOCASE OR p.login = ? OR p.team IN ({TEAM}) OR p.service LIKE ? ESCAPE '\\'"),
                [holds(word), text(word.as_str()), text(word.as_str()), holds(word), holds(word)],
            ),
            Term::Team(name) => clause.and(&format!("p.team IN ({TEAM})"), [holds(name)]),
            Term::Service(name) => clause.and(&format!("p.service LIKE ? ESCAPE '\\' OR p.team IN ({SERVICE})"), [holds(name), holds(name)]),
            Term::Scope(_) => {}
            // What only a review has, nobody has.
            _ => clause.and("0", []),
        }
    }
    clause
}

/// Entries of a register: those of a year unless the filter says `all`; words are looked for in what was noted, in the
/// person's name, the place and the author.
pub(super) fn entries(filter: &Filter, register: &str, year: QaYear) -> Where {
    let mut clause = Where::default();
    clause.and("e.register = ?", [text(register)]);
    clause.and("e.taken_back = 0", []);
    if filter.scope() != Scope::All {
        clause.and("e.on_day BETWEEN ? AND ?", [text(year.starts.to_string()), text(year.ends().to_string())]);
    }
    for term in &filter.terms {
        match term {
            Term::Word(word) => clause.and(
                &format!(
                    "e.words LIKE ? ESCAPE '\\' OR e.place LIKE ? ESCAPE '\\' OR e.author LIKE ? ESCAPE '\\' OR e.person IN ({NAMED})"
                ),
                [holds(word), holds(word), holds(word), holds(word)],
            ),
            Term::Worker(name) => clause.and(&format!("e.person IN ({NAMED})"), [holds(name)]),
            Term::Team(name) | Term::Service(name) => clause.and("e.place LIKE ? ESCAPE '\\'", [holds(name)]),
            Term::Scope(_) => {}
            // What only a review has, no entry has.
            _ => clause.and("0", []),
        }
    }
    clause
}
