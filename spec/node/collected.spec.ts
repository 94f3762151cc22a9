import { Program } from '../support/programs.ts'

describe('what an ended program has left open', () => {
  const left = {
    'a server': `yield* startServer(function* () {}, '127.0.0.1', 0)`,
    'a connection': `const server = yield* startServer(function* () { yield* sleep(1000) }, '127.0.0.1', 0); yield* openConnection(...server.sockets[0])`,
    'a process': `yield* createSubprocessExec('cat', { stdin: PIPE })`,
    'a datagram socket': `yield* getRunningLoop().createDatagramEndpoint(() => new DatagramProtocol(), { localAddr: ['127.0.0.1', 0] })`,
  }
  const names = '{ DatagramProtocol, Event, EventLoop, PIPE, attach, createSubprocessExec, getRunningLoop, openConnection, run, sleep, startServer }'

  it.each(Object.entries(left))('lets the next program find out that nothing can wake it: %s', (_, opens) => new Program(`
    const ${names} = require('yieldfrom/node')
    run(function* () { ${opens} }())
    try {
      run(new Event().wait())
    } catch (error) {
      console.log(error.name)
    }`).start().ended.then(({ code, stdout, stderr }) => {
    expect([code, stdout, stderr]).toEqual([0, 'DeadlockError\n', ''])
  }))

  it.each(Object.entries(left))('keeps no process alive whose attached loop is closed: %s', (_, opens) => new Program(`
    const ${names} = require('yieldfrom/node')
    const loop = new EventLoop()
    loop.setExceptionHandler(() => undefined) // the task of a connection may be left over
    attach(loop)
    loop.createTask(function* () { ${opens} }()).addDoneCallback(() => { setImmediate(() => { loop.close() }) })
    process.on('exit', () => { console.log('ends') })`).start().ended.then(({ code, stdout, stderr }) => {
    expect([code, stdout, stderr]).toEqual([0, 'ends\n', ''])
  }))
})

describe('a deadlock in which a task waits for a plain future', () => {
  const names = '{ EventLoop, attach, getRunningLoop, run }'

  it('says that promises stand still while run() blocks, and what to write instead', () => new Program(`
    const ${names} = require('yieldfrom/node')
    try {
      run(function* () { yield* getRunningLoop().createFuture() }())
    } catch ({ name, message }) {
      console.log(name, message.split('\\n').at(-1))
    }`).start().ended.then(({ stdout }) => {
    expect(stdout).toBe('DeadlockError While run() blocks, setTimeout, fetch and promises stand still: nothing outside can end this wait. ' +
      'Wait with yield* sleep(ms), or let Node drive the loop: attach(loop)\n')
  }))

  it('does not say so of a loop that Node drives', () => new Program(`
    const ${names} = require('yieldfrom/node')
    process.on('uncaughtException', ({ name, message }) => { console.log(name, message.includes('stand still')) })
    const loop = new EventLoop()
    attach(loop)
    loop.createTask(function* () { yield* loop.createFuture() }())`).start().ended.then(({ stdout }) => {
    expect(stdout).toBe('DeadlockError false\n')
  }))
})

describe('an attached loop', () => {
  it('reports an error that nobody can read any more as soon as Node has collected its task, and one that is kept when it closes', () => new Program(`
    const { setFlagsFromString } = require('node:v8')
    const { runInNewContext } = require('node:vm')
    const { EventLoop, attach, coroutine, sleep } = require('yieldfrom/node')
    setFlagsFromString('--expose-gc')
    const collectGarbage = runInNewContext('gc')
    const boil = coroutine(function* boil(what) {
      yield* sleep(1)
      throw new Error('no ' + what)
    })
    const loop = new EventLoop()
    let told = 0
    const texts = new Set()
    loop.setExceptionHandler((_, { exception }) => {
      told++
      texts.add(exception.message)
    })
    const attachment = attach(loop)
    const kept = loop.createTask(boil('cake'))
    for (let i = 0; i < 200; i++) loop.createTask(boil('tea ' + i))
    let tries = 0
    setTimeout(function look() {
      collectGarbage()
      if (told < 200 && ++tries < 100) return void setTimeout(look, 10)
      console.log(told, texts.size, texts.has('no tea 7'))
      attachment.detach()
      loop.close()
      console.log(told, [...texts].at(-1), kept.done())
    }, 20)`).start().ended.then(({ code, stdout, stderr }) => {
    expect([code, stdout, stderr]).toEqual([0, '200 200 true\n201 no cake true\n', ''])
  }))

  it('ends with 0 when its main has a result', () => new Program(`
    const { EventLoop, attach, sleep } = require('yieldfrom/node')
    const loop = new EventLoop()
    attach(loop, { main: loop.createTask(sleep(1, 'tea')) })`).start().ended.then(({ code, stdout, stderr }) => {
    expect([code, stdout, stderr]).toEqual([0, '', ''])
  }))

  it.each([['its main', '{ main }', 1], ['another task', '{}', 0]])('reports at the end of the process what nobody has read, of %s', (_, options, exitCode) => new Program(`
    const { EventLoop, attach, sleep } = require('yieldfrom/node')
    function* boil() {
      yield* sleep(1)
      throw new Error('no tea')
    }
    const loop = new EventLoop()
    loop.setExceptionHandler((_, { message, exception }) => { console.log(message + ': ' + exception.message) })
    const main = loop.createTask(boil())
    attach(loop, ${options})`).start().ended.then(({ code, stdout, stderr }) => {
    expect([code, stdout, stderr]).toEqual([exitCode, 'Task exception was never retrieved: no tea\n', ''])
  }))
})
