import { RuntimeError } from '../base/errors.ts'
import type { Plain } from '../base/plain.ts'
import type { Border } from '../loop/border.ts'

/** An owner, as far as a recording needs it. */
export interface RecordedOwner {
  readonly name: string
  readonly parent: RecordedOwner | null
  readonly $owners: { toArray(): RecordedOwner[] }
  toString(): string
}

/** The way to an owner from the outside in: a name, and how many open owners of this name were made before it; and so on. */
export type OwnerPath = readonly (string | number)[]

const INSTEAD = "Write loop.input('name', value) instead, and do it in loop.onInput('name', …) or in a script that waits with waitInput('name')"

/**
 * Guards a loop that is recorded. A replay repeats what scripts do, how the program began, and what was recorded. Anything else that
 * changes the loop from outside would make a recording that cannot be replayed.
 */
export class RecordedBorder implements Border {
  /** The owners that belong to no other, in the order in which they were made. */
  private readonly roots = new Set<RecordedOwner>()
  /** Has anything been recorded? Before that, the program begins its scripts. */
  private hasBegun = false
  /** How many recorded changes are under way, one inside of the other. */
  private depth = 0
  /** The first change that was not recorded, in words. */
  private leak: string | null = null

  /**
   * @param loop the loop that is recorded.
   * @param note writes a change of an owner down.
   */
  constructor(private readonly loop: { isRunning(): boolean }, private readonly note: (action: string, value: Plain) => void) {}

  /** Does what happens now come from outside, and not from a script or from something that was recorded? */
  get isOutside(): boolean { return this.depth === 0 && !this.loop.isRunning() }

  /** From now on, the program is under way. */
  begin(): void { this.hasBegun = true }

  within<T>(body: () => T): T {
    this.depth++
    try {
      return body()
    } finally {
      this.depth--
    }
  }

  cross(call: string): void {
    if (!this.hasBegun || !this.isOutside) return
    throw new RuntimeError(`${call} comes from outside of a loop that is recorded, and a replay could not repeat it. ${INSTEAD}`, { code: 'NOT_RECORDED' })
  }

  change(owner: RecordedOwner, action: string, options: Plain, body: () => void): void {
    if (this.hasBegun && this.isOutside) this.note(action, [this.pathOf(owner), options])
    this.within(body)
  }

  opened(owner: RecordedOwner): void {
    this.cross(`making ${owner.toString()}`)
    if (owner.parent === null) this.roots.add(owner)
  }

  closed(owner: RecordedOwner): void { this.roots.delete(owner) }

  leaks(what: string): void {
    if (this.hasBegun) this.leak ??= what
  }

  /** @throws RuntimeError when something has come in that was not recorded. */
  throwIfLeaky(): void {
    if (this.leak === null) return
    throw new RuntimeError(`this recording cannot be replayed: ${this.leak} from outside, and that was not recorded. ${INSTEAD}`, { code: 'NOT_RECORDED' })
  }

  /** @returns the owner at the end of a path, or `undefined` when there is none. */
  find(path: OwnerPath): RecordedOwner | undefined {
    let found: RecordedOwner | undefined
    let inner = Array.from(this.roots)
    for (let i = 0; i < path.length; i += 2) {
      found = inner.filter(({ name }) => name === path[i])[path[i + 1] as number]
      inner = found?.$owners.toArray() ?? []
    }
    return found
  }

  private pathOf(owner: RecordedOwner): OwnerPath {
    const { name, parent } = owner
    const same = (parent?.$owners.toArray() ?? Array.from(this.roots)).filter(other => other.name === name)
    return [...parent === null ? [] : this.pathOf(parent), name, same.indexOf(owner)]
  }
}
