import { createRequire } from 'node:module'
import { VirtualHost } from '../host/virtual-host.ts'
import { EventLoop } from '../task/event-loop.ts'
import { setEventLoopPolicy } from '../task/loops.ts'
import { tellTo } from './common-js.ts'
import { becomes, hookRequire, loadAsMain } from './load.ts'
import type { Program } from './order.ts'
import { tellOfOutput } from './output.ts'
import { isProgram } from './program-files.ts'

/** The program wants to end. */
class ProgramExit extends Error {
  override readonly name = ''

  constructor(code?: number | string | null) { super(`process.exit(${code ?? ''})`) }
}

/**
 * A program that can be run again and again in this process. Each run loads all of its modules anew. If the program gives a loop no
 * host, the loop skips idle time.
 * @param file its whole path.
 * @param args what stands in `process.argv` behind it.
 */
export function programOf(file: string, args: readonly string[] = []): Program {
  hookRequire()
  becomes(file, args)
  const { cache } = createRequire(file)
  return (tracer, print) => {
    for (const known of Object.keys(cache)) if (isProgram(known)) Reflect.deleteProperty(cache, known)
    const endReturns = tellTo(tracer)
    setEventLoopPolicy({ newEventLoop: () => new EventLoop({ host: new VirtualHost() }) })
    const restore = tellOfOutput(tracer, { print, complain: print })
    const exit: unknown = Reflect.get(process, 'exit')
    process.exit = (code): never => { throw new ProgramExit(code) } // it would end all runs
    try {
      loadAsMain(file)
    } finally {
      Object.assign(process, { exit })
      restore()
      setEventLoopPolicy(null)
      endReturns()
    }
  }
}
