//! What one user's day costs: each shipped script, over the working days of a year.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use flexcast::behaviour::{Planner, SHIPPED};
use flexcast::calendar::Day;
use flexcast::ids::UserId;

#[allow(dead_code)]
#[path = "../tests/behaviour/stage.rs"]
mod stage;

use stage::{people, sound_stage, users_of};

fn user_day(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("user_day");
    for (name, _) in SHIPPED {
        let one = users_of(name, 1);
        let (scenario, library) = sound_stage("2027-01-01", "2027-12-31", &[one]);
        let mut planner = Planner::new(&library, &scenario, 1);
        let days = scenario.first_day.number()..=scenario.last_day.number();
        let weekdays = days.map(Day::from_number).filter(|day| scenario.calendars[0].is_working(*day));
        let mut weekdays = weekdays.collect::<Vec<_>>().into_iter().cycle();
        let mut sessions = Vec::new();
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                sessions.clear();
                planner.plan(0, UserId(0), weekdays.next().unwrap(), &mut sessions).unwrap();
                black_box(sessions.len())
            });
        });
    }
    group.finish();
}

fn new_planner(criterion: &mut Criterion) {
    let (scenario, library) = sound_stage("2027-01-01", "2027-12-31", &[people("one", 1000, "office_week")]);
    criterion.bench_function("new_planner", |bencher| bencher.iter(|| Planner::new(&library, &scenario, 1)));
}

criterion_group!(benches, user_day, new_planner);
criterion_main!(benches);
