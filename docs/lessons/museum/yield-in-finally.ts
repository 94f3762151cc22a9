// A finally that yields while the generator is being closed
function* stubborn(): Generator<string, string> {
  try {
    yield 'working'
  } finally {
    yield 'one moment'
    console.log('cleaned up')
  }
  return 'never'
}

const generator = stubborn()
generator.next()
console.log(generator.return('stop')) // it is not closed
console.log(generator.next())

export {}
