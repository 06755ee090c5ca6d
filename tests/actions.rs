//! Actions: their life from raised to looked at again, who may do what, many at once, and the tracker that drives them.

mod bulk;
mod deputy;
mod each;
mod extend;
mod groups;
mod leaver;
mod ledger;
mod life;
mod near;
mod older;
mod owner;
mod source;
mod tracker;
mod whole_life;
mod withheld;
pub mod world;
