import { DEVNULL, PIPE, type Process, createSubprocessExec, createSubprocessShell, createTask, forEach, sleep, waitFor } from '../../lib/node/index.ts'
import { attempt } from '../support/stories.ts'
import { ways } from '../support/ways.ts'

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe.each(ways())('a process, $way', ({ live }) => {
  it('is written to and read from', () => live(function* () {
    const cat = yield* createSubprocessExec('cat', { stdin: PIPE, stdout: PIPE })
    const log: unknown[] = [cat.pid > 0, cat.returncode, cat.stderr, String(cat) === `<Process ${cat.pid} running>`]
    const [out, err] = yield* cat.communicate('through a pipe')
    log.push(String(out), err, cat.returncode, yield* cat.wait(), String(cat) === `<Process ${cat.pid} returncode=0>`)
    return log
  }).then(log => { expect(log).toEqual([true, null, null, true, 'through a pipe', null, 0, 0, true]) }))

  it('is a command of the shell', () => live(function* () {
    const shell = yield* createSubprocessShell('echo "$WORD"; pwd; echo wrong >&2; exit 3', {
      stdout: PIPE, stderr: PIPE, stdin: DEVNULL, cwd: '/', env: { WORD: 'said' },
    })
    return [(yield* shell.communicate()).map(String), shell.returncode]
  }).then(log => { expect(log).toEqual([['said\n/\n', 'wrong\n'], 3]) }))

  it('keeps what it wrote until somebody reads it, also when it has ended long before', () => live(function* () {
    const quick = yield* createSubprocessShell('echo said; echo wrong >&2', { stdout: PIPE, stderr: PIPE, stdin: DEVNULL })
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300) // the program does something else
    const [out, err] = yield* quick.communicate()
    return [String(out), String(err), quick.returncode]
  }).then(log => { expect(log).toEqual(['said\n', 'wrong\n', 0]) }))

  it('has pipes that are streams', () => {
    const log: unknown[] = []
    return live(function* () {
      const sort = yield* createSubprocessExec('sort', '-n', { stdin: PIPE, stdout: PIPE, limit: 100 })
      const { stdin, stdout } = sort
      for (const n of [3, 1, 2]) {
        stdin.write(`${n}\n`)
        yield* stdin.drain()
      }
      stdin.close()
      yield* stdin.waitClosed()
      yield* forEach(stdout, function* (line) { log.push(String(line)) })
      log.push(yield* sort.wait())
    }).then(() => { expect(log).toEqual(['1\n', '2\n', '3\n', 0]) })
  })

  it('that is ended by a signal says by which', () => live(function* () {
    const log: unknown[] = []
    for (const end of [(p: Process) => { p.terminate() }, (p: Process) => { p.kill() }, (p: Process) => { p.sendSignal('SIGINT') }]) {
      const sleeper = yield* createSubprocessExec('sleep', '60')
      const waiting = [createTask(sleeper.wait()), createTask(sleeper.wait())]
      end(sleeper)
      for (const task of waiting) log.push(yield* task)
      log.push(String(yield* attempt(function* () { sleeper.kill() })).replace(String(sleeper.pid), 'PID'))
    }
    return log
  }).then(log => {
    const gone = 'ProcessLookupError PROCESS_ENDED: process PID has ended, so it can get no signal'
    expect(log).toEqual([-15, -15, gone, -9, -9, gone, -2, -2, gone])
  }))

  it('that cannot be started is a named error', () => live(function* () {
    return [
      yield* attempt(() => createSubprocessExec('/nowhere/at-all')), String(yield* attempt(() => createSubprocessExec('/etc/passwd'))).split(':')[0],
      yield* attempt(() => createSubprocessExec('ls', 5 as never)), yield* attempt(() => createSubprocessShell(5 as never)),
    ]
  }).then(log => {
    expect(log).toEqual([
      'FileNotFoundError ENOENT: spawn /nowhere/at-all ENOENT', 'PermissionError EACCES',
      'TypeError NOT_TEXT: a program and its arguments must be text, not 5', 'TypeError NOT_TEXT: a command must be text, not 5',
    ])
  }))

  it('need not read all that it is given', () => live(function* () {
    const head = yield* createSubprocessExec('head', '-c', '3', { stdin: PIPE, stdout: PIPE })
    const [out] = yield* waitFor(head.communicate(Buffer.alloc(2 ** 20, 'x')), 10_000)
    return [String(out), head.returncode]
  }).then(log => { expect(log).toEqual(['xxx', 0]) }))

  it('is killed when communicate() is cancelled, and leaves no zombie; a wait() that is cancelled cancels nothing else', () => live(function* () {
    const sleeper = yield* createSubprocessExec('sleep', '60', { stdout: PIPE })
    const wait = createTask(sleeper.wait())
    yield* sleep(20)
    wait.cancel()
    yield* sleep(20)
    const log: unknown[] = [wait.cancelled(), isAlive(sleeper.pid)]
    const task = createTask(sleeper.communicate())
    yield* sleep(20)
    task.cancel()
    log.push(yield* sleeper.wait())
    yield* sleep(50)
    log.push(isAlive(sleeper.pid))
    return log
  }).then(log => { expect(log).toEqual([true, true, -9, false]) }))

  it('that is cancelled while it starts is killed', () => live(function* () {
    const task = createTask(createSubprocessExec('sleep', '61'))
    yield* sleep(0)
    task.cancel()
    yield* sleep(100)
    return task.cancelled()
  }).then(cancelled => { expect(cancelled).toBe(true) }))
})
