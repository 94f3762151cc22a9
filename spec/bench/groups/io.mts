import { type Gauge, type Group, type Target, program } from '../harness/group.mts'
import { type Server, client, echo, echoMemory, idle } from '../cases/io/echo.mts'
import { gets } from '../cases/io/gets.mts'

const names: Record<Server, string> = { raw: 'node:net, raw', attached: 'attach(loop)', blocking: 'run(main())', epoll: 'run(main()) by epoll' }
const servers: readonly Server[] = ['raw', 'attached', 'blocking', ...process.platform === 'linux' ? ['epoll'] as const : []]
const UVLOOP = 'uvloop, streams'

const each = (gauge: (server: Server) => () => Promise<number>): Gauge[] =>
  servers.map((server): Gauge => ({ name: names[server], gauge: gauge(server), ...server === 'raw' && { kind: 'plain' } }))

/** Echo servers, asked by so many connections at once. */
function echoes(connections: number, bytes: string, size: number, targets: readonly Target[]): Group {
  const seconds = 3
  const peer = (name: string, by: 'asyncio' | 'uvloop') => program(name, by, 'python/echo.py', by, connections, size, seconds, ...client)
  return {
    title: `an echo of ${bytes}, ${connections.toLocaleString('en-US')} connection${connections > 1 ? 's' : ''}`,
    anchor: names.raw,
    entries: each(server => () => echo(server, connections, size, seconds)),
    programs: [peer('asyncio, streams', 'asyncio'), peer(UVLOOP, 'uvloop')],
    targets: [...targets, ...byEpoll],
    rounds: 5,
  }
}

const attachedPerRaw = (atMost: number): Target => ({ of: names.attached, per: names.raw, atMost })
const blockingPerUvloop = (atMost: number): Target => ({ of: names.blocking, per: UVLOOP, atMost })
/** It shall be ahead of both. */
const byEpoll: readonly Target[] = servers.includes('epoll') ? [UVLOOP, names.raw].map(per => ({ of: names.epoll, per, atMost: 1 })) : []

const UNDICI = 'undici, used directly'

export const groups: readonly Group[] = [
  echoes(1, '64 bytes', 64, [attachedPerRaw(1 / 0.6), { of: names.blocking, per: names.raw, atMost: 1 / 0.6 }]),
  echoes(50, '64 bytes', 64, [attachedPerRaw(1 / 0.9), blockingPerUvloop(1 / 0.8)]),
  echoes(1_000, '64 bytes', 64, [attachedPerRaw(1), blockingPerUvloop(1)]),
  echoes(10_000, '64 bytes', 64, [attachedPerRaw(1 / 0.9), blockingPerUvloop(1 / 1.2)]),
  echoes(50, '64 KiB', 65_536, [blockingPerUvloop(2)]),
  {
    title: 'an HTTP get, 8 side by side',
    anchor: UNDICI,
    entries: [
      { name: UNDICI, gauge: () => gets('undici'), kind: 'plain' },
      { name: names.attached, gauge: () => gets('attached') },
      { name: names.blocking, gauge: () => gets('blocking') },
    ],
    targets: [{ of: names.attached, per: UNDICI, atMost: 1 / 0.9 }, { of: names.blocking, per: UNDICI, atMost: 1 / 0.7 }],
    rounds: 5,
  },
  {
    title: 'the processor in 5 seconds in which a server waits',
    unit: 'ms',
    anchor: names.raw,
    entries: each(server => () => idle(server, 5)),
    targets: [{ of: names.attached, atMost: 15 }, { of: names.blocking, atMost: 15 }],
    rounds: 2,
  },
  {
    title: 'the memory of a server, 10,000 connections',
    unit: 'kB',
    anchor: names.raw,
    entries: each(server => () => echoMemory(server, 10_000, 2)),
    targets: [attachedPerRaw(1.7), { of: names.blocking, per: names.raw, atMost: 1.7 }],
    rounds: 2,
  },
]
