// A generator keeps its variables between two sends: a running average
function* averager(): Generator<number, string, number | undefined> {
  let count = 0
  let total = 0
  let average = 0
  for (;;) {
    const value = yield average
    if (value === undefined) return `${String(count)} values, ${String(average)} on average`
    count++
    total += value
    average = total / count
  }
}

const average = averager()
average.next()
for (const value of [10, 20, 60]) console.log(average.next(value).value)
console.log(average.next(undefined).value)

export {}
