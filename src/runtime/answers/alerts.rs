//! Answers about strips and alerts: who stands in them by name, what is wanted next, and by whom.

use super::{Answers, missing};
use crate::domain::alert::{Alert, AlertAddressee, Dispute, Doer, KeptKind, Need, may_decide, may_name_a_follower};
use crate::domain::framework::{Addressee, Framework, Side, SubjectKind};
use crate::domain::id::{AlertId, PersonId};
use crate::domain::line::{self, who_hands_over};
use crate::domain::query::{ActionDetail, AlertDetail, ClockRow, KEPT_BACK, Page, StripRow, StripStand, Window};
use crate::domain::strip::{Clock, StripOf, on_strip};
use crate::store::{CaseLine, StoreError, StoreResult};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Answers<'_> {
    /// A window of the strips, each with what it says.
    pub(super) fn strips(&mut self, window: &Window<()>) -> StoreResult<Page<StripRow>> {
        let mut page = self.reading.strips(window, self.viewer)?;
        for row in &mut page.rows {
            match row.of {
                StripOf::Alert(id) => self.say_alert(id, row)?,
                StripOf::Drp(id) => self.say_drp(id, row)?,
            }
        }
        Ok(page)
    }

    fn say_alert(&mut self, id: AlertId, row: &mut StripRow) -> StoreResult<()> {
        let alert = self.reading.alert(id)?.ok_or_else(|| StripOf::Alert(id).absent())?;
        // The list left out what is kept back from this viewer.
        if !self.reading.is_open_to(alert.review, self.viewer)? {
            return Err(StoreError::WithheldStrip { strip: StripOf::Alert(id) });
        }
        let detail = self.alert_as_it_stands(alert)?;
        let (alert, now) = (&detail.alert, self.viewer.now);
        let count = |wanted: &dyn Fn(&&AlertAddressee) -> bool| u32::try_from(alert.heard_by().filter(wanted).count()).unwrap_or(u32::MAX);
        let roles = |wanted: &dyn Fn(&AlertAddressee) -> bool| -> Vec<String> {
            (0..alert.addressees.len())
                .filter(|place| alert.at(*place).is_some_and(wanted))
                .map(|place| detail.role_in_short(place))
                .collect()
        };
        row.trigger = alert.trigger.label().to_string();
        row.stand = StripStand::of(alert, now);
        if let Some((need, by)) = detail.needs.first() {
            row.next = need.to_do();
            row.by.clone_from(by);
        }
        row.review_due_at = alert.review_due_at;
        row.next_due_at = crate::domain::strip::nearest(&detail.clocks).map(|clock| clock.due_at);
        let whose = |clock: &Clock| detail.whose_nearest(clock, now).trim_start_matches(" (").trim_end_matches(')').to_string();
        let clocks = on_strip(&detail.clocks).into_iter().map(|clock| ClockRow { whose: whose(&clock), ..ClockRow::of(clock, now) });
        row.clocks = clocks.collect();
        let signed = alert.kept.iter().find(|kept| kept.kind == KeptKind::SignOff);
        row.signed_off = signed.map(|kept| detail.kept_in_short(kept)).unwrap_or_default();
        // A gap is somebody to tell as well: it stands for whoever is named.
        let gaps = alert.addressees.iter().filter(|one| one.person.is_none()).count();
        let heard = count(&|_| true);
        row.told = (count(&|one| one.told_at.is_some()), heard.saturating_add(u32::try_from(gaps).unwrap_or(u32::MAX)));
        row.acknowledged = (count(&|one| one.acknowledged.is_some()), heard);
        row.gaps = roles(&|one| one.is_gap());
        row.untold = roles(&|one| one.is_untold() || one.is_gap());
        Ok(())
    }

    /// One alert, whole. For whoever is recused from its review it is as if it were not there: that there is one would tell of
    /// the grade.
    pub(in crate::runtime) fn alert(&mut self, id: AlertId) -> StoreResult<AlertDetail> {
        let reading = self.reading;
        let strip = StripOf::Alert(id);
        let alert = reading.alert(id)?.ok_or_else(|| strip.absent())?;
        let beyond = match reading.open_to(alert.review, self.viewer) {
            Err(StoreError::Withheld { .. }) => return Err(StoreError::WithheldStrip { strip }),
            Err(StoreError::Beyond) => true,
            open => open.map(|()| false)?,
        };
        // That there is one tells the grade, to everybody but whoever raised it.
        let blind = reading.is_kept_back(alert.review, self.viewer)?;
        if beyond || reading.is_alert_kept_back(&alert, self.viewer)? {
            return Err(strip.absent().into());
        }
        let mut detail = self.alert_as_it_stands(alert)?;
        let closing = reading.closing_of(id)?;
        if blind {
            detail.alert.keep_findings_back(KEPT_BACK);
            detail.urgent.clear();
        }
        let (alert, escalation) = (&detail.alert, &detail.framework.escalation);
        let decided_by = escalation.dispute_decided_by.as_ref().map(|wanted| escalation.acting_for(detail.subject, wanted));
        let doer = self.doer_on_alerts(&detail.framework)?;
        let decides_it = |dispute: &Dispute| decided_by.as_ref().is_some_and(|acts| may_decide(dispute, &acts.role, acts.side, &doer));
        let mut may_follow = BTreeMap::new();
        let left = |one: &AlertAddressee| one.followed.is_none() && one.person.is_some_and(|person| detail.gone.contains(&person));
        if alert.is_open() && alert.addressees.iter().any(left) {
            let people = reading.people_by_id()?;
            for (place, one) in alert.addressees.iter().enumerate().filter(|(_, one)| left(one)) {
                let Some(person) = one.person else { continue };
                may_follow.insert(place, may_name_a_follower(&people, person, &doer, self.viewer.today).err());
            }
        }
        let worker = reading.line_of(alert.review)?.and_then(|line| line.practitioner);
        let manager = worker.map(|worker| reading.person(worker)).transpose()?.flatten().and_then(|worker| worker.line_manager);
        let reviewer = reading.review_without_form(alert.review)?.and_then(|facts| facts.reviewer);
        let addressees = alert.addressees.iter().map(|one| one.person);
        Ok(AlertDetail {
            likely: [worker, manager, reviewer].into_iter().chain(addressees).flatten().collect(),
            may_follow,
            closing: if blind && !closing.is_empty() { KEPT_BACK.to_string() } else { closing },
            mail: reading.mail_of_alert(alert)?,
            own_place: doer.person.and_then(|person| alert.place_of(person)),
            may_assure: alert.may_assure(&doer),
            may_decide: alert.dispute.as_ref().is_some_and(decides_it),
            may_keep: KeptKind::ALL.into_iter().filter(|kind| alert.may_keep(*kind, &doer, escalation, detail.subject)).collect(),
            ..detail
        })
    }

    /// An alert with what is wanted next and by whom, which is what a row of the list says: without its mail, its closing note, and
    /// what the viewer may do to it.
    fn alert_as_it_stands(&mut self, alert: Alert) -> StoreResult<AlertDetail> {
        let reading = self.reading;
        let line = reading.line_of(alert.review)?.ok_or_else(|| missing("review"))?;
        let cycle = self.library.cycle(reading, line.cycle)?;
        let framework = self.library.framework(reading, &cycle.framework, cycle.version)?;
        let subject = line.subject;
        let actions = reading.urgent_of(alert.id)?;
        let (mut names, mut gone, mut leaving) = (BTreeMap::new(), BTreeSet::new(), BTreeMap::new());
        for person in everybody(&alert, &actions) {
            if let Some(found) = reading.person(person)? {
                match found.is_here(self.viewer.today) {
                    true => leaving.extend(found.left_on.map(|last| (person, last))),
                    false => drop(gone.insert(person)),
                }
                names.insert(person, found.name);
            }
        }
        let name = |person: PersonId| names.get(&person).cloned().unwrap_or_else(|| "somebody".to_string());
        let urgent = actions.iter().map(|action| ActionDetail::of(action, name(action.owner)));
        let decided_by = framework.escalation.dispute_decided_by.as_ref().map(|wanted| framework.escalation.acting_for(subject, wanted));
        let decides = decided_by.as_ref().map(|acts| framework.whose_role_in_short(&acts.role, acts.side, subject));
        let needs = alert.needs_without(alert.needs(self.viewer.now, &framework.escalation, &actions), &gone);
        // Whoever holds a role is looked for among everybody: only where that is what the alert waits for.
        let waits_for_it = needs.contains(&Need::Keep(KeptKind::SignOff));
        let signs = if waits_for_it { self.signs_off(&alert, &line, &framework)? } else { String::new() };
        // Their line is read only where somebody has left whose action it is: a list of alerts costs no more for the others.
        let ownerless = actions.iter().any(|action| action.state.is_open() && gone.contains(&action.owner));
        let people = if ownerless { reading.people_by_id()? } else { Arc::default() };
        let hands_over = |person: PersonId| who_hands_over(&people, person, self.viewer.today);
        let whose = Whose { name: &name, gone: &gone, hands_over: &hands_over };
        let by = |need: &Need| doer(need, &alert, &framework, subject, &whose, decides.as_deref().unwrap_or_default(), &signs);
        let needs = needs.into_iter().map(|need| (need.clone(), by(&need))).collect();
        let clocks = alert.clocks(&actions);
        let urgent = urgent.collect();
        Ok(AlertDetail {
            closing: String::new(),
            mail: Vec::new(),
            likely: Vec::new(),
            own_place: None,
            leaving,
            may_assure: false,
            may_decide: false,
            may_keep: Vec::new(),
            may_follow: BTreeMap::new(),
            review_ref: line.reference,
            decides: decides.unwrap_or_default(),
            framework,
            case: line.case,
            subject,
            clocks,
            urgent,
            names,
            gone,
            needs,
            alert,
        })
    }

    /// Whoever signs the actions of an alert off, by name where somebody holds the role, with the role. F10.
    fn signs_off(&self, alert: &Alert, case: &CaseLine, framework: &Framework) -> StoreResult<String> {
        let roles = KeptKind::SignOff.recorded_by(&framework.escalation, case.subject);
        let Some(role) = roles.first().filter(|_| alert.is_open()) else { return Ok(roles.join(" or ")) };
        let people = self.reading.people_around(case.practitioner, &[role.as_str()])?;
        let wanted = Addressee { role: role.clone(), side: Side::Child };
        let holder = line::holder(&people, self.viewer.today, &wanted, case.practitioner, case.team, &case.service);
        Ok(holder
            .and_then(|id| people.get(&id))
            .map_or_else(|| format!("the {role} (nobody holds this role)"), |person| format!("{} ({role})", person.name)))
    }

    /// Who looks, as far as alerts ask: themselves and those for whom they act today, with their roles. Of somebody whom the
    /// list of people does not know nothing is said here; the rules decide when they try.
    fn doer_on_alerts(&self, framework: &Framework) -> StoreResult<Doer> {
        let person = self.viewer.person;
        let role = |person: PersonId| self.reading.person(person).map(|found| found.map(|found| found.role));
        let own = person.map(role).transpose()?.flatten();
        let leads = own.as_deref().and_then(|own| framework.role(own)).is_none_or(|role| role.insights);
        let mut doer = Doer { person, roles: own.into_iter().collect(), leads, acts_for: Vec::new() };
        let mine = |absence: &crate::domain::person::Absence| {
            absence.covers(self.viewer.today) && absence.deputy.is_some() && absence.deputy == person
        };
        for absence in self.reading.absences_from(self.viewer.today)?.iter().filter(|absence| mine(absence)) {
            doer.acts_for.push(absence.person);
            doer.roles.extend(role(absence.person)?);
        }
        Ok(doer)
    }
}

/// Everybody who stands in an alert.
fn everybody(alert: &Alert, urgent: &[crate::domain::action::Action]) -> Vec<PersonId> {
    let listed = alert.addressees.iter().flat_map(|one| {
        let tellers = one.tellings.iter().filter_map(|telling| telling.by);
        one.person.into_iter().chain(one.instead_of).chain(tellers).chain(one.explained.as_ref().and_then(|gap| gap.by))
    });
    let dispute = alert.dispute.iter().flat_map(|dispute| {
        dispute.by.into_iter().chain(dispute.decider).chain(dispute.decision.as_ref().and_then(|decision| decision.by))
    });
    let others =
        alert.assurance.as_ref().and_then(|assurance| assurance.by).into_iter().chain(alert.kept.iter().filter_map(|kept| kept.by));
    listed.chain(dispute).chain(others).chain(urgent.iter().map(|action| action.owner)).collect()
}

/// How those are named who can do what is wanted.
struct Whose<'a> {
    /// By name.
    name: &'a dyn Fn(PersonId) -> String,
    /// Who has left.
    gone: &'a BTreeSet<PersonId>,
    /// Who gives to somebody else what was theirs.
    hands_over: &'a dyn Fn(PersonId) -> String,
}

/// Who can do what is wanted, in words.
fn doer(need: &Need, alert: &Alert, framework: &Framework, subject: SubjectKind, whose: &Whose<'_>, decides: &str, signs: &str) -> String {
    let left = |person: PersonId| if whose.gone.contains(&person) { ", who has left" } else { "" };
    let who = |places: &[usize]| {
        let named = places.iter().filter_map(|place| alert.at(*place)).map(|one| {
            let role = framework.whose_role_in_short(&one.role, one.side, subject);
            one.person.map_or_else(|| role.clone(), |person| format!("{} ({role}){}", (whose.name)(person), left(person)))
        });
        named.collect::<Vec<_>>().join(" or ")
    };
    match need {
        Need::Follow(_) => "whoever managed them, or the Insights team".to_string(),
        Need::FillGaps(_) | Need::Close => "the Insights team".to_string(),
        Need::Tell(_) | Need::SayInWords(_) => "whoever can reach them".to_string(),
        Need::Acknowledge { places, .. } | Need::Assure(places) => who(places),
        Need::Decide => match alert.dispute.as_ref().and_then(|dispute| dispute.decider) {
            Some(person) => format!("{} ({decides}){}", (whose.name)(person), left(person)),
            None => format!("{decides} (nobody holds this role)"),
        },
        Need::DoUrgent(actions) => {
            let said = actions.iter().map(|(_, owner)| match whose.gone.contains(owner) {
                true => format!("{}{}: {} gives it to somebody else", (whose.name)(*owner), left(*owner), (whose.hands_over)(*owner)),
                false => (whose.name)(*owner),
            });
            said.collect::<Vec<_>>().join("; ")
        }
        Need::Keep(KeptKind::SignOff) => signs.to_string(),
        Need::Keep(kind) => kind.who(&framework.escalation, subject),
    }
}
