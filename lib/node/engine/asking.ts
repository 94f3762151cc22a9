import { lookup, lookupService } from 'node:dns'
import { readFile, writeFile } from 'node:fs'
import { portable } from './portable-error.ts'
import type { Maker, Teller } from './thing.ts'

/** Tells how it ended, as Node's callbacks do. */
type Done = (error: unknown, value?: unknown) => void

/** Something that is asked for once: `done` is told, or that it `failed`. */
function asking(ask: (options: never, done: Done, signal: AbortSignal) => void): Maker {
  return (options, teller: Teller) => {
    const controller = new AbortController()
    const done: Done = (error, value) => {
      if (error === null || error === undefined) teller.tell('done', value)
      else teller.tell('failed', portable(error))
      teller.over()
    }
    ask(options, done, controller.signal)
    return { do: () => { controller.abort() } }
  }
}

/** The addresses of a name. */
export const askForAddresses = asking(({ host, family }: { host: string; family: 0 | 4 | 6 }, done) => {
  lookup(host, { family, all: true, verbatim: true }, done)
})

/** The name of an address. */
export const askForName = asking(({ host, port }: { host: string; port: number }, done) => {
  lookupService(host, port, (error, hostname, service) => { done(error, [hostname, service]) })
})

export const askForFile = asking(({ path }: { path: string }, done, signal) => { readFile(path, { signal }, done) })

export const askToWrite = asking(({ path, data }: { path: string; data: Uint8Array }, done, signal) => {
  writeFile(path, data, { signal }, done)
})
