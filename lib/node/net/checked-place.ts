import { describe } from '../../base/describe.ts'
import { ArgumentError, ValueError } from '../../base/errors.ts'

/**
 * The hosts to listen at: `null` stands for all addresses of the machine, as '' does.
 * @throws ValueError when there is none, TypeError when one is no name.
 */
export function checkedHosts(host: unknown): readonly (string | null)[] {
  const hosts: readonly unknown[] = Array.isArray(host) ? host : [host]
  if (hosts.length === 0) {
    throw new ValueError('a server needs an address: write null for all addresses of this machine, not an empty array', { code: 'NO_HOST' })
  }
  return hosts.map(one => {
    if (one === null || typeof one === 'string') return one === '' ? null : one
    throw new ArgumentError(`a server listens at a name, an address or null for all addresses, not at ${describe(one)}`, 'NOT_A_HOST_NAME')
  })
}

export function checkedPort(port: unknown): number {
  if (Number.isInteger(port) && port as number >= 0 && port as number < 65_536) return port as number
  throw new ValueError(`a port must be a whole number from 0 to 65535, not ${describe(port)}`, { code: 'BAD_PORT' })
}

export function checkedPath(path: unknown): string {
  if (typeof path === 'string' && path !== '') return path
  throw new ArgumentError(`the path of a socket must be text, not ${describe(path)}`, 'NOT_A_PATH')
}
