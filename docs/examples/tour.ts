/** `npm start`: runs the examples, one after the other, and shows what they print. Their first lines say what they show. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const tour = [
  // Without a loop
  'cook', 'two-functions', 'two-greenlets', 'two-generators',
  // Coroutines, and a loop that runs them
  'hello-world', 'run-until-complete', 'await-a-sleep', 'await-a-coroutine', 'await-one-after-the-other', 'one-page-yield-from',
  'one-page', 'two-tasks-yield-from', 'two-tasks',
  // Tasks
  'one-task', 'await-two-tasks', 'named-tasks', 'coroutines-before-the-loop', 'ten-sleepers', 'nine-pages-yield-from', 'ten-pages',
  'ten-results', 'wait-and-its-two-sets', 'four-states',
  // Callbacks
  'done-callback', 'callback-on-a-future', 'callback-with-arguments', 'result-and-callback', 'timer',
  // Several at once
  'gather-a-list', 'gather-results', 'gather-two-lists', 'gather-of-gathers', 'as-completed', 'map-concurrently', 'staggered-race',
  // Futures
  'future-set-by-another-task', 'future-nobody-sets',
  // The loop itself
  'call-soon', 'call-later', 'call-at', 'stop-from-a-coroutine', 'stop-from-a-done-callback', 'closed-loop', 'close-while-running',
  'event-loop', 'event-loop-policy',
  // Structured: what begins in a block ends with it
  'async-context-manager', 'client-session', 'exit-stack', 'task-group-with-an-error', 'timeout-in-a-timeout',
  'move-on-after', 'context-variables',
  // Waiting for each other
  'lock', 'semaphore', 'condition', 'barrier', 'event', 'readers-and-writers',
  // Handing over
  'queue-and-workers', 'priority-queue', 'queue-shutdown', 'channel', 'broadcast',
  // Streams
  'async-iterator', 'async-generator',
  // Looking on, and testing
  'wait-tree', 'wait-all-tasks-blocked', 'explore-a-race',
]

for (const name of tour) {
  const file = join(__dirname, `${name}.ts`)
  const title = /^\/\/ (.*)/.exec(readFileSync(file, 'utf8'))?.[1] ?? 'The program of the README'
  console.log(`\n── docs/examples/${name}.ts\n   ${title}\n`)
  require(file)
}
