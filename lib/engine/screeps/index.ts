/**
 * The door `yieldfrom/engine/screeps`: one call per game tick, with the processor time that Screeps counts as the budget. Time is
 * counted in game ticks: `sleep(1)` is the next one.
 */
import type { EventLoop } from '../../task/event-loop.ts'
import type { FrameOptions, TickReport } from '../../tick/tick-report.ts'

/** Of the global `Game`. */
export interface GameLike {
  readonly time: number
  readonly cpu: { readonly limit: number; getUsed(): number }
}

export interface TickOfGame extends Omit<FrameOptions, 'now' | 'dt' | 'cost'> {
  /** Keep so much of the limit for what comes afterwards; 1 by default. */
  readonly spare?: number
}

/**
 * Run what is ready in this game tick: `module.exports.loop = () => { tickOfGame(loop, Game) }`. A tick that the server has torn off
 * because of its time limit is noticed at the next one: who had the turn then is over, with an error, and the others go on.
 */
export function tickOfGame(loop: EventLoop, game: GameLike, { spare = 1, ...options }: TickOfGame = {}): TickReport {
  loop.abandon('the time limit of the last tick')
  const budget = Math.max(0, game.cpu.limit - spare - game.cpu.getUsed())
  return loop.frame({ budget, ...options, now: game.time, cost: () => game.cpu.getUsed() })
}
