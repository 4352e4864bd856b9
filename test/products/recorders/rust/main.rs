//! Decides arrivals with the real governor: see ../go/main.go for the protocol.
use governor::clock::FakeRelativeClock;
use governor::{Quota, RateLimiter};
use std::io::BufRead;
use std::num::NonZeroU32;
use std::time::Duration;

fn main() {
    let args: Vec<u64> = std::env::args().skip(2).map(|text| text.parse().unwrap()).collect();
    let (limit, period, burst) = (args[0] as u32, Duration::from_micros(args[1]), args[2] as u32);
    let quota = Quota::with_period(period / limit).unwrap().allow_burst(NonZeroU32::new(burst).unwrap());
    let clock = FakeRelativeClock::default();
    let limiter = RateLimiter::direct_with_clock(quota, clock.clone());
    let mut last: Option<u64> = None;
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let fields: Vec<u64> = line.split(',').map(|text| text.parse().unwrap()).collect();
        clock.advance(Duration::from_micros(fields[0] - last.unwrap_or(fields[0])));
        last = Some(fields[0]);
        use governor::clock::Clock;
        match limiter.check_n(NonZeroU32::new(fields[1] as u32).unwrap()) {
            Ok(Ok(())) => println!("1,,0,0"),
            Ok(Err(until)) => {
                let wait = until.wait_time_from(clock.now()).as_nanos();
                println!("0,,{},0", (wait + 999) / 1000)
            }
            Err(_) => println!("0,,-1,0"),
        }
    }
}
