// throw() reaches the innermost generator first, and comes out again through each delegation
function* worker(): Generator<string, void> {
  for (;;) {
    try {
      yield 'the worker works'
    } catch (error) {
      if (String(error) !== 'Error: a small fault') throw error
      console.log('the worker mends it')
    }
  }
}

function* foreman(): Generator<string, void> {
  try {
    yield* worker()
  } finally {
    console.log('the foreman goes home')
  }
}

function* owner(): Generator<string, string> {
  try {
    yield* foreman()
    return 'all is done'
  } catch (error) {
    return `the owner gives up: ${String(error)}`
  }
}

const works = owner()
console.log(works.next().value)
console.log(works.throw(new Error('a small fault')).value)
console.log(works.throw(new Error('a great fault')).value)

export {}
