import { askForAddresses, askForFile, askForName, askToWrite } from './dns-and-files.ts'
import { makeConnection, makeFromDescriptor } from './connection.ts'
import { makeDatagrams } from './datagrams.ts'
import { makeHttpClient, makeHttpRequest } from './http-client.ts'
import { makeHttpServer } from './http-server.ts'
import { makeQueue } from './bullmq-queue.ts'
import { makeServer } from './server.ts'
import { makePool } from './worker-pool.ts'
import { makeProcess } from './process.ts'
import { makeStdin } from './standard-input.ts'
import type { Maker } from './resource.ts'

/** The makers of all kinds of resources, by the names by which the program asks for them. */
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
  'socket': makeFromDescriptor,
  'stdin': makeStdin,
  'written file': askToWrite,
}
