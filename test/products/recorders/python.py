"""Decides arrivals with the real limits, in memory or in a Redis on the clock of clock.c: see go/main.go for the protocol."""
import os, sys
from datetime import datetime, timedelta, timezone
from freezegun import freeze_time
from limits import RateLimitItemPerSecond, storage, strategies

product, limit, period = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
item = RateLimitItemPerSecond(limit, period // 1_000_000)
kinds = {
    "fixed-window": strategies.FixedWindowRateLimiter,
    "moving-window": strategies.MovingWindowRateLimiter,
    "sliding-window-counter": strategies.SlidingWindowCounterRateLimiter,
}
rows = [tuple(map(int, line.split(","))) for line in sys.stdin]
start = datetime(1970, 1, 1, tzinfo=timezone.utc)
clock_file = open(os.environ["CLOCK_FILE"], "r+b", buffering=0)
with freeze_time(start + timedelta(microseconds=rows[0][0])) as clock:
    if product.endswith("-memory"):
        store = storage.MemoryStorage()
        store.timer.cancel()  # it sweeps in a thread, which sees the real time
        store._MemoryStorage__schedule_expiry = lambda: None
    else:
        store = storage.RedisStorage("redis://localhost:7396")
        store.storage.flushall()
    limiter = kinds[product.removeprefix("limits-").removesuffix("-memory")](store)
    for us, cost in rows:
        clock.move_to(start + timedelta(microseconds=us))
        clock_file.seek(0)
        clock_file.write(us.to_bytes(8, "little"))
        allowed = limiter.hit(item, "key", cost=cost)
        remaining = limiter.get_window_stats(item, "key").remaining
        print(f"{int(allowed)},{remaining},,0")
