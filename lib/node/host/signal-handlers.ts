import { RuntimeError, ValueError } from '../../base/errors.ts'
import { constants } from 'node:os'
import type { EventLoop } from '../../task/event-loop.ts'
import type { SignalCallback } from '../../task/services.ts'
import { interrupts } from './interrupts.ts'

/** Lets somebody be told of a signal. @returns how to take that back. */
type Listen = (signal: NodeJS.Signals, told: () => void) => () => void

/** Who is told of which signal, by loop. */
export class SignalHandlers {
  private readonly handlers = new WeakMap<EventLoop, Map<string, () => void>>()

  constructor(private readonly listen: Listen) {}

  add(loop: EventLoop, signal: string, callback: SignalCallback, args: readonly unknown[]): void {
    if (!(signal in constants.signals) || signal === 'SIGKILL' || signal === 'SIGSTOP') {
      throw new ValueError(`${signal} is no signal that can be handled. Write 'SIGTERM'`, { code: 'BAD_SIGNAL' })
    }
    this.remove(loop, signal)
    const takeBack = this.listen(signal as NodeJS.Signals, () => {
      if (!loop.isClosed()) loop.callSoonThreadsafe(callback, ...args)
    })
    const handlers = this.handlers.get(loop) ?? new Map<string, () => void>()
    handlers.set(signal, takeBack)
    this.handlers.set(loop, handlers)
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

/** In a process that Node's event loop drives. */
export const attachedSignals = new SignalHandlers((signal, told) => {
  process.on(signal, told)
  return () => { process.off(signal, told) }
})

/** In a thread that blocks. */
export const blockingSignals = new SignalHandlers((signal, told) => {
  if (signal === 'SIGINT') return interrupts.expect(told)
  throw new RuntimeError(`a thread that blocks cannot be told of ${signal}, only of SIGINT. Write attach(loop), in the place of run()`,
    { code: 'SIGNAL_NOT_SEEN' })
})
