//! Encryption against a server that nobody here wrote (aiosmtpd): only a certificate that is trusted is spoken to, and nothing is
//! ever said in the open instead. Certificates last for a hundred years; their keys lie open and are worth nothing.

use super::others::{Process, spooled};
use crate::support::post::settings;
use crate::support::world::World;
use closeloop::domain::outbox::{Security, Server, Settings, TroubleKind, Way};
use closeloop::runtime::post::{Office, Round};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/mail").join(name)
}

/// What becomes of the six messages with a server like this one and settings like these; none where there is no such server.
fn sends(arguments: &[&str], certificate: &str, host: &str, security: Security, root: Option<&str>) -> Option<(Round, usize)> {
    let mut world = World::alarmed();
    let spool = world.folder().join("spool");
    std::fs::create_dir(&spool).unwrap();
    let (chain, key) = (fixture(&format!("{certificate}.pem")), fixture(&format!("{certificate}.key")));
    let chain = ["--certificate", chain.to_str().unwrap(), key.to_str().unwrap()];
    let all: Vec<&str> =
        arguments.iter().copied().chain(if arguments.is_empty() { None } else { Some(chain) }.into_iter().flatten()).collect();
    let server = Process::aiosmtpd(&spool, 0, &all)?;
    let password = world.folder().join("password");
    std::fs::write(&password, "s e;cret\n").unwrap();
    std::fs::set_permissions(&password, std::fs::Permissions::from_mode(0o600)).unwrap();
    let login = arguments.contains(&"--login").then(|| ("closeloop".to_string(), password));
    let way = Way::Server(Server { host: host.into(), port: server.port, security, root: root.map(fixture), login });
    let office = Office::open(&Settings { way, ..settings(0) }, false).unwrap();
    let round = world.try_send(&office).unwrap();
    world.assert_verified();
    Some((round, spooled(&spool).len()))
}

#[track_caller]
fn arrives(sent: Option<(Round, usize)>) {
    let Some((round, spooled)) = sent else { return };
    assert_eq!((round.sent, spooled), (6, 6), "{round:?}");
}

#[track_caller]
fn refused(sent: Option<(Round, usize)>, kind: TroubleKind, said: &str) {
    let Some((round, spooled)) = sent else { return };
    assert_eq!((round.sent, round.put_off, spooled), (0, 5, 0), "{round:?}");
    assert_eq!(round.not_sent[0].1.kind, kind, "{round:?}");
    assert!(round.not_sent[0].1.said.contains(said), "{round:?}");
}

#[test]
fn a_certificate_of_a_trusted_authority_is_spoken_to() {
    arrives(sends(&["--starttls"], "server", "localhost", Security::StartTls, Some("ca.pem")));
    arrives(sends(&["--tls"], "server", "localhost", Security::Tls, Some("ca.pem")));
    arrives(sends(&["--starttls", "--login", "closeloop", "s e;cret"], "server", "localhost", Security::StartTls, Some("ca.pem")));
}

#[test]
fn a_certificate_that_vouches_for_itself_is_spoken_to_only_where_the_settings_name_it() {
    arrives(sends(&["--starttls"], "self", "localhost", Security::StartTls, Some("self.pem")));
    for root in [None, Some("ca.pem")] {
        refused(sends(&["--starttls"], "self", "localhost", Security::StartTls, root), TroubleKind::NotTrusted, "certificate");
        refused(sends(&["--tls"], "self", "localhost", Security::Tls, root), TroubleKind::NotTrusted, "certificate");
    }
}

#[test]
fn a_certificate_of_another_name_is_not_spoken_to() {
    refused(sends(&["--starttls"], "server", "127.0.0.1", Security::StartTls, Some("ca.pem")), TroubleKind::NotTrusted, "certificate");
}

#[test]
fn a_server_without_encryption_is_told_nothing() {
    refused(sends(&[], "server", "localhost", Security::StartTls, Some("ca.pem")), TroubleKind::NotTrusted, "no encryption");
}

#[test]
fn a_wrong_password_is_said_and_not_repeated() {
    let sent = sends(&["--starttls", "--login", "closeloop", "another"], "server", "localhost", Security::StartTls, Some("ca.pem"));
    refused(sent, TroubleKind::Turned, "user or password");
}

#[test]
fn a_file_of_certificates_that_holds_none_is_found_before_anything_is_tried() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("root.pem");
    let wanted = |path: PathBuf| {
        let server = Server { host: "localhost".into(), port: 1, security: Security::Tls, root: Some(path), login: None };
        Office::open(&Settings { way: Way::Server(server), ..settings(0) }, false).err().unwrap()
    };
    assert!(wanted(path.clone()).contains("cannot be read"), "{}", wanted(path.clone()));
    for text in ["", "no certificate\n", "-----BEGIN CERTIFICATE-----\n!!!\n-----END CERTIFICATE-----\n"] {
        std::fs::write(&path, text).unwrap();
        assert!(wanted(path.clone()).contains("root.pem"), "{text}: {}", wanted(path.clone()));
    }
}
