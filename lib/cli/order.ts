import { watch } from '../generator/watch.ts'
import type { StudyEvent } from '../study/event.ts'
import { Recorder } from '../study/recorder.ts'
import { SourceTracer } from '../study/source-tracer.ts'
import { EventLoop } from '../task/event-loop.ts'
import { ProgramSyntaxError } from './syntax-error.ts'
import { SeededEventLoop } from '../testing/seeded-event-loop.ts'
import { seededRandom, shuffledAlike } from '../testing/shuffle.ts'

/** Runs the program once, from its first line. `print` gets what the program prints. */
export type Program = (tracer: SourceTracer, print: (text: string) => void) => void

/** One run of a program in another order. */
export interface Rerun {
  readonly events: readonly StudyEvent[]
  /** The first line of the error that it ended with, or `null`. */
  readonly failure: string | null
}

/** What a loop calls when a turn begins, once the timers that are due are in the queue. A subclass gives it another order by the same method. */
interface Arranging { $arrange: () => void }

/**
 * From now on, tasks that are ready at the same time run in another order, which the seed decides. It is the order that
 * `SeededEventLoop` gives them, so a seed that shows a mistake shows the same one in a test. A program with such a loop keeps its own order.
 * @returns a function that ends it.
 */
export function shuffleReady(seed: number): () => void {
  if (seed === 0) return () => { /* the usual order */ }
  const arranged = new Set<object>()
  const end = watch(({ kind, value: loop }) => {
    if (kind !== 'turn' || !(loop instanceof EventLoop) || loop instanceof SeededEventLoop || arranged.has(loop)) return
    arranged.add(loop)
    const { $ready } = loop
    const arranging = loop as unknown as Arranging
    const before = arranging.$arrange.bind(loop)
    const random = seededRandom(seed)
    arranging.$arrange = () => {
      if ($ready.size > 1) $ready.rearrange(items => shuffledAlike(items, random))
      before()
    }
  })
  return () => {
    end()
    for (const loop of arranged) Reflect.deleteProperty(loop, '$arrange')
  }
}

/** Run a program once more, in the order of a seed, and record what it does. Nothing is printed. */
export function rerun(program: Program, seed: number, { limit }: { readonly limit?: number } = {}): Rerun {
  const recorder = new Recorder(limit === undefined ? {} : { limit })
  const tracer = new SourceTracer(recorder)
  const end = shuffleReady(seed)
  let failure: string | null = null
  recorder.start()
  try {
    program(tracer, text => { tracer.output(text) })
  } catch (error) {
    if (error instanceof ProgramSyntaxError) throw error
    failure = firstLine(error)
  } finally {
    recorder.stop()
    end()
  }
  return { events: recorder.events, failure }
}

/** What was thrown, in one line. */
export function firstLine(error: unknown): string { return String(error).split('\n', 1)[0] as string }
