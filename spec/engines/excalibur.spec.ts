import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import vm from 'node:vm'
import type { Actor, CoroutineInstance, Engine, EngineOptions, PreUpdateEvent, Scene } from 'excalibur'
import { type Coroutine, EventLoop, ManualHost, nextFrame, sleep } from '../../lib/index.ts'
import { type KillableLike, type UpdateOptions, ownerOfActor, ownerOfUpdates } from '../../lib/engine/excalibur/index.ts'

interface Excalibur {
  readonly Logger: { getInstance(): { clearAppenders(): void } }
  readonly Scene: new () => Scene
  readonly Actor: new (options: { name: string }) => Actor
  readonly Engine: new (options: EngineOptions) => Engine
  readonly PreUpdateEvent: new (engine: unknown, elapsed: number, scene: Scene) => PreUpdateEvent
  readonly coroutine: (engine: Engine, body: () => Generator<number | undefined, void, number>) => CoroutineInstance
}

interface Browser extends Record<string, unknown> {
  readonly HTMLCanvasElement: { readonly prototype: { getContext(kind: string): unknown } }
}

/** Excalibur looks for a browser when it is loaded: a window without a screen is enough, which Jest does not see. What it draws goes nowhere. */
function excalibur(): Excalibur {
  const outfile = join(mkdtempSync(join(tmpdir(), 'yieldfrom-')), 'happy-dom.js')
  execFileSync(join(__dirname, '../../node_modules/.bin/esbuild'),
    ['--bundle', '--format=cjs', '--platform=node', '--log-level=error', `--outfile=${outfile}`],
    { cwd: join(__dirname, '../..'), input: "export { Window } from 'happy-dom'" })
  const { Window } = require(outfile) as { Window: new (options: { url: string }) => Browser }
  const window = new Window({ url: 'http://localhost/' })
  const nowhere: unknown = new Proxy(() => undefined, {
    get: (_, name) => name === Symbol.toPrimitive ? () => 0 : nowhere, apply: () => nowhere, set: () => true,
  })
  window.HTMLCanvasElement.prototype.getContext = function (kind) {
    return kind === '2d' ? new Proxy({}, { get: (_, name) => name === 'canvas' ? this : nowhere, set: () => true }) : null
  }
  const browser: Record<string, unknown> = { window }
  for (const name of ['Window', 'document', 'HTMLElement', 'HTMLCanvasElement', 'Image', 'XMLHttpRequest', 'navigator', 'location']) browser[name] = window[name]
  const module = { exports: {} }
  const load = vm.compileFunction(readFileSync(require.resolve('excalibur'), 'utf8'), [...Object.keys(browser), 'module', 'exports'])
  Reflect.apply(load, undefined, [...Object.values(browser), module, module.exports])
  const loaded = module.exports as Excalibur
  loaded.Logger.getInstance().clearAppenders() // it warns that there is no screen
  return loaded
}

const { Scene: ExcaliburScene, Actor: ExcaliburActor, Engine: ExcaliburEngine, PreUpdateEvent: BeforeUpdate, coroutine: itsOwn } = excalibur()

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

describe('the engine of Excalibur', () => {
  /** A whole engine. `frames()` lets its main loop run, 16 ms each time. */
  function game() {
    const log: string[] = []
    const engine = new ExcaliburEngine({
      width: 10, height: 10, garbageCollection: false, suppressPlayButton: true, suppressConsoleBootMessage: true, suppressMinimumBrowserFeatureDetection: true,
    })
    const clock = engine.debug.useTestClock()
    clock.start()
    const scripts = ownerOfUpdates(new EventLoop({ host: new ManualHost() }), engine)
    const frames = (count: number): void => { clock.run(count, 16) }
    return { log, engine, scripts, frames }
  }

  it.each([[1, 11], [0.5, 21], [2, 6]])('lets scripts sleep by its time scale of %s, which its own coroutines do not know', (timescale, last) => {
    const { log, engine, scripts, frames } = game()
    engine.timescale = timescale
    let frame = 1
    scripts.owner.spawn(function* () {
      yield* sleep(160) // from the first frame on
      log.push(`a script in frame ${frame}`)
    }())
    itsOwn(engine, function* () {
      yield 160
      log.push(`its own coroutine in frame ${frame}`)
    })
    for (; frame <= 30; frame++) frames(1)
    expect(log.sort()).toEqual([`a script in frame ${last}`, 'its own coroutine in frame 10'])
  })

  it('runs every finally of scripts when they end, and none of its own coroutines when they are cancelled', () => {
    const { log, engine, scripts, frames } = game()
    scripts.owner.spawn(guard(log, 'a script'))
    const its = itsOwn(engine, function* () {
      try {
        for (;;) yield
      } finally {
        log.push('never')
      }
    })
    frames(2)
    its.cancel()
    scripts.end()
    frames(2)
    expect([log, its.isComplete()]).toEqual([['a script: cleaned up'], true])
  })
})
