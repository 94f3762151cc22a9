// close() ends a generator at its yield: its finally runs, and nothing behind the yield does
function* tap(name: string): Generator<string, void> {
  console.log(name, 'is open')
  try {
    yield 'first drop'
    yield 'second drop'
    console.log(name, 'is empty')
  } finally {
    console.log(name, 'is shut')
  }
}

const kitchen = tap('the kitchen tap')
console.log(kitchen.next().value)
kitchen.return() // Python: close()
console.log('afterwards, done:', kitchen.next().done)

for (const drop of tap('the garden tap')) {
  console.log(drop)
  break // leaves the loop, and closes the generator
}

export {}
