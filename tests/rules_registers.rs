//! Registers of other activity, the year's programme, and work outside the plan.

mod behind;
mod entries;
mod evidence;
mod extra;
mod looked;
mod year;
