import fc from 'fast-check'
import {
  type Clock, type Coroutine, Event, EventLoop, type FrameOptions, ManualHost, type Owner, TaskGroup, createTask, gather, nextFrame, sleep, use,
} from '../../lib/index.ts'
import { runs } from '../support/thorough.ts'

/** What a script does, one after the other, over and over. */
const STEPS = ['yield', 'frame', 'sleep', 'event', 'group', 'gather', 'child', 'closeOwn', 'closeOther', 'pauseOther', 'throw'] as const
type Step = typeof STEPS[number]
/** What the host does between two frames. */
const ACTS = ['spawn', 'spawn', 'spawn', 'pause', 'resume', 'cancel', 'close', 'skipTime', 'scale', 'stop', 'go', 'owner', 'set', 'frame', 'frame', 'frame', 'tick'] as const
type Act = { readonly what: typeof ACTS[number]; readonly who: number; readonly steps: readonly Step[]; readonly n: number }

const acts = fc.array(fc.record({
  what: fc.constantFrom(...ACTS), who: fc.nat(7), n: fc.nat(30), steps: fc.array(fc.constantFrom(...STEPS), { minLength: 1, maxLength: 4 }),
}), { maxLength: 40 })

/** A frame with a limit runs in another way, even if it never comes to the limit. */
const LIMITED = { maxCallbacks: Number.MAX_SAFE_INTEGER }

/** Run a program. @returns what is wrong with it, and its trace. */
function play(program: readonly Act[], limits: FrameOptions = {}): { readonly faults: string[]; readonly trace: string; readonly log: string } {
  const faults: string[] = []
  const log: string[] = []
  const loop = new EventLoop({ host: new ManualHost(), logger: () => undefined })
  const clocks: Clock[] = [loop.clock, loop.clock.child({ scale: 0.5 }), loop.clock.child({ step: 7, maxSteps: 4 })]
  const owners: Owner[] = [loop.owner('0')]
  const event = new Event()
  let begun = 0
  let ended = 0
  let scripts = 0

  function* script(owner: Owner, steps: readonly Step[], n: number, depth = 0): Coroutine<void> {
    const me = scripts++
    const mark = (what: string): void => {
      if (owner.closed) faults.push(`script ${me} of a closed owner ${what}`)
      log.push(`${me} ${what}`)
    }
    begun++
    let cleanedUp = 0
    try {
      for (let round = 0; round < 5; round++) {
        for (const step of steps) {
          mark(step)
          yield* doing(step, owner, n, depth)
        }
      }
    } finally {
      ended++
      if (++cleanedUp > 1) faults.push(`script ${me} cleaned up twice`)
      mark('cleans up')
      if (n % 3 === 0) yield* sleep(n)
      if (n % 5 === 0) yield
    }
  }

  function* doing(step: Step, owner: Owner, n: number, depth: number): Coroutine<void> {
    const other = owners[n % owners.length] as Owner
    const child = (): Coroutine<void> => script(owner, ['sleep', 'yield'], n + 1, depth + 1)
    if (step === 'yield') yield
    else if (step === 'frame') yield* nextFrame()
    else if (step === 'sleep') yield* sleep(n)
    else if (step === 'event') yield* event.wait()
    else if (step === 'closeOwn') { if (n % 4 === 0) close(owner) }
    else if (step === 'closeOther') { if (n % 2 === 0) close(other) }
    else if (step === 'pauseOther') other.pause()
    else if (step === 'throw') { if (n % 7 === 0) throw new Error('a script fails') }
    else if (depth > 1) yield
    else if (step === 'group') yield* use(new TaskGroup(), function* (group) { group.createTask(child()); group.createTask(child()); yield* sleep(n) })
    else if (step === 'gather') yield* gather([child(), child()])
    else createTask(child())
  }

  function close(owner: Owner, skipsTime = false): void {
    const strangers = log.length
    try {
      owner.close({ cleanup: skipsTime ? 'skipTime' : 'cancel' })
    } catch (error) {
      faults.push(String(error))
    }
    if (!loop.isRunning() && !owner.closed) faults.push(`${String(owner)} is not closed after ${log.length - strangers} steps`)
  }

  for (const { what, who, steps, n } of program) {
    const owner = owners[who % owners.length] as Owner
    const clock = clocks[1 + who % 2] as Clock
    const isOpen = !owner.closed && owner.closing.length === 0
    if (what === 'spawn') { if (isOpen) owner.spawn(script(owner, steps, n)) }
    else if (what === 'owner') { if (isOpen) owners.push(owner.owner(`${owners.length}`, { clock: clocks[n % 3] as Clock })) }
    else if (what === 'pause') owner.pause()
    else if (what === 'resume') owner.resume()
    else if (what === 'cancel') owner.cancel()
    else if (what === 'close') close(owner)
    else if (what === 'skipTime') close(owner, true)
    else if (what === 'scale') clock.scale = 0.25 + n / 10
    else if (what === 'stop') clock.paused = true
    else if (what === 'go') clock.paused = false
    else if (what === 'set') { event.set(); event.clear() }
    else if (what === 'tick') loop.tick({ dt: n })
    else loop.frame({ dt: n, maxTurns: 200, ...limits })
  }
  const trace = loop.trace()
  for (const owner of owners) close(owner)
  if (begun !== ended) faults.push(`${begun} began, and ${ended} cleaned up`)
  const left = loop.report().map(({ name }) => name)
  if (left.length > 0) faults.push(`left: ${left.join()}`)
  const before = log.length
  for (let i = 0; i < 5; i++) loop.frame({ dt: 1000 })
  if (log.length > before) faults.push('something ran afterwards')
  return { faults, trace, log: log.join() }
}

const RUNS = 1000

it.each(Array.from({ length: 10 }, (_, i) => i * RUNS))('in random programs of owners no finally is lost or runs twice, nothing closed runs, and all is the same again, also in frames with a limit: from %d on', from => {
  fc.assert(fc.property(acts, program => {
    const first = play(program)
    expect(first.faults).toEqual([])
    expect(play(program)).toEqual(first)
    expect(play(program, LIMITED)).toEqual(first)
  }), { numRuns: runs(RUNS), seed: from + 1, endOnFailure: true })
})
