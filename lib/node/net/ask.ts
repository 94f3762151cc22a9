import type { Coroutine } from '../../generator/types.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import type { PortableError } from '../io/portable-error.ts'
import type { Link } from '../link/link.ts'
import { systemError } from './system-error.ts'

/** Open a resource that answers one question, and wait for the answer. If the wait is cancelled, so is the question. */
export function* ask<T>(loop: EventLoop, link: Link, kind: string, options: object): Coroutine<T> {
  const answer = loop.createFuture<T>()
  const id = link.open(kind, options, {
    $onReport: (event, value) => {
      link.drop(id)
      if (answer.done()) return
      if (event === 'done') answer.setResult(value as T)
      else answer.setException(systemError(value as PortableError))
    },
    $onLost: error => { if (!answer.done()) answer.setException(error) },
  })
  try {
    return yield* answer
  } catch (error) {
    if (answer.cancelled()) link.tell(id, 'cancel')
    throw error
  }
}
