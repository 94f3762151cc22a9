/**
 * The door `yieldfrom/engine/babylon`: scripts that run in the frames of a Babylon scene, and end with it.
 *
 * The types say what is used of Babylon; a spec holds them against Babylon's own.
 */
import type { Owner } from '../../task/owner/owner.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import type { FrameOptions, TickReport } from '../../tick/tick-report.ts'

/** Of Babylon's `Observable`. */
export interface Observable<T, O> {
  add(callback: (value: T) => void): O
  remove(observer: O): boolean
}

/** Of Babylon's `Scene`. */
export interface SceneLike<O> {
  readonly onBeforeRenderObservable: Observable<SceneLike<O>, O>
  readonly onDisposeObservable: Observable<SceneLike<O>, O>
  getEngine(): { getDeltaTime(): number }
}

/** Of a node or a mesh. */
export interface DisposableLike<N, O> {
  readonly name: string
  readonly onDisposeObservable: Observable<N, O>
}

export interface SceneOptions extends Omit<FrameOptions, 'now' | 'dt'> {
  /** How much time a frame takes, in milliseconds; what the engine says by default. */
  readonly deltaTime?: () => number
  /** Is called after each frame. */
  readonly onFrame?: (report: TickReport) => void
}

/**
 * Let the loop make a frame before the scene is rendered. When the scene is disposed of, its owner is closed: every `finally` has
 * run when `scene.dispose()` returns.
 * @returns the owner of what belongs to the scene.
 */
export function ownerOfScene<O>(loop: EventLoop, scene: SceneLike<O>, options: SceneOptions = {}): Owner {
  const { deltaTime = () => scene.getEngine().getDeltaTime(), onFrame, ...limits } = options
  const owner = loop.owner('scene')
  const frames = scene.onBeforeRenderObservable.add(() => {
    const report = loop.frame({ ...limits, dt: deltaTime() })
    onFrame?.(report)
  })
  scene.onDisposeObservable.add(() => {
    scene.onBeforeRenderObservable.remove(frames)
    owner.close()
  })
  return owner
}

/** The owner of what belongs to a node, inside of that of the scene: it is closed when the node is disposed of. */
export function ownerOfNode<N, O>(scene: Owner, node: DisposableLike<N, O>): Owner {
  const owner = scene.owner(node.name)
  node.onDisposeObservable.add(() => { owner.close() })
  return owner
}
