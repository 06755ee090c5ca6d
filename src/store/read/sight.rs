//! How far a viewer sees, as conditions under statements: beside what is withheld for an interest, what lies beyond their scope.
//!
//! The conditions are made of row numbers alone, which cannot be text. Whoever sees everything costs nothing: they have none. A
//! narrow sight (own, team) names its reviews one by one, from indexes, so that a list can start from them; a wide one (a service)
//! asks each row that is looked at for its team, because lists are read in windows.

use super::agenda::{sitting_of, written};
use super::list;
use crate::domain::access::{Scope, Sight};
use crate::domain::id::PersonId;
use crate::domain::query::Viewer;

/// People, as a list for `IN`; one that is nobody's where there are none.
fn whose(people: impl Iterator<Item = PersonId>) -> String {
    let numbers = list(people.map(|person| person.0));
    if numbers.is_empty() { "-1".into() } else { numbers }
}

/// Whose scope it is, by how far it reaches.
struct Within {
    /// Everybody: what is their own is seen in every scope.
    all: String,
    /// Those who see their team, with whom they manage.
    team: String,
    /// Those who see their service.
    service: String,
    /// One of them sees a service: too much to be named one by one.
    wide: bool,
}

fn within(viewer: &Viewer) -> Option<Within> {
    let Sight::Within(hats) = &viewer.sight else { return None };
    let of = |wanted: Scope| whose(hats.iter().filter(|(_, scope)| *scope == wanted).map(|(person, _)| *person));
    Some(Within {
        all: whose(hats.iter().map(|(person, _)| *person)),
        team: of(Scope::Team),
        service: of(Scope::Service),
        wide: hats.iter().any(|(_, scope)| *scope >= Scope::Service),
    })
}

impl Within {
    /// The teams that are seen whole.
    fn teams(&self) -> String {
        format!(
            "SELECT team FROM person WHERE id IN ({team}) AND team IS NOT NULL
             UNION SELECT t.id FROM person p LEFT JOIN team o ON o.id = p.team
              JOIN team t ON t.service = CASE WHEN p.service <> '' THEN p.service ELSE o.service END COLLATE NOCASE AND t.service <> ''
              WHERE p.id IN ({service})",
            team = self.team,
            service = self.service
        )
    }

    /// Everybody whose work is seen because of who manages them: all below somebody who sees a team or a service, and whom
    /// anybody manages directly.
    fn managed(&self) -> String {
        format!(
            "WITH RECURSIVE below(id) AS (
               SELECT id FROM person WHERE line_manager IN ({team}, {service})
               UNION SELECT p.id FROM below JOIN person p ON p.line_manager = below.id)
             SELECT id FROM below UNION SELECT id FROM person WHERE line_manager IN ({all})",
            team = self.team,
            service = self.service,
            all = self.all
        )
    }

    /// The reviews that are somebody's own: practitioner of, reviewer of or beside one, told of, heard at a sitting of theirs, or
    /// with an action, an assurance or support of theirs.
    fn own(&self, viewer: &Viewer) -> String {
        let all = &self.all;
        let sitting = sitting_of(&written(viewer.today));
        format!(
            "SELECT id FROM review WHERE practitioner IN ({all})
             UNION SELECT id FROM review WHERE reviewer IN ({all})
             UNION SELECT id FROM review WHERE companion IN ({all}) AND companion IS NOT NULL
             UNION SELECT review FROM co_reviewer WHERE person IN ({all})
             UNION SELECT review FROM action WHERE owner IN ({all}) AND review IS NOT NULL
             UNION SELECT review FROM follow_up WHERE by IN ({all})
             UNION SELECT review FROM follow_up WHERE whom IN ({all}) AND whom IS NOT NULL
             UNION SELECT t.review FROM strip_person s JOIN strip t ON t.id = s.strip WHERE s.person IN ({all}) AND t.review IS NOT NULL
             UNION SELECT i.review FROM panel_item i WHERE i.panel IN ({sittings})
             UNION SELECT r.id FROM review r LEFT JOIN team t ON t.id = r.team
              WHERE r.panel = 'waiting' AND r.state <> 'withdrawn' AND {sitting} IN ({sittings})",
            sittings = self.sittings()
        )
    }

    /// The sittings that somebody sits at or leads.
    fn sittings(&self) -> String {
        let all = &self.all;
        format!(
            "SELECT p.id FROM panel p WHERE p.chair IN ({all}) OR EXISTS
             (SELECT 1 FROM json_each(p.body, '$.members') m WHERE m.value IN ({all}))"
        )
    }

    /// All reviews that are seen, named one by one.
    fn named(&self, viewer: &Viewer) -> String {
        format!(
            "{} UNION SELECT id FROM review WHERE team IN ({}) UNION SELECT id FROM review WHERE practitioner IN ({})",
            self.own(viewer),
            self.teams(),
            self.managed()
        )
    }

    fn reviews(&self, column: &str, viewer: &Viewer) -> String {
        if !self.wide {
            return format!("{column} IN ({})", self.named(viewer));
        }
        // Its columns go by other names inside, so that a bare `id` is the statement's and not this table's.
        format!(
            "(EXISTS (SELECT 1 FROM (SELECT id AS z_id, team AS z_team, practitioner AS z_worker FROM review)
              WHERE z_id = {column} AND (z_team IN ({}) OR z_worker IN ({}))) OR {column} IN ({}))",
            self.teams(),
            self.managed(),
            self.own(viewer)
        )
    }

    fn subjects(&self, column: &str, viewer: &Viewer) -> String {
        format!(
            "{column} IN (SELECT id FROM subject WHERE team IN ({}) UNION SELECT id FROM subject WHERE worker IN ({}) OR worker IN ({all})
             UNION SELECT z.subject FROM review z WHERE z.id IN ({}))",
            self.teams(),
            self.managed(),
            self.own(viewer),
            all = self.all
        )
    }
}

/// The condition that a review, named by the column of its number, lies within what a viewer sees; none where they see all.
pub(super) fn review(column: &str, viewer: &Viewer) -> Option<String> {
    within(viewer).map(|within| within.reviews(column, viewer))
}

/// The same, said so that a statement over many cycles starts from the reviews that are seen.
pub(super) fn reviews_named(column: &str, viewer: &Viewer) -> Option<String> {
    within(viewer).map(|within| format!("{column} IN ({})", within.named(viewer)))
}

/// The condition that a subject, named by the column of its number, lies within what a viewer sees; none where they see all.
pub(super) fn subject(column: &str, viewer: &Viewer) -> Option<String> {
    within(viewer).map(|within| within.subjects(column, viewer))
}

/// The condition that a row of the strips' table with this name lies within what a viewer sees, or tells them of something.
pub(super) fn strip(table: &str, viewer: &Viewer) -> Option<String> {
    let within = within(viewer)?;
    Some(format!(
        "({table}.id IN (SELECT strip FROM strip_person WHERE person IN ({})) OR ({table}.review IS NOT NULL AND {})
         OR ({table}.review IS NULL AND {}))",
        within.all,
        within.reviews(&format!("{table}.review"), viewer),
        within.subjects(&format!("{table}.subject"), viewer)
    ))
}

/// The condition that a dispute, of the table with this name, lies within what a viewer sees, or tells them of something.
pub(super) fn dispute(table: &str, viewer: &Viewer) -> Option<String> {
    let within = within(viewer)?;
    Some(format!(
        "({table}.id IN (SELECT t.object FROM strip t JOIN strip_person s ON s.strip = t.id WHERE t.kind = 'drp' AND s.person IN ({}))
         OR ({table}.review IS NOT NULL AND {}) OR ({table}.review IS NULL AND {}))",
        within.all,
        within.reviews(&format!("{table}.review"), viewer),
        within.subjects(&format!("{table}.subject"), viewer)
    ))
}

/// Whether one review, by its number ?1, lies on the day ?2 within a sight: the same as [`review`] says, from the review and not from
/// all that is seen. The people of the sight are bound as well ([`places`]), so that everybody who wears as many hats is asked by one
/// statement. It is asked before every deed: as a CASE, SQLite leaves off at the first reason that holds.
pub(super) fn one_review(many: Places) -> String {
    let mut named = 3;
    // A single place needs no list to be looked through: SQLite compares it, and makes a table of a longer one.
    let [all, team, service] = many.map(|many| {
        let places: Vec<String> = (named..named + many).map(|place| format!("?{place}")).collect();
        named += many;
        if places.is_empty() { "(-1)".to_string() } else { format!("({})", places.join(", ")) }
    });
    let sitting = sitting_of("?2");
    let sits = format!("(p.chair IN {all} OR EXISTS (SELECT 1 FROM json_each(p.body, '$.members') m WHERE m.value IN {all}))");
    format!(
        "SELECT CASE WHEN r.practitioner IN {all} OR r.reviewer IN {all} OR r.companion IN {all}
          OR EXISTS (SELECT 1 FROM person p WHERE p.id IN {team} AND p.team = r.team)
          OR EXISTS (SELECT 1 FROM person p LEFT JOIN team o ON o.id = p.team WHERE p.id IN {service}
                     AND t.service <> '' AND t.service = CASE WHEN p.service <> '' THEN p.service ELSE o.service END COLLATE NOCASE)
          OR EXISTS (SELECT 1 FROM person p WHERE p.id = r.practitioner AND p.line_manager IN {all})
          OR EXISTS (WITH RECURSIVE above(id) AS (
                       SELECT line_manager FROM person WHERE id = r.practitioner
                       UNION SELECT p.line_manager FROM above JOIN person p ON p.id = above.id)
                     SELECT 1 FROM above WHERE id IN {team} OR id IN {service})
          OR EXISTS (SELECT 1 FROM co_reviewer WHERE review = r.id AND person IN {all})
          OR EXISTS (SELECT 1 FROM action WHERE review = r.id AND owner IN {all})
          OR EXISTS (SELECT 1 FROM follow_up WHERE review = r.id AND (by IN {all} OR whom IN {all}))
          OR EXISTS (SELECT 1 FROM strip s JOIN strip_person x ON x.strip = s.id WHERE s.review = r.id AND x.person IN {all})
          OR EXISTS (SELECT 1 FROM panel_item i JOIN panel p ON p.id = i.panel WHERE i.review = r.id AND {sits})
          OR (r.panel = 'waiting' AND r.state <> 'withdrawn' AND EXISTS (SELECT 1 FROM panel p WHERE p.id = {sitting} AND {sits}))
          THEN 1 ELSE 0 END
         FROM review r LEFT JOIN team t ON t.id = r.team WHERE r.id = ?1"
    )
}

/// How many people of a sight stand in its statement: all of them, those who see their team, those who see their service.
pub(super) type Places = [usize; 3];

/// The people of a sight in the order in which [`one_review`] names them, from ?3 on; none: everything is seen.
pub(super) fn places(viewer: &Viewer) -> Option<(Places, Vec<i64>)> {
    let Sight::Within(hats) = &viewer.sight else { return None };
    let mut people = Vec::new();
    let many = [None, Some(Scope::Team), Some(Scope::Service)].map(|wanted| {
        let before = people.len();
        let of = hats.iter().filter(|(_, scope)| wanted.is_none_or(|wanted| *scope == wanted));
        people.extend(of.map(|(person, _)| person.0));
        people.len() - before
    });
    Some((many, people))
}
