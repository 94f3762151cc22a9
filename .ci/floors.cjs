// The floors of lib/: imports point down, and there is no cycle.
const floors = ['base', 'context', 'generator', 'greenlet', 'loop', 'host', 'task', 'scope', 'sync', 'iteration', 'queue', 'group', 'inspect', 'run', 'testing']

const nothingAbove = floors.map((floor, i) => ({
  name: `${floor}-sees-nothing-above`,
  severity: 'error',
  from: { path: `^lib/${floor}/` },
  to: { path: `^lib/(${[...floors.slice(i + 1), '[^/]+\\.ts$'].join('|')})` },
}))

module.exports = {
  forbidden: [
    ...nothingAbove,
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'core-imports-nothing', severity: 'error', from: { path: '^lib/' }, to: { pathNot: '^lib/' } },
    { name: 'no-orphan', severity: 'error', from: { orphan: true, pathNot: '^lib/index\\.ts$' }, to: {} },
  ],
  options: {
    tsPreCompilationDeps: true, // types count: a floor that names a type from above knows what is above
    tsConfig: { fileName: 'tsconfig.json' },
  },
}
