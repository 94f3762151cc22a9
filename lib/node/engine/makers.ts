import { askForAddresses, askForFile, askForName, askToWrite } from './asking.ts'
import { makeConnection } from './connecting.ts'
import { makeDatagrams } from './datagrams.ts'
import { makeHttpClient, makeHttpRequest } from './http-client.ts'
import { makeHttpServer } from './http-server.ts'
import { makeQueue } from './queues.ts'
import { makeServer } from './listening.ts'
import { makePool } from './pools.ts'
import { makeProcess } from './processes.ts'
import { makeStdin } from './standard-input.ts'
import type { Maker } from './thing.ts'

/** What can be made, by name. */
export const makers: Readonly<Record<string, Maker>> = {
  'addresses': askForAddresses,
  'connection': makeConnection,
  'datagrams': makeDatagrams,
  'file': askForFile,
  'http client': makeHttpClient,
  'http request': makeHttpRequest,
  'http server': makeHttpServer,
  'name': askForName,
  'pool': makePool,
  'process': makeProcess,
  'queue': makeQueue,
  'server': makeServer,
  'stdin': makeStdin,
  'written file': askToWrite,
}
