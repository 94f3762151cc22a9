/** Frames that delegate to each other, and generators beside each other. */
import { type PyGenerator, asyncGenerator, coroutine, emit, getRunningLoop, pyGenerator, yieldFrom } from 'yieldfrom'
import { type Primitive, SOME } from '../../harness/scale/primitive.mts'
import { inDebugMode, inLoop } from './in-loop.mts'
import { steadily } from './steadily.mts'

const RESUMES = 10_000

let begun = 0
let gone = 0

function* owned(depth: number): Generator<unknown, void> {
  begun++
  try {
    if (depth > 1) yield* yieldFrom(owned(depth - 1))
    else for (let n = 0; ; n++) yield n
  } finally {
    gone++
  }
}

/** So many frames, of which the innermost waits. */
function stack(depth: number): PyGenerator {
  begun = gone = 0
  const generator = pyGenerator(owned, depth) as PyGenerator
  generator.next()
  return generator
}

export const frames: readonly Primitive[] = [
  {
    name: 'yieldFrom: frames begin',
    quick: false,
    objects: 10,
    work: (count, watch) => {
      watch.start()
      stack(count)
      watch.stop()
      return begun
    },
  },
  {
    name: 'yieldFrom: the innermost of so many frames is resumed',
    ops: RESUMES,
    work: (count, watch) => {
      const generator = stack(count)
      let resumed = 0
      for (const i of steadily(watch, RESUMES)) if ((generator.next().value as number) > 0) resumed = i
      return resumed
    },
  },
  {
    name: 'yieldFrom: an error goes through the frames',
    work: (count, watch) => {
      const generator = stack(count)
      const error = new Error('no')
      watch.start()
      try {
        generator.throw(error)
      } catch {
        watch.stop()
      }
      return gone
    },
  },
  {
    name: 'yieldFrom: the frames are closed',
    work: (count, watch) => {
      const generator = stack(count)
      watch.start()
      generator.close()
      watch.stop()
      return gone
    },
  },
]

function* counting(): Generator<number, void> { for (let n = 1; ; n++) yield n }

const short = coroutine(function* () { gone++ })

const emitting = asyncGenerator(function* () {
  try {
    for (let n = 1; ; n++) yield* emit(n)
  } finally {
    gone++
  }
})

export const generators: readonly Primitive[] = [
  {
    name: 'PyGenerator: each of so many is resumed',
    quick: false,
    work: (count, watch) => {
      const all = Array.from({ length: count }, () => pyGenerator(counting))
      for (const one of all) one.next()
      let resumed = 0
      watch.start()
      for (const one of all) if (one.next().value === 2) resumed++
      watch.stop()
      return resumed
    },
  },
  {
    name: 'coroutine(): objects made, and run, in debug mode',
    objects: 10,
    work: inDebugMode(function* (count, watch) {
      gone = 0
      watch.start()
      const all = Array.from({ length: count }, () => short())
      for (const one of all) yield* one
      watch.stop()
      return gone
    }),
  },
  {
    name: 'asyncGenerator: each of so many is asked for an item',
    most: SOME,
    quick: false,
    work: inLoop(function* (count, watch) {
      const all = Array.from({ length: count }, () => emitting())
      for (const one of all) yield* one.anext()
      let asked = 0
      watch.start()
      for (const one of all) if ((yield* one.anext()).value === 2) asked++
      watch.stop()
      yield* getRunningLoop().shutdownAsyncGenerators()
      return asked
    }),
  },
  {
    name: 'asyncGenerator: all that are open are shut down',
    work: inLoop(function* (count, watch) {
      gone = 0
      for (let i = 0; i < count; i++) yield* emitting().anext()
      watch.start()
      yield* getRunningLoop().shutdownAsyncGenerators()
      watch.stop()
      return gone
    }),
  },
]
