"""Decides arrivals with the real limits, in memory or in fakeredis: see go/main.go for the protocol."""
import sys, time
from datetime import datetime, timedelta, timezone
import fakeredis, redis
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
with freeze_time(start + timedelta(microseconds=rows[0][0] - rows[0][0] % 1000)) as clock:
    if product.endswith("-memory") or "moving" in product:
        store = storage.MemoryStorage()
    else:
        server = fakeredis.FakeServer()
        store = storage.RedisStorage(
            "redis://localhost", connection_pool=redis.ConnectionPool(
                connection_class=fakeredis.FakeConnection, server=server))
    limiter = kinds[product.removeprefix("limits-").removesuffix("-memory")](store)
    for us, cost in rows:
        seen = us if isinstance(store, storage.MemoryStorage) else us - us % 1000  # Redis expires by the millisecond
        clock.move_to(start + timedelta(microseconds=seen))
        allowed = limiter.hit(item, "key", cost=cost)
        print(f"{int(allowed)},{limiter.get_window_stats(item, 'key').remaining if 'fixed' in product else ''},,0")
