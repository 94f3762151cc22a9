import { type Coroutine, EventLoop, ManualHost, nextFrame, sleep } from 'yieldfrom'

export const ACTIVE = 1_000
export const SLEEPING = 10_000
export const FRAMES = 100
const FAR = 1e12

let moves = 0

function* moving(): Coroutine<void> {
  for (;;) {
    moves++
    yield
  }
}

function* movingByFrames(): Coroutine<void> {
  for (;;) {
    moves++
    yield* nextFrame()
  }
}

function* sleeping(): Coroutine<void> { yield* sleep(FAR) }

/** A game with so many scripts that run in each frame, and so many that sleep. */
function game(script: () => Coroutine<void>, isRecorded: boolean): EventLoop {
  const loop = new EventLoop({ host: new ManualHost() })
  if (isRecorded) loop.record()
  for (let i = 0; i < SLEEPING; i++) loop.createTask(sleeping())
  for (let i = 0; i < ACTIVE; i++) loop.createTask(script())
  loop.frame({ dt: 16 })
  return loop
}

const scripts = { yield: moving, nextFrame: movingByFrames }

/** @returns what runs so many frames, and tells how often a script was moved. */
export function frames(script: keyof typeof scripts, isRecorded = false): () => number {
  const loop = game(scripts[script], isRecorded)
  return () => {
    moves = 0
    for (let i = 0; i < FRAMES; i++) loop.frame({ dt: 16 })
    return moves
  }
}

/** What one writes without a loop: the active ones in a list, and nothing else. */
export function byHand(): () => number {
  const active = Array.from({ length: ACTIVE }, () => moving() as Iterator<unknown>)
  return () => {
    moves = 0
    for (let i = 0; i < FRAMES; i++) for (const script of active) script.next()
    return moves
  }
}
