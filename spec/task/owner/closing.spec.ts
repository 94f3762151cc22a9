import {
  type Coroutine, Event, EventLoop, ManualHost, type Owner, type OwnerCloseError, Queue, TaskGroup, createTask, currentTask, type ExceptionGroup, gather, greenlet,
  type Awaitable, VirtualHost, all, channel, nextFrame, race, repeat, sleep, tween, waitFrames, suspend, use, CancelScope, Task, getCurrent,
} from '../../../lib/index.ts'
import { slip } from '../../support/stories.ts'

/** A script that tells how it ends. */
function tells(log: unknown[]): (name: string, body?: () => Coroutine<unknown>) => Coroutine<void> {
  return function* (name, body = function* () { yield* sleep(1000) }) {
    log.push(`${name} begins`)
    try {
      yield* body()
      log.push(`${name} is over`)
    } catch (error) {
      log.push(`${name}: ${String(error)}`)
      throw error
    } finally {
      log.push(`${name} cleans up, as ${String(currentTask()?.getName())}`)
    }
  }
}

/** Who calls close(): the host, or a script of another owner. */
const CLOSERS = [
  ['the host', (loop: EventLoop, close: () => void) => { close() }],
  ['a script', (loop: EventLoop, close: () => void) => {
    loop.createTask(function* () { close() }(), { name: 'closer' })
    loop.tick()
  }],
  ['a callback', (loop: EventLoop, close: () => void) => {
    loop.callSoon(close)
    loop.tick()
  }],
] as const

function scene() {
  const log: unknown[] = []
  const loop = new EventLoop({ host: new ManualHost(), logger: text => { log.push(text) } })
  const enemy = loop.owner('enemy')
  return { log, loop, enemy, script: tells(log) }
}

function after(log: unknown[], what: () => void): unknown[] {
  log.length = 0
  what()
  return [...log]
}

describe.each(CLOSERS)('an owner that is closed by %s', (_who, by) => {
  function closed(prepare: (s: ReturnType<typeof scene>) => void, options = {}): unknown[] {
    const it = scene()
    const { log, loop, enemy } = it
    prepare(it)
    while (loop.tick().ready > 0);
    const strangers: string[] = []
    loop.createTask(function* () { strangers.push('a stranger has a turn') }())
    const logged = after(log, () => {
      by(loop, () => {
        const before = strangers.length
        enemy.close(options)
        if (strangers.length > before) log.push('a stranger had a turn inside of close()')
        log.push(enemy.closed ? 'closed' : 'not closed')
      })
    })
    const rest = after(log, () => {
      for (let i = 0; i < 5; i++) loop.frame({ dt: 5000 })
    })
    return [...logged, ...rest.map(line => `later: ${String(line)}`)]
  }

  it('has ended all its scripts, the latest first, when close() returns', () => {
    expect(closed(({ enemy, script }) => {
      enemy.spawn(script('a'), { name: 'A' })
      enemy.spawn(script('b'), { name: 'B' })
    })).toEqual([
      'b: CancelledError: enemy is closed', 'b cleans up, as B', 'a: CancelledError: enemy is closed', 'a cleans up, as A', 'closed',
    ])
  })

  it('ends the innermost frame first', () => {
    expect(closed(({ log, enemy }) => {
      function* nest(depth: number): Coroutine<void> {
        try {
          if (depth === 0) yield* sleep(1000)
          else yield* nest(depth - 1)
        } finally {
          log.push(depth)
        }
      }
      enemy.spawn(nest(3))
    })).toEqual([0, 1, 2, 3, 'closed'])
  })

  it('ends the children of a group, and the group', () => {
    expect(closed(({ log, enemy, script }) => {
      enemy.spawn(script('parent', function* () {
        yield* use(new TaskGroup(), function* (group) {
          group.createTask(script('first'), { name: 'first' })
          group.createTask(script('second'), { name: 'second' })
        })
        log.push('not reached')
      }), { name: 'parent' })
    })).toEqual([
      'second: CancelledError: enemy is closed', 'second cleans up, as second',
      'first: CancelledError: enemy is closed', 'first cleans up, as first',
      'parent: CancelledError: enemy is closed', 'parent cleans up, as parent', 'closed',
    ])
  })

  it('ends the children of a gather()', () => {
    expect(closed(({ enemy, script }) => {
      enemy.spawn(script('parent', function* () { yield* gather([script('a'), script('b')]) }), { name: 'parent' })
    })).toEqual([
      'b: CancelledError: enemy is closed', 'b cleans up, as Task-2', 'a: CancelledError: enemy is closed', 'a cleans up, as Task-1',
      'parent: CancelledError: enemy is closed', 'parent cleans up, as parent', 'closed',
    ])
  })

  it('ends what its scripts made with createTask() and left alone', () => {
    expect(closed(({ enemy, script }) => {
      enemy.spawn(function* () { createTask(script('child'), { name: 'child' }) }())
    })).toEqual(['child: CancelledError: enemy is closed', 'child cleans up, as child', 'closed'])
  })

  it('ends a script that waits in a greenlet, with the finally of both', () => {
    expect(closed(({ log, enemy, script }) => {
      enemy.spawn(script('outer', function* () {
        const inner = greenlet(function* () {
          try {
            yield* sleep(1000)
          } finally {
            log.push('the greenlet cleans up')
          }
        })
        yield* inner.switch()
      }), { name: 'A' })
    })).toEqual(['the greenlet cleans up', 'outer: CancelledError: enemy is closed', 'outer cleans up, as A', 'closed'])
  })

  it('ends a script that has switched away, and to which nobody need switch back', () => {
    expect(closed(({ enemy, script, loop }) => {
      enemy.spawn(script('a', function* () {
        const me = getCurrent()
        const other = greenlet(function* () { yield* me.switch() })
        loop.callSoon(() => undefined)
        yield* other.switch()
        yield* greenlet(function* () { yield* getCurrent().parent?.parent?.switch() ?? sleep(0) }).switch()
      }), { name: 'A' })
    }).slice(-2)).toEqual(['a cleans up, as A', 'closed'])
  })

  it('ends each wait of a cleanup at once, as a cancelled scope does', () => {
    expect(closed(({ log, enemy }) => {
      enemy.spawn(function* () {
        try {
          yield* sleep(1000)
        } finally {
          try {
            log.push('cleanup begins')
            yield* sleep(50)
            log.push('not reached')
          } finally {
            log.push('and the finally of the cleanup')
          }
        }
      }())
    })).toEqual(['cleanup begins', 'and the finally of the cleanup', 'closed'])
  })

  it("skips the time of a cleanup with cleanup: 'skipTime'", () => {
    expect(closed(({ log, enemy }) => {
      enemy.spawn(function* () {
        try {
          yield* sleep(1000)
        } finally {
          log.push('fades out')
          yield* sleep(50)
          yield
          yield* sleep(0)
          log.push('is gone')
        }
      }())
    }, { cleanup: 'skipTime' })).toEqual(['fades out', 'is gone', 'closed'])
  })

  it('skips the time in a shielded scope of a cleanup, too', () => {
    expect(closed(({ log, enemy }) => {
      enemy.spawn(function* () {
        try {
          yield* sleep(1000)
        } finally {
          yield* use(new CancelScope({ shield: true }), function* () {
            yield* sleep(50)
            log.push('saved')
          })
        }
      }())
    })).toEqual(['saved', 'closed'])
  })

  it('lets its scripts work together in a cleanup, and nobody else', () => {
    expect(closed(({ log, enemy }) => {
      const queue = new Queue<string>()
      enemy.spawn(function* () {
        try {
          yield* sleep(1000)
        } finally {
          log.push(`got ${yield* queue.get()}`)
        }
      }(), { name: 'receiver' })
      enemy.spawn(function* () {
        try {
          yield* sleep(1000)
        } finally {
          yield* queue.put('the last word')
        }
      }())
    })).toEqual(['got the last word', 'closed'])
  })

  it('never begins a script that has not begun', () => {
    const it = scene()
    it.enemy.spawn(it.script('a'))
    by(it.loop, () => { it.enemy.close() })
    it.loop.frame({ dt: 1 })
    expect(it.log.filter(line => line !== 'a begins')).toEqual(by === CLOSERS[0][1] ? [] : expect.anything())
    expect(it.enemy.closed).toBe(true)
  })

  it('ends while it is paused', () => {
    expect(closed(({ enemy, script, loop }) => {
      const event = new Event()
      enemy.spawn(script('a', () => event.wait()), { name: 'A' })
      enemy.spawn(script('b'), { name: 'B' })
      while (loop.tick().ready > 0);
      enemy.pause()
      event.set()
    })).toEqual(['b: CancelledError: enemy is closed', 'b cleans up, as B', 'a: CancelledError: enemy is closed', 'a cleans up, as A', 'closed'])
  })

  it('ends nested owners before its own scripts', () => {
    expect(closed(({ enemy, script }) => {
      const gun = enemy.owner('gun')
      enemy.spawn(script('walk'), { name: 'walk' })
      gun.spawn(script('shoot'), { name: 'shoot' })
      enemy.owner('shield').spawn(script('glow'), { name: 'glow' })
    })).toEqual([
      'glow: CancelledError: enemy is closed', 'glow cleans up, as glow', 'shoot: CancelledError: enemy is closed', 'shoot cleans up, as shoot',
      'walk: CancelledError: enemy is closed', 'walk cleans up, as walk', 'closed',
    ])
  })

  it('leaves what strangers own alone, be it waited for', () => {
    const strangers: unknown[] = []
    expect(closed(({ loop, enemy, script }) => {
      const theirs = loop.createTask(function* () {
        try {
          yield* sleep(100)
          strangers.push('theirs is over')
        } catch (error) {
          strangers.push(String(error))
          throw error
        }
      }())
      enemy.spawn(script('a', function* () { yield* theirs }), { name: 'A' })
    })).toEqual(['a: CancelledError: enemy is closed', 'a cleans up, as A', 'closed'])
    expect(strangers).toEqual(['theirs is over'])
  })

  it('tells strangers who wait for one of its scripts that it was cancelled, in their turn', () => {
    expect(closed(({ log, loop, enemy }) => {
      const task = enemy.spawn(sleep(1000))
      loop.createTask(function* () {
        try {
          yield* task
        } catch (error) {
          log.push(`stranger: ${String(error)}`)
        }
      }())
    })).toEqual(['closed', 'later: stranger: CancelledError: enemy is closed'])
  })

  it('gives up what never ends, and says who that was', () => {
    const it = scene()
    it.enemy.spawn(function* () {
      for (;;) {
        try {
          yield* sleep(1000)
        } catch { /* it never gives up */ }
      }
    }(), { name: 'stubborn' })
    it.loop.tick()
    let thrown: unknown
    by(it.loop, () => { thrown = slip(() => { it.enemy.close({ turns: 10 }) }) })
    expect(thrown).toBe('OwnerCloseError NOT_CLOSED: stubborn did not end when the owner was closed: what waits in a finally has to come to an end')
    expect(it.enemy.closed).toBe(true)
    expect(it.loop.report().filter(({ name }) => name === 'stubborn')).toEqual([])
  })

  it('ends one whose turn comes by itself, and another by the hand of one that cleans up', () => {
    expect(closed(({ log, enemy, script }) => {
      const bell = new Event()
      const first = enemy.spawn(script('first'), { name: 'first' })
      const second = enemy.spawn(script('second', function* () { yield* bell.wait() }), { name: 'second' })
      enemy.spawn(script('third', function* () {
        try {
          yield* sleep(1000)
        } finally {
          bell.set() // the second is ready now
          for (const task of [second, first]) log.push(task.throwNow(new Error('by hand')))
        }
      }), { name: 'third' })
      for (const task of [first, second]) task.addDoneCallback(() => undefined)
    })).toEqual([
      'second: Error: by hand', 'second cleans up, as second', true, 'first: Error: by hand', 'first cleans up, as first', true,
      'third: CancelledError: enemy is closed', 'third cleans up, as third', 'closed',
    ])
  })

  it('ends what a cleanup begins, too', () => {
    expect(closed(({ enemy, script }) => {
      enemy.spawn(script('a', function* () {
        try {
          yield* sleep(1000)
        } finally {
          createTask(script('late'), { name: 'late' })
        }
      }), { name: 'A' })
    })).toEqual([
      'a: CancelledError: enemy is closed', 'a cleans up, as A', 'late begins', 'late: CancelledError: enemy is closed', 'late cleans up, as late', 'closed',
    ])
  })

  it('lets what goes on for some time jump to its end when time is skipped, so that what stands after it runs', () => {
    for (const isShielded of [false, true]) {
      expect(closed(({ log, enemy }) => {
        enemy.spawn(function* () {
          try {
            yield* sleep(1000)
          } finally {
            yield* use(new CancelScope({ shield: isShielded }), function* () {
              yield* tween(300, null, t => { log.push(`at ${t}`) })
              yield* repeat(100, n => { log.push(`blink ${n}`) })
              yield* waitFrames(1_000_000)
              let frames = 0
              while (frames < 100) {
                frames++
                yield* nextFrame()
              }
              log.push(`the mesh is removed after ${frames} frames`)
            })
          }
        }())
      }, isShielded ? {} : { cleanup: 'skipTime' })).toEqual(['at 1', 'the mesh is removed after 100 frames', 'closed'])
    }
  })

  it('lets what was begun in a shielded scope wait there, too, so that what stands after it runs', () => {
    const ways: [string, () => Awaitable<unknown>][] = [
      ['gather', () => gather([sleep(1), sleep(2)])],
      ['all', () => all([sleep(1), sleep(2)])],
      ['race', () => race([sleep(1), sleep(2)])],
      ['createTask', () => createTask(sleep(1))],
      ['a task of a task', () => createTask(function* () { yield* gather([createTask(sleep(1)), sleep(2)]) }())],
      ['a group', () => use(new TaskGroup(), function* (group) { group.createTask(sleep(1)) })],
    ]
    for (const [name, way] of ways) {
      const outcomes = [true, false].map(shield => closed(({ log, enemy }) => {
        enemy.spawn(function* () {
          try {
            yield* sleep(1000)
          } finally {
            yield* use(new CancelScope({ shield }), way)
            log.push(`after ${name}`)
          }
        }())
      }))
      expect(outcomes).toEqual([[`after ${name}`, 'closed'], ['closed']])
    }
  })

  it('ends a wait in a shielded scope that no time ends, and in a scope that has no shield at once', () => {
    expect(closed(({ log, enemy, script }) => {
      const cleanup = (shield: boolean) => function* (): Coroutine<void> {
        try {
          yield* sleep(1000)
        } finally {
          log.push(`cleans up, ${shield ? 'with' : 'without'} a shield`)
          yield* use(new CancelScope({ shield }), () => new Event().wait())
        }
      }
      enemy.spawn(script('a', cleanup(true)), { name: 'A' })
      enemy.spawn(script('b', cleanup(false)), { name: 'B' })
    })).toEqual([
      'cleans up, without a shield', 'b: CancelledError: enemy is closed', 'b cleans up, as B',
      'cleans up, with a shield', 'a: CancelledError: enemy is closed', 'a cleans up, as A', 'closed',
    ])
  })

  it('ends what a cleanup begins, also where it waits in a shielded scope', () => {
    expect(closed(({ enemy, script }) => {
      const late = script('late', () => use(new CancelScope({ shield: true }), () => new Event().wait()))
      enemy.spawn(script('a', function* () {
        try {
          yield* sleep(1000)
        } finally {
          createTask(late, { name: 'late' })
        }
      }), { name: 'A' })
    })).toEqual([
      'a: CancelledError: enemy is closed', 'a cleans up, as A', 'late begins', 'late: CancelledError: enemy is closed', 'late cleans up, as late', 'closed',
    ])
  })

  it('lets a cleanup have what is there at once', () => {
    expect(closed(({ log, enemy, script }) => {
      enemy.spawn(script('a', function* () {
        try {
          yield* sleep(1000)
        } finally {
          log.push(yield* suspend(resume => { resume('at once') }))
        }
      }), { name: 'A' })
    })).toEqual(['at once', 'a: CancelledError: enemy is closed', 'a cleans up, as A', 'closed'])
  })

  it('gives up what waits behind a shield again and again', () => {
    const it = scene()
    let taken = 0
    it.enemy.spawn(function* () {
      for (;;) {
        try {
          yield* use(new CancelScope({ shield: true }), () => suspend(() => () => { taken++ }))
        } catch { /* it never gives up */ }
      }
    }(), { name: 'stubborn' })
    it.loop.tick()
    let thrown: unknown
    by(it.loop, () => { thrown = slip(() => { it.enemy.close({ turns: 3 }) }) })
    expect([thrown, it.enemy.closed, taken]).toEqual([expect.stringContaining('NOT_CLOSED: stubborn did not end'), true, 5])
  })

  it('lets a value arrive that somebody has taken from a script already', () => {
    const lost: unknown[] = []
    const [sender, receiver] = channel<string>(0, { onUndelivered: value => lost.push(value) })
    const it = scene()
    it.enemy.spawn(it.script('a', function* () {
      yield* sender.send('tea')
      it.log.push('it is sent')
      yield* sleep(10)
    }), { name: 'A' })
    it.loop.tick()
    it.log.push(receiver.receiveNowait())
    by(it.loop, () => { it.enemy.close() })
    expect([it.log, lost]).toEqual([[
      'a begins', 'tea', 'it is sent', 'a: CancelledError: enemy is closed', 'a cleans up, as A',
    ], []])
  })

  it('is closed once', () => {
    expect(closed(({ enemy, script }) => {
      enemy.spawn(script('a', function* () {
        try {
          yield* sleep(1000)
        } finally {
          enemy.close()
        }
      }), { name: 'A' })
      enemy.onClose(() => { enemy.close() })
    })).toEqual(['a: CancelledError: enemy is closed', 'a cleans up, as A', 'closed'])
  })
})

describe('an owner that is closed from inside', () => {
  it('ends the others at once, and the script that closes it at its next wait', () => {
    const { log, loop, enemy, script } = scene()
    enemy.spawn(script('other'), { name: 'other' })
    enemy.spawn(script('self', function* () {
      yield* sleep(10)
      enemy.close()
      log.push(`after close(): ${enemy.closing.map(task => task.getName()).join()} ${String(enemy.closed)}`)
      yield* sleep(10)
    }), { name: 'self' })
    enemy.onClose(() => { log.push('told') })
    loop.frame({ dt: 0 })
    loop.frame({ dt: 10 })
    expect(log).toEqual([
      'other begins', 'self begins',
      'other: CancelledError: enemy is closed', 'other cleans up, as other',
      'after close(): self false',
      'self: CancelledError: enemy is closed', 'self cleans up, as self', 'told',
    ])
    expect(enemy.closed).toBe(true)
  })

  it('ends the script that closes it also at a bare yield, and nobody can take that back', () => {
    const { log, loop, enemy, script } = scene()
    const task = enemy.spawn(script('self', function* () {
      enemy.close()
      loop.callSoon(() => { log.push(`requests left: ${task.uncancel()}`) })
      yield
      log.push('never')
    }), { name: 'self' })
    for (let i = 0; i < 3; i++) loop.tick()
    expect([log, enemy.closed]).toEqual([
      ['self begins', 'requests left: 0', 'self: CancelledError: enemy is closed', 'self cleans up, as self'], true,
    ])
  })

  it('takes no script that its own task factory has closed it for', () => {
    const { log, loop, enemy } = scene()
    loop.setTaskFactory((_loop, coroutine, options) => {
      enemy.close()
      return new Task(coroutine, options)
    })
    log.push(slip(() => enemy.spawn(sleep(1))))
    expect(log).toEqual(["RuntimeError OWNER_CLOSED: <Owner 'enemy' closed>: nothing can begin in it any more"])
  })

  it('gives up those that are left, and has nothing to do with one that another one ends at that moment', () => {
    const { log, loop, enemy } = scene()
    const other = enemy.spawn(function* () {
      for (;;) {
        try {
          yield* use(new CancelScope({ shield: true }), () => new Event().wait())
        } catch (error) {
          log.push(`other: ${String(error)}`)
          if (String(error).includes('at last')) return
        }
      }
    }(), { name: 'other' })
    let undone = 0
    enemy.spawn(function* () {
      for (;;) {
        try {
          yield* use(new CancelScope({ shield: true }), () => suspend(() => () => { if (++undone === 5) other.throwNow(new Error('at last')) }))
        } catch { /* it never gives up */ }
      }
    }(), { name: 'stubborn' })
    loop.tick()
    log.push(slip(() => { enemy.close({ turns: 3 }) }), other.cancelled(), enemy.closed)
    expect(log).toEqual([
      'other: CancelledError: enemy is closed', 'other: Error: at last', expect.stringContaining('NOT_CLOSED: stubborn, other did not end'), false, true,
    ])
  })

  it('ends one owner whose cleanup closes the one that closes it', () => {
    const { log, loop, enemy, script } = scene()
    const other = loop.owner('other')
    other.spawn(script('b', function* () {
      try {
        yield* sleep(1000)
      } finally {
        enemy.close()
        log.push(`in the cleanup: ${enemy.closing.map(task => task.getName()).join()}`)
      }
    }), { name: 'B' })
    enemy.spawn(script('a', function* () {
      yield* sleep(10)
      other.close()
      log.push(`other is closed: ${String(other.closed)}`)
      yield* sleep(10)
      log.push('not reached')
    }), { name: 'A' })
    enemy.spawn(script('c'), { name: 'C' })
    loop.frame({ dt: 0 })
    log.length = 0
    loop.frame({ dt: 10 })
    expect(log).toEqual([
      'c: CancelledError: enemy is closed', 'c cleans up, as C', 'in the cleanup: A', 'b: CancelledError: other is closed', 'b cleans up, as B',
      'other is closed: true', 'a: CancelledError: enemy is closed', 'a cleans up, as A',
    ])
    expect([enemy.closed, other.closed]).toEqual([true, true])
  })

  it('ends by a child of a group of its own: the parent waits for it, and ends after it', () => {
    const { log, loop, enemy, script } = scene()
    enemy.spawn(script('parent', function* () {
      yield* use(new TaskGroup(), function* (group) {
        group.createTask(script('child', function* () {
          yield* sleep(10)
          enemy.close()
          log.push('after close()')
          yield* sleep(1)
        }), { name: 'child' })
      })
    }), { name: 'parent' })
    loop.frame({ dt: 0 })
    log.length = 0
    loop.frame({ dt: 10 })
    loop.frame({ dt: 10 })
    expect(log).toEqual([
      'after close()', 'child: CancelledError', 'child cleans up, as child', // the group of its parent has cancelled it
      'parent: CancelledError: enemy is closed', 'parent cleans up, as parent',
    ])
    expect(enemy.closed).toBe(true)
  })

  it('does no harm to the scopes of the one that closes it', () => {
    const { log, loop, enemy, script } = scene()
    enemy.spawn(script('victim', function* () {
      try {
        yield* sleep(1000)
      } finally {
        yield* use(new CancelScope({ shield: true }), function* () { yield* sleep(1) })
      }
    }), { name: 'victim' })
    loop.createTask(function* () {
      yield* use(new CancelScope(), function* (scope) {
        yield* sleep(1)
        enemy.close()
        yield* sleep(1)
        log.push('closer goes on')
        scope.cancel()
        yield* sleep(1)
      })
      log.push('closer is over')
    }())
    for (let i = 0; i < 5; i++) loop.frame({ dt: 1 })
    expect(log).toEqual([
      'victim begins', 'victim: CancelledError: enemy is closed', 'victim cleans up, as victim', 'closer goes on', 'closer is over',
    ])
  })
})

describe('what a cleanup ends with', () => {
  const fails = (log: unknown[]) => function* (): Coroutine<void> {
    try {
      yield* sleep(1000)
    } finally {
      log.push('fails')
      throw new Error('cleanup failed')
    }
  }

  it('is told to the owner, or the one around it', () => {
    const { log, loop } = scene()
    const world = loop.owner('world', { onError: (error, task) => { log.push([String(error), task.getName()]) } })
    const enemy = world.owner('enemy')
    enemy.spawn(fails(log)(), { name: 'A' })
    loop.tick()
    enemy.close()
    expect(log).toEqual(['fails', ['Error: cleanup failed', 'A']])
    expect(loop.tick().errors).toEqual([])
  })

  it('is in the next report of a loop that is ticked', () => {
    const { log, loop, enemy } = scene()
    enemy.spawn(fails(log)(), { name: 'A' })
    loop.tick()
    enemy.close()
    const { errors, failed } = loop.tick()
    expect([...errors, ...(failed as Task[]).map(task => task.getName())].map(String)).toEqual(['Error: cleanup failed', 'A'])
  })

  it('is nobody\'s business any more when somebody has read it', () => {
    const { log, loop, enemy } = scene()
    const task = enemy.spawn(fails(log)(), { name: 'A' })
    task.addDoneCallback(() => undefined)
    enemy.spawn(function* () {
      try {
        yield* sleep(1000)
      } finally {
        yield* use(new CancelScope({ shield: true }), function* () {
          try {
            yield* task
          } catch (error) {
            log.push(`read: ${String(error)}`)
          }
        })
      }
    }())
    loop.stop()
    loop.runForever()
    enemy.close()
    expect(log).toEqual(['fails', 'read: Error: cleanup failed'])
  })

  it('is thrown together with what those fail with that are told of the end', () => {
    const { log, loop, enemy } = scene()
    enemy.spawn(fails(log)())
    enemy.onClose(() => { throw new Error('who was told fails') })
    enemy.onClose(() => { log.push('the next is told') })
    loop.stop()
    loop.runForever()
    let errors: unknown[] = []
    try {
      enemy.close()
    } catch (error) {
      errors = (error as ExceptionGroup).errors.map(String)
    }
    expect([log, errors, enemy.closed]).toEqual([['fails', 'the next is told'], ['Error: who was told fails', 'Error: cleanup failed'], true])
  })

  it('is told to the owner when a script does not end', () => {
    const { log, loop } = scene()
    const enemy = loop.owner('enemy', { onError: (error, task) => { log.push([String(error), task.getName()]) } })
    enemy.spawn(function* () {
      for (;;) {
        try {
          yield* sleep(1000)
        } catch { /* it never gives up */ }
      }
    }(), { name: 'stubborn' })
    loop.tick()
    enemy.close({ turns: 5 })
    expect(log).toEqual([[
      'OwnerCloseError: stubborn did not end when the owner was closed: what waits in a finally has to come to an end', 'stubborn',
    ]])
  })

  it('is thrown by close() when there is neither', () => {
    const { log, loop, enemy } = scene()
    enemy.spawn(fails(log)())
    loop.stop()
    loop.runForever()
    expect(() => { enemy.close() }).toThrow('cleanup failed')
  })
})

describe('a loop that is ticked, when it is closed,', () => {
  it('ends all scripts, of whatever owner, and those of nobody, the innermost first', () => {
    const { log, loop, enemy, script } = scene()
    const world = loop.owner('world')
    const village = world.owner('village')
    village.owner('house').spawn(script('cook'), { name: 'cook' })
    village.spawn(script('guard'), { name: 'guard' })
    village.spawn(script('smith'), { name: 'smith' })
    enemy.spawn(script('wolf'), { name: 'wolf' })
    loop.createTask(script('weather'), { name: 'weather' })
    loop.tick()
    log.length = 0
    loop.close()
    expect(log.filter(line => String(line).includes('cleans up'))).toEqual([
      'cook cleans up, as cook', 'smith cleans up, as smith', 'guard cleans up, as guard', 'wolf cleans up, as wolf', 'weather cleans up, as weather',
    ])
  })

  it('reports what their cleanup fails with', () => {
    const { log, loop } = scene()
    loop.setExceptionHandler((_, { message, exception, task }) => { log.push(`${message}: ${String(exception)}, ${String((task as Task | undefined)?.getName())}`) })
    loop.createTask(function* (): Coroutine<void> {
      try {
        yield* sleep(1000)
      } finally {
        throw new Error('cleanup failed')
      }
    }(), { name: 'A' })
    loop.tick()
    loop.close()
    expect(log).toEqual(['unhandled exception while the loop was closed: Error: cleanup failed, A'])
  })
})

export type { Owner, OwnerCloseError }
void suspend

describe('loop.close() of a loop that is run, and not ticked', () => {
  it('closes its owners, so that every finally of their scripts runs, and reports the tasks of nobody as asyncio does', () => {
    const log: unknown[] = []
    const loop = new EventLoop({ host: new VirtualHost(), logger: text => { log.push(text.split('\n')[0]) } })
    const script = tells(log)
    const world = loop.owner('world')
    const [enemy, empty, silent] = [world.owner('enemy'), loop.owner('empty'), loop.owner('silent')]
    empty.onClose(() => { log.push('empty is closed') })
    enemy.onClose(() => { log.push('enemy is closed') })
    enemy.spawn(script('enemy'), { name: 'enemy' })
    world.spawn(function* () {
      try {
        yield* sleep(1000)
      } finally {
        throw new Error('cleanup fails')
      }
    }())
    loop.createTask(sleep(1000), { name: 'of nobody' })
    loop.runUntilComplete(sleep(10))
    log.push(String(silent))
    loop.close()
    loop.close()
    silent.onClose(() => { log.push('at once') })
    expect([...log, [world, enemy, empty, silent].map(owner => owner.closed), String(silent)]).toEqual([
      'enemy begins', "<Owner 'silent'>", 'enemy: CancelledError: the loop is closed', 'enemy cleans up, as enemy',
      'enemy is closed', 'empty is closed', 'unhandled exception while the loop was closed', 'Task was destroyed but it is pending!', 'at once',
      [true, true, true, true], "<Owner 'silent' closed>",
    ])
  })

  it('forgets an owner whose end somebody wanted to be told of, when that has been closed', () => {
    const { log, loop, enemy } = scene()
    enemy.onClose(() => { log.push('closed') })
    enemy.close()
    loop.close()
    expect(log).toEqual(['closed'])
  })
})
