import {
  type Coroutine, EventLoop, ManualHost, action, actionPolicies, type ActionPolicy, type ActionState, VirtualHost, createTask, nextFrame, repeat, sleep, suspend, tween, waitEvent, waitFrames,
  waitInput, waitSignal, waitUntil, waitWhile, formatWaitTree,
} from '../../lib/index.ts'
import { slip } from '../support/stories.ts'

function scene() {
  const log: unknown[] = []
  const loop = new EventLoop({ host: new ManualHost(), logger: text => { log.push(text) } })
  const say = (what: unknown): void => { log.push(`${loop.time()}: ${String(what)}`) }
  const frames = (count: number, dt = 10): void => { for (let i = 0; i < count; i++) loop.frame({ dt }) }
  const script = (body: () => Coroutine<unknown>) => loop.createTask(body())
  return { log, loop, say, frames, script }
}

describe('the words of a game', () => {
  it('wait for frames', () => {
    const { log, loop, say, frames, script } = scene()
    script(function* () {
      say('begins')
      yield* nextFrame()
      say('next')
      yield* waitFrames(3)
      say('three later')
      yield* waitFrames(0)
      say('at once')
      yield* sleep(0)
      say('sleep(0)')
    })
    frames(1)
    log.push(formatWaitTree(loop))
    frames(6)
    expect(log).toEqual([
      '10: begins', expect.stringContaining('Task-1'), '20: next', '50: three later', '50: at once', '60: sleep(0)',
    ])
    expect([(nextFrame() as { toString(): string }).toString(), slip(() => waitFrames(-1)), slip(() => waitUntil(3 as never))]).toEqual([
      'nextFrame()', expect.stringContaining('waitFrames()'),
      'TypeError PREDICATE_NOT_CALLABLE: waitUntil() takes a function that returns true or false, not 3. Write waitUntil(() => x > 3)',
    ])
  })

  it('waits for anything that counts as true, such as a list that is not empty', () => {
    const log: string[] = []
    const loop = new EventLoop({ host: new ManualHost() })
    const bag: string[] = []
    loop.createTask(function* () {
      yield* waitUntil(() => bag.length)
      log.push(`full at ${loop.time()}`)
      yield* waitWhile(() => bag.length)
      log.push(`empty at ${loop.time()}`)
    }())
    loop.frame({ dt: 16 })
    bag.push('tea', 'milk')
    loop.frame({ dt: 16 })
    bag.length = 0
    loop.frame({ dt: 16 })
    expect(log).toEqual(['full at 32', 'empty at 48'])
  })

  it('wait for what is true', () => {
    const { log, say, frames, script } = scene()
    let height = 0
    script(function* () {
      yield* waitUntil(() => height > 20)
      say('high')
      yield* waitUntil(() => height > 20)
      yield* waitWhile(() => height > 20)
      say('low')
    })
    for (height of [10, 21, 30, 20]) frames(1)
    expect(log).toEqual(['20: high', '40: low'])
  })

  it.each(['addEventListener', 'on'])('wait for an event of something with %s()', method => {
    const { log, say, frames, script } = scene()
    const listeners = new Map<string, (event: string) => void>()
    const add = (name: string, listener: (event: string) => void): void => { listeners.set(name, listener) }
    const remove = (name: string): void => { listeners.delete(name) }
    const button = method === 'on' ? { on: add, off: remove } : { addEventListener: add, removeEventListener: remove }
    const task = script(function* () { for (;;) say(yield* waitEvent(button, 'click')) })
    frames(1)
    listeners.get('click')?.('first')
    log.push(listeners.size)
    frames(1)
    log.push(listeners.size)
    task.cancel()
    frames(1)
    expect([...log, listeners.size]).toEqual([0, '20: first', 1, 0])
  })

  it('wait for a signal: a function that subscribes, or an observable', () => {
    const { log, say, frames, script } = scene()
    const callbacks = new Set<(value: number) => void>()
    const observable = {
      add: (callback: (value: number) => void) => { callbacks.add(callback); return { callback } },
      remove: ({ callback }: { callback: (value: number) => void }) => callbacks.delete(callback),
    }
    script(function* () {
      say(yield* waitSignal(observable))
      say(yield* waitSignal<string>(callback => { callback('at once') }))
      say(yield* waitSignal<string>(callback => {
        callback('undone')
        return () => { log.push('the subscription is taken back') }
      }))
    })
    frames(1)
    callbacks.forEach(callback => { callback(7) })
    frames(1)
    expect([...log, callbacks.size]).toEqual(['20: 7', '20: at once', 'the subscription is taken back', '20: undone', 0])
    expect([slip(() => waitEvent({} as never, 'click')), slip(() => waitSignal(3 as never))]).toEqual([
      'TypeError NOT_AN_EVENT_TARGET: waitEvent() takes something with addEventListener() or with on() and off(), not an object. ' +
        'Write waitSignal(callback => subscribe(callback))',
      'TypeError NOT_A_SIGNAL: waitSignal() takes a function that subscribes, or something with add() and remove(), not 3',
    ].map((text, i) => i === 0 ? expect.stringContaining('NOT_AN_EVENT_TARGET') : text))
  })

  it('say in a report what they wait for', () => {
    const { loop, frames, script } = scene()
    const button = { on: () => undefined, off: () => undefined }
    script(function* click() { yield* waitEvent(button, 'click') })
    script(function* secret() { yield* waitEvent(button, Symbol('secret') as never) })
    script(function* signal() { yield* waitSignal(() => undefined) })
    script(function* key() { yield* waitInput('key') })
    script(function* other() { yield* suspend(() => undefined) })
    frames(1)
    expect(loop.report().map(({ waitsFor }) => waitsFor)).toEqual([
      "waitEvent(…, 'click')", 'waitEvent(…, Symbol(secret))', 'waitSignal(…)', "waitInput('key')", 'a suspend()',
    ])
  })

  it('repeat, without drift, and leave out what was missed', () => {
    const { log, say, frames, script } = scene()
    script(() => repeat(15, n => { say(n) }))
    script(() => repeat(20, function* (n) {
      yield* sleep(n === 0 ? 50 : 0)
      say(`slow ${n}`)
      return n < 2
    }))
    frames(10)
    expect(log).toEqual([
      '30: 0', '40: 1', '60: 2', '70: 3', '80: slow 0', '90: 4', '100: slow 1', '100: 5',
    ])
    expect([slip(() => repeat(0, () => false)), slip(() => repeat(1, 3 as never))]).toEqual([
      'ValueError NOT_A_TIME: repeat() takes a positive number of milliseconds, not 0',
      'TypeError BODY_NOT_CALLABLE: repeat() takes a function, not 3',
    ])
  })

  it('tween: in each frame, from 0 to 1', () => {
    const { log, say, frames, script } = scene()
    script(function* () {
      yield* tween(25, t => 2 * t, say)
      yield* tween(10, null, say)
      yield* tween(0, null, say)
    })
    frames(5)
    expect(log).toEqual(['10: 0', '20: 0.8', '30: 1.6', '40: 2', '40: 0', '50: 1', '50: 1'])
    expect([slip(() => tween(-1, null, say)), slip(() => tween(1, 3 as never, say)), slip(() => tween(1, null, 3 as never))]).toEqual([
      'ValueError NOT_A_TIME: tween() takes a number of milliseconds that is not negative, not -1',
      'TypeError EASE_NOT_CALLABLE: tween() takes a function or null for ease, not 3',
      'TypeError STEP_NOT_CALLABLE: tween() takes a function as its third argument, not 3',
    ])
  })
})

describe('an action', () => {
  it.each<[ActionPolicy, unknown[]]>([
    ['drop', ['a begins', 'b: nothing', 'c: nothing', 'a ends']],
    ['queue', ['a begins', 'b: nothing', 'c: nothing', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']],
    ['keepLatest', ['a begins', 'b: nothing', 'c: nothing', 'a ends', 'c begins', 'c ends']],
    ['restart', ['a begins', 'b: nothing', 'c: nothing', 'a is cancelled', 'c begins', 'c ends']],
  ])('with the policy %s', (policy, expected) => {
    const { log, loop, frames } = scene()
    const player = loop.owner('player')
    const attack = action(function* (name: string) {
      log.push(`${name} begins`)
      let how = 'is cancelled'
      try {
        yield* sleep(30)
        how = 'ends'
      } finally {
        log.push(`${name} ${how}`)
      }
    }, { policy, owner: player })
    attack('a')
    frames(2)
    for (const name of ['b', 'c']) if (attack(name) === null) log.push(`${name}: nothing`)
    frames(20)
    expect(log).toEqual(expected)
  })

  it('is pure underneath', () => {
    const start: ActionState<string> = { isRunning: false, waiting: [] }
    const first = actionPolicies.queue(start, { type: 'call', args: 'a' })
    const second = actionPolicies.queue(first.state, { type: 'call', args: 'b' })
    const third = actionPolicies.queue(second.state, { type: 'end' })
    expect([first, second, third, actionPolicies.drop(third.state, { type: 'end' })]).toEqual([
      { state: { isRunning: true, waiting: [] }, start: 'a', cancel: false },
      { state: { isRunning: true, waiting: ['b'] }, start: null, cancel: false },
      { state: { isRunning: true, waiting: [] }, start: 'b', cancel: false },
      { state: { isRunning: false, waiting: [] }, start: null, cancel: false },
    ])
  })

  it('ends with its owner, or belongs to the script that calls it', () => {
    const { log, loop, say, frames } = scene()
    const player = loop.owner('player')
    const attack = action(function* (n: number) {
      say(n)
      yield* sleep(100)
    }, { policy: 'queue' })
    const owned = action(function* (n: number) { say(`owned ${n}`); yield* sleep(100) }, { policy: 'queue', owner: player })
    player.spawn(function* () { attack(1); attack(2); yield* sleep(1000) }())
    owned(1)
    owned(2)
    frames(1)
    player.close()
    frames(1)
    expect(log).toEqual(['10: owned 1', '10: 1'])
    expect([slip(() => action(3 as never, { policy: 'drop' })), slip(() => action(function* () {}, { policy: 'no' as never }))]).toEqual([
      'TypeError BODY_NOT_CALLABLE: action() takes a generator function, not 3',
      "TypeError NOT_A_POLICY: the policy of an action is 'restart', 'drop', 'queue' or 'keepLatest', not 'no'",
    ])
  })
})

describe('an action that plain code calls', () => {
  it('needs an owner, and can be called by a script after that mistake', () => {
    const { log, say, frames, script } = scene()
    const attack = action(function* (n: number): Coroutine<void> {
      say(n)
      yield* sleep(20)
    }, { policy: 'drop' })
    log.push(slip(() => attack(1)))
    script(function* () {
      attack(2)
      yield* sleep(10)
    })
    frames(2)
    log.push(attack(3)) // it runs, so nothing begins
    expect(log).toEqual([
      "RuntimeError NO_LOOP: an action that plain code calls needs an owner. Write action(body, { policy, owner: loop.owner('player') })", '10: 2', null,
    ])
  })
})

describe('waitUntil() in a loop with virtual time that is run', () => {
  it('lets time pass to the next timer when nothing else happens', () => {
    const log: string[] = []
    const loop = new EventLoop({ host: new VirtualHost() })
    const say = (what: string): void => { log.push(`${loop.time()}: ${what}`) }
    let isOpen = false
    const guest = (name: string) => function* (): Coroutine<void> {
      yield* waitUntil(() => isOpen)
      say(name)
    }
    loop.createTask(guest('one')())
    loop.createTask(guest('two')())
    const cancelled = loop.createTask(waitWhile(() => true))
    loop.runUntilComplete(function* () {
      yield* sleep(50)
      cancelled.cancel()
      createTask(function* () {
        for (let i = 0; i < 5; i++) yield
        isOpen = true
        say('open')
      }())
      yield* sleep(1_000_000)
    }())
    expect([log, loop.time()]).toEqual([['50: open', '50: one', '50: two'], 1_000_050])
  })

  it('asks in each turn when time does not skip', () => {
    let asked = 0
    const loop = new EventLoop({ host: new ManualHost() })
    loop.callLater(1_000_000, () => undefined)
    loop.runUntilComplete(waitUntil(() => ++asked === 1500))
    expect(asked).toBe(1500)
  })

  it('asks once in each frame when there are frames', () => {
    let asked = 0
    const loop = new EventLoop({ host: new VirtualHost() })
    loop.callLater(1_000_000, () => undefined)
    loop.createTask(waitUntil(() => { asked++ }))
    for (let i = 0; i < 2500; i++) loop.frame({ dt: 1 })
    expect(asked).toBe(2500)
  })
})

describe('a script that belongs to nobody', () => {
  it('calls an action, whose body belongs to nobody either', () => {
    const { log, say, frames, script } = scene()
    const attack = action(function* (target: string): Coroutine<void> {
      say(`attacks ${target}`)
      yield* sleep(20)
      say(`has attacked ${target}`)
    }, { policy: 'queue' })
    script(function* () {
      log.push(attack('a')?.getName(), attack('b'))
      yield
    })
    frames(6)
    expect(log).toEqual([
      'Task-2', null, '10: attacks a', '30: has attacked a', '30: attacks b', '50: has attacked b',
    ])
  })

  it('repeats something until it says false', () => {
    const { log, say, frames, script } = scene()
    script(function* () {
      yield* repeat(10, function* (n) {
        say(`coroutine ${n}`)
        yield* sleep(0)
        return n < 1
      })
      yield* repeat(10, n => {
        say(`function ${n}`)
        return n < 2
      })
      say('over')
    })
    frames(10)
    expect(log).toEqual(['20: coroutine 0', '40: coroutine 1', '60: function 0', '70: function 1', '80: function 2', '80: over'])
  })

  it('takes one value of a signal that goes on giving, and takes its subscription back once', () => {
    const { log, frames, script } = scene()
    const callbacks: ((value: string) => void)[] = []
    const give = (value: string): void => { for (const callback of callbacks) callback(value) }
    script(function* () {
      log.push(yield* waitSignal<string>(callback => {
        callbacks.push(callback)
        return () => { log.push('takes it back') }
      }))
    })
    frames(1)
    give('first')
    give('second')
    frames(2)
    expect(log).toEqual(['takes it back', 'first'])
  })
})
