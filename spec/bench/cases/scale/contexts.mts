/** Many context variables in one context. */
import { ContextVar, type Coroutine, copyContext, createTask } from 'yieldfrom'
import type { Primitive } from '../../harness/scale/primitive.mts'
import { inLoop, join, shuffled } from './in-loop.mts'
import { steadily } from './steadily.mts'

const COPIES = 10_000
const TASKS = 1_000

const variables = (count: number): ContextVar<number>[] =>
  Array.from({ length: count }, (_, i) => new ContextVar<number>(`v${String(i)}`))

/** In a copy of the context of who made it. */
function* setting(variable: ContextVar<number>): Coroutine<void> { variable.set(-1) }

export const contexts: readonly Primitive[] = [
  {
    name: 'context variables: set',
    work: inLoop(function* (count, watch) {
      const all = variables(count)
      watch.start()
      for (const variable of all) variable.set(1)
      watch.stop()
      return copyContext().size
    }),
  },
  {
    name: 'context variables: looked at, at random',
    quick: false,
    work: inLoop(function* (count, watch) {
      const all = variables(count)
      for (const variable of all) variable.set(1)
      const random = shuffled(all)
      let sum = 0
      watch.start()
      for (const variable of random) sum += variable.get()
      watch.stop()
      return sum
    }),
  },
  {
    name: 'context variables: a copy of a context with so many',
    quick: false,
    ops: COPIES,
    work: inLoop(function* (count, watch) {
      for (const variable of variables(count)) variable.set(1)
      let copies = 0
      for (const i of steadily(watch, COPIES)) if (copyContext().size >= count) copies = i
      return copies
    }),
  },
  {
    name: 'context variables: a task copies a context with so many, and sets one',
    grows: true,
    ops: TASKS,
    work: inLoop(function* (count, watch) {
      const all = variables(count)
      for (const variable of all) variable.set(1)
      watch.start()
      const tasks = Array.from({ length: TASKS }, (_, i) => createTask(setting(all[i % count] as ContextVar<number>)))
      yield* join(tasks)
      watch.stop()
      return tasks.filter(task => task.done()).length
    }),
  },
]
