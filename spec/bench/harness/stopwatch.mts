/** Time of the processor, in nanoseconds: what else the machine does counts little. */
export function now(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) * 1000
}

/** Counts while it runs, and may run several times. */
export class Stopwatch {
  private since = 0
  private total = 0

  start(): void { this.since = now() }

  stop(): void { this.total += now() - this.since }

  /** @returns the nanoseconds it has counted, and begins anew. */
  read(): number {
    const { total } = this
    this.total = 0
    return total
  }
}
