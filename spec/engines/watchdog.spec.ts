import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import vm from 'node:vm'
import { bundled } from './bundled.ts'

/**
 * A host tears scripts off that take too long, in the middle of JavaScript: without a `finally`, and with everything that the
 * library had noted in the middle of a turn. Then `loop.abandon()` makes the loop usable again.
 */
const program = bundled(`
  import { EventLoop, ManualHost, createTask, gather, restore, sleep } from './lib/index.ts'
  let log = []
  const program = it => {
    it.createTask(function* () {
      for (let i = 0; ; i++) {
        log.push('patient ' + i)
        yield* sleep(10)
      }
    }(), { name: 'patient' })
    it.onInput('go mad', () => {
      it.createTask(function* () {
        log.push('greedy')
        yield* gather([function* () { for (;;); }()])
      }(), { name: 'greedy' })
      it.createTask(function* () { for (;;); }(), { name: 'greedier' })
    })
  }
  let loop = new EventLoop({ host: new ManualHost(), logger: () => {} })
  let recording = loop.record()
  program(loop)
  globalThis.take = () => { const lines = log; log = []; return lines.join(', ') }
  globalThis.frame = () => { const { errors, failed } = loop.frame({ dt: 10 }); return errors.map((error, i) => failed[i].getName() + ': ' + error.message).join() }
  globalThis.goMad = () => { loop.input('go mad', 1) }
  globalThis.abandon = () => { loop.abandon('the watchdog') }
  globalThis.close = () => { loop.close(); return loop.isClosed() }
  globalThis.save = () => JSON.stringify(recording.checkpoint())
  globalThis.load = json => { loop = restore(program, JSON.parse(json)); recording = loop.record(); return take() }
`)

/** Code, and how long it may take, in milliseconds. */
type Step = readonly [code: string, timeout?: number]

/** Run the program, and then steps of code, in a new sandbox. @returns what each gives, or its error in words. */
type Sandbox = (...steps: Step[]) => unknown[]

const inVm: Sandbox = (...steps) => {
  const context = vm.createContext({})
  vm.runInContext(readFileSync(program, 'utf8'), context)
  return steps.map(([code, timeout]) => {
    try {
      return vm.runInContext(code, context, timeout === undefined ? {} : { timeout }) as unknown ?? null
    } catch (error) {
      return String(error)
    }
  })
}

/** In a process of its own, as Node has to run without its snapshot for that. */
function isolate(steps: readonly Step[]): { results?: unknown[]; missing?: string } {
  const output = execFileSync('node', ['--no-node-snapshot', join(__dirname, 'isolate.cjs'), program, JSON.stringify(steps)], { encoding: 'utf8' })
  return JSON.parse(output) as { results?: unknown[]; missing?: string }
}

const inIsolate: Sandbox = (...steps) => isolate(steps).results as unknown[]

const { missing } = isolate([])
if (missing !== undefined) process.stderr.write(`skipped: isolated-vm, ${missing}; node:vm stands in\n`)
const sandboxes: [string, Sandbox][] = [['node:vm', inVm], ...missing === undefined ? [['isolated-vm', inIsolate] as [string, Sandbox]] : []]

describe.each(sandboxes)('a watchdog of %s', (_name, run) => {
  it('cuts the greedy ones one after the other, and the others go on', () => {
    const frame: Step = ['frame()', 300]
    expect(run(frame, ['goMad()'], frame, ['close()'], ['abandon()'], frame, ['abandon()'], frame, ['take()'], ['close()'])).toEqual([
      '', null, expect.stringContaining('timed out'), expect.stringContaining('Cannot close a running event loop'), null,
      expect.stringContaining('timed out'), null, expect.stringContaining('abandoned in the middle of its turn: the watchdog'),
      'patient 0, greedy, patient 1', true,
    ])
  })

  it('after a global reset, restore() brings every script back to the same line', () => {
    const frames = Array.from({ length: 5 }, (): Step => ['frame()'])
    const [saved, log] = run(...frames, ['save()'], ['take()']).slice(-2)
    expect(run([`load(${JSON.stringify(saved)})`], ['frame()'], ['take()'])).toEqual([log, '', 'patient 5'])
  })
})
