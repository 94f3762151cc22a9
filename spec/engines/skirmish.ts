import {
  type Coroutine, EventLoop, ManualHost, Queue, TaskGroup, coroutine, createTask, nextFrame, race, replay, sleep, use, waitInput,
} from '../../lib/index.ts'

/** Scripts of a game that use all there is for embedders. What it logs, and its trace, is the same in every engine. */
export function skirmish(): string[] {
  const log: string[] = []
  const loop = new EventLoop({ host: new ManualHost(), logger: () => undefined })
  const recording = loop.record()
  begin(loop, log)
  for (let frame = 0; frame < 40; frame++) {
    if (frame % 7 === 3) loop.input('shot', frame)
    const { errors } = loop.frame({ dt: 16 + frame % 3, maxCallbacks: frame % 5 === 0 ? 4 : 1000 })
    for (const error of errors) log.push(`${frame}: ${String(error)}`)
  }
  log.push(`trace ${loop.trace()}`)
  log.push(`replayed ${String(replay(again => { begin(again, []) }, recording.toJSON()).trace() === loop.trace())}`)
  loop.close()
  return log
}

function begin(loop: EventLoop, log: string[]): void {
  const slow = loop.clock.child({ scale: 0.5 })
  const physics = loop.clock.child({ step: 20, maxSteps: 3 })
  const world = loop.owner('world')
  const shots = new Queue<number>()
  world.spawn(function* () { for (;;) shots.putNowait(yield* waitInput<number>('shot')) }(), { name: 'trigger' })
  for (const [name, clock] of [['slow', slow], ['steps', physics], ['plain', loop.clock]] as const) {
    const owner = loop.owner(name, { parent: world, clock })
    owner.spawn(function* () {
      try {
        for (let i = 0; ; i++) {
          log.push(`${loop.time()}: ${name} ${i} at ${clock.now()}`)
          yield* race([sleep(40), shots.get()])
          yield* nextFrame()
        }
      } finally {
        log.push(`${name} ends`)
        yield* sleep(1)
      }
    }(), { name })
  }
  world.spawn(function* () {
    yield* sleep(200)
    slow.scale = 2
    yield* use(new TaskGroup(), function* (group) {
      group.createTask(sleep(10))
      group.createTask(sleep(30))
    })
    createTask(function* (): Coroutine<void> { throw new Error('a script fails') }())
    yield* sleep(100)
    log.push(`deep: ${yield* deep(20_000)}`)
    yield* sleep(100)
    loop.callSoon(() => { world.close() })
    yield* sleep(1000)
  }(), { name: 'director' })
}

const deep = coroutine(function* (levels: number): Coroutine<number> {
  if (levels > 0) return 1 + (yield* deep(levels - 1))
  yield* sleep(1)
  return 0
})
