//! Who looked at what, a screen that nobody sits at, who else is here, and what is kept and erased.

mod erased;
mod erased_card;
mod erased_cli;
mod idle;
mod looks;
mod looks_cli;
mod present;
mod second_person;
mod sweeping;
mod walks;
mod withdrawn;
