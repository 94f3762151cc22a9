import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import vm from 'node:vm'
import type { Actor, PreUpdateEvent, Scene } from 'excalibur'
import { type Coroutine, EventLoop, ManualHost, nextFrame, sleep } from '../../lib/index.ts'
import { type KillableLike, type UpdateOptions, ownerOfActor, ownerOfUpdates } from '../../lib/engine/excalibur/index.ts'

interface Excalibur {
  readonly Scene: new () => Scene
  readonly Actor: new (options: { name: string }) => Actor
  readonly PreUpdateEvent: new (engine: unknown, elapsed: number, scene: Scene) => PreUpdateEvent
}

/** Excalibur looks for a browser when it is loaded. It draws nothing here: a window without a screen is enough, which Jest does not see. */
function excalibur(): Excalibur {
  const outfile = join(mkdtempSync(join(tmpdir(), 'yieldfrom-')), 'happy-dom.js')
  execFileSync(join(__dirname, '../../node_modules/.bin/esbuild'),
    ['--bundle', '--format=cjs', '--platform=node', '--log-level=error', `--outfile=${outfile}`],
    { cwd: join(__dirname, '../..'), input: "export { Window } from 'happy-dom'" })
  const { Window } = require(outfile) as { Window: new () => Record<string, unknown> }
  const window = new Window()
  const browser: Record<string, unknown> = { window, document: window['document'], HTMLElement: window['HTMLElement'], Image: window['Image'] }
  const module = { exports: {} }
  const load = vm.compileFunction(readFileSync(require.resolve('excalibur'), 'utf8'), [...Object.keys(browser), 'module', 'exports'])
  Reflect.apply(load, undefined, [...Object.values(browser), module, module.exports])
  return module.exports as Excalibur
}

const { Scene: ExcaliburScene, Actor: ExcaliburActor, PreUpdateEvent: BeforeUpdate } = excalibur()

function stage(...options: [UpdateOptions?]) {
  const log: string[] = []
  const scene = new ExcaliburScene()
  const loop = new EventLoop({ host: new ManualHost(), logger: text => { log.push(text) } })
  const scripts = ownerOfUpdates(loop, scene, ...options)
  /** What the engine tells before each update, with the time that its time scale makes of it. */
  const update = (elapsed: number): void => { scene.emit('preupdate', new BeforeUpdate(undefined, elapsed, scene)) }
  return { log, scene, loop, owner: scripts.owner, end: () => { scripts.end() }, update }
}

function* guard(log: string[], name: string): Coroutine<void> {
  try {
    yield* sleep(1000)
  } finally {
    log.push(`${name}: cleaned up`)
  }
}

describe('a scene of Excalibur', () => {
  it('runs scripts once before each update, on its time, and their errors are there in the same frame', () => {
    const { log, loop, owner, update } = stage({ onFrame: ({ errors }) => { for (const error of errors) log.push(String(error)) } })
    owner.spawn(function* () {
      for (;;) {
        log.push(`moves at ${loop.time()}`)
        yield* nextFrame()
      }
    }())
    owner.spawn(function* (): Coroutine<void> {
      yield* sleep(24)
      throw new Error('a script fails')
    }())
    for (const elapsed of [16, 8, 16]) update(elapsed) // the second one in slow motion
    expect(log).toEqual(['moves at 16', 'moves at 24', 'moves at 40', 'Error: a script fails'])
  })

  it('has the errors of scripts logged, unless somebody asks for them', () => {
    const { log, owner, update } = stage()
    owner.spawn(function* (): Coroutine<void> { throw new Error('a script fails') }())
    update(16)
    expect(log).toEqual([expect.stringMatching(/^a script has failed\n.*Error: a script fails/s)])
  })

  it('passes its limits on to each frame', () => {
    const { log, loop, update } = stage({ maxTurns: 2 })
    const again = (): void => {
      log.push(`at ${loop.time()}`)
      loop.callSoon(again)
    }
    loop.callSoon(again)
    for (const elapsed of [10, 10]) update(elapsed)
    expect(log).toEqual(['at 10', 'at 10', 'at 20', 'at 20'])
  })

  it('has run every finally when end() returns, and makes no frame any more', () => {
    const { log, loop, owner, end, update } = stage()
    owner.spawn(guard(log, 'scene'))
    update(16)
    end()
    log.push('ended')
    loop.callLater(0, () => { log.push('never') })
    update(16)
    expect([log, owner.closed, loop.time()]).toEqual([['scene: cleaned up', 'ended'], true, 16])
  })
})

describe('an actor of Excalibur', () => {
  it('has its scripts ended when it is killed, and the others go on', () => {
    const { log, scene, loop, owner, update } = stage()
    const [door, guest] = ['door', 'guest'].map(name => {
      const actor = new ExcaliburActor({ name })
      scene.add(actor)
      ownerOfActor(owner, actor).spawn(guard(log, name), { name })
      return actor
    }) as [Actor, Actor]
    update(16)
    door.kill()
    log.push(...loop.report().map(({ name }) => `${name} goes on`))
    guest.kill()
    expect(log).toEqual(['door: cleaned up', 'guest goes on', 'guest: cleaned up'])
  })

  it('keeps nothing of its owner when that is closed before', () => {
    const { log, owner } = stage()
    const handlers = new Set<() => void>()
    const actor: KillableLike = {
      name: 'door',
      on(_name, handler) {
        handlers.add(handler)
        return { close() { handlers.delete(handler) } }
      },
    }
    ownerOfActor(owner, actor).onClose(() => { log.push('the door is closed') })
    log.push(`${handlers.size} listens`)
    owner.close()
    log.push(`${handlers.size} listen`)
    expect(log).toEqual(['1 listens', 'the door is closed', '0 listen'])
  })
})
