//! Two hidden counts beside their sum: what "fewer than 5" would tell of both.

use chrono::NaiveDate;
use closeloop::domain::id::CycleId;
use closeloop::domain::insight::Cell;
use closeloop::domain::insight::labels::labels_tell;
use closeloop::domain::report::Told;
use closeloop::domain::report::told::{GradeTally, Kind, Noted, Series, SeriesCycle, Stretches};

const LIMIT: u32 = 5;

/// Every way in which so many counts come to a sum.
fn ways(many: usize, sum: u32) -> Vec<Vec<u32>> {
    if many == 1 {
        return vec![vec![sum]];
    }
    (0..=sum)
        .flat_map(|first| {
            ways(many - 1, sum - first).into_iter().map(move |mut rest| {
                rest.insert(0, first);
                rest
            })
        })
        .collect()
}

#[test]
fn s28_labels_go_where_with_them_a_small_count_could_only_be_one() {
    let small = |count: &u32| (1..LIMIT).contains(count);
    for many in [2, 3] {
        for sum in 1..30 {
            let all = ways(many, sum);
            let labels = |way: &[u32]| way.iter().map(small).collect::<Vec<_>>();
            // A small one that is the same number in every way with these labels is told by them.
            let told = all.iter().any(|way| {
                let alike: Vec<_> = all.iter().filter(|other| labels(other) == labels(way)).collect();
                (0..many).any(|at| small(&way[at]) && alike.iter().all(|other| other[at] == way[at]))
            });
            assert_eq!(labels_tell(many, sum, LIMIT), told, "{many} that come to {sum}");
            // Without any label there is always more than one way.
            let hidden = all.iter().filter(|way| way.iter().any(small));
            assert!(!told || hidden.count() > 1, "{many} that come to {sum}");
        }
    }
    assert!(labels_tell(2, 8, LIMIT) && labels_tell(2, 6, LIMIT) && !labels_tell(2, 7, LIMIT));
}

fn panel(kept: u32, raised: u32, lowered: u32) -> [Cell; 4] {
    let mut tally = GradeTally::default();
    tally.add(true, 1, Some(1), kept);
    tally.add(true, 2, Some(1), raised);
    tally.add(true, 1, Some(2), lowered);
    tally.add(true, 2, None, 20);
    let day = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();
    let cycle = SeriesCycle { id: CycleId(1), title: "September".into(), starts_on: day, tally };
    Series::of(&[], day, &[cycle], LIMIT).stretches[0].panel
}

#[test]
fn s28_what_the_panel_raised_and_lowered_is_not_told_by_its_labels() {
    let of = |kept, second, third| [Cell::Shown(kept + 8), Cell::Shown(kept), second, third];
    assert_eq!(panel(12, 4, 4), of(12, Cell::Beside, Cell::Beside), "of eight two small ones are four and four");
    let [decided, kept, ..] = panel(12, 4, 3);
    assert_eq!((decided, kept), (Cell::Shown(19), Cell::Shown(12)));
    assert_eq!(panel(12, 4, 3)[2..], [Cell::Small, Cell::Small], "of seven they may be three and four either way");
    assert!(!panel(12, 5, 1).contains(&Cell::Small), "one small beside one that is not, six together: one and five");
}

#[test]
fn s28_yes_and_no_are_not_told_by_their_labels_beside_how_many_there_were() {
    let told = |entries: u32, yes: u32, no: u32| {
        let answers = [("yes", yes), ("no", no)].map(|(word, many)| ("Alone?".to_string(), word.to_string(), many)).to_vec();
        let noted = Noted { register: ("r".into(), "R".into()), month: 3, entries, answers, own_work: false };
        let today = NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
        let stretches = Stretches { year_starts_in: 4, shortest: 1, longer: Vec::new(), today, others: None };
        let told = Told::of(&[], None, &[noted], Series::default(), &stretches, LIMIT);
        ["yes", "no"].map(|word| told.counts.iter().find(|one| one.table == Kind::Noted && one.column == word).unwrap().cell)
    };
    assert_eq!(told(8, 4, 4), [Cell::Beside, Cell::Beside]);
    assert_eq!(told(7, 3, 4), [Cell::Small, Cell::Small]);
    assert_eq!(told(20, 17, 3), [Cell::Beside, Cell::Small], "everybody answered: seventeen yes would tell three no");
    assert_eq!(told(30, 17, 3), [Cell::Shown(17), Cell::Small], "ten did not answer: seventeen yes tells of nobody");
}
