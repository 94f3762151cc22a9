import type { Coroutine } from '../../generator/types.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import type { PortableError } from '../engine/portable-error.ts'
import type { Link } from '../link/link.ts'
import { revive } from './errors.ts'

/** Ask the other side for something, and wait for the answer. */
export function* ask<T>(loop: EventLoop, link: Link, kind: string, options: object): Coroutine<T> {
  const answer = loop.createFuture<T>()
  const id = link.open(kind, options, {
    onTold: (event, value) => {
      link.drop(id)
      if (answer.done()) return
      if (event === 'done') answer.setResult(value as T)
      else answer.setException(revive(value as PortableError))
    },
    onLost: error => { if (!answer.done()) answer.setException(error) },
  })
  try {
    return yield* answer
  } catch (error) {
    if (answer.cancelled()) link.tell(id, 'cancel')
    throw error
  }
}
