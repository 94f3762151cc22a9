// An exit stack: as many context managers as it takes, left the last first, or handed on
import { type ContextManager, type Coroutine, ExitStack, ValueError, VirtualHost, run, sleep, use } from 'yieldfrom'

class File implements ContextManager<File> {
  constructor(readonly name: string) {}

  *enter(): Coroutine<this> {
    console.log('opens', this.name)
    return this
  }

  *exit() {
    yield* sleep(1000)
    console.log('closes', this.name)
  }
}

function* openAll(names: string[]) {
  return yield* use(new ExitStack(), function* (stack) {
    stack.callback(console.log, 'all are closed')
    for (const name of names) {
      if (name === '') throw new ValueError('a file has no name')
      yield* stack.enterContext(new File(name))
    }
    return stack.popAll() // all went well: the caller is to close them
  })
}

function* main() {
  const files = yield* openAll(['a', 'b', 'c'])
  console.log('all are open')
  if (files !== undefined) yield* files.close() // as far as TypeScript knows, the stack may have swallowed an error
  try {
    yield* openAll(['d', ''])
  } catch (e) {
    if (!(e instanceof ValueError)) throw e
    console.log('one could not be opened')
  }
}

run(main(), { host: new VirtualHost() })
