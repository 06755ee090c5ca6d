//! The panel: why a review comes before it, its sittings, what is decided, sealed and refused, and what stands afterwards.

mod agendas;
mod any_order;
mod called_off;
mod comes;
mod decided;
mod kept_back;
mod opened_early;
mod random_share;
mod refused;
mod seats;
pub mod table;
mod verified;
mod walks;
mod withdrawn;
