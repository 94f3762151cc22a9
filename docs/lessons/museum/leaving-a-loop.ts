// A loop that is left: is its generator closed?
function* tap(): Generator<string, void> {
  try {
    yield 'drop'
    yield 'another drop'
  } finally {
    console.log('shut')
  }
}

const drops = tap()
for (const drop of drops) {
  console.log(drop)
  break
}
console.log('after the loop:', drops.next().value ?? 'nothing more')

export {}
