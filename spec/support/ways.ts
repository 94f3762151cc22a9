import { type Coroutine, EventLoop, NodeHost, attach, run, waitFor } from '../../lib/node/index.ts'
import { provideThreads } from './programs.ts'

/** A way to run a program with real input and output. */
export interface Way {
  readonly way: string
  /** The result of the program, which runs to its end. */
  readonly live: <T>(main: () => Coroutine<T>) => Promise<T>
}

/** A program that blocks cannot be ended by Jest: it ends itself, in milliseconds. */
const LONGEST = 20_000

const blocking: Way = {
  way: 'blocking',
  live: main => new Promise(resolve => { resolve(run(waitFor(main(), LONGEST))) }),
}

const attached: Way = {
  way: 'attached',
  live: main => {
    const loop = new EventLoop()
    const attachment = attach(loop)
    const task = loop.createTask(main())
    return new Promise<void>(resolve => { task.addDoneCallback(() => { setImmediate(resolve) }) }).then(() => {
      attachment.detach()
      try {
        return task.result()
      } finally {
        loop.close()
      }
    })
  },
}

/** Serves plain connections itself, by an epoll set. */
const epoll: Way = {
  way: 'by epoll',
  live: main => new Promise(resolve => { resolve(run(waitFor(main(), LONGEST), { host: new NodeHost({ poller: 'epoll' }) })) }),
}

/** A host for it, as a program writes it. */
export const EPOLL_HOST = "{ host: new NodeHost({ poller: 'epoll' }) }"

/** Why this machine cannot run programs by epoll; `null` when it can. */
function whyNoEpoll(): string | null {
  try {
    new NodeHost({ poller: 'epoll' })
    return null
  } catch (error) {
    return String(error)
  }
}

export const NO_EPOLL = whyNoEpoll()
if (NO_EPOLL !== null) console.log(`no specs by epoll: ${NO_EPOLL}`)

/** The ways of programs that run in a process of their own: their names. */
export const programWays = ['blocking', 'attached', ...NO_EPOLL === null ? ['by epoll'] as const : []] as const

/** All ways: `describe.each(ways())('$way', ({ live }) => {...})`. */
export function ways(): Way[] { return provided() }

/** The same with other programs for their threads, each in the place of the one with its name. */
export function provided(...others: string[]): Way[] {
  provideThreads(...others)
  return NO_EPOLL === null ? [blocking, attached, epoll] : [blocking, attached]
}

/** In a spec, which may wait itself: so many milliseconds. */
export function later(ms: number): Promise<void> { return new Promise(resolve => { setTimeout(resolve, ms) }) }
