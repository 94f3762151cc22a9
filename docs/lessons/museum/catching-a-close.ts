// A handler that catches everything, and a close
function* greedy(): Generator<string, void> {
  try {
    yield 'working'
  } catch {
    console.log('caught')
  } finally {
    console.log('finally')
  }
}

const generator = greedy()
generator.next()
console.log(generator.return())

export {}
