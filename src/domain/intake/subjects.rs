//! What a list of subjects changes: teams and workers it names for the first time, subjects added, changed, closed.
//!
//! A list is the council's word on the subjects it covers and on nobody else: a list of children never touches a carer,
//! and a carer with a child's number is somebody else. A subject is closed because the list says so or because a list that
//! covers its case type no longer names it; otherwise it stays as it was. Subjects that are no children have the word of
//! their kind for a case type (S05).

use super::roll::{Match, Names, Teams};
use super::{FrameRow, NextIds, Oddity, Recorded, Register};
use crate::domain::framework::SubjectKind;
use crate::domain::id::{PersonId, SubjectId, TeamId, reference};
use crate::domain::person::{Person, Team, name_key};
use crate::domain::subject::Subject;
use std::collections::{BTreeMap, HashMap, HashSet};

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

/// What a list of subjects says beyond the children.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beyond {
    /// Those who are no children and have ended: what they are, and their number.
    pub ended: Vec<(SubjectKind, String)>,
    /// Services of teams that are named for the first time: team, service.
    pub services: Vec<(String, String)>,
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
    /// Open subjects about whom the list says what is known.
    pub unchanged: usize,
    /// Open subjects of the same kind whose list was not in the extract: left as they were.
    pub left_alone: usize,
    /// The unchanged, by the word of their family.
    unchanged_of: BTreeMap<&'static str, usize>,
    /// The left alone, by the word of their family.
    left_alone_of: BTreeMap<&'static str, usize>,
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

    /// What would change, in numbers, as an import shows before it is confirmed: children always, others where there are.
    pub fn summary(&self) -> Vec<(&'static str, usize)> {
        let mut lines = vec![("teams added", self.teams.len()), ("people added", self.people.len())];
        for (kind, words) in WORDS {
            let of_kind = |subject: &&Recorded<Subject>| family(subject.after.kind) == kind;
            let count =
                |wanted: fn(&Recorded<Subject>) -> bool| self.subjects.iter().filter(of_kind).filter(|subject| wanted(subject)).count();
            let counted = |counts: &BTreeMap<&'static str, usize>| counts.get(kind.key()).copied().unwrap_or_default();
            let counts = [
                count(Recorded::is_new),
                count(|s| s.before.as_ref().is_some_and(|before| before.open && s.after.open)),
                count(|s| s.before.as_ref().is_some_and(|before| before.open) && !s.after.open),
                count(|s| s.before.as_ref().is_some_and(|before| !before.open) && s.after.open),
                counted(&self.unchanged_of),
                counted(&self.left_alone_of),
            ];
            if kind.is_young() || counts.iter().any(|count| *count > 0) {
                lines.extend(words.into_iter().zip(counts));
            }
        }
        lines
    }

    /// What was added, changed or closed, in words: "12 foster carers".
    pub fn said(&self) -> String {
        let counted = WORDS.iter().filter_map(|(kind, _)| {
            let count = self.subjects.iter().filter(|subject| family(subject.after.kind) == *kind).count();
            let noun = if count == 1 { kind.noun() } else { kind.nouns() };
            (count > 0).then(|| format!("{count} {noun}"))
        });
        counted.collect::<Vec<_>>().join(" and ")
    }
}

/// Subjects that come in one list and share the council's numbers.
fn family(kind: SubjectKind) -> SubjectKind {
    if kind.is_young() { SubjectKind::Child } else { kind }
}

/// The lines of a summary for each family of subjects.
const WORDS: [(SubjectKind, [&str; 6]); 4] = [
    (
        SubjectKind::Child,
        [
            "children added",
            "children changed",
            "children closed",
            "children opened again",
            "children unchanged",
            "children left alone (their list was not in the extract)",
        ],
    ),
    (
        SubjectKind::FosterCarer,
        [
            "foster carers added",
            "foster carers changed",
            "foster carers closed",
            "foster carers opened again",
            "foster carers unchanged",
            "foster carers left alone (not in the file)",
        ],
    ),
    (
        SubjectKind::Adopter,
        [
            "adopters added",
            "adopters changed",
            "adopters closed",
            "adopters opened again",
            "adopters unchanged",
            "adopters left alone (not in the file)",
        ],
    ),
    (
        SubjectKind::Service,
        [
            "services added",
            "services changed",
            "services closed",
            "services opened again",
            "services unchanged",
            "services left alone (not in the file)",
        ],
    ),
];

/// Compares a list of children with the register. `prefix` is the framework's letters for pseudonyms (`M-0412`).
pub fn reconcile(existing: &Register, incoming: Incoming<'_>, next: NextIds, prefix: &str) -> Reconciliation {
    reconcile_all(existing, incoming, &Beyond::default(), next, prefix)
}

/// Compares a list of subjects of any kind with the register. S05.
pub fn reconcile_all(existing: &Register, incoming: Incoming<'_>, beyond: &Beyond, next: NextIds, prefix: &str) -> Reconciliation {
    let mut result = Reconciliation::default();
    let mut teams = Teams::new(existing, next);
    let mut workers = Workers::new(existing, next);
    let known = by_council_id(existing);
    let services: HashMap<String, &str> = beyond.services.iter().map(|(team, service)| (name_key(team), service.as_str())).collect();
    let mut next_subject = next.subject;
    let mut named = HashSet::new();

    for row in incoming.rows {
        if !named.insert((family(row.kind), row.council_id.as_str())) {
            // The reader gives each child once; a caller that does not must not add it twice.
            continue;
        }
        let team = row.team.as_deref().and_then(|name| teams.find_or_add(name, services.get(&name_key(name)).copied().unwrap_or_default()));
        let worker = row.worker.as_deref().and_then(|name| workers.find_or_add(name, team, row, &mut result.oddities));
        match known.get(&(family(row.kind), row.council_id.as_str())) {
            None => {
                let id = next_subject;
                next_subject = SubjectId(id.0 + 1);
                result.subjects.push(Recorded::added(new_subject(row, id, team, worker, prefix)));
            }
            Some(before) => {
                let after = updated(before, row, team, worker);
                if after == **before {
                    result.unchanged += 1;
                    *result.unchanged_of.entry(family(row.kind).key()).or_default() += 1;
                } else {
                    result.subjects.push(Recorded { after, before: Some((*before).clone()) });
                }
            }
        }
    }

    let young = incoming.closed.iter().map(|id| (SubjectKind::Child, id.as_str()));
    let ended: HashSet<(SubjectKind, &str)> = young.chain(beyond.ended.iter().map(|(kind, id)| (family(*kind), id.as_str()))).collect();
    let covered: HashSet<&str> = incoming.covered.iter().map(String::as_str).collect();
    let spoken_of: HashSet<SubjectKind> = named.iter().chain(&ended).map(|(kind, _)| *kind).collect();
    for subject in existing.subjects.iter().filter(|subject| subject.open) {
        let (kind, id) = (family(subject.kind), subject.council_id.as_str());
        if named.contains(&(kind, id)) {
            continue;
        }
        if ended.contains(&(kind, id)) || covered.contains(subject.case_type.as_str()) {
            let after = Subject { open: false, ..subject.clone() };
            result.subjects.push(Recorded { after, before: Some(subject.clone()) });
        } else if spoken_of.contains(&kind) {
            result.left_alone += 1;
            *result.left_alone_of.entry(kind.key()).or_default() += 1;
        }
    }
    result.teams = teams.added;
    result.people = workers.added;
    result
}

/// The subjects by their number. Should a number be there twice, the open record is the one that lives on.
fn by_council_id(existing: &Register) -> HashMap<(SubjectKind, &str), &Subject> {
    let mut known: HashMap<(SubjectKind, &str), &Subject> = HashMap::new();
    for subject in &existing.subjects {
        let entry = known.entry((family(subject.kind), subject.council_id.as_str())).or_insert(subject);
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
        pseudonym: reference(&row.kind.pseudonym_prefix(prefix), id.0),
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
