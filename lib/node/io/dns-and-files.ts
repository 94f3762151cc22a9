import { lookup, lookupService } from 'node:dns'
import { readFile, writeFile } from 'node:fs'
import { portableError } from './portable-error.ts'
import type { Maker, Reporter } from './resource.ts'

/** Takes the answer, or the error, as the callbacks of Node do. */
type Done = (error: unknown, value?: unknown) => void

/** A resource that answers one question: it reports `done`, or that it `failed`. Any command cancels it. */
function question(ask: (options: never, done: Done, signal: AbortSignal) => void): Maker {
  return (options, reporter: Reporter) => {
    const controller = new AbortController()
    const done: Done = (error, value) => {
      if (error === null || error === undefined) reporter.report('done', value)
      else reporter.report('failed', portableError(error))
      reporter.ended()
    }
    ask(options, done, controller.signal)
    return { do: () => { controller.abort() } }
  }
}

/** The addresses of a name. */
export const askForAddresses = question(({ host, family }: { host: string; family: 0 | 4 | 6 }, done) => {
  lookup(host, { family, all: true, verbatim: true }, done)
})

/** The name of an address. */
export const askForName = question(({ host, port }: { host: string; port: number }, done) => {
  lookupService(host, port, (error, hostname, service) => { done(error, [hostname, service]) })
})

export const askForFile = question(({ path }: { path: string }, done, signal) => { readFile(path, { signal }, done) })

export const askToWrite = question(({ path, data }: { path: string; data: Uint8Array }, done, signal) => {
  writeFile(path, data, { signal }, done)
})
