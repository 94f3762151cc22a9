import type { Gauge, Group } from '../harness/group.mts'
import { bundledSize } from '../work/bundled-size.mts'
import { importTime } from '../work/import-time.mts'

const doors: Record<string, string> = {
  'yieldfrom/greenlet': './dist/esm/greenlet/index.js', yieldfrom: './dist/esm/index.js',
}
const peers = ['effection', 'effect', 'redux-saga', 'redux-saga/effects', 'rxjs', 'co']

const gauges = (gauge: (path: string) => number): Gauge[] => [
  ...Object.entries(doors).map(([name, path]): Gauge => ({ name, gauge: () => gauge(path) })),
  ...peers.map((name): Gauge => ({ name, gauge: () => gauge(name), kind: 'peer' })),
]

export const groups: readonly Group[] = [{
  title: 'size of all that a door exports, minified and compressed',
  unit: 'kB',
  anchor: 'effection',
  entries: gauges(bundledSize),
  targets: [{ of: 'yieldfrom/greenlet', atMost: 3 }, { of: 'yieldfrom', atMost: 12 }],
  watched: ['yieldfrom/greenlet', 'yieldfrom'],
  rounds: 1,
}, {
  title: 'time to import',
  unit: 'ms',
  anchor: 'effection',
  entries: gauges(importTime),
  targets: [{ of: 'yieldfrom', atMost: 5 }],
}]
