"""Prints the nanoseconds for one customer of an M/M/c queue (simpy). The mean wait is checked."""
import math
import sys
import time
import simpy

CUSTOMERS, SERVERS, GAP, SERVICE, EXPECTED = int(sys.argv[1]), int(sys.argv[2]), *map(float, sys.argv[3:])
waited = 0.0


def exponential(mean, seed):
    while True:
        seed = seed * 48271 % 2147483647
        yield -mean * math.log(seed / 2147483647)


def customer(env, servers, service):
    global waited
    arrived = env.now
    with servers.request() as request:
        yield request
        waited += env.now - arrived
        yield env.timeout(service)


def source(env, servers):
    gaps, services = exponential(GAP, 1), exponential(SERVICE, 2)
    for _ in range(CUSTOMERS):
        yield env.timeout(next(gaps))
        env.process(customer(env, servers, next(services)))


start = time.process_time_ns()
env = simpy.Environment()
env.process(source(env, simpy.Resource(env, SERVERS)))
env.run()
took = time.process_time_ns() - start
mean = waited / CUSTOMERS
assert abs(mean - EXPECTED) <= EXPECTED * 1e-6, mean
print(took / CUSTOMERS)
