// yield* is a pipe: what is sent to the grouper goes straight to the averager that it delegates to
const averages: Record<string, number> = {}

function* averager(): Generator<undefined, number, number | undefined> {
  let count = 0
  let total = 0
  for (;;) {
    const value = yield
    if (value === undefined) return total / count
    count++
    total += value
  }
}

function* grouper(key: string): Generator<undefined, void, number | undefined> {
  for (;;) averages[key] = yield* averager()
}

const measured: Record<string, number[]> = { tea: [60, 80], coffee: [90] }
for (const [key, values] of Object.entries(measured)) {
  const group = grouper(key)
  group.next()
  for (const value of values) group.next(value)
  group.next(undefined)
  console.log(key, averages[key])
}

export {}
