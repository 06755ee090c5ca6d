//! Facts of the five frameworks that are data, each named after its rule.

mod central_bedfordshire;
mod merton;
mod quarterly_learning;
mod sandwell;
mod sefton;

use closeloop::domain::framework::{Framework, Register, ReportKind};

fn register(framework: &Framework, key: &str) -> Register {
    framework.registers.iter().find(|register| register.key == key).unwrap().clone()
}

fn report(framework: &Framework, key: &str) -> ReportKind {
    framework.reports.iter().find(|report| report.key == key).unwrap().clone()
}
