//! Who somebody is: by the kernel, by the line of a service account's key, and by nothing that they say themselves.

use closeloop::runtime::identity::claimed;

/// What --as says, the service account of the database, the user of the process, whether the database is theirs, and what comes of it.
type Claim = (Option<&'static str>, Option<&'static str>, Option<&'static str>, bool, Result<&'static str, &'static str>);

#[test]
fn as_is_honoured_for_the_service_account_and_for_nobody_else() {
    let table: [Claim; 11] = [
        (Some("amina.k"), Some("closeloop"), Some("closeloop"), true, Ok("amina.k")),
        (Some("amina.k"), Some("closeloop"), Some("closeloop"), false, Err("works for closeloop alone")),
        (Some("amina.k"), Some("closeloop"), Some("tara.m"), true, Err("works for closeloop alone")),
        (Some("amina.k"), Some("closeloop"), Some("tara.m"), false, Err("works for closeloop alone")),
        (Some("amina.k"), Some("closeloop"), None, true, Err("works for closeloop alone")),
        (Some("amina.k"), None, Some("closeloop"), true, Err("works under their own login")),
        (Some("tara.m"), None, Some("tara.m"), true, Err("works under their own login")),
        (None, Some("closeloop"), Some("closeloop"), true, Err("it is nobody")),
        (None, Some("closeloop"), Some("tara.m"), false, Ok("tara.m")),
        (None, None, Some("tara.m"), false, Ok("tara.m")),
        (None, None, None, false, Err("does not say who you are")),
    ];
    for (asked, service, user, owns, expected) in table {
        match (claimed(asked, service, user, owns), expected) {
            (Ok(login), Ok(wanted)) => assert_eq!(login, wanted),
            (Err(refused), Err(said)) => assert!(refused.to_string().contains(said) && !refused.remedy.is_empty(), "{refused}"),
            (found, wanted) => panic!("{asked:?} {service:?} {user:?} {owns}: {found:?}, not {wanted:?}"),
        }
    }
}

#[test]
fn t43_root_is_told_how_to_work_as_somebody_who_is_listed() {
    use closeloop::runtime::access::root_is_nobody;
    for (service, command) in
        [(Some("closeloop"), "`runuser -u closeloop -- closeloop --as LOGIN"), (None, "`runuser -u LOGIN -g GROUP -- closeloop")]
    {
        let said = root_is_nobody(service).to_string();
        assert!(said.starts_with("root keeps this machine and is nobody") && said.contains(command), "{said}");
    }
    // And that is what root hears, where somebody has a login; nobody else does.
    let world = crate::support::world::World::ready();
    let said = |login| closeloop::runtime::identity::actor(world.store.reading(), login, world.today()).unwrap_err().to_string();
    assert!(said("root").contains("runuser -u LOGIN -g GROUP"), "{}", said("root"));
    assert!(said("who.ever").contains("Ask the Insights team to add you"), "{}", said("who.ever"));
}

#[test]
fn the_environment_is_asked_for_nothing() {
    let source = include_str!("../../src/runtime/identity.rs");
    assert!(!source.contains("env::"), "whoever has a login could write anybody's name there");
    let login = closeloop::runtime::identity::login();
    let uid = rustix::process::getuid().as_raw();
    let passwd = std::fs::read_to_string("/etc/passwd").unwrap();
    let own = passwd.lines().map(|line| line.split(':').collect::<Vec<_>>()).find(|line| line[2] == uid.to_string());
    assert_eq!(login.as_deref(), own.map(|line| line[0]));
}
