//! The made-up council with addresses, an alert in it, and a way to send what is queued.

use super::council::{file, people};
use super::smtp::Smtp;
use super::world::World;
use closeloop::domain::deed::{Actor, Deed};
use closeloop::domain::id::AlertId;
use closeloop::domain::intake::PersonRow;
use closeloop::domain::outbox::{Security, Server, Settings, Way};
use closeloop::domain::query::MailStand;
use closeloop::runtime::clock::Clock;
use closeloop::runtime::post::{Office, PostError, Round, send_due};

/// The address of somebody of the council.
pub fn address(name: &str) -> String {
    format!("{}@larkmoor.example", name.to_lowercase().replace(' ', "."))
}

/// Settings that send to a server on this machine, in the open.
pub fn settings(port: u16) -> Settings {
    let server = Server { host: "127.0.0.1".into(), port, security: Security::None, root: None, login: None };
    Settings { from: "Insights <insights@larkmoor.example>".into(), way: Way::Server(server), texts: None }
}

pub fn office(port: u16) -> Office {
    Office::open(&settings(port), false).unwrap()
}

impl World {
    /// The ready council, everybody with an address.
    pub fn with_addresses() -> World {
        let mut world = World::ready();
        world.gives_addresses(|row| address(&row.name));
        world
    }

    /// Imports the people once more with these addresses.
    pub fn gives_addresses(&mut self, address: impl Fn(&PersonRow) -> String) {
        let rows = people().into_iter().map(|row| PersonRow { email: Some(address(&row)), ..row }).collect();
        self.do_("Amina Khan", Deed::ImportPeople { rows, file: file("people.csv", 'c') });
    }

    /// An alert opened by the reviewer's grade, at noon on the 12th.
    pub fn alarmed() -> World {
        let mut world = World::with_addresses();
        world.through_as("CR-0001", "completed", 1);
        world
    }

    /// One round as a process of its own would do it.
    pub fn try_send(&mut self, office: &Office) -> Result<Round, PostError> {
        let actor = Actor::by_itself("fedcba9876543210".into());
        send_due(&mut self.store, &mut self.library, &actor, Clock::Fixed(self.now), office, None, &|| true)
    }

    #[track_caller]
    pub fn send(&mut self, server: &Smtp) -> Round {
        self.try_send(&office(server.port)).unwrap()
    }

    /// Where the mail to each addressee of the first alert stands.
    pub fn mail(&self) -> Vec<MailStand> {
        let reading = self.store.reading();
        let alert = reading.alert(AlertId(1)).unwrap().unwrap();
        reading.mail_of_alert(&alert).unwrap().into_iter().map(|row| row.stand).collect()
    }

    /// The same in words.
    pub fn mail_says(&self) -> Vec<String> {
        self.mail().iter().map(|stand| stand.say(true, self.now)).collect()
    }

    /// Who of the first alert is noted as told.
    pub fn told(&self) -> Vec<bool> {
        let alert = self.store.reading().alert(AlertId(1)).unwrap().unwrap();
        alert.addressees.iter().map(|addressee| addressee.told_at.is_some()).collect()
    }
}
