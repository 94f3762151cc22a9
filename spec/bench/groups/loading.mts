import type { Gauge, Group } from '../harness/group.mts'
import { bundledSize } from '../cases/bundled-size.mts'
import { importTime } from '../cases/import-time.mts'

/** In the folder for bundlers, and in that for Node. */
const doors: Record<string, string> = { 'yieldfrom/greenlet': 'greenlet/index.js', yieldfrom: 'index.js' }
const peers = ['effection', 'effect', 'redux-saga', 'redux-saga/effects', 'rxjs', 'co']

const gauges = (gauge: (path: string) => number, folder: string): Gauge[] => [
  ...Object.entries(doors).map(([name, path]): Gauge => ({ name, gauge: () => gauge(`./dist/${folder}/${path}`) })),
  ...peers.map((name): Gauge => ({ name, gauge: () => gauge(name), kind: 'peer' })),
]

/** What a program gets that uses so much, and no more. */
const part = (names: string, door: string): Gauge => ({
  name: `${names} of ${door}`, gauge: () => bundledSize(`./dist/esm/${doors[door] ?? ''}`, `{ ${names} }`),
})

export const groups: readonly Group[] = [{
  title: 'size of all that a door exports, minified and compressed',
  unit: 'kB',
  anchor: 'effection',
  entries: [
    ...gauges(bundledSize, 'esm'),
    part('greenlet, getCurrent', 'yieldfrom/greenlet'),
    part('run, createTask, sleep, gather', 'yieldfrom'),
  ],
  targets: [{ of: 'yieldfrom/greenlet', atMost: 3 }, { of: 'yieldfrom', atMost: 12 }],
  watched: ['yieldfrom/greenlet', 'yieldfrom'],
  rounds: 1,
}, {
  title: 'time to import',
  unit: 'ms',
  anchor: 'effection',
  entries: gauges(importTime, 'node'),
  targets: [{ of: 'yieldfrom', atMost: 5 }],
}]
