//! How long the meter takes for an event, and whether that grows with what it meters.
//!
//! An event is an open, a close or a renewal; grace decisions, window ends and expiry come on top, uncounted.

mod workloads;

use std::cell::OnceCell;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use workloads::WORKLOADS;

/// So many times the users: n log n would take 1.3 times as long for each event.
const GROWN: u32 = 8;

fn meter(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("meter");
    group.sample_size(10);
    for workload in WORKLOADS {
        for (size, workload) in [("1x", workload), ("8x", workload.times(GROWN))] {
            // Made when it is its turn: the larger ones take as long to make as to meter.
            let made = OnceCell::new();
            group.throughput(Throughput::Elements(workload.events()));
            group.bench_function(BenchmarkId::new(workload.name, size), |bencher| {
                let (timeline, sessions) = made.get_or_init(|| (workload.timeline(), workload.sessions()));
                let mut queue = workload.queue(timeline);
                workload.run(&mut queue, sessions);
                bencher.iter(|| black_box(workload.run(&mut queue, sessions)));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, meter);
criterion_main!(benches);
