//! `closeloop init`.

use super::context::Context;
use super::{Done, Failure, Streams};
use crate::domain::deed::Deed;
use crate::domain::framework::Framework;
use crate::intake::holidays;
use crate::runtime::clerk;
use crate::runtime::clock::Clock;
use crate::runtime::identity;
use crate::runtime::library::Library;
use crate::store::Store;
use clap::Args;

/// Start a database on a framework.
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// Which framework; see `closeloop framework list`.
    #[arg(long, value_name = "ID")]
    framework: Option<String>,
    /// Every session will run as the account that you are now; the line of each key says who logs in (`--as LOGIN`).
    #[arg(long)]
    service_account: bool,
}

pub(super) fn run(context: &Context, args: &InitArgs, streams: &mut Streams<'_>) -> Done {
    let catalog = context.catalog(streams)?;
    let ids = catalog.ids();
    let Some(wanted) = &args.framework else {
        return Err(Failure::Said(format!(
            "It is not said which framework. Say `closeloop init --framework ID`, where ID is one of: {}. `closeloop framework list` says more.",
            ids.join(", ")
        )));
    };
    // People write the name of a council with a capital.
    let id = ids.into_iter().find(|known| known.eq_ignore_ascii_case(wanted)).unwrap_or(wanted).to_string();
    let framework = catalog.framework(&id)?;
    let Some(text) = catalog.text(&id).map(str::to_string) else {
        return Err(Failure::Said(format!("The framework {id} has no text.")));
    };
    let holidays = holidays::built_in()?;
    let deed = Deed::Start { framework: framework.id.clone(), version: framework.version, text, holidays };
    if args.service_account && context.db.exists() {
        return Err(Failure::Usage(format!(
            "--service-account is said when a database is made, and there is one at {} already. Nothing was changed.",
            context.db.display()
        )));
    }
    let said = if context.db.exists() {
        let mut desk = context.desk()?;
        let chosen = desk.store.reading().setting("framework")?;
        if let Some(chosen) = &chosen {
            refuse_running(context, chosen, &framework)?;
        }
        let said = desk.perform(deed)?.said;
        if let Some(chosen) = chosen {
            writeln!(
                streams.out,
                "{said}; it ran on {chosen} before, and reviews keep the rules they were made under: {}",
                context.db.display()
            )?;
            return Ok(());
        }
        said
    } else {
        let actor = context.founder()?;
        context.make_folder(&context.db, streams)?;
        let mut store = Store::create(&context.db)?;
        let (library, now) = (&mut Library::default(), Clock::System.now());
        let said = clerk::perform(&mut store, library, &actor, now, deed)?.said;
        if args.service_account {
            let deed = Deed::Set { name: identity::SERVICE_ACCOUNT.into(), value: actor.login.clone() };
            clerk::perform(&mut store, library, &actor, now, deed)?;
        }
        said
    };
    writeln!(streams.out, "{said}: {}", context.db.display())?;
    if args.service_account {
        let account = context.founder()?.login;
        writeln!(streams.out, "Every session runs as {account}; nobody works in its name. Say who with --as LOGIN, also now.")?;
    }
    writeln!(streams.err, "Next: closeloop import people FILE, then closeloop import annex-a FILE.")?;
    Ok(())
}

/// Refuses a database that runs already, unless it is on an older version of the same framework.
fn refuse_running(context: &Context, chosen: &str, framework: &Framework) -> Done {
    let db = context.db.display();
    if chosen.split('@').next() != Some(framework.id.as_str()) {
        return Err(Failure::Said(format!(
            "There is a database at {db} already, and it runs on the framework {chosen}. Nothing was changed. Start another with --db FILE."
        )));
    }
    if chosen == format!("{}@{}", framework.id, framework.version) {
        return Err(Failure::Said(format!(
            "There is a database at {db} already, on this framework ({chosen}). Nothing was changed. Open it with: closeloop --db {db}"
        )));
    }
    Ok(())
}
