// Generators behind each other: each item goes the whole way before the next one begins
function* read(lines: string[]): Generator<string, void> {
  for (const line of lines) {
    console.log('read', line)
    yield line
  }
}

function* numbers(lines: Iterable<string>): Generator<number, void> {
  for (const line of lines) if (line !== '') yield Number(line)
}

function* sums(values: Iterable<number>): Generator<number, void> {
  let sum = 0
  for (const value of values) yield sum += value
}

for (const sum of sums(numbers(read(['3', '', '4'])))) console.log('the sum is', sum)

export {}
