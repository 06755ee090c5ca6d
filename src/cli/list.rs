//! `closeloop list`: the lists of the workstation for scripts, screen readers and pipes.

use super::context::{Context, Desk};
use super::list_plain::{self, Said};
use super::list_registers;
use super::{Done, Failure, Streams};
use crate::domain::count::counted;
use crate::domain::filter::Filter;
use crate::domain::id::CycleId;
use crate::domain::interest::WITHHELD;
use crate::domain::query::{Answered, From, ListRow, Page, Query, QueueSort, ReportFilter, Viewer, Window};
use clap::{Args, ValueEnum};
use serde::Serialize;

/// Print a list: the queue, the panel's cases, alerts, actions, people, registers or the entries of one, a cycle's plan, reports, what is looked at again, practice alerts by month.
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Which list.
    what: What,
    /// Only what matches, as typed after `/` in the workstation: words and fields (`worker:carter cycle:2026-11 late`).
    #[arg(long, value_name = "EXPR", default_value = "")]
    filter: String,
    /// Of which register, by its key (for `entries`); `list registers` names them.
    #[arg(long, value_name = "KEY")]
    register: Option<String>,
    /// Month by month instead of one by one (for `entries`).
    #[arg(long)]
    months: bool,
    /// Who is behind with what the register expects of each person (for `entries`).
    #[arg(long, conflicts_with = "months")]
    behind: bool,
    /// Of which cycle the notices or the plan are (2026-11); by default the one under way.
    #[arg(long, value_name = "CYCLE")]
    cycle: Option<String>,
    /// Over how many months back, this one included (for `practice-alerts`); 13 where it is not said.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=120))]
    over: Option<u32>,
    /// As one JSON array.
    #[arg(long, conflicts_with = "plain")]
    json: bool,
    /// One line for each record, in words, for screen readers.
    #[arg(long)]
    plain: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum What {
    /// Reviews with something left to do.
    Queue,
    /// What waits for the panel.
    Panel,
    /// Alerts.
    Alerts,
    /// Actions.
    Actions,
    /// People.
    People,
    /// Registers of other activity, with how many entries this year and when the next is due.
    Registers,
    /// Entries of a register, newest first: those of this year unless the filter says `all`.
    Entries,
    /// Who hears of a cycle's reviews beforehand, and who was told.
    Notices,
    /// The improvement plan of a cycle: wider actions, training, concerns, where it was presented.
    Plan,
    /// What was audited and is looked at again: areas and cases, due, planned and done.
    Revisits,
    /// Reports: those due next, then every version that was built. The columns: ref, cycle, kind, stands, due, counted on, presented
    /// last to. Its filter knows words and `kind:`, `cycle:`, `stands:` (build, draft, approved, published, corrected).
    Reports,
    /// Disputes, practice alerts and alerts of good practice, counted by month, service and team.
    PracticeAlerts,
}

/// Months counted where nobody says: a year, and the same month a year ago.
const MONTHS: u32 = 13;

/// Rows read at once.
const PAGE: usize = 500;

pub(super) fn run(context: &Context, args: &ListArgs, streams: &mut Streams<'_>) -> Done {
    // Reports have fields of their own.
    let (of_reports, (filter, problems)) = match args.what {
        What::Reports => {
            let (of_reports, problems) = ReportFilter::parse(&args.filter);
            (of_reports, (Filter::default(), problems))
        }
        _ => (ReportFilter::default(), Filter::parse(&args.filter)),
    };
    if !problems.is_empty() {
        return Err(Failure::Usage(problems.join(" ")));
    }
    let of_entries = args.register.is_some() || args.months || args.behind;
    if of_entries != matches!(args.what, What::Entries) {
        return Err(Failure::Usage(match of_entries {
            true => "--register, --months and --behind belong to `closeloop list entries`.".to_string(),
            false => "Say of which register: `closeloop list entries --register KEY`; `closeloop list registers` names them.".to_string(),
        }));
    }
    let mut desk = context.desk()?;
    let viewer = desk.viewer()?;
    let form = match (args.json, args.plain) {
        (true, _) => Form::Json,
        (_, true) => Form::Plain,
        _ => Form::Table,
    };
    let mut list = List { desk: &mut desk, viewer, filter, form, streams, written: 0 };
    if args.cycle.is_some() && !matches!(args.what, What::Notices | What::Plan) {
        return Err(Failure::Usage("--cycle goes with notices and plan; other lists take --filter cycle:2026-11.".into()));
    }
    if args.over.is_some() && !matches!(args.what, What::PracticeAlerts) {
        return Err(Failure::Usage("--over goes with practice-alerts: over how many months they are counted.".into()));
    }
    match args.what {
        What::Notices => list.notices(args.cycle.as_deref()),
        What::Plan => list.plan(args.cycle.as_deref()),
        What::Revisits if !list.filter.is_empty() => Err(Failure::Usage("The list of revisits takes no filter.".into())),
        What::Revisits => {
            if let Answered::Revisits(rows) = list.desk.ask(&Query::Revisits)? {
                list.rows(&rows)?;
            }
            list.end()
        }
        What::Reports => {
            if let Answered::Reports(rows) = list.desk.ask(&Query::Reports)? {
                list.rows(&rows.into_iter().filter(|row| of_reports.fits(row)).collect::<Vec<_>>())?;
            }
            list.end()
        }
        What::PracticeAlerts if !list.filter.is_empty() => Err(Failure::Usage("The counts of practice alerts take no filter.".into())),
        What::PracticeAlerts => {
            let query = Query::PracticeAlerts(args.over.unwrap_or(MONTHS));
            if let Answered::PracticeAlerts(rows) = list.desk.ask(&query)? {
                list.rows(&rows)?;
            }
            list.end()
        }
        What::Queue => list.all(QueueSort::Due, Query::Queue, |answered| match answered {
            Answered::Queue(page) => Some(page),
            _ => None,
        }),
        What::Panel => list.all((), Query::Panel, |answered| match answered {
            Answered::Panel(page) => Some(page),
            _ => None,
        }),
        What::Alerts => list.all((), Query::Alerts, |answered| match answered {
            Answered::Alerts(page) => Some(page),
            _ => None,
        }),
        What::Actions => list.all((), Query::Actions, |answered| match answered {
            Answered::Actions(page) => Some(page),
            _ => None,
        }),
        What::Registers if !list.filter.is_empty() => Err(Failure::Usage("The list of registers takes no filter.".into())),
        What::Entries if !list.filter.is_empty() && (args.months || args.behind) => {
            Err(Failure::Usage("--months and --behind take no filter.".into()))
        }
        What::Registers => {
            let rows = match list.desk.ask(&Query::Registers)? {
                Answered::Registers(rows) => rows,
                _ => Vec::new(),
            };
            list.rows(&rows)?;
            list.end()
        }
        What::Entries => {
            let key = args.register.clone().unwrap_or_default();
            let detail = list_registers::find(list.desk, &key)?;
            if args.months {
                list_registers::months(&detail, args.json, list.streams)
            } else if args.behind {
                list_registers::behind(&detail, args.json, list.streams)
            } else {
                list.all(
                    (),
                    |window| Query::Entries(key.clone(), window),
                    |answered| match answered {
                        Answered::Entries(page) => Some(page),
                        _ => None,
                    },
                )
            }
        }
        What::People => list.all((), Query::People, |answered| match answered {
            Answered::People(page) => Some(page),
            _ => None,
        }),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Plain,
    Table,
}

struct List<'a, 'b> {
    desk: &'a mut Desk,
    viewer: Viewer,
    filter: Filter,
    form: Form,
    streams: &'a mut Streams<'b>,
    written: usize,
}

impl List<'_, '_> {
    /// Writes every row, page by page, so that a long list costs no more memory than a short one.
    fn all<S: Copy, R: ListRow + Serialize + Said>(
        &mut self,
        sort: S,
        query: impl Fn(Window<S>) -> Query,
        page_of: impl Fn(Answered) -> Option<Page<R>>,
    ) -> Done {
        let mut from = From::Start;
        loop {
            let window = Window { filter: self.filter.clone(), sort, reversed: false, from, limit: PAGE };
            let answered = self.desk.ask(&query(window))?;
            let Some(page) = page_of(answered) else { break };
            let next = page.rows.last().map(ListRow::key);
            self.rows(&page.rows)?;
            match next.filter(|_| page.more_after) {
                Some(key) => from = From::After(key),
                None => break,
            }
        }
        self.end()
    }

    /// The cycle that is meant: the one named, else the one under way. Neither of its lists takes a filter.
    fn cycle(&self, reference: Option<&str>, list: &str) -> Result<CycleId, Failure> {
        let reading = self.desk.store.reading();
        let cycle = match reference {
            Some(reference) => reading.cycle_by_reference(reference)?,
            None => reading.current_cycle(self.viewer.today)?,
        };
        let Some(cycle) = cycle else {
            let which = reference.map_or("No cycle is under way.".to_string(), |reference| format!("There is no cycle {reference}."));
            return Err(Failure::Said(format!("{which} `closeloop cycle list` shows them.")));
        };
        if !self.filter.is_empty() {
            return Err(Failure::Usage(format!("The {list} takes no filter.")));
        }
        Ok(cycle)
    }

    /// Writes the improvement plan of a cycle, row by row. M20, F13.
    fn plan(&mut self, reference: Option<&str>) -> Done {
        let cycle = self.cycle(reference, "plan")?;
        if let Answered::Plan(detail) = self.desk.ask(&Query::Plan(cycle))? {
            self.rows(&detail.rows)?;
        }
        self.end()
    }

    /// Writes the notices of a cycle, review by review. F04.
    fn notices(&mut self, reference: Option<&str>) -> Done {
        let cycle = self.cycle(reference, "list of notices")?;
        if let Answered::Cycle(detail) = self.desk.ask(&Query::Cycle(cycle))? {
            self.rows(&detail.notices)?;
        }
        self.end()
    }

    /// Ends the list: the bracket of its JSON, or a word where there was nothing.
    fn end(&mut self) -> Done {
        match (self.form, self.written) {
            (Form::Json, 0) => writeln!(self.streams.out, "[]")?,
            (Form::Json, _) => writeln!(self.streams.out, "\n]")?,
            (_, 0) => writeln!(self.streams.err, "Nothing matches.")?,
            _ => {}
        }
        if self.written == 0 && !self.filter.is_empty() {
            let framework = self.desk.library.current(self.desk.store.reading())?;
            for meant in self.filter.perhaps_meant(&framework) {
                writeln!(self.streams.err, "{meant}")?;
            }
        }
        // Said whatever the list and the filter: where it was said only sometimes, it would tell of what is withheld.
        match self.desk.store.reading().withheld(&self.viewer)? {
            0 => {}
            n => writeln!(self.streams.err, "{} {WITHHELD}.", counted(n, "review", "reviews"))?,
        }
        Ok(())
    }

    fn rows<R: Serialize + Said>(&mut self, rows: &[R]) -> Done {
        for row in rows {
            match self.form {
                Form::Json => {
                    let before = if self.written == 0 { "[\n" } else { ",\n" };
                    let object = self.streams.out.in_json(serde_json::to_string(row)?);
                    write!(self.streams.out, "{before}  {object}")?;
                }
                Form::Plain => writeln!(self.streams.out, "{}", row.sentence(&self.viewer))?,
                Form::Table => writeln!(self.streams.out, "{}", list_plain::columns(&row.cells(&self.viewer)))?,
            }
            self.written += 1;
        }
        Ok(())
    }
}
