import { readFileSync } from 'node:fs'
import { type QuickJSContext, type QuickJSSyncVariant, type QuickJSWASMModule, newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core'
import { SandboxError, evaluate, evaluateWithin } from '../../lib/engine/quickjs/index.ts'
import { bundled } from './bundled.ts'

const sandboxes = '@jitl/quickjs-wasmfile-release-sync'

/** Jest has no dynamic imports, by which QuickJS would look for its parts. */
const variant: QuickJSSyncVariant = {
  type: 'sync',
  importFFI: () => Promise.resolve((require(`${sandboxes}/ffi`) as { QuickJSFFI: Awaited<ReturnType<QuickJSSyncVariant['importFFI']>> }).QuickJSFFI),
  importModuleLoader: () => Promise.resolve(require(`${sandboxes}/emscripten-module`) as Awaited<ReturnType<QuickJSSyncVariant['importModuleLoader']>>),
}

const program = readFileSync(bundled(`
  import { EventLoop, ManualHost, sleep } from './lib/index.ts'
  let log = []
  const loop = new EventLoop({ host: new ManualHost(), logger: () => {} })
  loop.createTask(function* () {
    for (let i = 0; ; i++) {
      log.push('patient ' + i)
      yield* sleep(10)
    }
  }(), { name: 'patient' })
  globalThis.goMad = () => { loop.createTask(function* () { for (;;); }(), { name: 'greedy' }) }
  globalThis.frame = () => { const { errors, failed } = loop.frame({ dt: 10 }); return errors.map((error, i) => failed[i].getName() + ': ' + error.message).join() }
  globalThis.abandon = reason => loop.abandon(reason)
  globalThis.take = () => { const lines = log; log = []; return lines.join(', ') }
`), 'utf8')

let quickjs: QuickJSWASMModule
beforeAll(() => newQuickJSWASMModuleFromVariant(variant).then(module => { quickjs = module }))

/** A sandbox with what the library needs. All handles must be given back at its end: QuickJS checks it. */
function inSandbox(what: (context: QuickJSContext) => unknown[]): unknown[] {
  const runtime = quickjs.newRuntime()
  const context = runtime.newContext({ intrinsics: { BaseObjects: true, MapSet: true, Eval: true } })
  try {
    return what(context)
  } finally {
    context.dispose()
    runtime.dispose()
  }
}

/** What comes of it: its value, or what was thrown in the sandbox. */
function outcome(what: () => unknown): unknown {
  try {
    return what()
  } catch (error) {
    return error instanceof SandboxError ? [error.message, error.thrown] : error
  }
}

describe('evaluate()', () => {
  it('gives the value of code, as it comes out', () => {
    expect(inSandbox(context => ['6 * 7', '[1, { two: "three" }]', 'undefined'].map(code => evaluate(context, code)))).toEqual([42, [1, { two: 'three' }], undefined])
  })

  it('throws what the code throws, with its message, as it came out', () => {
    expect(inSandbox(context => ['throw new RangeError("too far")', 'throw "text"', 'throw null', 'throw { code: 5 }'].map(code => outcome(() => evaluate(context, code))))).toEqual([
      ['too far', { name: 'RangeError', message: 'too far', stack: expect.stringContaining('script.js') }],
      ['text', 'text'], ['null', null], ['[object Object]', { code: 5 }],
    ])
  })

  it('says where in which file', () => {
    expect(inSandbox(context => [outcome(() => evaluate(context, '\nmissing', 'door.js'))])).toEqual([
      ["'missing' is not defined", expect.objectContaining({ stack: expect.stringContaining('door.js:2') })],
    ])
  })

  it('makes an error in the sandbox of a recursion without end, and the sandbox goes on', () => {
    expect(inSandbox(context => [
      outcome(() => evaluate(context, 'function* deep() { yield* deep() } [...deep()]')), evaluate(context, '"goes on"'),
    ])).toEqual([[expect.stringContaining('stack'), expect.anything()], 'goes on'])
  })
})

describe('evaluateWithin()', () => {
  it('tears off code that takes too long, and what it was given before is as before', () => {
    expect(inSandbox(context => {
      evaluate(context, 'let n = 0')
      let asked = 0
      return [
        outcome(() => evaluateWithin(context, () => ++asked > 3, 'for (;;) n = 1')), asked, evaluate(context, 'n'),
        evaluateWithin(context, () => false, 'for (let i = 0; i < 100000; i++) n++; n'), asked,
      ]
    })).toEqual([['interrupted', expect.anything()], 4, 1, 100_001, 4])
  })

  it('asks no more when the code is over', () => {
    expect(inSandbox(context => {
      let asked = 0
      const isOver = (): boolean => { asked++; return false }
      const loop = 'for (let i = 0; i < 100000; i++); 1'
      evaluateWithin(context, isOver, loop)
      const during = asked
      evaluate(context, loop)
      return [during > 0, asked === during]
    })).toEqual([true, true])
  })

  it('leaves a loop in the sandbox that is usable again after abandon(): who was torn off is over, and the others go on', () => {
    expect(inSandbox(context => {
      const frame = (): unknown => {
        let asked = 0
        return outcome(() => evaluateWithin(context, () => ++asked > 10, 'frame()'))
      }
      evaluate(context, program)
      evaluate(context, '0')
      const first = frame()
      evaluate(context, 'goMad()')
      const torn = frame()
      evaluate(context, 'abandon("the watchdog")')
      return [first, torn, frame(), frame(), evaluate(context, 'take()')]
    })).toEqual([
      '', ['interrupted', expect.anything()], 'greedy: abandoned in the middle of its turn: the watchdog', '',
      'patient 0, patient 1, patient 2',
    ])
  })
})
