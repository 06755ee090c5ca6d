//! Insight: shares and their intervals, charts and what they signal, and what may leave the team.

mod cells;
mod chart;
mod counting;
mod figures;
mod one_cycle;
mod scope;
mod share;
mod suppress;
mod themes;
mod times;
