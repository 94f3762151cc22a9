import { makeConnection } from './connecting.ts'
import { makeServer } from './listening.ts'
import type { Maker } from './thing.ts'

/** What can be made, by name. */
export const makers: Readonly<Record<string, Maker>> = {
  connection: makeConnection,
  server: makeServer,
}
