//! What people do, key by key, through the real workstation and a real database.

mod alerts;
mod central_bedfordshire;
mod changed_elsewhere;
mod choosing;
mod done_when;
mod drafts;
mod drp;
mod finding;
mod help_and_palette;
mod inadequate;
mod interests;
mod joint;
mod own_framework;
mod panel;
mod people;
mod picking;
mod privacy;
mod quarterly_learning;
mod registers;
mod sample;
mod sandwell;
mod screens;
mod sefton;
mod steps;
mod teams;
mod whole_cycle;
