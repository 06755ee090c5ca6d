//! One review: its steps, its answers, and the rules by which it moves from allocated to finalised.
//!
//! `facts` says what a rule is shown; `booked` what was arranged for the next step; `steps` keeps the order of the steps (M04, M05, M15);
//! `gate` says what is still missing; `look_back` how far a review looks (F02); `submit` makes the original judgement stand for good.

mod booked;
mod facts;
mod gate;
mod look_back;
mod step_checks;
mod steps;
mod submit;

pub use booked::{Booked, bookable, booked, booked_by, says_when, time_in};
pub use facts::*;
pub use gate::{Missing, Section, area_misses_something, gate, stands_on, tension};
pub use look_back::{look_further, looks_back_to};
pub use step_checks::check_fields;
pub use steps::{PANEL_DECIDES, next_step, record_step, sum_of};
pub use submit::{judgement, noted, submit};
