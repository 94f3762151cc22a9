import type { Deed } from './language.ts'
import type { Actor, Ending, Nest, Target, Wait } from './things.ts'

/** Who looks on while a program runs. This one does nothing. */
export class Witness {
  begins(_actor: Actor): void { /* its first step */ }

  ends(_actor: Actor, _ending: Ending): void { /* its last step */ }

  waits(_actor: Actor, _wait: Wait): void { /* it is about to wait */ }

  waited(_actor: Actor, _wait: Wait, _ending: Ending): void { /* the wait is over */ }

  enters(_nest: Nest): void { /* its body is about to begin */ }

  leaves(_nest: Nest, _body: Ending): void { /* its body has ended */ }

  left(_nest: Nest, _body: Ending, _ending: Ending): void { /* and so has the manager */ }

  /** A task is in the scopes of who starts it, and now in those of its group. */
  started(_actor: Actor, _group: Nest): void { /* it has called started() */ }

  tries(_actor: Actor): void { /* a `try` is entered */ }

  cleansUp(_actor: Actor): void { /* the `finally` of the innermost one runs */ }

  cleanedUp(_actor: Actor, _body: Ending, _ending: Ending): void { /* and is over */ }

  /** May a request be taken back that an actor has been told of? */
  mayTakeBack(_actor: Actor): boolean { return true }

  tookBack(_actor: Actor): void { /* it has been taken back */ }

  /** Somebody in the program does something, by which tasks may be asked to end. */
  does(_deed: Deed, _target: Target | null, deed: () => void): void { deed() }
}
