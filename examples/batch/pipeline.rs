//! In: items and what to do with each. Out: the results, one by one and in the items' order, while later ones are in
//! the making. It never holds more than a few for each thread, however many there are.

use std::collections::VecDeque;
use std::num::NonZeroU16;
use std::sync::mpsc;

use rayon::ThreadPoolBuilder;

/// How many items for each thread are under way or wait to be taken. One slow document then does not stop the others.
const IN_FLIGHT: usize = 4;

/// Works on the items in `jobs` threads and hands the results to `take`, until it fails.
pub fn ordered<T: Send, R: Send>(
    jobs: Option<NonZeroU16>,
    items: Vec<T>,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let pool = ThreadPoolBuilder::new().num_threads(jobs.map_or(0, |n| n.get().into())).build()?;
    let limit = pool.current_num_threads() * IN_FLIGHT;
    let mut items = items.into_iter();
    let work = &work;
    pool.in_place_scope(|scope| {
        let mut in_flight = VecDeque::with_capacity(limit);
        loop {
            while in_flight.len() < limit
                && let Some(item) = items.next()
            {
                let (done, result) = mpsc::sync_channel(1);
                // Nobody waits for it any more after a failure.
                scope.spawn(move |_| drop(done.send(work(item))));
                in_flight.push_back(result);
            }
            let Some(next) = in_flight.pop_front() else { return Ok(()) };
            // No result is a panic in the worker, which the scope passes on.
            let Ok(result) = next.recv() else { return Ok(()) };
            take(result)?;
        }
    })
}
