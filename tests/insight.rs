//! Insight: shares and their intervals, charts and what they signal, and what may leave the team.

mod chart;
mod share;
mod suppress;
