/**
 * The door `yieldfrom/engine/screeps`: one call per game tick. The budget is the processor time that Screeps counts. The unit of
 * time is the game tick: `sleep(1)` waits for the next one.
 * @module
 */
import { checkedNumber, checkedParts } from '../../base/checked.ts'
import { checkedSettings, reporting } from '../make-frame.ts'
import type { EventLoop } from '../../task/event-loop.ts'
import type { FrameOptions, TickReport } from '../../tick/tick-report.ts'

/** The global `Game`, as far as this door needs it. */
export interface GameLike {
  /** The number of the game tick. */
  readonly time: number
  /** How much processor time a tick may use, and how much it has used, in milliseconds as Screeps counts them. */
  readonly cpu: { readonly limit: number; getUsed(): number }
}

/** The options of `tickOfGame()`, and the limits of its frame. Without `errors`, the loop's exception handler gets the errors of scripts, and logs them. */
export interface TickOfGame extends Omit<FrameOptions, 'now' | 'dt' | 'cost'> {
  /** How much of the limit to keep for code that runs after this call; 1 by default. */
  readonly spare?: number
}

/**
 * Run what is ready in this game tick: `module.exports.loop = () => { tickOfGame(loop, Game) }`. The server stops a tick that takes
 * too long. This is noticed at the next tick: the task that had the turn ends with an error, and the others go on.
 * @returns the report of the frame.
 */
export function tickOfGame(loop: EventLoop, game: GameLike, options: TickOfGame = {}): TickReport {
  checkedParts('tickOfGame()', 'an event loop', loop, 'abandon()', 'frame()')
  checkedParts('tickOfGame()', 'the Game of Screeps', game, 'time', 'cpu.limit', 'cpu.getUsed()')
  const { spare = 1, ...limits } = checkedSettings('tickOfGame(loop, Game, { spare: 1 })', options, 'spare')
  loop.abandon('the time limit of the last tick')
  const budget = Math.max(0, game.cpu.limit - checkedNumber('tickOfGame({ spare })', spare) - game.cpu.getUsed())
  return loop.frame({ budget, errors: reporting(loop), ...limits, now: game.time, cost: () => game.cpu.getUsed() })
}
