import { RuntimeError, ValueError } from '../../base/errors.ts'
import { constants } from 'node:os'
import type { EventLoop } from '../../task/event-loop.ts'
import type { SignalCallback } from '../../task/services.ts'
import { ctrlC } from './ctrl-c.ts'
import { LONGEST_TIMER } from './longest-timer.ts'

/** What listens to a signal. */
interface Listening {
  end(): void
  /** Listen on, but let the process end. */
  letExit?(): void
}

type Listen = (signal: NodeJS.Signals, handler: () => void) => Listening

/** The signal handlers of all loops. */
export class SignalHandlers {
  private readonly handlers = new WeakMap<EventLoop, Map<string, Listening>>()

  constructor(private readonly listen: Listen) {}

  add(loop: EventLoop, signal: string, callback: SignalCallback, args: readonly unknown[]): void {
    if (!(signal in constants.signals) || signal === 'SIGKILL' || signal === 'SIGSTOP') {
      throw new ValueError(`${signal} is not a signal that can be handled. Write 'SIGTERM'`, { code: 'BAD_SIGNAL' })
    }
    this.remove(loop, signal)
    const listening = this.listen(signal as NodeJS.Signals, () => {
      if (!loop.isClosed()) loop.callSoonThreadsafe(callback, ...args)
    })
    const handlers = this.handlers.get(loop) ?? new Map<string, Listening>()
    handlers.set(signal, listening)
    this.handlers.set(loop, handlers)
  }

  /** Remove all handlers of a loop. */
  removeAll(loop: EventLoop): void {
    for (const signal of Array.from(this.handlers.get(loop)?.keys() ?? [])) this.remove(loop, signal)
  }

  /** The main task of a loop has ended: its handlers keep the process alive no more. */
  letExit(loop: EventLoop): void { for (const listening of this.handlers.get(loop)?.values() ?? []) listening.letExit?.() }

  remove(loop: EventLoop, signal: string): boolean {
    const handlers = this.handlers.get(loop)
    const listening = handlers?.get(signal)
    if (listening === undefined) return false
    listening.end()
    handlers?.delete(signal)
    return true
  }
}

/** Handlers in a process that Node's event loop drives. A timer keeps the process alive as long as there is a handler. */
export const attachedSignals = new SignalHandlers((signal, handler) => {
  const alive = setInterval(() => undefined, LONGEST_TIMER)
  process.on(signal, handler)
  return {
    end() {
      clearInterval(alive)
      process.off(signal, handler)
    },
    letExit() { alive.unref() },
  }
})

/** Handlers in a thread that blocks. It sees Ctrl-C alone. */
export const blockingSignals = new SignalHandlers((signal, handler) => {
  if (signal === 'SIGINT') return { end: ctrlC.handle(handler) }
  throw new RuntimeError(`a thread that blocks sees no ${signal}, only SIGINT. Write attach(loop) instead of run()`,
    { code: 'SIGNAL_NOT_SEEN' })
})
