//! Who may do what and who sees what: by role, by scope, at this moment, in the core and on the screen. T43.

mod command;
mod deeds;
mod finer;
mod finer_year;
mod identity;
mod logins;
mod logins_in_files;
mod matrix;
mod modes;
mod people;
mod profile;
mod scope;
mod screen;
mod session;
mod writing;
