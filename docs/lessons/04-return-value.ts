// Where the value of `return` goes: to the yield* of who delegates, and to nobody else
function* inner(): Generator<string, string, number> {
  const got = yield 'inner is ready'
  console.log('inner got', got)
  return `twice ${String(got)} is ${String(got * 2)}`
}

function* outer(): Generator<string, void, number> {
  const result = yield* inner()
  console.log('outer got:', result)
}

const generator = outer()
console.log(generator.next().value)
generator.next(10)

export {}
