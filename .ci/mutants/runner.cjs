// Runs tests of the specs in one process, with one mutant or with none, until one fails. It has what the specs use of Jest.
//
// Jest takes seconds to begin, and a mutation test begins it for each mutant. Each spec file has the library for itself, as with Jest.
const { readFileSync, writeSync } = require('node:fs')
const Module = require('node:module')
const { dirname, join } = require('node:path')
const { format } = require('node:util')
const vm = require('node:vm')
const { transformSync } = require('esbuild')
const { expect } = require('expect')
const { ModuleMocker } = require('jest-mock')

const { tree, files, mutant, hitLimit } = JSON.parse(readFileSync(0, 'utf8'))
const isDry = mutant === null
const marks = globalThis.__stryker__ = { activeMutant: mutant ?? undefined, hitCount: isDry ? undefined : 0, hitLimit }

// Modules: files of the tree are JavaScript already, whatever they are called.
const scripts = new Map()
Module._extensions['.ts'] = (module, file) => {
  if (!scripts.has(file)) {
    const text = readFileSync(file, 'utf8')
    const code = file.startsWith(tree) ? text : transformSync(text, { loader: 'ts', format: 'cjs', target: 'es2020', define: { 'import.meta.url': '""' } }).code
    scripts.set(file, new vm.Script(Module.wrap(code), { filename: file, importModuleDynamically: vm.constants?.USE_MAIN_CONTEXT_DEFAULT_LOADER }))
  }
  const requireHere = name => module.require(name)
  if (file.endsWith('.spec.ts')) jest.requireActual = requireHere
  scripts.get(file).runInThisContext().call(module.exports, module.exports, Object.assign(requireHere, { main: undefined, resolve: require.resolve }), module, file, dirname(file))
}
const resolve = Module._resolveFilename
Module._resolveFilename = function (name, ...rest) {
  const door = /^yieldfrom(?:\/(.*))?$/.exec(name)
  return resolve.call(this, door === null ? name : join(tree, 'lib', door[1] ?? '', 'index.ts'), ...rest)
}

function forget() {
  for (const file of Object.keys(require.cache)) if (file.endsWith('.ts')) delete require.cache[file]
}

// Jest.
const mocker = new ModuleMocker(globalThis)
const jest = {
  fn: body => mocker.fn(body),
  spyOn: (object, name) => mocker.spyOn(object, name),
  isolateModules(body) {
    const kept = { ...require.cache }
    forget()
    try {
      body()
    } finally {
      forget()
      Object.assign(require.cache, kept)
    }
  },
}

const newBlock = (name, outer) => ({ name, outer, children: [], beforeAll: [], afterAll: [], beforeEach: [], afterEach: [] })
let block
let count

function describe(name, body) {
  const inner = newBlock(name, block)
  block.children.push(inner)
  block = inner
  body()
  block = inner.outer
}
function it(name, body) { block.children.push({ name, body, index: count++ }) }
const each = define => table => (name, body) => {
  for (const row of table) {
    const values = Array.isArray(row) ? row : [row]
    define(format(name, ...values.slice(0, (name.match(/%[sdifjop]/g) ?? []).length)), () => body(...values))
  }
}
const nothing = () => { /* left out */ }
describe.each = each(describe)
describe.skip = nothing
it.each = each(it)
it.skip = Object.assign(nothing, { each: () => nothing })
const hook = kind => body => { block[kind].push(body) }
Object.assign(globalThis, { describe, it, test: it, expect, jest, ...Object.fromEntries(['beforeAll', 'afterAll', 'beforeEach', 'afterEach'].map(kind => [kind, hook(kind)])) })

// Run.
const path = ({ name, outer }, last) => outer === null ? last : path(outer, `${name} › ${last}`)
const around = (at, kind) => at === null ? [] : kind === 'beforeEach' ? [...around(at.outer, kind), ...at[kind]] : [...at[kind], ...around(at.outer, kind)]
const cpu = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000 }

async function call(body) {
  if (body.length > 0) await new Promise((done, fail) => { body(error => { if (error) fail(error); else done() }) })
  else {
    const result = body()
    if (typeof result?.then === 'function') await result
  }
}

async function runBlock(at, file, only, report) {
  const chosen = child => child.children === undefined ? only === null || only.has(child.index) : child.children.some(chosen)
  if (!chosen(at)) return
  for (const body of at.beforeAll) await call(body)
  for (const child of at.children) {
    if (!chosen(child)) continue
    if (child.children !== undefined) {
      await runBlock(child, file, only, report)
      continue
    }
    const begun = cpu()
    marks.currentTestId = `${file}#${child.index}`
    let error = null
    try {
      for (const body of around(at, 'beforeEach')) await call(body)
      await call(child.body)
    } catch (thrown) {
      error = thrown ?? 'nothing'
    }
    try {
      for (const body of around(at, 'afterEach')) await call(body)
    } catch (thrown) {
      error ??= thrown ?? 'nothing'
    }
    marks.currentTestId = undefined
    report({ id: `${file}#${child.index}`, name: `${file}: ${path(at, child.name)}`, ms: cpu() - begun, error: error === null ? null : wordsOf(error) })
  }
  for (const body of at.afterAll) await call(body)
}

function wordsOf(error) {
  try {
    return String(error?.message ?? error).slice(0, 600) || 'an error without words'
  } catch {
    return 'an error that cannot be shown'
  }
}

function say(what) { writeSync(3, `${JSON.stringify(what)}\n`) }

async function main() {
  for (const { file, only } of files) {
    const begun = cpu()
    forget()
    block = newBlock(file, null)
    count = 0
    const top = block
    try {
      require(join(tree, file))
    } catch (error) {
      say({ id: file, name: `${file} is loaded`, ms: 0, error: wordsOf(error) })
      if (!isDry) process.exit(0)
      continue
    }
    say({ loaded: file, ms: cpu() - begun })
    try {
      await runBlock(top, file, only === null ? null : new Set(only), result => {
        if (isDry || result.error !== null) say(result)
        if (!isDry && result.error !== null) process.exit(0)
      })
    } catch (error) {
      say({ id: file, name: `${file}, around its tests`, ms: 0, error: wordsOf(error) })
      if (!isDry) process.exit(0)
    }
  }
  if (isDry) say({ coverage: marks.mutantCoverage })
  say({ done: true })
  process.exit(0)
}

main()
