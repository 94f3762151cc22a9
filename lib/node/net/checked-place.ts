import { describe } from '../../base/describe.ts'
import { ArgumentError, ValueError } from '../../base/errors.ts'

/** What a program calls `host:port`. An IPv6 address has colons, too, but then it has two of them at least. */
const HOST_AND_PORT = /^([^:/]+|\[.+\]):(\d+)$/
/** A name has 253 letters at most, and an address fewer. A zone may stand behind that. */
const LONGEST = 1000

/**
 * The host to connect to.
 * @param port what stands behind it, for the advice.
 * @throws TypeError when it is no name, or names the port as well.
 */
export function checkedHost(host: unknown, port: unknown): string {
  if (typeof host === 'string' && host.length <= LONGEST && !HOST_AND_PORT.test(host) && !host.includes('://')) return host
  throw new ArgumentError(`a host must be a name or an address, not ${describe(host)}. Write ${insteadOf(host, port)}`, 'NOT_A_HOST_NAME')
}

function insteadOf(host: unknown, port: unknown): string {
  if (host instanceof URL) return 'a name and a port: url.hostname, 443. For HTTP there is new ClientSession()'
  if (typeof host === 'number' && typeof port === 'string') return `the host first: ${describe(port)}, ${host}`
  if (typeof host === 'string' && host.includes('://')) return "a name and a port: 'localhost', 8080. For HTTP there is new ClientSession()"
  const [, name = 'localhost', number = '8080'] = typeof host === 'string' && host.length <= LONGEST ? HOST_AND_PORT.exec(host) ?? [] : []
  return `the host and the port one after the other: '${name}', ${number}`
}

/**
 * The hosts to listen at: `null` stands for all addresses of the machine, as '' does.
 * @throws ValueError when there is none, TypeError when one is no name.
 */
export function checkedHosts(host: unknown, port: unknown): readonly (string | null)[] {
  const hosts: readonly unknown[] = Array.isArray(host) ? host : [host]
  if (hosts.length === 0) {
    throw new ValueError('a server needs an address: write null for all addresses of this machine, not an empty array', { code: 'NO_HOST' })
  }
  return hosts.map(one => {
    if (one === null || typeof one === 'string') return one === '' ? null : one
    const advice = typeof one === 'number' && port === undefined ? `. The host comes before the port: null, ${one}` : ''
    throw new ArgumentError(`a server listens at a name, an address or null for all addresses, not at ${describe(one)}${advice}`, 'NOT_A_HOST_NAME')
  })
}

export function checkedPort(port: unknown): number {
  if (Number.isInteger(port) && port as number >= 0 && port as number < 65_536) return port as number
  const advice = typeof port === 'string' && port !== '' && !Number.isNaN(Number(port)) ? `. Write ${Number(port)}, or Number(…)` : ''
  throw new ValueError(`a port must be a whole number from 0 to 65535, not ${describe(port)}${advice}`, { code: 'BAD_PORT' })
}

export function checkedPath(path: unknown): string {
  if (typeof path === 'string' && path !== '') return path
  throw new ArgumentError(`the path of a socket must be text, not ${describe(path)}`, 'NOT_A_PATH')
}
