import { adviceFor, isClass } from '../../base/advice.ts'
import { describe } from '../../base/describe.ts'
import { ArgumentError, ValueError } from '../../base/errors.ts'
import { checkedCount, checkedFunction } from '../../base/checked.ts'
import { type OptionNames, checkOptions } from '../../base/options.ts'
import type { ConnectionOptions, DatagramOptions, ServerOptions, TlsOptions } from '../../task/services.ts'

const CONNECT = ['ssl', 'localAddr', 'family', 'happyEyeballsDelay']
const LISTEN = ['ssl', 'backlog', 'startServing']
const LIMIT = 'limit'

// What each function takes, for the error that names the option that was meant.
export const OPEN_CONNECTION = { call: "openConnection('localhost', 8080, { ssl: true })", names: [...CONNECT, LIMIT] }
export const OPEN_UNIX_CONNECTION = { call: "openUnixConnection('/tmp/socket', { limit: 65536 })", names: [...CONNECT, LIMIT] }
export const START_SERVER = { call: "startServer(handler, 'localhost', 8080, { backlog: 100 })", names: [...LISTEN, LIMIT] }
export const START_UNIX_SERVER = { call: "startUnixServer(handler, '/tmp/socket', { backlog: 100 })", names: [...LISTEN, LIMIT] }
export const CREATE_CONNECTION = { call: "createConnection(factory, 'localhost', 8080, { ssl: true })", names: CONNECT }
export const CREATE_UNIX_CONNECTION = { call: "createUnixConnection(factory, '/tmp/socket', { ssl: true })", names: CONNECT }
export const CREATE_SERVER = { call: "createServer(factory, 'localhost', 8080, { backlog: 100 })", names: LISTEN }
export const CREATE_UNIX_SERVER = { call: "createUnixServer(factory, '/tmp/socket', { backlog: 100 })", names: LISTEN }
const DATAGRAMS = { call: "createDatagramEndpoint(factory, { localAddr: ['localhost', 8080] })", names: ['localAddr', 'remoteAddr', 'reusePort', 'allowBroadcast'] }
const START_TLS = { call: 'startTls(transport, protocol, ssl, { serverSide: true })', names: ['serverSide'] }

/** The options of a function that connects. @throws TypeError or ValueError when one is wrong. */
export function checkConnectionOptions(options: ConnectionOptions, known: OptionNames): void {
  checkOptions(options, known)
  const { ssl, localAddr, family } = options
  checkSsl(ssl)
  checkAddress('localAddr', localAddr)
  checkFamily(family)
}

/** The options of a function that listens. @throws TypeError when one is wrong. */
export function checkServerOptions(options: ServerOptions, known: OptionNames): void {
  checkOptions(options, known)
  const { ssl, backlog } = options
  checkServerSsl(ssl)
  if (backlog !== undefined) checkedCount('backlog', backlog)
}

export function checkDatagramOptions(options: DatagramOptions): void {
  checkOptions(options, DATAGRAMS)
  checkAddress('localAddr', options.localAddr)
  checkAddress('remoteAddr', options.remoteAddr)
}

export function checkTlsOptions(ssl: unknown, options: TlsOptions): void {
  checkOptions(options, START_TLS)
  if (options.serverSide === true) checkServerSsl(ssl)
  else checkSsl(ssl)
}

/** How a client talks in TLS. @throws TypeError when it is something else. */
export function checkSsl(ssl: unknown): void {
  if (ssl === undefined || ssl === true || isPlain(ssl)) return
  throw new ArgumentError(`ssl must be true, or an object with options of TLS, not ${describe(ssl)}. Without TLS, leave it out`, 'BAD_SSL')
}

/** How a server talks in TLS. @throws TypeError when it is something else. */
export function checkServerSsl(ssl: unknown): void {
  if (ssl === undefined || isPlain(ssl)) return
  throw new ArgumentError(`ssl of a server must be an object with its certificate and its key, not ${describe(ssl)}. Write ssl: { cert, key }`, 'BAD_SSL')
}

/** `[host, port]`, if it is given. @throws TypeError when it is something else. */
export function checkAddress(name: string, address: unknown): void {
  if (address === undefined) return
  const [host, port] = Array.isArray(address) ? address as unknown[] : []
  if (typeof host === 'string' && typeof port === 'number') return
  throw new ArgumentError(`${name} must be a host and a port, not ${describe(address)}. Write ['127.0.0.1', 8080]`, 'BAD_ADDRESS')
}

function checkFamily(family: unknown): void {
  if (family === undefined || family === 4 || family === 6) return
  throw new ValueError(`family must be 4 or 6, not ${describe(family)}`, { code: 'BAD_FAMILY' })
}

/** @throws TypeError when it does not make protocols, as a class does not. */
export function checkedFactory<F>(what: string, factory: F): F {
  if (!isClass(factory)) return checkedFunction(what, factory)
  throw new ArgumentError(`${what} takes a function that makes a protocol, not ${adviceFor(factory, '() => …')}`, 'CALLBACK_NOT_CALLABLE')
}

function isPlain(value: unknown): boolean { return describe(value) === 'Object' || Object.getPrototypeOf(Object(value)) === null }
