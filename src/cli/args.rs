//! The arguments of the program, as clap reads them. The commands' own are in their files.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// The terminal workstation of a children's services Insights team: from the sample to the closed loop.
///
/// Without a command it opens the workstation.
#[derive(Debug, Parser)]
#[command(name = "closeloop", version, max_term_width = 100)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) globals: Globals,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub(super) struct Globals {
    /// The database (default: closeloop.db in your data folder).
    #[arg(long, value_name = "FILE", env = "CLOSELOOP_DB", global = true)]
    pub(super) db: Option<PathBuf>,
    /// The configuration (default: closeloop/config.toml in your configuration folder).
    #[arg(long, value_name = "FILE", global = true)]
    pub(super) config: Option<PathBuf>,
    /// Draw with ASCII characters only.
    #[arg(long, global = true)]
    pub(super) ascii: bool,
    /// Draw without colours.
    #[arg(long, global = true)]
    pub(super) no_color: bool,
    /// Work as somebody else: on a demo database, or in the line of a service account's key.
    #[arg(long = "as", value_name = "LOGIN", global = true)]
    pub(super) login: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Demo(super::demo::DemoArgs),
    Init(super::init::InitArgs),
    Framework(super::framework::FrameworkArgs),
    Import(super::import::ImportArgs),
    Cycle(super::cycle::CycleArgs),
    List(super::list::ListArgs),
    Show(super::show::ShowArgs),
    Tick(super::tick::TickArgs),
    Looks(super::looks::LooksArgs),
    Dispose(super::dispose::DisposeArgs),
    Check(super::check::CheckArgs),
    Verify(super::verify::VerifyArgs),
    Backup(super::backup::BackupArgs),
    Restore(super::backup::RestoreArgs),
    Export(super::export::ExportArgs),
    Display(super::display::DisplayArgs),
    Panel(super::panel::PanelArgs),
    People(super::people::PeopleArgs),
    Actions(super::actions::ActionsArgs),
    Alert(super::alert::AlertArgs),
    Report(super::report::ReportArgs),
    Keys(super::keys::KeysArgs),
    Completions(super::manual::CompletionsArgs),
    /// Print the manual page.
    Man,
}
