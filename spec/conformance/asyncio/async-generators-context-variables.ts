/** An asynchronous generator runs in the context of whoever asks it. */
import { ContextVar, type PyAsyncGenerator, asyncGenerator, createTask, emit, sleep } from '../../../lib/index.ts'
import type { Programs } from '../programs.ts'
import { step } from './support/iteration.ts'
import { attempt } from './support/probes.ts'
import { run } from './support/virtual.ts'

export const programs: Programs = {
  'it sees the context variables of whoever asks'(log) {
    const generator = asyncGenerator(function* () { for (;;) yield* emit(variable.get()) })

    function* ask(name: string) {
      variable.set(name)
      yield* step(log, g.anext())
    }

    function* main() {
      variable.set('main')
      yield* step(log, g.anext())
      yield* createTask(ask('a'))
      yield* ask('b')
      yield* step(log, g.anext())
    }

    const variable = new ContextVar('variable', { default: 'default' })
    const g = generator()
    run(main())
  },

  'what it sets is set for whoever asks'(log) {
    const generator = asyncGenerator(function* () {
      for (let i = 0; i < 3; i++) {
        variable.set(i)
        yield* sleep(1)
        yield* emit(i)
      }
    })

    function* ask(g: PyAsyncGenerator<number>) {
      yield* step(log, g.anext())
      log('task sees', variable.get())
    }

    function* main() {
      const g = generator()
      yield* step(log, g.anext())
      log('main sees', variable.get())
      yield* createTask(ask(g))
      log('main sees', variable.get())
      yield* step(log, g.anext())
      log('main sees', variable.get())
    }

    const variable = new ContextVar<number | string>('variable', { default: 'default' })
    run(main())
  },

  'its token is refused when another task asks next'(log) {
    const generator = asyncGenerator(function* () {
      const token = variable.set('by the generator')
      yield* emit(variable.get())
      attempt(log, () => variable.reset(token))
      yield* emit(variable.get())
      attempt(log, () => variable.reset(token))
      yield* emit(variable.get())
    })

    function* main() {
      const g = generator()
      yield* step(log, g.anext())
      yield* createTask(step(log, g.anext()))
      yield* step(log, g.anext())
    }

    const variable = new ContextVar('variable', { default: 'default' })
    run(main())
  },
}
