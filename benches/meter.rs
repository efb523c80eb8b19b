//! How long the meter takes for an event, and whether that grows with what it meters.
//!
//! An event is an open or a close that is handed in; grace decisions, renewals, window ends and expiry come on top, uncounted.

mod workloads;

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use workloads::{WORKLOADS, Workload};

/// So many times the users: n log n would take 1.3 times as long for each event.
const GROWN: u32 = 8;

fn meter(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("meter");
    group.sample_size(10);
    for workload in WORKLOADS {
        for (size, workload) in [("1x", workload), ("8x", workload.times(GROWN))] {
            let (timeline, sessions) = (workload.timeline(), workload.sessions());
            let mut queue = workload.queue(&timeline);
            group.throughput(Throughput::Elements(2 * sessions.len() as u64));
            group.bench_function(BenchmarkId::new(workload.name, size), |bencher| {
                bencher.iter(|| black_box(Workload::run(&workload, &mut queue, &sessions)));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, meter);
criterion_main!(benches);
