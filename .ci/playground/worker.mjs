// Runs one program in a worker of the page, and tells the page what it does, as it happens: a worker that is stopped says nothing
// any more. Time is virtual: a program that sleeps for an hour ends at once.
import * as yieldfrom from 'yieldfrom'
import * as frame from 'yieldfrom/engine/frame'
import * as greenlet from 'yieldfrom/greenlet'
import * as promise from 'yieldfrom/promise'
import * as study from 'yieldfrom/study'
import * as testing from 'yieldfrom/testing'
import { format } from 'node-inspect-extracted'
import { tellTo, toCommonJS } from '../../lib/cli/common-js.ts'
import { Recorder } from '../../lib/study/recorder.ts'
import { SourceTracer } from '../../lib/study/source-tracer.ts'
import { FILE, MOST_EVENTS, MOST_LINES } from './told.mjs'

const doors = {
  'yieldfrom': yieldfrom, 'yieldfrom/engine/frame': frame, 'yieldfrom/greenlet': greenlet, 'yieldfrom/promise': promise,
  'yieldfrom/study': study, 'yieldfrom/testing': testing,
}

function load(name) {
  const door = doors[name]
  if (door === undefined) throw new Error(`'${name}' is not on this page. It has ${Object.keys(doors).join(', ')}`)
  return door
}

let events = 0
const recorder = new Recorder({
  limit: 1, // the page keeps them
  onEvent: event => {
    if (event.internal !== true && ++events <= MOST_EVENTS) postMessage({ kind: 'event', event })
  },
})
const tracer = new SourceTracer(recorder)

let lines = 0
function print(text, isError) {
  if (++lines <= MOST_LINES) postMessage({ kind: 'line', text, isError })
  else if (lines === MOST_LINES + 1) postMessage({ kind: 'line', text: `Only the first ${MOST_LINES.toLocaleString('en')} lines are shown.`, isError: true })
}

for (const [names, isError] of [[['log', 'info', 'debug'], false], [['warn', 'error'], true]]) {
  for (const name of names) {
    console[name] = (...values) => {
      const text = format(...values)
      if (!isError) tracer.output(text)
      print(text, isError)
    }
  }
}

function fail(error) {
  const stack = error instanceof Error ? error.stack ?? String(error) : `Uncaught: ${format(error)}`
  const [, line = null] = new RegExp(`\\b${FILE}:(\\d+)`).exec(stack) ?? /\((\d+):\d+\)/.exec(String(error)) ?? []
  postMessage({ kind: 'failed', text: stack.split('\n').filter(each => !/\bblob:|<anonymous>:|\beval \(/.test(each)).join('\n'), line: line === null ? null : Number(line) })
}

// The program has ended when it waits for no timer any more.
const timers = new Set()
let isOver = false
for (const [set, clear, again] of [['setTimeout', 'clearTimeout', false], ['setInterval', 'clearInterval', true]]) {
  const [start, stop] = [globalThis[set], globalThis[clear]]
  globalThis[set] = (callback, ms, ...values) => {
    const timer = start(() => {
      if (!again) timers.delete(timer)
      try {
        callback(...values)
      } catch (error) {
        fail(error)
      }
      start(end)
    }, ms)
    timers.add(timer)
    return timer
  }
  globalThis[clear] = timer => {
    stop(timer)
    timers.delete(timer)
  }
}

/** Say that the program has ended, once what is left of promises has run and no timer is set. */
function end() {
  if (isOver || timers.size > 0) return
  isOver = true
  postMessage({ kind: 'ended' })
}

addEventListener('unhandledrejection', ({ reason }) => { fail(reason) })

onmessage = async ({ data }) => {
  const later = setTimeout
  try {
    const code = toCommonJS(data.replace(/^#!/, '//'), FILE)
    yieldfrom.setEventLoopPolicy({ newEventLoop: () => new yieldfrom.EventLoop({ host: new yieldfrom.VirtualHost() }) })
    tellTo(tracer)
    recorder.start()
    const program = (0, eval)(`(async function (require, module, exports) {${code}\n})\n//# sourceURL=${FILE}`) // on its first line, so that lines stay right
    const module = { exports: {} }
    await program(load, module, module.exports)
  } catch (error) {
    fail(error)
  }
  later(() => {})
}
