"""Four nodes that ask one store over a network, as bench/deployment.bench.ts has them. Prints requests a second."""
import random
import time

import simpy

REQUESTS = 200_000
KEYS = 1000
EMISSION = 0.6  # seconds: 100 a minute
TOLERANCE = 0.6 * 99

random.seed(1)
environment = simpy.Environment()
store = simpy.Resource(environment, capacity=1)
theoretical_arrival = {}
weights = [1 / rank for rank in range(1, KEYS + 1)]
keys = random.choices(range(KEYS), weights, k=REQUESTS)


def request(key):
    yield environment.timeout(random.expovariate(4000))
    with store.request() as turn:
        yield turn
        now = environment.now
        due = max(theoretical_arrival.get(key, 0), now)
        if due - now <= TOLERANCE:
            theoretical_arrival[key] = due + EMISSION
        yield environment.timeout(20e-6)
    yield environment.timeout(random.expovariate(4000))


def traffic():
    for key in keys:
        environment.process(request(key))
        yield environment.timeout(random.expovariate(10_000))


started = time.perf_counter()
environment.process(traffic())
environment.run()
print(REQUESTS / (time.perf_counter() - started))
