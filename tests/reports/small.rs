//! No small count can be worked out from all reports together: every form of every month, quarter and year, added and subtracted.
//!
//! The reckoning here is the test's own: plain elimination with fractions over every sum that is told.

use chrono::{Months, NaiveDate};
use closeloop::domain::id::CycleId;
use closeloop::domain::insight::Cell;
use closeloop::domain::insight::Share;
use closeloop::domain::insight::figures::{AlertFigures, AnswerCounts, FamilyFigures, Figures, QuestionFigures, ThemeFigures};
use closeloop::domain::report::Told;
use closeloop::domain::report::told::{Elsewhere, GradeTally, Kind, Noted, Part, Series, SeriesCycle, Stretches, Tells};
use proptest::prelude::*;

const LIMIT: u32 = 5;

/// Rows in echelon form over the rationals, as whole numbers without a common factor.
#[derive(Default)]
struct Known(Vec<Vec<i128>>);

fn without_factor(row: &mut [i128]) {
    let gcd = row.iter().fold(0_i128, |a, b| {
        let (mut a, mut b) = (a.abs(), b.abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        a
    });
    if gcd > 1 {
        row.iter_mut().for_each(|value| *value /= gcd);
    }
}

impl Known {
    fn left_of(&self, sum: &[i32]) -> Vec<i128> {
        let mut left: Vec<i128> = sum.iter().map(|value| i128::from(*value)).collect();
        for row in &self.0 {
            let at = row.iter().position(|value| *value != 0).unwrap();
            let (a, b) = (row[at], left[at]);
            if b != 0 {
                left.iter_mut().zip(row).for_each(|(value, of)| *value = *value * a - *of * b);
                without_factor(&mut left);
            }
        }
        left
    }

    fn learn(&mut self, sum: &[i32]) {
        let mut left = self.left_of(sum);
        if left.iter().any(|value| *value != 0) {
            without_factor(&mut left);
            self.0.push(left);
            self.0.sort_by_key(|row| row.iter().position(|value| *value != 0));
            // Sorted by their first places, so that one pass from the top reduces.
        }
    }

    fn tells(&self, sum: &[i32]) -> bool {
        self.left_of(sum).iter().all(|value| *value == 0)
    }

    /// A sum that is told; a nought tells each of its parts.
    fn told(&mut self, sum: &[i32], value: i64) {
        self.learn(sum);
        if value == 0 && sum.iter().all(|factor| *factor >= 0) {
            for at in (0..sum.len()).filter(|at| sum[*at] != 0) {
                let one: Vec<i32> = (0..sum.len()).map(|place| i32::from(place == at)).collect();
                self.learn(&one);
            }
        }
    }
}

fn is_small(value: i64) -> bool {
    (1..i64::from(LIMIT)).contains(&value.abs())
}

const PLACES: usize = 2 * 4 * 5;

fn tally(counts: &[u32]) -> GradeTally {
    let mut tally = GradeTally::default();
    for (at, many) in counts.iter().enumerate() {
        let panel = at % 5;
        tally.add(at / 20 == 1, at / 5 % 4, (panel < 4).then_some(panel), *many);
    }
    tally
}

/// The sum over some cycles of the reviews that meet a condition: drawn, own grade, the grade that counts, the panel's.
fn grades(cycles: &[usize], all: usize, which: impl Fn(bool, usize, usize, Option<usize>) -> i32) -> Vec<i32> {
    let mut sum = vec![0; all * PLACES];
    for cycle in cycles {
        for at in 0..PLACES {
            let (own, panel) = (at / 5 % 4, Some(at % 5).filter(|panel| *panel < 4));
            sum[cycle * PLACES + at] = which(at / 20 == 1, own, panel.unwrap_or(own), panel);
        }
    }
    sum
}

fn value(sum: &[i32], counts: &[Vec<u32>]) -> i64 {
    sum.iter().zip(counts.iter().flatten()).map(|(factor, count)| i64::from(*factor) * i64::from(*count)).sum()
}

fn first(month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 4, 1).unwrap() + Months::new(month)
}

/// Mostly small counts: what real cycles are made of.
fn few() -> impl Strategy<Value = u32> {
    prop_oneof![4 => Just(0_u32), 3 => 1..4_u32, 2 => 4..12_u32]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn no_small_count_of_grades_can_be_worked_out_from_the_reports_of_a_year(
        cycles in proptest::collection::vec(proptest::collection::vec(few(), PLACES), 1..7),
    ) {
        let all = cycles.len();
        let series: Vec<SeriesCycle> = cycles.iter().zip(0..).map(|(counts, at)| SeriesCycle {
            id: CycleId(i64::from(at)), title: format!("M{at}"), starts_on: first(at), tally: tally(counts),
        }).collect();
        let mut known = Known::default();
        let mut published = Vec::new();
        for upto in 0..all {
            for before in [Vec::new(), std::mem::take(&mut published)] {
                let told = Series::of(&before, first(upto as u32), &series[..=upto], LIMIT);
                for stretch in &told.stretches {
                    let of: Vec<usize> = stretch.cycles.iter().map(|id| id.0 as usize).collect();
                    let mut say = |sum: Vec<i32>, cell: Cell| {
                        if let Cell::Shown(count) = cell {
                            assert_eq!(i64::from(count), value(&sum, &cycles), "what is told is right");
                            known.told(&sum, i64::from(count));
                        }
                    };
                    say(grades(&of, all, |drawn, _, counts, _| i32::from(drawn && counts < 2)), Cell::Shown(stretch.good.n));
                    say(grades(&of, all, |drawn, _, _, _| i32::from(drawn)), Cell::Shown(stretch.good.of));
                    for grade in 0..4 {
                        say(grades(&of, all, |drawn, own, _, _| i32::from(drawn && own == grade)), stretch.own[grade]);
                        say(grades(&of, all, |drawn, _, counts, _| i32::from(drawn && counts == grade)), stretch.counts[grade]);
                    }
                    say(grades(&of, all, |_, _, _, panel| i32::from(panel.is_some())), stretch.panel[0]);
                    say(grades(&of, all, |_, own, _, panel| i32::from(panel == Some(own))), stretch.panel[1]);
                    say(grades(&of, all, |_, own, _, panel| i32::from(panel.is_some_and(|panel| panel < own))), stretch.panel[2]);
                    say(grades(&of, all, |_, own, _, panel| i32::from(panel.is_some_and(|panel| panel > own))), stretch.panel[3]);
                }
                published = told.stretches;
            }
        }
        let mut spans: Vec<Vec<usize>> = (0..all).map(|cycle| vec![cycle]).collect();
        spans.extend(published.iter().map(|one| one.cycles.iter().map(|id| id.0 as usize).collect()));
        for span in spans {
            for mask in 1..15_usize {
                let of = |grade: usize| mask & (1 << grade) != 0;
                for secret in [
                    grades(&span, all, |drawn, own, _, _| i32::from(drawn && of(own))),
                    grades(&span, all, |drawn, _, counts, _| i32::from(drawn && of(counts))),
                    grades(&span, all, |drawn, own, counts, _| i32::from(drawn) * (i32::from(of(own)) - i32::from(of(counts)))),
                ] {
                    let count = value(&secret, &cycles);
                    prop_assert!(!is_small(count) || !known.tells(&secret), "{count} of grades {mask:b} in {span:?} can be worked out");
                }
            }
            for secret in [
                grades(&span, all, |_, own, _, panel| i32::from(panel == Some(own))),
                grades(&span, all, |_, own, _, panel| i32::from(panel.is_some_and(|panel| panel < own))),
                grades(&span, all, |_, own, _, panel| i32::from(panel.is_some_and(|panel| panel > own))),
            ] {
                prop_assert!(!is_small(value(&secret, &cycles)) || !known.tells(&secret), "what moderation moved in {span:?}");
            }
        }
    }
}

/// One kind in one month: a question's points, a yes-no, families (said, spoken with only, barrier, neither), a theme, alerts (reviewed
/// in time, late, or not to be said; open ones before closed ones).
type Counts = (Vec<u32>, [u32; 4], [u32; 2], [u32; 6]);

fn part(kind: &str, month: u32, counts: &Counts) -> Part {
    let mut points = [0; 11];
    points.iter_mut().zip(&counts.0).for_each(|(point, count)| *point = *count);
    let question = QuestionFigures {
        kind: kind.into(),
        area: "a".into(),
        area_title: "A".into(),
        key: "q".into(),
        text: "Q".into(),
        answers: AnswerCounts { points, ..AnswerCounts::default() },
    };
    let [said, spoken, barrier, neither] = counts.1;
    let family = FamilyFigures { asked_for: said + spoken + barrier + neither, contacted: said + spoken, barrier, said };
    let theme = ThemeFigures {
        key: "t".into(),
        label: "T".into(),
        strength: counts.2[0],
        improve: counts.2[1],
        reviews: counts.2[0] + counts.2[1],
        good_practice: 0,
    };
    let [a, b, c, d, e, f] = counts.3;
    let alerts = AlertFigures {
        opened: a + b + c + d + e + f,
        closed: d + e + f,
        reviewed_in_time: Share::new(a + d, a + b + d + e),
        by_review: [[a, b, c], [d, e, f]],
        ..AlertFigures::default()
    };
    let figures = Figures { questions: vec![question], family, themes: vec![theme], alerts, ..Figures::default() };
    Part { kind: kind.into(), months_from_start: 2026 * 12 + month, figures }
}

/// A report that tells every table.
fn everything(months: u32, kind: Option<&str>) -> Elsewhere {
    let tables = [Kind::Scaled, Kind::Short, Kind::Families, Kind::Themes, Kind::Alerts, Kind::Steps, Kind::Services, Kind::CaseTypes];
    let tells = tables.map(|table| Tells { table, words: Vec::new() }).to_vec();
    Elsewhere { months, kind: kind.map(str::to_string), tells }
}

/// How many places a part has in the test's own reckoning.
const WIDE: usize = 11 + 4 + 2 + 6;

/// Which places of a part a told count is the sum of.
fn means(table: Kind, column: &str) -> Vec<usize> {
    match (table, column) {
        (Kind::Scaled, "answers") => (0..11).collect(),
        (Kind::Scaled, "7 or more") => (7..11).collect(),
        (Kind::Scaled, point) => vec![point.parse().unwrap()],
        (Kind::Families, "asked for") => vec![11, 12, 13, 14],
        (Kind::Families, "spoken with") => vec![11, 12],
        (Kind::Families, "could not be") => vec![13],
        (Kind::Families, "words written down") => vec![11],
        (Kind::Themes, "strength") => vec![15],
        (Kind::Themes, "to improve") => vec![16],
        (Kind::Alerts, "opened") => (17..23).collect(),
        (Kind::Alerts, "closed") => vec![20, 21, 22],
        (Kind::Alerts, "open") => vec![17, 18, 19],
        (Kind::Alerts, "record to be reviewed") => vec![17, 18, 20, 21],
        (Kind::Alerts, "reviewed in time") => vec![17, 20],
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, max_shrink_iters: 20, ..ProptestConfig::default() })]

    #[test]
    fn no_small_count_can_be_worked_out_from_monthly_quarterly_and_yearly_reports_together(
        months in proptest::collection::vec(proptest::collection::vec((
            proptest::collection::vec(few(), 11), proptest::array::uniform4(few()), proptest::array::uniform2(few()), proptest::array::uniform6(few()),
        ), 2), 6),
        under_way in 0..7_u32,
        // Which of the nine reports (three sizes; of all kinds, of the first, of the second) the framework asks for; none: it is not said.
        asked in proptest::option::of(proptest::collection::vec(any::<bool>(), 9)),
    ) {
        let today = first(6 + under_way) - chrono::Duration::days(10);
        let kinds = ["audit", "visit"];
        let all: Vec<(u32, &str, Part)> = months.iter().zip(0..).flat_map(|(counts, month)| {
            kinds.iter().zip(counts).map(move |(kind, counts)| (month, *kind, part(kind, month, counts)))
        }).collect();
        let counts: Vec<Vec<u32>> = months.iter().flatten().map(|one| [one.0.clone(), one.1.to_vec(), one.2.to_vec(), one.3.to_vec()].concat()).collect();
        let mut known = Known::default();
        let of_kinds = [None, Some("audit"), Some("visit")];
        let nine = || [1_u32, 3, 6].into_iter().flat_map(|size| of_kinds.map(|kind| (size, kind)));
        let is_made = |report: &(u32, Option<&str>)| asked.as_ref().is_none_or(|asked| nine().zip(asked).any(|(one, made)| one == *report && *made));
        let others = asked.as_ref().map(|_| nine().filter(is_made).map(|(months, kind)| everything(months, kind)).collect::<Vec<_>>());
        for size in [1_u32, 3, 6] {
            let longer: Vec<u32> = [3, 6].into_iter().filter(|longer| *longer <= size).collect();
            let stretches = Stretches { year_starts_in: 1, shortest: 1, longer, today, others: others.clone() };
            for window in 0..6 / size {
                for kind in of_kinds.into_iter().filter(|kind| is_made(&(size, *kind))) {
                    let within: Vec<usize> = (0..all.len()).filter(|at| all[*at].0 / size == window).collect();
                    let of: Vec<usize> = within.iter().copied().filter(|at| kind.is_none_or(|kind| kind == all[*at].1)).collect();
                    let parts: Vec<Part> = within.iter().map(|at| all[*at].2.clone()).collect();
                    let told = Told::of(&parts, kind, &[], Series::default(), &stretches, LIMIT);
                    for one in told.counts.iter().filter(|one| !matches!(one.table, Kind::Services | Kind::CaseTypes | Kind::Areas)) {
                        let Cell::Shown(count) = one.cell else { continue };
                        let mut sum = vec![0; all.len() * WIDE];
                        for at in &of {
                            if one.table == Kind::Scaled && !one.key.starts_with(all[*at].1) {
                                continue;
                            }
                            means(one.table, &one.column).into_iter().for_each(|place| sum[at * WIDE + place] = 1);
                        }
                        prop_assert_eq!(i64::from(count), value(&sum, &counts), "{:?}", one);
                        known.told(&sum, i64::from(count));
                    }
                }
            }
        }
        for at in 0..all.len() {
            for place in 0..WIDE {
                let secret: Vec<i32> = (0..all.len() * WIDE).map(|here| i32::from(here == at * WIDE + place)).collect();
                let count = value(&secret, &counts);
                prop_assert!(!is_small(count) || !known.tells(&secret), "{} of place {} in part {}", count, place, at);
            }
        }
    }
}

#[test]
fn s28_a_register_of_few_entries_is_not_told_by_the_year_less_its_months() {
    let noted =
        |month: u32, entries: u32| Noted { register: ("r".into(), "R".into()), month, entries, answers: Vec::new(), own_work: false };
    let reports = |months: &[Noted], longer: Vec<u32>, others: Option<Vec<Elsewhere>>| {
        let stretches = Stretches { year_starts_in: 4, shortest: 1, longer, today: first(30), others };
        Told::of(&[], None, months, Series::default(), &stretches, LIMIT).cell(Kind::Registers, "r", "entries")
    };
    let told = |months: &[Noted], longer: Vec<u32>| reports(months, longer, None);
    let year: Vec<Noted> = (0..12).map(|month| noted(month, if month == 4 { 3 } else { 8 })).collect();
    assert_eq!(told(&year[3..4], vec![]), Cell::Shown(8));
    assert_eq!(told(&year[4..5], vec![]), Cell::Small);
    assert_eq!(told(&year, vec![12]), Cell::Beside, "eleven months are told: the year would tell the twelfth");
    // The report of the months counts one kind of review; a register is of none, and is told whole there as well.
    let of = |months: u32, kind: Option<&str>, register: &str| Elsewhere {
        months,
        kind: kind.map(str::to_string),
        tells: vec![Tells { table: Kind::Registers, words: vec![register.into()] }],
    };
    let asked = |monthly: &str| Some(vec![of(1, Some("audit"), monthly), of(12, None, "r")]);
    assert_eq!(reports(&year, vec![12], asked("r")), Cell::Beside);
    assert_eq!(reports(&year, vec![12], asked("another")), Cell::Shown(91), "the months tell of another register");
    let two: Vec<Noted> = (0..12).map(|month| noted(month, if month < 2 { 3 } else { 8 })).collect();
    assert_eq!(told(&two, vec![12]), Cell::Shown(86), "two that are left out come to six together");
}

#[test]
fn what_was_published_of_earlier_cycles_stays_whatever_has_changed_since() {
    let cycle = |at: u32, good: u32, rest: u32| {
        let mut tally = GradeTally::default();
        tally.add(true, 1, None, good);
        tally.add(true, 2, None, rest);
        SeriesCycle { id: CycleId(i64::from(at)), title: format!("M{at}"), starts_on: first(at), tally }
    };
    let before = Series::of(&[], first(0), &[cycle(0, 6, 7)], LIMIT);
    // A review of the first cycle was finished late: told anew, the difference would be its grade.
    let after = Series::of(&before.stretches, first(1), &[cycle(0, 7, 7), cycle(1, 9, 9)], LIMIT);
    assert_eq!(after.stretches[0].good, Share::new(6, 13));
    assert_eq!(after.stretches[1].good, Share::new(9, 18));
    let corrected = |good, rest| Series::of(&before.stretches, first(0), &[cycle(0, good, rest)], LIMIT).stretches[0].good;
    assert_eq!(corrected(7, 7), Share::new(6, 13), "a correction by one stays as published");
    assert_eq!(corrected(11, 12), Share::new(11, 23), "one by many is told");
}

#[test]
fn s28_a_count_is_hidden_for_a_report_that_is_made_and_for_no_other() {
    // Three months of a yes-or-no question: five answers of "no", none, and three, which is too few to tell.
    let answers = [[9, 0, 5], [8, 0, 0], [10, 0, 3]];
    let parts: Vec<Part> = answers
        .iter()
        .zip(0..)
        .map(|([yes, partly, no], month)| {
            let mut part = part("audit", month, &(vec![0; 11], [0; 4], [0; 2], [0; 6]));
            let question = &mut part.figures.questions[0];
            (question.answers.yes, question.answers.partly, question.answers.no) = (*yes, *partly, *no);
            part
        })
        .collect();
    let yes = |others: Option<Vec<Elsewhere>>| {
        let stretches = Stretches { year_starts_in: 1, shortest: 1, longer: vec![3], today: first(30), others };
        Told::of(&parts, None, &[], Series::default(), &stretches, LIMIT).cell(Kind::Short, "audit/q", "yes")
    };
    let of = |months: u32, words: &[&str]| Elsewhere {
        months,
        kind: None,
        tells: vec![Tells { table: Kind::Short, words: words.iter().map(|word| (*word).to_string()).collect() }],
    };
    assert_eq!(yes(None), Cell::Beside, "every report is taken to be made");
    assert_eq!(yes(Some(vec![of(1, &[]), of(3, &[])])), Cell::Beside, "the months are told, and would give the third away");
    assert_eq!(yes(Some(vec![of(3, &[])])), Cell::Shown(27), "nobody is told of the months");
    assert_eq!(yes(Some(vec![of(1, &["voice"]), of(3, &[])])), Cell::Shown(27), "the months tell of other questions");
}
