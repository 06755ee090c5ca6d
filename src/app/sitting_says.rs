//! The next thing at a sitting, in a sentence, for whoever looks: chair, member, guest, or somebody who has left for the item.

use super::App;
use super::command::Command;
use crate::domain::calendar::say_full_date;
use crate::domain::count::counted;
use crate::domain::interest::WITHHELD;
use crate::domain::panel::{Scoring, SittingStand};
use crate::domain::query::{ItemDetail, OutOfSight, SeatKind, SittingDetail};

impl App {
    /// What an empty agenda means for whoever looks: who sees one team reads nothing of a sitting that hears the cases of others, and
    /// one that is over waits for nothing.
    pub fn empty_agenda_says(&self, detail: &SittingDetail) -> String {
        let withheld = self.withheld_in_words().map(|words| format!("{words}."));
        let (narrowed, in_part) = (self.overview.access.narrowed(), self.sees_in_part());
        let said = match (detail.sitting.stand, narrowed) {
            (SittingStand::CalledOff, _) if !detail.had.is_empty() => format!("It had {}. It heard none of them.", detail.had.join(", ")),
            (SittingStand::CalledOff, _) if in_part => "It had no case that you see.".into(),
            (SittingStand::CalledOff, _) => "It had no case on its agenda.".into(),
            (SittingStand::Closed, _) if in_part => "It heard no case that you see.".into(),
            (SittingStand::Closed, _) => "It heard no case.".into(),
            (_, Some(seen)) => {
                format!("Nothing that you see ({seen}) waits for this sitting. It may hear other cases: those who sit there read them.")
            }
            (_, None) if in_part => "Nothing that you see waits for this sitting.".into(),
            (_, None) => "Nothing waits for this sitting. What the framework sends to the panel appears here by itself.".into(),
        };
        [said].into_iter().chain(withheld).collect::<Vec<_>>().join(" ")
    }

    /// How many reviews are withheld from whoever looks, wherever they stand: of none of them it is said where. None: none is.
    pub fn withheld_in_words(&self) -> Option<String> {
        let withheld = self.overview.withheld;
        (withheld > 0).then(|| format!("{} {WITHHELD}", counted(withheld, "review", "reviews")))
    }

    /// Whether whoever looks may see a part only of what a list is about: by role, or because something is withheld from them.
    pub fn sees_in_part(&self) -> bool {
        self.overview.access.narrowed().is_some() || self.overview.withheld > 0
    }

    /// What whoever sits here does next at the sitting that is shown; empty without one.
    pub fn next_at_panel(&self) -> String {
        let Some(detail) = &self.sitting.detail else { return String::new() };
        match detail.sitting.stand {
            SittingStand::Planned => self.before_it(detail),
            SittingStand::CalledOff => {
                let moved = match detail.had.as_slice() {
                    [] => String::new(),
                    [one] => format!(" {one}, the case it had, goes to another sitting."),
                    several => format!(" The {} cases it had go to another sitting.", several.len()),
                };
                format!("This sitting was called off: {}.{moved}", detail.sitting.called_off.trim_end_matches('.'))
            }
            SittingStand::Closed => {
                let sent_on = Some(detail.sent_on_in_words()).filter(|said| !said.is_empty());
                let sent_on = sent_on.map(|said| format!(": of {} {said}", counted(detail.cases(), "case", "cases"))).unwrap_or_default();
                let adds = format!(" {} adds a dated minute.", self.keymap.hint(Command::AddMinute));
                format!("This sitting is over{sent_on}.{}", if detail.leads { adds.as_str() } else { "" })
            }
            SittingStand::InProgress => self.while_it_sits(detail),
        }
    }

    fn before_it(&self, detail: &SittingDetail) -> String {
        let key = |command| self.keymap.hint(command);
        let day = say_full_date(detail.sitting.panel.on);
        let mine = detail.agenda.iter().find(|row| row.mine).map(|row| format!(" You are invited for {}.", row.reference));
        let mine = mine.unwrap_or_default();
        let today = self.today();
        match detail.leads {
            true if detail.sitting.panel.chair.is_none() => format!("It has no chair yet: {} names one.", key(Command::ChangeSitting)),
            true if detail.agenda.is_empty()
                && !self.sees_in_part()
                && self.sitting.to_come(Some(detail.sitting.panel.id)).iter().any(|row| row.items > 0) =>
            {
                format!("It has nothing to hear, for other sittings have the cases: {} calls it off.", key(Command::CallOffSitting))
            }
            true if detail.sitting.panel.on > today => {
                let (change, down) = (key(Command::ChangeSitting), key(Command::ItemDown));
                format!("It sits on {day}. Read ahead; {down} moves an item down, {change} changes day and members.{mine}")
            }
            true => format!("{} begins it: tick who is there.{mine}", key(Command::BeginSitting)),
            false => format!("It sits on {day} at {}. Until then you can read ahead.{mine}", detail.sitting.panel.at),
        }
    }

    fn while_it_sits(&self, detail: &SittingDetail) -> String {
        let key = |command| self.keymap.hint(command);
        match detail.withheld {
            Some(OutOfSight::Recused) => {
                return "Withheld: you are recused from the item on the table. The panel calls you back for the next one.".into();
            }
            Some(why @ OutOfSight::Beyond) => return format!("{} Those who sit here read it.", why.sentence()),
            None => {}
        }
        if let Some(question) = &detail.asks {
            let open = key(Command::Open);
            return format!("Before you read {}: {open} asks whether you have an interest in the case.", question.reference);
        }
        if let Some(item) = detail.item.as_deref() {
            return self.with_an_item(detail, item);
        }
        match (detail.leads, detail.next()) {
            (true, Some(next)) => {
                // The key takes what the cursor is on, so that is what it is said of.
                let here = self.sitting.row().filter(|row| App::waits(row));
                let looks_back = here.is_none() && self.sitting.row().is_some();
                let next = here.unwrap_or(next);
                let names: Vec<&str> = next.leave.iter().map(|(_, name)| name.as_str()).collect();
                let leave = match names.len() {
                    0 => String::new(),
                    1 => format!(" {} leaves for it.", names[0]),
                    _ => format!(" {} leave for it.", names.join(", ")),
                };
                match looks_back {
                    true => format!(
                        "Next is {}: {} goes to it, {} puts it on the table.{leave}",
                        next.reference,
                        key(Command::Follow),
                        key(Command::PutOnTable)
                    ),
                    false => format!("{} puts {} on the table.{leave}", key(Command::PutOnTable), next.reference),
                }
            }
            (true, None) => match self.withheld_in_words() {
                None => format!("Every item has its outcome: {} closes the sitting.", key(Command::CloseSitting)),
                Some(withheld) => {
                    format!("Every item that you see has its outcome. {withheld}. {} closes the sitting.", key(Command::CloseSitting))
                }
            },
            (false, Some(next)) if next.mine => "Your item is next.".into(),
            (false, Some(next)) => format!("Next is {}. Wait for the chair to open it.", next.reference),
            (false, None) => "Nothing more is before you at this sitting.".into(),
        }
    }

    fn with_an_item(&self, detail: &SittingDetail, item: &ItemDetail) -> String {
        let key = |command| self.keymap.hint(command);
        let seat = detail.my_seat();
        let scores = item.item.as_ref().map_or(0, |known| known.scores.len());
        let revealed = item.item.as_ref().is_some_and(|known| known.revealed);
        let mine = detail.me.zip(item.item.as_ref()).is_some_and(|(me, known)| known.scores.contains_key(&me));
        let scorer = seat.is_some_and(|seat| seat.kind != SeatKind::Guest && seat.present);
        let out = detail.me.zip(item.item.as_ref()).is_some_and(|(me, known)| known.left.contains(&me));
        let ends = format!(
            "{} decides, {} sends it back, {} puts it off.",
            key(Command::DecideItem),
            key(Command::SendBack),
            key(Command::DeferItem)
        );
        let others = if item.missing.is_empty() { String::new() } else { format!(" Waiting for {}.", item.missing.join(", ")) };
        let in_so_far = format!("{} of {} have scored.", scores, scores + item.missing.len());
        let may_score = scorer && !out && detail.scoring == Scoring::Sealed;
        match (detail.scoring, revealed) {
            (Scoring::Sighted, _) if detail.leads => format!("Judged together, with the grade in sight: {ends}"),
            (Scoring::Sighted, _) => "Judged together: say what you think; the chair writes the decision down.".into(),
            (Scoring::Sealed, true) if detail.leads => format!("The scores are open, the most extreme first. Talk, then {ends}"),
            (Scoring::Sealed, true) if may_score => {
                format!(
                    "The scores are open: the most extreme speaks first. {} scores anew; then the chair decides.",
                    key(Command::ScoreItem)
                )
            }
            (Scoring::Sealed, true) => "The scores are open; the panel talks, then the chair decides.".into(),
            (Scoring::Sealed, false) if may_score && !mine => {
                let others = if detail.leads { others } else { String::new() };
                format!("Score it: {}. {in_so_far}{others}", key(Command::ScoreItem))
            }
            (Scoring::Sealed, false) if detail.leads && scores == 0 => format!("Nobody has scored yet.{others}"),
            (Scoring::Sealed, false) if detail.i_chair() && !item.missing.is_empty() => {
                format!("{in_so_far}{others} {} opens the scores now, with a reason.", key(Command::OpenScores))
            }
            (Scoring::Sealed, false) if detail.leads && item.missing.is_empty() => {
                format!("All who are there have scored: {} opens the scores.", key(Command::OpenScores))
            }
            (Scoring::Sealed, false) if mine => format!("Your score is sealed, {} changes it.{others}", key(Command::ScoreItem)),
            (Scoring::Sealed, false) if detail.leads => format!("{in_so_far}{others}"),
            (Scoring::Sealed, false) => match seat {
                Some(seat) if seat.kind == SeatKind::Guest => format!("You are a guest: you speak and do not score. {in_so_far}"),
                Some(_) => "You are not noted as present: ask the chair to note that you have come.".into(),
                None => format!("You look on. {in_so_far}"),
            },
        }
    }

    /// How long the item has been on the table against what is meant for it, as (minutes gone, minutes meant).
    pub fn item_minutes(&self) -> Option<(i64, u16)> {
        let detail = self.sitting.detail.as_ref()?;
        let since = detail.sitting.item_since.filter(|_| detail.sitting.in_progress())?;
        Some(((self.now - since).num_minutes().max(0), detail.sitting.panel.minutes_each))
    }

    /// How much of what has to be moderated is done, in words.
    pub fn coverage_in_words(&self) -> String {
        let Some(detail) = &self.sitting.detail else { return String::new() };
        let coverage = detail.coverage;
        let back = if coverage.sent_back > 0 { format!(", {} sent back", coverage.sent_back) } else { String::new() };
        format!(
            "{} to moderate, {} done, {} to go{back}",
            counted(coverage.due, "review", "reviews"),
            coverage.done,
            coverage.outstanding()
        )
    }
}
