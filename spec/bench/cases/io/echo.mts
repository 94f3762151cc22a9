import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

/** What serves an echo: plain Node, and the library in its ways. */
export type Server = 'raw' | 'blocking' | 'attached' | 'epoll'

/** The program that asks, with its first arguments. */
export const client: readonly string[] = process.env['ECHO_LOAD'] === undefined ? [process.execPath, 'dist/bench/cases/io/client.mjs'] : [process.env['ECHO_LOAD']]

interface Load {
  readonly rps: number
  readonly closed: number
}

/** Nanoseconds of one echo, by so many connections. No connection may be lost. */
export function echo(kind: Server, connections: number, size: number, seconds: number): Promise<number> {
  return serving(kind, port => load(port, connections, size, seconds).then(({ rps }) => 1e9 / rps))
}

/** Kilobytes of memory that the server has had at most, with so many connections. */
export function echoMemory(kind: Server, connections: number, seconds: number): Promise<number> {
  return serving(kind, (port, { pid }) => load(port, connections, 64, seconds).then(() => {
    const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1])
  }))
}

/** Milliseconds of the processor that a server takes in so many seconds, when nobody comes. */
export function idle(kind: Server, seconds: number): Promise<number> {
  const pause = promisify(setTimeout)
  return serving(kind, (_, { pid }) => pause(1_000).then(() => {
    const before = processorOf(pid as number)
    return pause(seconds * 1000).then(() => processorOf(pid as number) - before)
  }))
}

/** Of all threads of a process, in milliseconds. */
function processorOf(pid: number): number {
  const threads = readdirSync(`/proc/${String(pid)}/task`)
  return threads.reduce((all, thread) => all + Number(readFileSync(`/proc/${String(pid)}/task/${thread}/schedstat`, 'utf8').split(' ')[0]) / 1e6, 0)
}

function load(port: number, connections: number, size: number, seconds: number): Promise<Load> {
  const [program = '', ...args] = client
  return promisify(execFile)(program, [...args, ...[port, connections, seconds, size].map(String)]).then(({ stdout }) => {
    const load = JSON.parse(stdout) as Load
    if (load.closed > 0) throw new Error(`${String(load.closed)} of ${String(connections)} connections were lost`)
    return load
  })
}

/** With a server in a process of its own, which prints its port. */
export function serving<T>(kind: string, body: (port: number, server: ChildProcess) => Promise<T>, file = 'echo-server'): Promise<T> {
  const server = spawn(process.execPath, [`dist/bench/cases/io/${file}.mjs`, kind], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines = createInterface({ input: server.stdout })
  return new Promise<number>((resolve, reject) => {
    lines.once('line', line => { resolve(Number(line)) })
    server.once('exit', () => { reject(new Error('the server has ended')) })
  }).then(port => body(port, server)).finally(() => server.kill('SIGKILL'))
}
