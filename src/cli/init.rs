//! `closeloop init`.

use super::context::Context;
use super::{Done, Failure, Streams};
use crate::domain::deed::Deed;
use crate::intake::holidays;
use crate::runtime::clerk;
use crate::runtime::clock::Clock;
use crate::runtime::library::Library;
use crate::store::Store;
use clap::Args;

/// Start a database on a framework.
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// Which framework; see `closeloop framework list`.
    #[arg(long, value_name = "ID")]
    framework: String,
}

pub(super) fn run(context: &Context, args: &InitArgs, streams: &mut Streams<'_>) -> Done {
    let catalog = context.catalog(streams)?;
    let framework = catalog.framework(&args.framework)?;
    let Some(text) = catalog.text(&args.framework).map(str::to_string) else {
        return Err(Failure::Said(format!("The framework {} has no text.", args.framework)));
    };
    let holidays = holidays::built_in()?;
    let deed = Deed::Start { framework: framework.id.clone(), version: framework.version, text, holidays };
    let said = if context.db.exists() {
        let mut desk = context.desk()?;
        if let Some(chosen) = desk.store.reading().setting("framework")?
            && chosen.split('@').next() != Some(framework.id.as_str())
        {
            return Err(Failure::Said(format!(
                "{} runs on the framework {chosen} already. Start another database with --db FILE.",
                context.db.display()
            )));
        }
        desk.perform(deed)?.said
    } else {
        let actor = context.founder()?;
        context.make_folder(&context.db)?;
        let mut store = Store::create(&context.db)?;
        clerk::perform(&mut store, &mut Library::default(), &actor, Clock::System.now(), deed)?.said
    };
    writeln!(streams.out, "{said}: {}", context.db.display())?;
    writeln!(streams.err, "Next: closeloop import people FILE, then closeloop import annex-a FILE.")?;
    Ok(())
}
