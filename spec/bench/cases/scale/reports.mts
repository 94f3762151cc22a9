/** What is told of many tasks. */
import { type Coroutine, Future, createTask, formatCallGraph, formatWaitTree, gather, getRunningLoop, sleep } from 'yieldfrom'
import type { Primitive } from '../../harness/scale/primitive.mts'
import { inLoop, parked } from './in-loop.mts'

function* wait(future: Future): Coroutine<void> { yield* future }

function lines(text: string): number { return text.split('\n').length }

export const reports: readonly Primitive[] = [
  {
    name: 'report(): tasks',
    work: inLoop(function* (count, watch) {
      const future = new Future<void>()
      yield* parked(count - 1, () => wait(future))
      watch.start()
      const report = getRunningLoop().report()
      watch.stop()
      future.setResult()
      return report.length
    }),
  },
  {
    name: 'formatWaitTree(): tasks below one',
    work: inLoop(function* (count, watch) {
      const future = new Future<void>()
      createTask(wait(gather(yield* parked(count - 2, () => wait(future)))))
      yield* sleep(0)
      watch.start()
      const told = formatWaitTree()
      watch.stop()
      future.setResult()
      return lines(told)
    }),
  },
  {
    name: 'formatCallGraph(): tasks that wait for one future',
    work: inLoop(function* (count, watch) {
      const future = new Future<void>()
      yield* parked(count, () => wait(future))
      watch.start()
      const told = formatCallGraph(future)
      watch.stop()
      future.setResult()
      return told.split('Task-').length - 1
    }),
  },
]
