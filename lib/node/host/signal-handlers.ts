import { RuntimeError, ValueError } from '../../base/errors.ts'
import { constants } from 'node:os'
import type { EventLoop } from '../../task/event-loop.ts'
import type { SignalCallback } from '../../task/services.ts'
import { ctrlC } from './ctrl-c.ts'
import { LONGEST_TIMER } from './longest-timer.ts'

/** Calls `handler` at each signal. @returns a function that ends it. */
type Listen = (signal: NodeJS.Signals, handler: () => void) => () => void

/** The signal handlers of all loops. */
export class SignalHandlers {
  /** For each loop and signal, a function that removes the handler. */
  private readonly handlers = new WeakMap<EventLoop, Map<string, () => void>>()

  constructor(private readonly listen: Listen) {}

  add(loop: EventLoop, signal: string, callback: SignalCallback, args: readonly unknown[]): void {
    if (!(signal in constants.signals) || signal === 'SIGKILL' || signal === 'SIGSTOP') {
      throw new ValueError(`${signal} is not a signal that can be handled. Write 'SIGTERM'`, { code: 'BAD_SIGNAL' })
    }
    this.remove(loop, signal)
    const takeBack = this.listen(signal as NodeJS.Signals, () => {
      if (!loop.isClosed()) loop.callSoonThreadsafe(callback, ...args)
    })
    const handlers = this.handlers.get(loop) ?? new Map<string, () => void>()
    handlers.set(signal, takeBack)
    this.handlers.set(loop, handlers)
  }

  /** Remove all handlers of a loop. */
  removeAll(loop: EventLoop): void {
    for (const signal of Array.from(this.handlers.get(loop)?.keys() ?? [])) this.remove(loop, signal)
  }

  remove(loop: EventLoop, signal: string): boolean {
    const handlers = this.handlers.get(loop)
    const takeBack = handlers?.get(signal)
    if (takeBack === undefined) return false
    takeBack()
    handlers?.delete(signal)
    return true
  }
}

/** Handlers in a process that Node's event loop drives. A timer keeps the process alive as long as there is a handler. */
export const attachedSignals = new SignalHandlers((signal, handler) => {
  const alive = setInterval(() => undefined, LONGEST_TIMER)
  process.on(signal, handler)
  return () => {
    clearInterval(alive)
    process.off(signal, handler)
  }
})

/** Handlers in a thread that blocks. It sees Ctrl-C alone. */
export const blockingSignals = new SignalHandlers((signal, handler) => {
  if (signal === 'SIGINT') return ctrlC.handle(handler)
  throw new RuntimeError(`a thread that blocks sees no ${signal}, only SIGINT. Write attach(loop) instead of run()`,
    { code: 'SIGNAL_NOT_SEEN' })
})
