//! What commands share: which database, whose configuration, who acts, and what time it is.

use super::args::{Command, Globals};
use super::{Failure, Streams};
use crate::app::keymap::Keymap;
use crate::config::{Colours, Config};
use crate::domain::access::Right;
use crate::domain::deed::{Actor, Deed};
use crate::domain::framework::Framework;
use crate::domain::id::{AlertId, ReviewId};
use crate::domain::outbox::Way;
use crate::domain::query::Viewer;
use crate::domain::strip::StripOf;
use crate::profiles::Catalog;
use crate::report::paper::Templates;
use crate::runtime::access;
use crate::runtime::clerk::{self, Receipt};
use crate::runtime::clock::Clock;
use crate::runtime::identity;
use crate::runtime::library::Library;
use crate::runtime::shield::{Files, Leave};
use crate::store::{Sealed, Store, StoreError, folder_of};
use crate::surroundings::{Surroundings, Trust};
use crate::ui::theme::{Colour, Look};
use chrono::{DateTime, Utc};
use std::path::PathBuf;
use std::sync::Arc;

/// The files that mail needs to be sent from a session.
fn mail_files(config: &Config) -> impl Iterator<Item = PathBuf> {
    let mail = config.mail.clone();
    let server = mail.as_ref().and_then(|mail| match &mail.way {
        Way::Server(server) => Some(server.clone()),
        Way::Sendmail(_) => None,
    });
    let password = server.as_ref().and_then(|server| server.login.clone()).map(|(_, file)| file);
    [mail.and_then(|mail| mail.texts), server.and_then(|server| server.root), password].into_iter().flatten()
}

/// The colours that a word of the configuration stands for.
fn shown(colours: Colours) -> Colour {
    match colours {
        Colours::Full => Colour::Full,
        Colours::Sixteen => Colour::Sixteen,
        Colours::None => Colour::None,
        Colours::HighContrast => Colour::HighContrast,
    }
}

/// What every command is given.
pub(super) struct Context {
    globals: Globals,
    /// What the environment says.
    pub(super) surroundings: Surroundings,
    pub(super) config: Config,
    /// The database.
    pub(super) db: PathBuf,
    /// It was named, by option, environment or configuration.
    pub(super) db_named: bool,
}

/// An open database with who acts in it and when.
pub(super) struct Desk {
    pub(super) store: Store,
    pub(super) library: Library,
    pub(super) actor: Actor,
    pub(super) clock: Clock,
}

impl Desk {
    /// The framework that new cycles run under.
    pub(super) fn framework(&mut self) -> Result<Arc<Framework>, Failure> {
        Ok(self.library.current(self.store.reading())?)
    }

    /// The person at this terminal as somebody who looks, as far as they see now.
    pub(super) fn viewer(&mut self) -> Result<Viewer, Failure> {
        let viewer = self.clock.viewer(self.actor.person);
        Ok(access::seeing(self.store.reading(), &mut self.library, &viewer)?)
    }

    /// Refuses whoever has no right to something, by their role now.
    pub(super) fn must(&mut self, right: Right) -> Result<(), Failure> {
        let (reading, today) = (self.store.reading(), self.clock.today());
        let (_, access) = access::standing(reading, &mut self.library, &self.actor, today)?;
        Ok(access::must(reading, &mut self.library, &access, right)?)
    }

    /// Does a deed as the person at this terminal.
    pub(super) fn perform(&mut self, deed: Deed) -> Result<Receipt, Failure> {
        Ok(clerk::perform(&mut self.store, &mut self.library, &self.actor, self.clock.now(), deed)?)
    }

    /// Whether a review is open to who asks. Where it is withheld, that they asked is written down; a database that cannot
    /// be written now withholds it all the same.
    pub(super) fn may_see(&mut self, review: ReviewId) -> Result<bool, Failure> {
        let viewer = self.viewer()?;
        match self.store.reading().open_to(review, &viewer) {
            Ok(()) => Ok(true),
            Err(error) if error.withheld().is_some() => {
                let _ = clerk::asked_while_recused(&mut self.store, &self.actor, self.clock.now(), Sealed::Review(review));
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// What a reference of an alert or a dispute stands for. Where who asks may not know that it is there, because its case is
    /// withheld from them or it would tell a grade that is kept back, the answer is that of a reference nobody ever gave.
    pub(super) fn strip(&mut self, typed: &str) -> Result<Option<StripOf>, Failure> {
        let word = typed.trim().to_uppercase();
        let viewer = self.viewer()?;
        if let Some(id) = self.store.reading().drp_by_reference(&word)? {
            if self.store.reading().drp_is_open_to(id, &viewer)? {
                return Ok(Some(StripOf::Drp(id)));
            }
            if self.store.reading().drp_is_open_to(id, &viewer.of_all())? {
                return Ok(None);
            }
            let sealed = Sealed::Strip(StripOf::Drp(id));
            let _ = clerk::asked_while_recused(&mut self.store, &self.actor, self.clock.now(), sealed);
            return Ok(None);
        }
        let Some(id) = word.strip_prefix("AL-").and_then(|digits| digits.parse().ok()).map(AlertId) else { return Ok(None) };
        let Some(alert) = self.store.reading().alert(id)? else { return Ok(None) };
        if matches!(self.store.reading().open_to(alert.review, &viewer), Err(StoreError::Beyond)) {
            return Ok(None);
        }
        let seen = self.may_see(alert.review)? && !self.store.reading().is_alert_kept_back(&alert, &viewer)?;
        Ok(seen.then_some(StripOf::Alert(id)))
    }

    /// Does a deed and takes it back: it is refused whatever it would be refused in earnest.
    pub(super) fn try_out(&mut self, deed: Deed) -> Result<Receipt, Failure> {
        let (library, actor, now) = (&mut self.library, &self.actor, self.clock.now());
        Ok(self.store.try_out(|tx| clerk::perform_in(tx, library, actor, now, deed))?)
    }
}

impl Context {
    pub(super) fn new(globals: Globals, surroundings: Surroundings) -> Result<Context, Failure> {
        let config = Config::open(globals.config.as_deref(), &surroundings)?;
        let named = globals.db.clone().or_else(|| surroundings.db.clone()).or_else(|| config.db.clone());
        let db_named = named.is_some();
        let db = match named {
            Some(path) => path,
            None => (surroundings.data_folder.as_ref().map(|folder| folder.join("closeloop.db")))
                .ok_or_else(|| Failure::Usage("There is no home folder to keep a database in. Name one with --db FILE.".into()))?,
        };
        Ok(Context { globals, surroundings, config, db, db_named })
    }

    /// The frameworks at hand; what is wrong with the council's own is told.
    pub(super) fn catalog(&self, streams: &mut Streams<'_>) -> Result<Catalog, Failure> {
        let catalog = Catalog::open(self.config.frameworks.as_deref());
        for fault in catalog.faults() {
            writeln!(streams.err, "{}", fault.error)?;
        }
        Ok(catalog)
    }

    /// The keys, with the person's own laid over the built-in ones.
    pub(super) fn keymap(&self) -> Result<Keymap, Failure> {
        Keymap::read(&self.config.keys).map_err(|problems| Failure::Said(format!("The keys in the configuration: {}", problems.join(" "))))
    }

    /// How the screen looks: as asked, else as the locale and terminal can.
    pub(super) fn look(&self) -> Look {
        let around = &self.surroundings;
        let able = match around.term.as_deref().unwrap_or_default() {
            "" | "dumb" => Colour::None,
            term if term.contains("256color") || around.all_colours => Colour::Full,
            _ => Colour::Sixteen,
        };
        let colour = if self.globals.no_color || around.no_colour { Colour::None } else { self.config.colour.map_or(able, shown) };
        Look { ascii: self.globals.ascii || self.config.ascii.unwrap_or(!around.utf8), colour }
    }

    /// Opens the database for what the program does by itself, on nobody's behalf.
    pub(super) fn desk_by_itself(&self) -> Result<Desk, Failure> {
        let store = Store::open(&self.db)?;
        let clock = self.clock(store.reading().setting("demo")?.is_some())?;
        let actor = Actor::by_itself(crate::runtime::random::session_name());
        Ok(Desk { store, library: Library::default(), actor, clock })
    }

    /// The machine's clock, or on a demo database the moment that the environment fixes.
    fn clock(&self, demo: bool) -> Result<Clock, Failure> {
        match self.fixed_now()? {
            None => Ok(Clock::System),
            Some(at) if demo => Ok(Clock::Fixed(at)),
            Some(_) => Err(Failure::Usage("CLOSELOOP_NOW is for demo databases only; this one is real. Unset it.".into())),
        }
    }

    /// The moment that `CLOSELOOP_NOW` fixes, if it does.
    pub(super) fn fixed_now(&self) -> Result<Option<DateTime<Utc>>, Failure> {
        let Some(text) = &self.surroundings.now else { return Ok(None) };
        match DateTime::parse_from_rfc3339(text) {
            Ok(at) => Ok(Some(at.with_timezone(&Utc))),
            Err(_) => Err(Failure::Usage(format!("CLOSELOOP_NOW is \u{201c}{text}\u{201d}; write it as 2026-11-19T14:06:00Z."))),
        }
    }

    /// What a run of this command may still do once it is confined. Only a workstation and what is served to guests have files
    /// of their own to keep to: other commands read and write where the person says.
    pub(super) fn leave(&self, command: Option<&Command>) -> Leave {
        let config = &self.config;
        let sendmail = config.mail.as_ref().is_some_and(|mail| matches!(mail.way, Way::Sendmail(_)));
        let folder = folder_of(&self.db);
        let own_files = || [config.frameworks.clone(), config.reports.clone(), Some(folder.to_path_buf())];
        let files = match (self.served() || self.serves_a_workstation(command), command) {
            (true, _) => Some(Files {
                read: Some(own_files().into_iter().flatten().chain(mail_files(config)).collect()),
                write: vec![folder.to_path_buf()],
            }),
            // The workstation writes beside its database, and into the folder that it was started in.
            (false, None) if folder.exists() => Some(Files { read: None, write: vec![folder.to_path_buf(), PathBuf::from(".")] }),
            (false, _) => None,
        };
        Leave { start_programs: sendmail && matches!(command, Some(Command::Tick(_))), network: config.mail.is_some() && !sendmail, files }
    }

    /// Whether this is the workstation of somebody whose key line says who they are (`--as`): with a terminal, and without a request,
    /// nothing else tells them from somebody at a shell of their own.
    pub(super) fn serves_a_workstation(&self, command: Option<&Command>) -> bool {
        command.is_none() && self.globals.login.is_some() && self.surroundings.over_ssh
    }

    /// Whether who asks may use nothing of this machine but what closeloop hands out.
    pub(super) fn served(&self) -> bool {
        self.surroundings.trust == Trust::Guest
    }

    /// Opens the database, finds out who acts, and what time it is.
    pub(super) fn desk(&self) -> Result<Desk, Failure> {
        self.desk_of(Store::open(&self.db)?)
    }

    /// The same for a database that is open already.
    pub(super) fn desk_of(&self, store: Store) -> Result<Desk, Failure> {
        let demo = store.reading().setting("demo")?;
        let clock = self.clock(demo.is_some())?;
        let login = match (&self.globals.login, demo) {
            (Some(login), Some(_)) => login.clone(),
            (None, Some(coordinator)) => coordinator,
            (asked, None) => {
                let found = identity::login_for(store.reading(), &self.db, asked.as_deref());
                found.map_err(|error| if asked.is_some() { Failure::Usage(error.to_string()) } else { error.into() })?
            }
        };
        let actor = identity::actor(store.reading(), &login, clock.today())?;
        // Built-in texts in the place of the council's own would go unnoticed until a board reads them.
        if let Some(folder) = self.config.reports.as_deref().filter(|folder| !folder.is_dir()) {
            let said = "which the configuration names for the texts of reports (`reports`), is not there. Make it, or take the line out.";
            return Err(Failure::Usage(format!("The folder {}, {said}", folder.display())));
        }
        let library = Library::with(Templates::of(self.config.reports.as_deref()));
        Ok(Desk { store, library, actor, clock })
    }

    /// Who acts before there is a database.
    pub(super) fn founder(&self) -> Result<Actor, Failure> {
        let login = os_login()?;
        let session = crate::runtime::random::session_name();
        Ok(Actor { name: login.clone(), login, person: None, role: "coordinator".into(), session })
    }

    /// Makes the folder that the usual database lies in, and says so. A folder that somebody named is theirs to make: a
    /// slip of the pen must not start a second database somewhere else.
    pub(super) fn make_folder(&self, path: &std::path::Path, streams: &mut Streams<'_>) -> Result<(), Failure> {
        let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.exists()) else { return Ok(()) };
        if self.db_named && path == self.db {
            return Ok(());
        }
        std::fs::create_dir_all(folder).map_err(|error| {
            Failure::Said(format!("The folder {} cannot be made: {error}. Name a database elsewhere with --db FILE.", folder.display()))
        })?;
        writeln!(streams.err, "Made the folder {}.", folder.display())?;
        Ok(())
    }
}

fn os_login() -> Result<String, Failure> {
    identity::login().ok_or_else(|| Failure::Said("This machine does not say who you are: the user has no name.".into()))
}

/// A bar on standard error for long work; none where nobody sees it.
pub(super) fn bar(what: &'static str) -> impl FnMut(u64, u64) {
    use std::io::IsTerminal;
    let bar = std::io::stderr().is_terminal().then(|| indicatif::ProgressBar::new(1));
    if let Some(bar) = &bar
        && let Ok(style) = indicatif::ProgressStyle::with_template("{msg} {bar:30} {percent} %")
    {
        bar.set_style(style.progress_chars("=> "));
        bar.set_message(what);
    }
    move |done, total| {
        if let Some(bar) = &bar {
            bar.set_length(total.max(1));
            bar.set_position(done);
            if done >= total {
                bar.finish_and_clear();
            }
        }
    }
}
