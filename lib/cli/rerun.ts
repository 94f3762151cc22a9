import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { format } from 'node:util'
import { VirtualHost } from '../host/virtual-host.ts'
import { EventLoop } from '../task/event-loop.ts'
import { setEventLoopPolicy } from '../task/loops.ts'
import { tellTo } from './common-js.ts'
import { hookRequire } from './load.ts'
import { isProgram } from './loader.ts'
import type { Program } from './order.ts'

/**
 * A program that can be run again and again in this process. Each run loads all of its modules anew. If the program gives a loop no
 * host, the loop skips idle time.
 */
export function programOf(file: string): Program {
  hookRequire()
  const path = resolve(file)
  const load = createRequire(path)
  return (tracer, print) => {
    for (const known of Object.keys(load.cache)) if (isProgram(known)) Reflect.deleteProperty(load.cache, known)
    tellTo(tracer)
    setEventLoopPolicy({ newEventLoop: () => new EventLoop({ host: new VirtualHost() }) })
    const { log, info, error } = console
    const told = (...values: unknown[]): void => { print(format(...values)) }
    Object.assign(console, { log: told, info: told, error: told })
    try {
      load(path)
    } finally {
      Object.assign(console, { log, info, error })
      setEventLoopPolicy(null)
    }
  }
}
