//! One replication of a shipped scenario, warm: scripts, queue, meter and sums.

use std::hint::black_box;
use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use flexcast::behaviour;
use flexcast::scenario;
use flexcast::simulate::{Days, Replication};

fn replication(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("replication");
    group.sample_size(10);
    for name in ["studio", "flex_year"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let loaded = scenario::load(&folder.join(format!("{name}.yaml")));
        let (library, errors) = behaviour::load(&loaded);
        assert!(errors.is_empty(), "{errors:?}");
        let scenario = loaded.scenario.expect("shipped scenarios are without errors");
        let (setup, days) = (scenario.setup(), Days::of(&scenario));
        let mut replication = Replication::new(&scenario, &setup, &library, &days, 1);
        let mut number = 0;
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                number += 1;
                black_box(replication.run(number, None).expect("shipped scripts don't fail"))
            });
        });
    }
    group.finish();
}

criterion_group!(benches, replication);
criterion_main!(benches);
