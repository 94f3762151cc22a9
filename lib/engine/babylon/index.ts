/**
 * The door `yieldfrom/engine/babylon`: scripts that run in the frames of a Babylon scene, and end with it.
 *
 * The types name only what is used of Babylon. A spec compares them with Babylon's own types.
 * @module
 */
import { checkedFunction, checkedParts } from '../../base/checked.ts'
import type { Owner } from '../../task/owner/owner.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import { type FrameSettings, checkedOwner, checkedSettings, closeInCallback, makeFrame } from '../make-frame.ts'

export type { FrameSettings }

/** Babylon's `Observable`, as far as this door needs it. */
export interface Observable<T, O> {
  /** Call back at each notice. @returns what `remove()` takes. */
  add(callback: (value: T) => void): O
  /** Call back no more. @returns whether it did before. */
  remove(observer: O): boolean
}

/** Babylon's `Scene`, as far as this door needs it. */
export interface SceneLike<O> {
  /** Gives notice before each frame. */
  readonly onBeforeRenderObservable: Observable<SceneLike<O>, O>
  /** Gives notice when the scene is disposed of. */
  readonly onDisposeObservable: Observable<SceneLike<O>, O>
  /** @returns the engine, whose `getDeltaTime()` gives the milliseconds of the last frame. */
  getEngine(): { getDeltaTime(): number }
}

/** A node or a mesh of Babylon, as far as this door needs it. */
export interface DisposableLike<N, O> {
  /** What the owner of its scripts is called. */
  readonly name: string
  /** Gives notice when it is disposed of. */
  readonly onDisposeObservable: Observable<N, O>
}

/** The options of `ownerOfScene()`. Without `errors` and `onFrame`, the loop's exception handler gets the errors of scripts, and logs them. */
export interface SceneOptions extends FrameSettings {
  /** Gives the time of a frame, in milliseconds. The default is the time that the engine tells. */
  readonly deltaTime?: () => number
}

/**
 * Let the loop make a frame before each rendering of the scene. When the scene is disposed of, its owner is closed. So every
 * `finally` has run when `scene.dispose()` returns. If a cleanup fails, the loop's exception handler is told, and not Babylon.
 * @returns the owner of everything that belongs to the scene.
 */
export function ownerOfScene<O>(loop: EventLoop, scene: SceneLike<O>, options: SceneOptions = {}): Owner {
  checkedParts('ownerOfScene()', 'an event loop', loop, 'owner()', 'frame()')
  checkedParts('ownerOfScene()', 'a scene of Babylon', scene, 'onBeforeRenderObservable.add()', 'onDisposeObservable.add()', 'getEngine()')
  const { deltaTime = () => scene.getEngine().getDeltaTime(), ...settings } = checkedSettings('ownerOfScene(loop, scene, { budget: 4 })', options, 'deltaTime')
  checkedFunction('ownerOfScene(), for deltaTime,', deltaTime)
  const owner = loop.owner('scene')
  const frames = scene.onBeforeRenderObservable.add(() => {
    makeFrame(loop, deltaTime(), settings)
  })
  scene.onDisposeObservable.add(() => {
    scene.onBeforeRenderObservable.remove(frames)
    closeInCallback(owner)
  })
  return owner
}

/** Make an owner for a node, inside the owner of the scene. It is closed when the node is disposed of. */
export function ownerOfNode<N, O>(scene: Owner, node: DisposableLike<N, O>): Owner {
  checkedParts('ownerOfNode()', 'a node of Babylon', node, 'name', 'onDisposeObservable.add()')
  const owner = checkedOwner('ownerOfNode()', scene).owner(node.name)
  node.onDisposeObservable.add(() => { closeInCallback(owner) })
  return owner
}
