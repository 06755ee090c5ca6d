//! What was measured, beside what was aimed at.

/// One figure.
struct Figure {
    reviews: u32,
    name: &'static str,
    unit: &'static str,
    value: f64,
    aim: Option<f64>,
}

/// All figures, in the order they were measured.
#[derive(Default)]
pub struct Figures(Vec<Figure>);

impl Figures {
    /// Notes a figure with its aim: the most it should be.
    pub fn note(&mut self, reviews: u32, name: &'static str, unit: &'static str, value: f64, aim: Option<f64>) {
        eprintln!("  {reviews:>7}  {name}: {} {unit}", shown(value));
        self.0.push(Figure { reviews, name, unit, value, aim });
    }

    /// Prints the table, then a JSON line a figure.
    pub fn print(&self) {
        println!("\n{:>8}  {:<44} {:>10} {:>10}  {:<12} met", "reviews", "what", "measured", "aim", "unit");
        for figure in &self.0 {
            let aim = figure.aim.map(shown).unwrap_or_default();
            let met = figure.aim.map_or("", |aim| if figure.value <= aim { "yes" } else { "NO" });
            println!("{:>8}  {:<44} {:>10} {aim:>10}  {:<12} {met}", figure.reviews, figure.name, shown(figure.value), figure.unit);
        }
        println!();
        for figure in &self.0 {
            let line = serde_json::json!({
                "figure": figure.name,
                "reviews": figure.reviews,
                "value": (figure.value * 1e4).round() / 1e4,
                "unit": figure.unit,
                "aim": figure.aim,
                "met": figure.aim.map(|aim| figure.value <= aim),
            });
            println!("{line}");
        }
    }
}

fn shown(value: f64) -> String {
    if value >= 100.0 { format!("{value:.0}") } else { format!("{value:.3}") }
}

/// The value below which this share of the values lies.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = ((sorted.len() as f64 - 1.0) * share).round() as usize;
    sorted.get(at).copied().unwrap_or(f64::NAN)
}

/// The mean.
pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
