/**
 * The door `yieldfrom/engine/excalibur`: scripts that run in the updates of an Excalibur scene or engine. Their time is the time of
 * the engine, which its time scale changes.
 * @module
 */
import { checkedParts } from '../../base/checked.ts'
import type { Owner } from '../../task/owner/owner.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import { type FrameSettings, checkedOwner, checkedSettings, closeInCallback, makeFrame } from '../make-frame.ts'

/** The options of `ownerOfUpdates()`. */
export type UpdateOptions = FrameSettings

/** A `Scene`, an `Engine` or an `Actor`: it tells of each update, with the time since the last one in milliseconds. */
export interface UpdatingLike {
  /** Call back before each update, with the milliseconds since the last one. @returns what ends it. */
  on(name: 'preupdate', handler: (event: { readonly elapsed: number }) => void): { close(): void }
}

/** An `Actor`: it tells when it is removed. */
export interface KillableLike {
  /** What the owner of its scripts is called. */
  readonly name: string
  /** Call back when it is killed. @returns what ends it. */
  on(name: 'kill', handler: () => void): { close(): void }
}

/**
 * Let the loop make a frame before each update of a scene or an engine. Without `errors` and `onFrame`, the loop's exception handler
 * gets the errors of scripts, and logs them.
 * @returns the owner of the scripts, and `end()`, which closes the owner and makes no more frames.
 */
export function ownerOfUpdates(loop: EventLoop, updating: UpdatingLike, settings: UpdateOptions = {}): { readonly owner: Owner; readonly end: () => void } {
  checkedParts('ownerOfUpdates()', 'an event loop', loop, 'owner()', 'frame()')
  checkedParts('ownerOfUpdates()', 'a scene or an engine of Excalibur', updating, 'on()')
  checkedSettings('ownerOfUpdates(loop, scene, { budget: 4 })', settings)
  const owner = loop.owner('scene')
  const subscription = updating.on('preupdate', ({ elapsed }) => {
    makeFrame(loop, elapsed, settings)
  })
  return {
    owner,
    end: () => {
      subscription.close()
      closeInCallback(owner)
    },
  }
}

/** Make an owner for an actor, inside the owner of the scene. It is closed when the actor is killed. */
export function ownerOfActor(scene: Owner, actor: KillableLike): Owner {
  checkedParts('ownerOfActor()', 'an actor of Excalibur', actor, 'name', 'on()')
  const owner = checkedOwner('ownerOfActor()', scene).owner(actor.name)
  const subscription = actor.on('kill', () => { closeInCallback(owner) })
  owner.onClose(() => { subscription.close() })
  return owner
}
