//! What somebody may do at this moment: by their own role, and by that of everybody for whom they stand in.

use super::{Right, Rights, Scope, who_may};
use crate::domain::count::all_of;
use crate::domain::error::RuleError;
use crate::domain::framework::Framework;
use crate::domain::id::PersonId;
use crate::domain::person::Person;

/// One person whose part somebody plays: themselves, or whoever they stand in for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hat {
    /// Who.
    pub person: PersonId,
    /// Their role in words.
    pub role: String,
    /// What that role may do.
    pub rights: Rights,
    /// How far it sees.
    pub scope: Scope,
    /// It is a role of the Insights team.
    pub insights: bool,
}

/// Who writes in a review.
#[derive(Debug, Clone, Copy)]
pub struct Writers<'a> {
    /// `CR-0412`.
    pub reference: &'a str,
    /// Who leads it, by number and name.
    pub lead: Option<(PersonId, &'a str)>,
    /// Who reviews it with them, or stands beside a first review (S06, F21).
    pub beside: &'a [PersonId],
}

/// What somebody may do, and how far they see. Made anew from the tables for every question and every deed, so that a change of
/// role holds at the next one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// Their own part first; none for whoever keeps the database before anybody is on the list of people.
    hats: Vec<Hat>,
    rights: Rights,
}

impl Default for Access {
    fn default() -> Access {
        Access::whole()
    }
}

impl Access {
    /// Everything: the program by itself, and whoever starts a database before anybody has a login.
    pub fn whole() -> Access {
        Access { hats: Vec::new(), rights: Rights::all() }
    }

    /// By the roles of a person and of those for whom they stand in. A role that the framework does not know may do nothing but
    /// read and do what is its own: a slip of the pen in a list of people must not open everything.
    pub fn of(framework: &Framework, person: &Person, stands_in_for: &[Person]) -> Access {
        let hat = |person: &Person| match framework.role(&person.role) {
            Some(role) => {
                Hat { person: person.id, role: role.label.clone(), rights: role.rights, scope: role.scope, insights: role.insights }
            }
            None => Hat {
                person: person.id,
                role: if person.role.is_empty() { "nobody with a role".into() } else { person.role.clone() },
                rights: Rights::of(&[Right::Read, Right::Act]),
                scope: Scope::Own,
                insights: false,
            },
        };
        let hats: Vec<Hat> = std::iter::once(person).chain(stands_in_for).map(hat).collect();
        let rights = hats.iter().fold(Rights::NONE, |all, hat| all.with(hat.rights));
        Access { hats, rights }
    }

    /// Whether a right is theirs.
    pub fn may(&self, right: Right) -> bool {
        self.rights.has(right)
    }

    /// Whether it is this person's own, whoever they stand in for.
    pub fn is(&self, person: PersonId) -> bool {
        self.hats.first().is_some_and(|own| own.person == person)
    }

    /// Every right that is theirs.
    pub fn rights(&self) -> Rights {
        self.rights
    }

    /// Refuses whoever would write in a review that is not theirs. It is written by the lead, by those who review it with them or stand
    /// beside them, by whoever stands in for one of these, and by the Insights team, who write down what they are told; nobody else,
    /// however far they see: the practitioner's manager reads it and takes part. A review that nobody leads yet is not asked about.
    pub fn may_write_in(&self, review: &Writers<'_>) -> Result<(), RuleError> {
        let Some((lead, name)) = review.lead else { return Ok(()) };
        let theirs = |hat: &Hat| hat.insights || hat.person == lead || review.beside.contains(&hat.person);
        if self.hats.is_empty() || self.hats.iter().any(theirs) {
            return Ok(());
        }
        let what =
            format!("{} is reviewed by {name}: they write in it, those who review it with them, and the Insights team.", review.reference);
        Err(RuleError::under("T43", what, "Ask one of them to write down what you know."))
    }

    /// Refuses what is not theirs to do: which rule, and who could.
    pub fn must(&self, framework: &Framework, right: Right) -> Result<(), RuleError> {
        if self.may(right) { Ok(()) } else { Err(self.refusal(framework, right)) }
    }

    /// Why something is not theirs to do, and whose it is.
    pub fn refusal(&self, framework: &Framework, right: Right) -> RuleError {
        let role = self.hats.first().map_or("Nobody", |hat| hat.role.as_str());
        RuleError::under(
            "T43",
            format!("{} gives your role ({role}) no right to {}.", framework.title, right.words()),
            format!("Ask: {}.", who_may(framework, right)),
        )
    }

    /// Their own role in words, with "for" whom they stand in; none for whoever is on no list.
    pub fn role(&self) -> Option<String> {
        let (own, others) = self.hats.split_first()?;
        let more: Vec<&str> = others.iter().map(|hat| hat.role.as_str()).collect();
        Some(if more.is_empty() { own.role.clone() } else { format!("{}, standing in as {}", own.role, more.join(", ")) })
    }

    /// What a screen says of how far they see, where that is not everything.
    pub fn narrowed(&self) -> Option<String> {
        self.sight().words(self.own())
    }

    /// The same as the header has room for.
    pub fn narrowed_in_short(&self) -> Option<String> {
        self.sight().in_short(self.own())
    }

    fn own(&self) -> Option<PersonId> {
        self.hats.first().map(|own| own.person)
    }

    /// How far they see.
    pub fn sight(&self) -> Sight {
        let reading: Vec<&Hat> = self.hats.iter().filter(|hat| hat.rights.has(Right::Read)).collect();
        if self.hats.is_empty() || reading.iter().any(|hat| hat.scope == Scope::All) {
            return Sight::All;
        }
        Sight::Within(reading.into_iter().map(|hat| (hat.person, hat.scope)).collect())
    }

    /// The widest scope that is theirs; none where they may read nothing.
    pub fn scope(&self) -> Option<Scope> {
        if self.hats.is_empty() {
            return Some(Scope::All);
        }
        self.hats.iter().filter(|hat| hat.rights.has(Right::Read)).map(|hat| hat.scope).max()
    }
}

/// How far somebody sees, as the store leaves the rest out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// Everything, but what is withheld for other reasons.
    All,
    /// What is within the scope of one of these people: themselves, and whoever they stand in for. Nothing where there is none.
    Within(Vec<(PersonId, Scope)>),
}

impl Sight {
    /// What a screen says to somebody of it, where it is not everything. It is "your" for what their own role sees; what they see for
    /// somebody else is called so.
    pub fn words(&self, me: Option<PersonId>) -> Option<String> {
        self.said(me, "your line", "whom you stand in for", "the cases of whom you stand in for")
    }

    /// The same as the header has room for: that there are others too, not who.
    pub fn in_short(&self, me: Option<PersonId>) -> Option<String> {
        self.said(me, "line", "others", "others\u{2019} cases")
    }

    fn said(&self, me: Option<PersonId>, line: &str, others: &str, others_alone: &str) -> Option<String> {
        let (own, stands_in) = self.seen(me)?;
        let mut words = match own {
            // Who sees a service sees whoever they manage outside it as well.
            Some(Scope::Service) => vec!["your service", line],
            Some(Scope::Team) => vec!["your team"],
            Some(Scope::Own) => vec!["your own cases"],
            Some(Scope::All) | None => Vec::new(),
        };
        if stands_in {
            words.push(if words.is_empty() { others_alone } else { others });
        }
        Some(if words.is_empty() { "no cases".to_string() } else { all_of(&words) })
    }

    /// How far somebody's own role sees, and whether they see what somebody else does; none where that is everything.
    fn seen(&self, me: Option<PersonId>) -> Option<(Option<Scope>, bool)> {
        let Sight::Within(hats) = self else { return None };
        let own = hats.iter().find(|(person, _)| Some(*person) == me).map(|(_, scope)| *scope);
        Some((own, hats.iter().any(|(person, _)| Some(*person) != me)))
    }

    /// Whether it reaches over everybody below a person, however far down.
    pub fn is_over_those_below(&self, person: PersonId) -> bool {
        let over = |(one, scope): &(PersonId, Scope)| *one == person && matches!(scope, Scope::Team | Scope::Service);
        matches!(self, Sight::Within(hats) if hats.iter().any(over))
    }

    /// Whether it is that of a person, or of whoever stands in for them: their own work they see in every scope.
    pub fn is_of(&self, person: PersonId) -> bool {
        matches!(self, Sight::Within(hats) if hats.iter().any(|(one, _)| *one == person))
    }
}
