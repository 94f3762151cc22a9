import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import vm from 'node:vm'
import { Observable } from '@babylonjs/core/Misc/observable.js'
import '@babylonjs/core/Misc/observableCoroutine.js'
import type { Engine, TestClock, coroutine } from 'excalibur'
import { Window } from 'happy-dom'
import { type Coroutine, EventLoop, ManualHost, type Owner, nextFrame } from 'yieldfrom'
import { ownerOfScene } from 'yieldfrom/engine/babylon'
import { ownerOfUpdates } from 'yieldfrom/engine/excalibur'

/** How many scripts an engine moves in each frame. */
export const MOVING = 1_000
export const FEW_FRAMES = 5

let moves = 0

function* script(): Coroutine<void> {
  for (;;) {
    moves++
    yield* nextFrame()
  }
}

function* itsOwn(): Generator<undefined, void, unknown> {
  for (;;) {
    moves++
    yield
  }
}

/** @returns what lets the engine make a few frames, and tells how often a script was moved. The scripts have begun before. */
function framesOf(frame: () => void): () => number {
  frame()
  return () => {
    moves = 0
    for (let i = 0; i < FEW_FRAMES; i++) frame()
    return moves
  }
}

function spawnAll(owner: Owner): void { for (let i = 0; i < MOVING; i++) owner.spawn(script()) }

/** What one writes without an engine and without a loop. */
export function byNothing(): () => number {
  const active = Array.from({ length: MOVING }, itsOwn)
  return framesOf(() => { for (const each of active) each.next() })
}

/** What is used of a scene. */
class SceneWithoutPictures {
  readonly onBeforeRenderObservable = new Observable<SceneWithoutPictures>()
  readonly onDisposeObservable = new Observable<SceneWithoutPictures>()

  getEngine(): { getDeltaTime(): number } { return { getDeltaTime: () => 16 } }
}

export function scriptsInBabylon(): () => number {
  const scene = new SceneWithoutPictures()
  spawnAll(ownerOfScene(new EventLoop({ host: new ManualHost() }), scene))
  return framesOf(() => { scene.onBeforeRenderObservable.notifyObservers(scene) })
}

/** Babylon's own coroutines. They cannot sleep: they count frames. */
export function byBabylon(): () => number {
  const rendered = new Observable<null>()
  for (let i = 0; i < MOVING; i++) void rendered.runCoroutineAsync(itsOwn())
  return framesOf(() => { rendered.notifyObservers(null) })
}

interface Excalibur {
  readonly TestClock: typeof TestClock
  readonly Engine: typeof Engine
  readonly EventEmitter: new () => { on(name: string, handler: (event: { elapsed: number }) => void): { close(): void }; emit(name: string, event: object): void }
  readonly coroutine: typeof coroutine
}

/** Excalibur looks for a browser when it is loaded. It draws nothing here. */
function excalibur(): Excalibur {
  const window = new Window() as unknown as Record<string, unknown>
  const browser: Record<string, unknown> = { window, document: window['document'], HTMLElement: window['HTMLElement'], Image: window['Image'] }
  const module = { exports: {} }
  const source = readFileSync(createRequire(import.meta.url).resolve('excalibur'), 'utf8')
  Reflect.apply(vm.compileFunction(source, [...Object.keys(browser), 'module', 'exports']), undefined, [...Object.values(browser), module, module.exports])
  return module.exports as Excalibur
}

export function scriptsInExcalibur(): () => number {
  const updates = new (excalibur().EventEmitter)()
  spawnAll(ownerOfUpdates(new EventLoop({ host: new ManualHost() }), updates).owner)
  return framesOf(() => { updates.emit('preupdate', { elapsed: 16 }) })
}

/** Excalibur's own coroutines, on the clock that its engine has for them. The engine draws nothing. */
export function byExcalibur(): () => number {
  const { TestClock: Clock, Engine: { Context }, coroutine: run } = excalibur()
  const clock = new Clock({ tick: () => undefined, defaultUpdateMs: 16 })
  clock.start()
  Context.scope({ clock } as unknown as Engine, () => { for (let i = 0; i < MOVING; i++) run(itsOwn) })
  return framesOf(() => { clock.step() })
}
