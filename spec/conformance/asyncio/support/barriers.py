"""What programs log about a barrier; the twin of `barriers.ts`."""


def state(barrier):
    """How many wait, and whether it is broken."""
    return [barrier.n_waiting, barrier.broken]
