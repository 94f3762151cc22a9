// The types that the adapters have of their engines, held against the engines' own.
import type { Scene, TransformNode } from '@babylonjs/core'
import type { Actor, Engine, Scene as ExcaliburScene } from 'excalibur'
import type { system } from '@minecraft/server'
import type BetterSqlite3 from 'better-sqlite3'
import type { QuickJSContext } from 'quickjs-emscripten-core'
import { type Coroutine, type EventLoop } from 'yieldfrom'
import { ownerOfNode, ownerOfScene } from 'yieldfrom/engine/babylon'
import { runAsJob } from 'yieldfrom/engine/bedrock'
import { ownerOfActor, ownerOfUpdates } from 'yieldfrom/engine/excalibur'
import { attachToFrames } from 'yieldfrom/engine/frame'
import { evaluate } from 'yieldfrom/engine/quickjs'
import { type GameLike, tickOfGame } from 'yieldfrom/engine/screeps'
import { inTransaction } from 'yieldfrom/engine/sqlite'

declare const loop: EventLoop
declare function two(): Coroutine<number>

export function babylon(scene: Scene, node: TransformNode): void { ownerOfNode(ownerOfScene(loop, scene), node).spawn(two()) }

export function excalibur(engine: Engine, scene: ExcaliburScene, actor: Actor): void {
  ownerOfActor(ownerOfUpdates(loop, scene).owner, actor).spawn(two())
  ownerOfUpdates(loop, engine).end()
}

export function bedrock(itsSystem: typeof system): void { runAsJob(loop, itsSystem)() }

export function sqlite(db: BetterSqlite3.Database): number {
  const [result] = inTransaction(db, () => [two()])
  return result
}

export function quickjs(context: QuickJSContext): unknown { return evaluate(context, '1 + 1') }

export function frames(requestAnimationFrame: (callback: (now: number) => void) => number): void { attachToFrames(loop, requestAnimationFrame)() }

export function screeps(game: GameLike): number { return tickOfGame(loop, game).ran }
