/**
 * The door `yieldfrom/engine/excalibur`: scripts that run in the updates of an Excalibur scene or engine, on its time, which its
 * time scale stretches.
 */
import type { Owner } from '../../task/owner/owner.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import type { FrameOptions, TickReport } from '../../tick/tick-report.ts'

/** What tells of updates, each with the time since the last one in milliseconds: of a `Scene`, an `Engine` or an `Actor`. */
export interface UpdatingLike {
  on(name: 'preupdate', handler: (event: { readonly elapsed: number }) => void): { close(): void }
}

/** What tells when it is removed: an `Actor`. */
export interface KillableLike {
  readonly name: string
  on(name: 'kill', handler: () => void): { close(): void }
}

export interface UpdateOptions extends Omit<FrameOptions, 'now' | 'dt'> {
  /** Is called after each frame. */
  readonly onFrame?: (report: TickReport) => void
}

/**
 * Let the loop make a frame before each update of a scene or an engine.
 * @returns the owner of its scripts, and how to end it: `end()` closes the owner.
 */
export function ownerOfUpdates(loop: EventLoop, updating: UpdatingLike, options: UpdateOptions = {}): { readonly owner: Owner; end(): void } {
  const { onFrame, ...limits } = options
  const owner = loop.owner('scene')
  const subscription = updating.on('preupdate', ({ elapsed }) => {
    const report = loop.frame({ ...limits, dt: elapsed })
    onFrame?.(report)
  })
  return {
    owner,
    end() {
      subscription.close()
      owner.close()
    },
  }
}

/** The owner of what belongs to an actor: it is closed when the actor is killed. */
export function ownerOfActor(scene: Owner, actor: KillableLike): Owner {
  const owner = scene.owner(actor.name)
  const subscription = actor.on('kill', () => { owner.close() })
  owner.onClose(() => { subscription.close() })
  return owner
}
