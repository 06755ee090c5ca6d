//! The workstation without its terminal's events: messages in, effects carried out until none is left, one drawing.
//!
//! Generic over the backend, so that a test types keys through this very code and reads the frame.

mod counted;
mod erasing;
mod files;
mod theirs;

use super::answers;
use super::clerk;
use super::clock::Clock;
use super::counting::Counter;
use super::drafts::Drafts;
use super::erasing::Eraser;
use super::idle::{Hands, Idle, Now};
use super::library::Library;
use super::post::Sender;
use super::presence::Presence;
use super::witness::{Looking, Witness};
use crate::app::effect::{Effect, For, Then};
use crate::app::keymap::Keymap;
use crate::app::msg::Msg;
use crate::app::{App, Who};
use crate::domain::deed::{Actor, Deed, PrivacyDeed};
use crate::domain::outbox::{Settings as Mail, Way};
use crate::domain::strip::{CLOCK_BEHIND, clock_set_back};
use crate::store::{Doing, Store, StoreError, StoreResult};
use crate::ui::{self, theme::Look};
use ratatui::Terminal;
use ratatui::backend::Backend;
use std::collections::VecDeque;
use std::time::Duration;

/// Everything a session needs, before its terminal.
pub struct Session {
    /// The database.
    pub store: Store,
    /// Frameworks read so far: reading one twice would cost a third of the start.
    pub library: Library,
    /// Who works.
    pub actor: Actor,
    /// Their role in words.
    pub role: String,
    /// The clock.
    pub clock: Clock,
    /// How the screen looks.
    pub look: Look,
    /// The keys.
    pub keymap: Keymap,
    /// How mail is sent, where that is set up.
    pub mail: Option<Mail>,
    /// The terminal's bell rings when an alert opens.
    pub bell: bool,
    /// After how long without a key the screen goes blank, and the session ends.
    pub idle: Idle,
}

/// A running workstation.
pub struct Workstation<B: Backend> {
    /// The state.
    pub app: App,
    /// The database.
    pub store: Store,
    /// The terminal.
    pub terminal: Terminal<B>,
    library: Library,
    actor: Actor,
    clock: Clock,
    look: Look,
    drafts: Option<Drafts>,
    witness: Witness,
    /// None where this person may only look: nothing can be said to the others.
    presence: Option<Presence>,
    sender: Option<Sender>,
    counter: Counter,
    eraser: Eraser,
    /// How long a page that is being counted may keep the next frame waiting; with no patience at all it is not even looked for.
    pub patience: Duration,
    seen_version: i64,
    /// The screen has to be drawn again.
    pub stale: bool,
    /// What the terminal shows cannot be relied on: the next drawing is a whole one.
    wiped: bool,
    /// Keys that were pressed before now are to be thrown away.
    pub flush: bool,
    /// The terminal's bell is to ring, once.
    pub rings: bool,
    /// The person wants to leave.
    pub over: bool,
    /// The session was ended because whoever sits here may do nothing any more; the sentence says why.
    pub turned_out: Option<String>,
    bell: bool,
    idle: Idle,
    hands: Hands,
    /// The blank screen is drawn; nothing is drawn over it until a key brings the view back.
    blank_drawn: bool,
    /// The session ended because nobody was there: what to say once the terminal is given back.
    pub left: Option<String>,
    /// The last full minute that was looked at.
    minute: i64,
    /// Nobody has looked yet what became due while no session was open.
    fresh: bool,
    /// The clock was seen to stand behind the journal, and that was said.
    set_back: bool,
}

impl<B: Backend> Workstation<B> {
    /// Starts a workstation: reads what the first frame shows.
    pub fn start(session: Session, drafts: Option<Drafts>, terminal: Terminal<B>, size: (u16, u16)) -> StoreResult<Workstation<B>> {
        let Session { store, library, actor, role, clock, look, keymap, bell, mail, idle } = session;
        let look_only = store.look_only();
        let who = Who { login: actor.login.clone(), role, session: actor.session.clone() };
        let mut app = App::new(who, keymap, clock.now(), size);
        app.mail_set_up = mail.is_some();
        // A session may start no other program, and so leaves the machine's own sendmail to `tick`.
        let by_server = mail.filter(|mail| matches!(mail.way, Way::Server(_)));
        let sender = by_server.map(|mail| Sender::new(store.path(), mail, &actor.session, clock));
        let seen_version = store.data_version()?;
        let counter = Counter::new(store.path());
        let presence = (!look_only).then(|| Presence::new(store.path(), &actor.session, &actor.name));
        let mut station = Workstation {
            app,
            store,
            terminal,
            library,
            actor,
            clock,
            look,
            drafts,
            witness: Witness::default(),
            presence,
            sender,
            counter,
            eraser: Eraser::default(),
            patience: counted::PATIENCE,
            seen_version,
            stale: true,
            wiped: false,
            flush: false,
            rings: false,
            over: false,
            turned_out: None,
            bell,
            idle,
            hands: Hands::now(clock),
            blank_drawn: false,
            left: None,
            minute: clock.now().timestamp() / 60,
            fresh: true,
            set_back: false,
        };
        let effects = station.app.start();
        station.carry_out(effects);
        if look_only {
            station.take(Msg::DraftTrouble("You may look and not write here: the database is read-only for you.".into()));
        }
        station.offer_drafts()?;
        Ok(station)
    }

    /// Moves a fixed clock; what has changed with the time shows when the workstation next looks around.
    pub fn set_clock(&mut self, clock: Clock) {
        self.clock = clock;
        if let Some(sender) = &mut self.sender {
            sender.set_clock(clock);
        }
    }

    /// Takes in a message and carries out all that follows from it.
    pub fn take(&mut self, msg: Msg) {
        // Spans such as the ten seconds of a reveal count from the key, not from the last full minute.
        let now = self.clock.now();
        if crate::domain::calendar::local_date(now) == self.app.today() {
            self.app.now = now;
        }
        if matches!(msg, Msg::Key(_) | Msg::Paste(_)) {
            self.hands = Hands::now(self.clock);
        }
        // A terminal that was another size for a moment has lost what was cut off, even when it has its old size again.
        self.wiped |= matches!(msg, Msg::Resized(..));
        let effects = self.app.update(msg);
        self.carry_out(effects);
        if !self.app.counts() {
            self.counter.forget();
        }
        self.witness.sees(self.app.on_screen());
        let now = self.clock.now();
        // That others are not told is no trouble of whoever reads.
        let _ = self.presence.as_mut().map(|presence| presence.shows(self.app.record_on_screen(), now));
        self.stale = true;
    }

    /// Looks whether somebody else has written, and what time it is; says whether somebody has. Draws nothing when neither matters.
    pub fn look_around(&mut self) -> bool {
        let now = self.clock.now();
        let minute = now.timestamp() / 60 != std::mem::replace(&mut self.minute, now.timestamp() / 60);
        self.look_for_hands();
        // A blank screen is looked after once a minute: nobody sees what changes meanwhile, but a new alert still rings.
        if self.over || (self.app.blank && !minute) {
            return false;
        }
        // While somebody is shown their seconds are counted down; hidden again, an idle screen is silent.
        let second = self.app.revealed.is_some() && now.timestamp() != self.app.now.timestamp();
        if minute || second {
            self.take(Msg::Tick(now));
        }
        // The first look comes right after the first frame, which nothing may keep waiting.
        if minute || std::mem::take(&mut self.fresh) {
            self.notice_what_is_due();
        }
        if let Some(Ok(Some(others))) = self.presence.as_mut().map(Presence::others)
            && others != self.app.also_here
        {
            self.take(Msg::AlsoHere(others));
        }
        let mut others = false;
        match self.store.data_version() {
            Ok(version) if version != self.seen_version => {
                others = true;
                self.seen_version = version;
                if self.still_here() {
                    self.take(Msg::ChangedElsewhere);
                }
            }
            Ok(_) => {}
            Err(error) => self.take(Msg::DraftTrouble(error.to_string())),
        }
        if let Some(trouble) = self.drafts.as_ref().and_then(Drafts::trouble) {
            self.take(Msg::DraftTrouble(trouble));
        }
        if let Some(trouble) = self.sender.as_ref().and_then(Sender::trouble) {
            self.take(Msg::DraftTrouble(trouble));
        }
        others
    }

    /// Blanks the screen that nobody sits at, and leaves where nobody comes back.
    fn look_for_hands(&mut self) {
        match self.hands.rest(self.idle, self.clock) {
            Now::Blank if !self.app.blank => self.take(Msg::Blank),
            Now::Leave => {
                // Closing writes them as well, and says so where that fails.
                let _ = self.drafts.as_ref().map(Drafts::flush);
                let minutes = self.idle.leave.map_or(0, |leave| leave.num_minutes());
                let after = crate::domain::count::counted(minutes, "minute", "minutes");
                self.left =
                    Some(format!("closeloop was left after {after} without a key. What was typed and not saved is kept as a draft."));
                self.over = true;
            }
            Now::Stay | Now::Blank => {}
        }
    }

    /// Lets what was queued here go out at once, where this machine can send.
    fn send_if(&mut self, queued: bool) {
        if let (Some(sender), true) = (&mut self.sender, queued) {
            sender.wake();
        }
    }

    /// Writes down what has become due, if nobody has yet: a session that is open is one of those who may notice first. While
    /// the machine's clock stands behind the journal nothing is called overdue, and that is said once.
    fn notice_what_is_due(&mut self) {
        let now = self.clock.now();
        let reading = self.store.reading();
        let (last, due) = match (reading.latest_entry_at(), reading.something_due(now)) {
            (Ok(last), Ok(due)) => (last, due),
            (Err(error), _) | (_, Err(error)) => return self.take(Msg::DraftTrouble(error.to_string())),
        };
        let set_back = clock_set_back(now, last);
        if set_back && !self.set_back {
            self.take(Msg::DraftTrouble(CLOCK_BEHIND.into()));
        }
        self.set_back = set_back;
        if set_back || !due || self.store.look_only() {
            return;
        }
        match clerk::perform(&mut self.store, &mut self.library, &self.actor, now, Deed::RaiseDue) {
            Ok(receipt) if receipt.written.first == 0 => {}
            Ok(receipt) => {
                self.send_if(receipt.queued);
                self.take(Msg::ChangedElsewhere);
            }
            Err(error) => self.take(Msg::DraftTrouble(error.doing(Doing::Writing).to_string())),
        }
        self.seen_version = self.store.data_version().unwrap_or(self.seen_version);
    }

    /// Draws, if anything has changed since the last time.
    pub fn draw(&mut self) -> Result<(), B::Error> {
        #[cfg(feature = "broken")]
        if crate::broken::is(crate::broken::Fault::HeldWhileDrawing) {
            self.store.hold();
        }
        // Before every drawing and, as the loop draws before it waits, before every wait.
        debug_assert!(self.store.at_rest(), "something is still being read or written while the screen is drawn");
        if !self.stale || (self.app.blank && self.blank_drawn && !self.wiped) {
            return Ok(());
        }
        self.blank_drawn = self.app.blank;
        if std::mem::take(&mut self.wiped) {
            self.terminal.clear()?;
        }
        let (app, look) = (&self.app, self.look);
        let mut report = app.report;
        self.terminal.draw(|frame| report = ui::draw(app, look, frame))?;
        self.stale = false;
        if report != self.app.report {
            // More rows fit than were known when they were read: the next frame shows them.
            let effects = self.app.update(Msg::Drawn(report));
            self.stale = !effects.is_empty();
            self.carry_out(effects);
        }
        Ok(())
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut waiting: VecDeque<Effect> = effects.into();
        // A key may come before the next look around: nothing is read or handed out any more where a login was taken away.
        let mut here = None;
        while let Some(effect) = waiting.pop_front() {
            let reads = matches!(effect, Effect::Ask(..) | Effect::WriteReport(..) | Effect::WriteActions(..));
            if reads && !*here.get_or_insert_with(|| self.still_here()) {
                continue;
            }
            if matches!(effect, Effect::Do(..)) {
                here = None;
            }
            let Some(msg) = self.interpret(effect) else { continue };
            // What follows from an answer comes before what else was asked, so that a record is read before its form opens.
            for effect in self.app.update(msg).into_iter().rev() {
                waiting.push_front(effect);
            }
        }
        self.move_on();
    }

    /// What is read from here on is as it stands now. Nothing is lost where SQLite cannot end a moment: whatever is wrong with
    /// the file, the next question says.
    fn move_on(&self) {
        let _ = self.store.move_on();
    }

    fn interpret(&mut self, effect: Effect) -> Option<Msg> {
        match effect {
            // Pages of figures show no child's record, so that nothing is written down about them.
            Effect::Ask(For::Insight, query) => self.begin_to_count(query),
            Effect::Ask(purpose, query) => {
                // All that one key asks for is read as of one moment; where that fails the answer will say why.
                let _ = self.store.stand_still();
                let viewer = self.clock.viewer(self.actor.person);
                let mut answer = answers::answer(&self.store, &mut self.library, &query, &viewer);
                // Coming back to what was left open below is no other look.
                if let Ok(found) = &answer
                    && !matches!(purpose, For::Record(Then::Again) | For::AlertAgain)
                {
                    let looking = Looking { store: &self.store, library: &mut self.library, actor: &self.actor, now: self.clock.now() };
                    if let Err(unwritten) = self.witness.note_answer(looking, &query, found) {
                        answer = Err(unwritten);
                    }
                }
                if purpose == For::Header {
                    // Without a framework there is nothing to show but how to choose one; and somebody may have adopted a new
                    // version meanwhile, which the next cycle is opened under.
                    self.app.framework = self.library.current(self.store.reading()).ok();
                }
                // Being turned away is written down; what the program itself reads again is nobody's asking.
                if let Err(Some(sealed)) = answer.as_ref().map_err(StoreError::withheld)
                    && !matches!(purpose, For::Record(Then::Again) | For::AlertAgain | For::History | For::PanelItem)
                {
                    self.move_on();
                    // Where that cannot be written now, the review stays withheld all the same.
                    let _ = clerk::asked_while_recused(&mut self.store, &self.actor, self.clock.now(), sealed);
                    self.seen_version = self.store.data_version().unwrap_or(self.seen_version);
                }
                Some(match answer {
                    Ok(answer) => Msg::Answered(purpose, Box::new(answer)),
                    // A database without a framework has empty lists, which is no trouble.
                    Err(StoreError::Refused(_)) if !self.app.overview.started && purpose != For::Header => return None,
                    Err(error) => Msg::Unanswered(purpose, error.to_string()),
                })
            }
            Effect::Do(deed, after) => {
                self.move_on();
                if let Deed::Privacy(PrivacyDeed::CarryOut { disposal }) = *deed {
                    return Some(self.begin_to_erase(disposal, after));
                }
                let now = self.clock.now();
                if let Deed::Reveal { why, .. } = &*deed {
                    self.witness.was_told(why);
                }
                let result = clerk::perform(&mut self.store, &mut self.library, &self.actor, now, *deed);
                Some(self.came_to(after, result))
            }
            Effect::KeepDraft(draft) => {
                if let Some(drafts) = &self.drafts {
                    drafts.keep(draft);
                }
                None
            }
            Effect::DropDraft { key, session } => {
                if let Some(drafts) = &self.drafts {
                    drafts.drop_draft(key, session);
                }
                None
            }
            Effect::WriteReport(id, name) => Some(self.write_report(id, &name)),
            Effect::WriteActions(filter, typed, name) => Some(self.write_actions(&filter, &typed, &name)),
            Effect::Redraw => {
                let result = self.terminal.clear();
                self.stale = true;
                result.err().map(|error| Msg::DraftTrouble(format!("The screen could not be cleared: {error}")))
            }
            Effect::Ring => {
                self.rings = self.bell;
                None
            }
            Effect::MeetStored => Some(Msg::MeetStored),
            Effect::FlushInput => {
                self.flush = true;
                None
            }
            Effect::Quit => {
                self.over = true;
                None
            }
        }
    }
}
