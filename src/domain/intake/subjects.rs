//! What a list of children changes: teams and workers it names for the first time, children added, changed, closed.
//!
//! The list is the council's word on children and care experienced young people, and on nobody else: carers, adopters
//! and services are never touched here. A child is closed because the list says so or because a list that was read no
//! longer names it; when the list of its case type was not in the extract, the child stays as it was.

use super::roll::{Match, Names, Teams};
use super::{FrameRow, NextIds, Oddity, Recorded, Register};
use crate::domain::framework::SubjectKind;
use crate::domain::id::{PersonId, SubjectId, TeamId, reference};
use crate::domain::person::{Person, Team, name_key};
use crate::domain::subject::Subject;
use std::collections::{HashMap, HashSet};

/// Role given to a worker whom only the list names.
const WORKER_ROLE: &str = "SW";

/// What a list of children says.
#[derive(Debug, Clone, Copy)]
pub struct Incoming<'a> {
    /// The children in the frame, one row each.
    pub rows: &'a [FrameRow],
    /// The council's numbers of children whose plan, care or case has ended.
    pub closed: &'a [String],
    /// Keys of the case types whose lists were read: only among these does "not named" mean "gone".
    pub covered: &'a [String],
}

/// What a list of children changes. Nothing is written yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciliation {
    /// Teams named for the first time.
    pub teams: Vec<Recorded<Team>>,
    /// Workers named for the first time.
    pub people: Vec<Recorded<Person>>,
    /// Children added, changed, closed and opened again: in the order of the list, the closed ones last.
    pub subjects: Vec<Recorded<Subject>>,
    /// Open children about whom the list says what is known.
    pub unchanged: usize,
    /// Open children whose list was not in the extract: left as they were.
    pub left_alone: usize,
    /// What could not be told for sure.
    pub oddities: Vec<Oddity>,
}

impl Reconciliation {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.teams.is_empty() && self.people.is_empty() && self.subjects.is_empty()
    }

    /// A sentence when the list closes so many children that more likely a part of it is missing: over a fifth of those
    /// that were open and are on its lists, and at least five.
    pub fn many_closed(&self) -> Option<String> {
        let was_open = |subject: &&Recorded<Subject>| subject.before.as_ref().is_some_and(|before| before.open);
        let closed = self.subjects.iter().filter(was_open).filter(|subject| !subject.after.open).count();
        let open = self.unchanged + self.subjects.iter().filter(was_open).count();
        (closed >= 5 && closed * 5 > open).then(|| {
            format!("Look twice: this closes {closed} of the {open} children on these lists. If they are not gone, a part of the extract is missing.")
        })
    }

    /// What would change, in numbers, as an import shows before it is confirmed.
    pub fn summary(&self) -> Vec<(&'static str, usize)> {
        let count = |wanted: fn(&Recorded<Subject>) -> bool| self.subjects.iter().filter(|subject| wanted(subject)).count();
        vec![
            ("teams added", self.teams.len()),
            ("people added", self.people.len()),
            ("children added", count(Recorded::is_new)),
            ("children changed", count(|s| s.before.as_ref().is_some_and(|before| before.open && s.after.open))),
            ("children closed", count(|s| s.before.as_ref().is_some_and(|before| before.open) && !s.after.open)),
            ("children opened again", count(|s| s.before.as_ref().is_some_and(|before| !before.open) && s.after.open)),
            ("children unchanged", self.unchanged),
            ("children left alone (their list was not in the extract)", self.left_alone),
        ]
    }
}

/// Compares a list of children with the register. `prefix` is the framework's letters for pseudonyms (`M-0412`).
pub fn reconcile(existing: &Register, incoming: Incoming<'_>, next: NextIds, prefix: &str) -> Reconciliation {
    let mut result = Reconciliation::default();
    let mut teams = Teams::new(existing, next);
    let mut workers = Workers::new(existing, next);
    let known = by_council_id(existing);
    let mut next_subject = next.subject;
    let mut named = HashSet::new();

    for row in incoming.rows {
        if !named.insert(row.council_id.as_str()) {
            // The reader gives each child once; a caller that does not must not add it twice.
            continue;
        }
        let team = row.team.as_deref().and_then(|name| teams.find_or_add(name, ""));
        let worker = row.worker.as_deref().and_then(|name| workers.find_or_add(name, team, row, &mut result.oddities));
        match known.get(row.council_id.as_str()) {
            None => {
                let id = next_subject;
                next_subject = SubjectId(id.0 + 1);
                result.subjects.push(Recorded::added(new_subject(row, id, team, worker, prefix)));
            }
            Some(before) => {
                let after = updated(before, row, team, worker);
                if after == **before {
                    result.unchanged += 1;
                } else {
                    result.subjects.push(Recorded { after, before: Some((*before).clone()) });
                }
            }
        }
    }

    let ended: HashSet<&str> = incoming.closed.iter().map(String::as_str).collect();
    let covered: HashSet<&str> = incoming.covered.iter().map(String::as_str).collect();
    for subject in &existing.subjects {
        if !subject.open || !is_listed_kind(subject.kind) || named.contains(subject.council_id.as_str()) {
            continue;
        }
        if ended.contains(subject.council_id.as_str()) || covered.contains(subject.case_type.as_str()) {
            let after = Subject { open: false, ..subject.clone() };
            result.subjects.push(Recorded { after, before: Some(subject.clone()) });
        } else {
            result.left_alone += 1;
        }
    }
    result.teams = teams.added;
    result.people = workers.added;
    result
}

fn is_listed_kind(kind: SubjectKind) -> bool {
    matches!(kind, SubjectKind::Child | SubjectKind::CareExperienced)
}

/// The children by their number. Should a number be there twice, the open record is the one that lives on.
fn by_council_id(existing: &Register) -> HashMap<&str, &Subject> {
    let mut known: HashMap<&str, &Subject> = HashMap::new();
    for subject in existing.subjects.iter().filter(|subject| is_listed_kind(subject.kind)) {
        let entry = known.entry(subject.council_id.as_str()).or_insert(subject);
        if subject.open && !entry.open {
            *entry = subject;
        }
    }
    known
}

fn new_subject(row: &FrameRow, id: SubjectId, team: Option<TeamId>, worker: Option<PersonId>, prefix: &str) -> Subject {
    Subject {
        id,
        kind: row.kind,
        pseudonym: reference(prefix, id.0),
        council_id: row.council_id.clone(),
        case_type: row.case_type.clone(),
        age_years: row.age_years,
        disability: row.disability,
        team,
        worker,
        started_on: row.started_on,
        open: true,
    }
}

/// The record as the list now says. Where the list is silent on a lasting fact the known one stays; no worker and no team
/// are facts themselves. A start date belongs to its plan, so a new case type does not inherit the old one's.
fn updated(before: &Subject, row: &FrameRow, team: Option<TeamId>, worker: Option<PersonId>) -> Subject {
    let same_case = before.case_type == row.case_type && before.open;
    Subject {
        kind: row.kind,
        case_type: row.case_type.clone(),
        age_years: row.age_years.or(before.age_years),
        disability: row.disability.or(before.disability),
        team,
        worker,
        started_on: row.started_on.or(if same_case { before.started_on } else { None }),
        open: true,
        ..before.clone()
    }
}

/// Workers by name: the known people and those added on the way.
struct Workers<'a> {
    known: Names<'a>,
    new: HashMap<String, PersonId>,
    doubtful: HashSet<String>,
    next: PersonId,
    added: Vec<Recorded<Person>>,
}

impl<'a> Workers<'a> {
    fn new(existing: &'a Register, next: NextIds) -> Workers<'a> {
        Workers { known: Names::new(&existing.people), new: HashMap::new(), doubtful: HashSet::new(), next: next.person, added: Vec::new() }
    }

    fn find_or_add(&mut self, name: &str, team: Option<TeamId>, row: &FrameRow, oddities: &mut Vec<Oddity>) -> Option<PersonId> {
        let key = name_key(name);
        if key.is_empty() {
            return None;
        }
        match self.known.find(name, team) {
            Match::One(id) => return Some(id),
            Match::Several(id) => {
                if self.doubtful.insert(key) {
                    oddities.push(Oddity::warning(
                        row.source.clone(),
                        "The allocated worker's name belongs to several people here, and the team does not tell them apart.",
                        "The first of them was taken; give them their teams in the people file and import again.",
                    ));
                }
                return Some(id);
            }
            Match::Nobody => {}
        }
        if let Some(id) = self.new.get(&key) {
            return Some(*id);
        }
        let id = self.next;
        self.next = PersonId(id.0 + 1);
        self.new.insert(key, id);
        self.added.push(Recorded::added(Person {
            id,
            name: name.to_string(),
            role: WORKER_ROLE.to_string(),
            team,
            service: String::new(),
            email: String::new(),
            login: String::new(),
            line_manager: None,
            left_on: None,
        }));
        Some(id)
    }
}
