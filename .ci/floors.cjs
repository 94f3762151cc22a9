// The floors of lib/: what each folder may import. What is not listed is forbidden, packages and Node's modules too; types
// count. There is no cycle, in a folder or between them.
const core = {
  base: [],
  context: ['base'],
  generator: ['base', 'context'],
  greenlet: ['base', 'context', 'generator'],
  loop: ['base', 'context', 'generator', 'greenlet'],
  host: ['base', 'loop'],
  transport: ['base', 'generator'],
  clock: ['base', 'loop'],
  tick: ['base', 'generator', 'greenlet', 'loop', 'clock'],
  task: ['base', 'context', 'generator', 'greenlet', 'loop', 'host', 'transport', 'clock', 'tick'],
  scope: ['base', 'generator', 'loop', 'task'],
  sync: ['base', 'generator', 'greenlet', 'loop', 'task', 'scope'],
  iteration: ['base', 'generator', 'greenlet', 'loop', 'task'],
  streams: ['base', 'generator', 'loop', 'transport', 'task', 'scope', 'iteration'],
  queue: ['base', 'generator', 'loop', 'scope', 'sync', 'iteration'],
  group: ['base', 'generator', 'loop', 'task', 'scope', 'sync', 'iteration', 'queue'],
  inspect: ['base', 'generator', 'task'],
  study: ['base', 'context', 'generator', 'greenlet', 'loop', 'task'],
  replay: ['base', 'generator', 'greenlet', 'host', 'task', 'tick'],
  frame: ['base', 'generator', 'greenlet', 'task'],
  run: ['base', 'context', 'generator', 'loop', 'host', 'task', 'scope', 'group'],
  testing: ['base', 'generator', 'loop', 'host', 'task', 'scope', 'sync', 'run'],
}

// What touches a host: it may use all of the core, and the packages that it stands on; `node`, and `engine` in a pinch, Node's own modules.
const outside = {
  promise: { below: Object.keys(core), packages: [] },
  engine: { below: Object.keys(core), packages: [] }, // nothing of the engines: their types are held against ours in spec/engines/
  eslint: { below: [], packages: ['@typescript-eslint', 'typescript'] }, // types only
  node: { below: Object.keys(core), packages: ['bullmq', 'undici', 'workerpool'] },
  bullmq: { below: [...Object.keys(core), 'node'], packages: [] },
  cli: { below: [...Object.keys(core), 'bullmq', 'eslint'], packages: ['acorn', 'commander', 'eslint', 'magic-string', 'sucrase', 'typescript'] }, // types only, of eslint and typescript
}

const floor = ([folder, below]) => ({
  name: `${folder}-imports-what-it-may`,
  severity: 'error',
  from: { path: `^lib/${folder}/` },
  to: { pathNot: `^lib/(${[folder, ...below].join('|')})/` },
})

const outerFloor = ([folder, { below, packages }]) => ({
  name: `${folder}-imports-what-it-may`,
  severity: 'error',
  from: { path: `^lib/${folder}/` },
  to: { pathNot: `^lib/(${[folder, ...below].join('|')})/|^lib/index\\.ts$|^(node_modules/)?(@types/)?(${['node', ...packages].join('|')})/`, dependencyTypesNot: ['core'] },
})

const folders = [...Object.keys(core), ...Object.keys(outside)].join('|')

module.exports = {
  forbidden: [
    ...Object.entries(core).map(floor),
    ...Object.entries(outside).map(outerFloor),
    { name: 'door-imports-floors-only', severity: 'error', from: { path: '^lib/[^/]+$' }, to: { pathNot: `^lib/(${Object.keys(core).join('|')})/` } },
    { name: 'no-folder-without-a-floor', severity: 'error', from: { path: '^lib/[^/]+/', pathNot: `^lib/(${folders})/` }, to: {} },
    { name: 'no-cycle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-orphan', severity: 'error', from: { orphan: true, pathNot: '^lib/(index|engine/quickjs/index)\\.ts$' }, to: {} },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true, // types count: a floor that names a type from above knows what is above
    tsConfig: { fileName: 'tsconfig.json' },
  },
}
