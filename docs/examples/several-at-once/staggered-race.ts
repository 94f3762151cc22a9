// A staggered race: the next one begins when the last takes long, or fails; the losers are cancelled
import { type Coroutine, ValueError, VirtualHost, getRunningLoop, run, sleep, staggeredRace } from 'yieldfrom'

const kitchen = (name: string, ms: number, burns = false) => function* (): Coroutine<string> {
  console.log(name, 'begins at', getRunningLoop().time() / 1000)
  try {
    yield* sleep(ms * 1000)
    if (burns) throw new ValueError('burnt')
    return `soup of ${name}`
  } finally {
    console.log(name, 'stops at', getRunningLoop().time() / 1000)
  }
}

function* main() {
  const [value, index, errors] = yield* staggeredRace([kitchen('Ann', 30), kitchen('Ben', 12, true), kitchen('Cleo', 9)], 10_000)
  const names = errors.map(error => error instanceof Error ? error.name : 'NoneType')
  console.log(value, index, `[${names.map(name => `'${name}'`).join(', ')}]`)
}

run(main(), { host: new VirtualHost() })
