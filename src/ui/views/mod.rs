//! The views, one file each; each draws what its name says and knows no other.

mod actions;
pub mod alert;
pub mod cycle;
pub mod desk;
pub mod first_run;
mod follows;
pub mod insight;
mod joint;
mod panes;
pub mod plan;
pub mod programme;
pub mod record;
pub mod register;
pub mod registers;
pub mod reports;
mod sections;
pub mod sitting;
mod sitting_item;
mod strips;
mod tracker;
