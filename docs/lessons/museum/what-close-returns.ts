// What close() gives back
function* counter(): Generator<number, string> {
  let count = 0
  try {
    for (;;) yield ++count
  } finally {
    console.log('counted to', count)
  }
}

const generator = counter()
generator.next()
console.log(generator.return('what the caller says').value)

export {}
