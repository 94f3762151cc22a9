import { Program } from '../support/programs.ts'
import { EPOLL_HOST, later, programWays } from '../support/ways.ts'

const RUN = { blocking: 'run(main())', attached: `
  const loop = new EventLoop()
  const task = loop.createTask(main())
  attach(loop, { main: task })`, 'by epoll': `run(main(), ${EPOLL_HOST})` }

/** A program that is run in one of the ways. */
const program = (way: keyof typeof RUN, body: string): Program => new Program(`
  import { EventLoop, NodeHost, attach, createTask, gather, run, sleep, wait } from 'yieldfrom/node'
  ${body}
  ${RUN[way]}`)

const SLEEPERS = `
  let cleaned = 0
  function* sleeper() { try { yield* sleep(60_000) } finally { cleaned++ } }
  function* main() {
    const sleepers = Array.from({ length: 100 }, () => createTask(sleeper()))
    yield* sleep(0)
    console.log('ready')
    try {
      yield* gather(sleepers)
    } finally {
      console.log('cleaned', cleaned)
    }
  }`

const STUBBORN = `
  function* main() {
    console.log('ready')
    try {
      yield* sleep(60_000)
    } catch {
      console.log('not yet')
    }
    yield* sleep(60_000)
  }`

/** It sees Ctrl-C only between its turns. */
const BUSY = `
  const spin = () => { const end = performance.now() + 20; while (performance.now() < end); }
  function* main() {
    console.log('ready')
    try {
      for (;;) {
        spin()
        yield* sleep(0)
      }
    } finally {
      console.log('cleaned')
    }
  }`

describe.each(programWays)('Ctrl-C in a program that runs %s', way => {
  it('cancels a hundred sleepers, and the process ends as a shell expects', () => {
    const running = program(way, SLEEPERS).start()
    return running.printed('ready').then(() => {
      running.signal('SIGINT')
      return running.ended
    }).then(({ code, stdout, stderr }) => {
      expect([code, stdout]).toEqual([130, 'ready\ncleaned 100\n'])
      expect(stderr).toContain('KeyboardInterrupt')
    })
  })

  it('is seen while the program runs, too', () => {
    const running = program(way, BUSY).start()
    return running.printed('ready').then(() => {
      running.signal('SIGINT')
      return running.ended
    }).then(({ code, stdout }) => { expect([code, stdout]).toEqual([130, 'ready\ncleaned\n']) })
  })

  it('ends a program that goes on, when it is pressed again', () => {
    const running = program(way, STUBBORN).start()
    return running.printed('ready').then(() => {
      running.signal('SIGINT')
      return running.printed('not yet')
    }).then(() => later(150)).then(() => {
      running.signal('SIGINT')
      return running.ended
    }).then(({ code, stdout }) => { expect([code, stdout]).toEqual([130, 'ready\nnot yet\n']) })
  })
})

describe.each(programWays)('Ctrl-C that comes twice, because a runner passes it on, in a program that runs %s', way => {
  it('counts once, so that the cleanup is not cut off', () => {
    const running = program(way, `
      function* main() {
        console.log('ready')
        try {
          yield* sleep(60_000)
        } finally {
          yield* sleep(200)
          console.log('cleaned')
        }
      }`).start()
    return running.printed('ready').then(() => {
      running.signal('SIGINT')
      return later(20)
    }).then(() => {
      running.signal('SIGINT')
      return running.ended
    }).then(({ code, stdout }) => { expect([code, stdout]).toEqual([130, 'ready\ncleaned\n']) })
  })
})

describe.each(programWays.filter(way => way !== 'attached'))('Ctrl-C in a program that blocks, %s', way => {
  it('is seen while the program waits', () => {
    const running = program(way, SLEEPERS).start()
    return running.printed('ready').then(() => later(300)).then(() => {
      running.signal('SIGINT')
      return running.ended
    }).then(({ code, stdout }) => { expect([code, stdout]).toEqual([130, 'ready\ncleaned 100\n']) })
  })

  it('is a KeyboardInterrupt for who runs the loop without a Runner', () => {
    const running = new Program(`
      import { EventLoop, NodeHost, KeyboardInterrupt, allTasks, sleep } from 'yieldfrom/node'
      const loop = new EventLoop({ host: new NodeHost(${way === 'by epoll' ? "{ poller: 'epoll' }" : ''}) })
      const task = loop.createTask(sleep(60_000))
      loop.callSoon(() => { console.log('ready') })
      try {
        loop.runUntilComplete(task)
      } catch (error) {
        console.log(error instanceof KeyboardInterrupt)
        for (const task of allTasks(loop)) console.log(task.cancel())
        loop.stop()
        loop.runForever()
      } finally {
        loop.close()
      }`).start()
    return running.printed('ready').then(() => {
      running.signal('SIGINT')
      return running.ended
    }).then(({ code, stdout }) => { expect([code, stdout]).toEqual([0, 'ready\ntrue\ntrue\n']) })
  })

  it('ends a program that never comes back, when it is pressed again after a while', () => {
    const running = program(way, 'function* main() { console.log("ready"); for (;;); }').start()
    return running.printed('ready').then(() => {
      running.signal('SIGINT')
      return later(1_200)
    }).then(() => {
      running.signal('SIGINT')
      return running.ended
    }).then(({ signal }) => { expect(signal).toBe('SIGINT') })
  })

  it('is left to Node when no loop runs', () => {
    const running = new Program(`
      import { NodeHost, run, sleep } from 'yieldfrom/node'
      run(sleep(300), { host: new NodeHost(${way === 'by epoll' ? "{ poller: 'epoll' }" : ''}) })
      setTimeout(() => console.log('ready'), 100)
      setTimeout(() => undefined, 60_000)`).start()
    return running.printed('ready').then(() => {
      running.signal('SIGINT')
      return running.ended
    }).then(({ signal }) => { expect(signal).toBe('SIGINT') })
  })
})

describe('a process with a loop that is attached', () => {
  it('lives as long as a task can be woken, and ends when nothing is left', () =>
    program('attached', `
      function* main() {
        yield* sleep(100)
        console.log('done')
      }`).start().ended.then(({ code, stdout }) => { expect([code, stdout]).toEqual([0, 'done\n']) }))

  it('cleans up at SIGTERM when the program asks for it, and the handler keeps it alive no longer than its main task', () => {
    const running = program('attached', `
      function* main() {
        console.log('ready')
        try {
          yield* sleep(60_000)
        } finally {
          yield* sleep(10)
          console.log('cleaned')
        }
      }
      setTimeout(() => { loop.addSignalHandler('SIGTERM', () => { task.cancel() }) })`).start()
    return running.printed('ready').then(() => later(100)).then(() => {
      running.signal('SIGTERM')
      return running.ended
    }).then(({ code, stdout }) => { expect([code, stdout]).toEqual([0, 'ready\ncleaned\n']) })
  })

  it('ends with a DeadlockError when nobody can wake its tasks', () =>
    program('attached', `
      import { Future } from 'yieldfrom/node'
      function* main() {
        yield* sleep(10)
        yield* new Future()
      }`).start().ended.then(({ code, stderr }) => {
      expect(code).toBe(1)
      expect(stderr).toContain('DeadlockError')
      expect(stderr).toContain('main')
    }))
})
