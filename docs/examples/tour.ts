/** `npm start`: runs the examples, one after the other, and shows what they print. Their first lines say what they show. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const tour = [
  // Without a loop
  'without-a-loop/cook', 'without-a-loop/two-functions', 'without-a-loop/two-greenlets', 'without-a-loop/two-generators',
  // Coroutines, and a loop that runs them
  'coroutines/hello-world', 'coroutines/run-until-complete', 'coroutines/await-a-sleep', 'coroutines/await-a-coroutine',
  'coroutines/await-one-after-the-other', 'coroutines/one-page-yield-from', 'coroutines/one-page',
  'coroutines/two-tasks-yield-from', 'coroutines/two-tasks',
  // Tasks
  'tasks/one-task', 'tasks/await-two-tasks', 'tasks/named-tasks', 'tasks/coroutines-before-the-loop', 'tasks/ten-sleepers',
  'tasks/nine-pages-yield-from', 'tasks/ten-pages', 'tasks/ten-results', 'tasks/wait-and-its-two-sets', 'tasks/four-states',
  // Callbacks
  'callbacks/done-callback', 'callbacks/callback-on-a-future', 'callbacks/callback-with-arguments',
  'callbacks/result-and-callback', 'callbacks/timer',
  // Several at once
  'several-at-once/gather-a-list', 'several-at-once/gather-results', 'several-at-once/gather-two-lists',
  'several-at-once/gather-of-gathers', 'several-at-once/as-completed', 'several-at-once/map-concurrently',
  'several-at-once/staggered-race',
  // Futures
  'futures/future-set-by-another-task', 'futures/future-nobody-sets',
  // The loop itself
  'the-loop/call-soon', 'the-loop/call-later', 'the-loop/call-at', 'the-loop/stop-from-a-coroutine',
  'the-loop/stop-from-a-done-callback', 'the-loop/closed-loop', 'the-loop/close-while-running', 'the-loop/event-loop',
  'the-loop/event-loop-policy',
  // Structured: what begins in a block ends with it
  'structured/async-context-manager', 'structured/client-session', 'structured/exit-stack', 'structured/task-group-with-an-error',
  'structured/timeout-in-a-timeout', 'structured/move-on-after', 'structured/context-variables',
  // Waiting for each other
  'waiting-for-each-other/lock', 'waiting-for-each-other/semaphore', 'waiting-for-each-other/condition',
  'waiting-for-each-other/barrier', 'waiting-for-each-other/event', 'waiting-for-each-other/readers-and-writers',
  // Handing over
  'handing-over/queue-and-workers', 'handing-over/priority-queue', 'handing-over/queue-shutdown', 'handing-over/channel',
  'handing-over/broadcast',
  // Streams
  'streams/async-iterator', 'streams/async-generator',
  // Looking on, and testing
  'looking-on/wait-tree', 'looking-on/wait-all-tasks-blocked', 'looking-on/explore-a-race',
]

for (const name of tour) {
  const file = join(__dirname, `${name}.ts`)
  const title = /^\/\/ (.*)/.exec(readFileSync(file, 'utf8'))?.[1] ?? 'The program of the README'
  console.log(`\n── docs/examples/${name}.ts\n   ${title}\n`)
  require(file)
}
