/**
 * To cancel a task that waits for a task is to cancel that one, and so on to the end of the chain (rule 12). Each task on
 * the way counts the request.
 *
 * A program may cancel n tasks of one chain one after the other, and each call has to find the end. So a long walk leaves
 * routes behind: the next one that comes to a task with a route goes straight to the end. The tasks that it skips have the
 * request coming to them: the route keeps count, and it is carried on when somebody asks how many there are.
 */
export interface ChainedTask {
  /** Requests that have arrived here. */
  $requests: number
  /** It is done: nobody waits for it any more. */
  readonly $ended: boolean
  /** A `cancel()` of it is under way. */
  readonly $isCancelling: boolean
  $markCancelling(underWay: boolean): void
  /** The tasks that wait for it. */
  readonly $tasksBehind: Iterable<ChainedTask>
  /** The task that it waits for; `null` when it waits for something else, or not at all. */
  readonly $taskAhead: ChainedTask | null
  /** Cancel what it waits for. */
  $cancelWait(message: string | undefined): void
}

interface Route {
  /** Where the chain led to, when it was walked. */
  readonly end: ChainedTask
  /** Requests that came here, and have not been counted by the tasks after this one, up to the end. */
  coming: number
}

/** Shorter chains are walked. */
const LONG = 8

const routes = new Map<ChainedTask, Route>()
/** How many routes have requests that are still coming. */
let unsettled = 0

/** Cancel a task: walk along the tasks that wait for each other, and cancel what the last one waits for. */
export function cancelChain(first: ChainedTask, message: string | undefined): void {
  first.$requests++
  if (first.$taskAhead === null) {
    first.$cancelWait(message)
    return
  }
  const walked: ChainedTask[] = []
  try {
    walkToTheEnd(first, walked).$cancelWait(message)
  } finally {
    for (const task of walked) task.$markCancelling(false)
  }
}

/** @returns the last task of the chain; all before it have counted the request, or have it coming to them. */
function walkToTheEnd(first: ChainedTask, walked: ChainedTask[]): ChainedTask {
  const steps: ChainedTask[] = [] // since the last route that was taken
  let task = first
  for (;;) {
    walked.push(task)
    task.$markCancelling(true)
    const route = routes.get(task)
    if (route !== undefined && !route.end.$ended && !route.end.$isCancelling) {
      if (route.coming++ === 0) unsettled++
      addRoutes(steps.splice(0), route.end)
      task = route.end
      continue
    }
    const ahead = task.$taskAhead
    if (ahead === null || ahead.$isCancelling) break
    steps.push(task)
    task = ahead
    task.$requests++
  }
  if (steps.length >= LONG) addRoutes(steps, task)
  return task
}

function addRoutes(tasks: readonly ChainedTask[], end: ChainedTask): void {
  for (const task of tasks) routes.set(task, { end, coming: 0 })
}

/** How many requests have come to a task. */
export function requestsOf(task: ChainedTask): number {
  if (unsettled > 0) settleRequests(task)
  return task.$requests
}

/** A task has ended: its route is of no use any more, and those who waited for it are about to go on. */
export function forgetRoute(task: ChainedTask): void {
  if (routes.size === 0) return
  if (unsettled > 0) settleRequests(task)
  routes.delete(task)
}

/** A task no longer waits for the one that it waited for. Routes may lead past it. */
export function forgetRoutes(): void {
  if (routes.size === 0) return
  const ends = new Set(Array.from(routes.values(), ({ end }) => end))
  for (const end of ends) settleRequests(end)
  routes.clear()
}

/** Carry the requests that are coming to a task, from those that wait for it and from those behind them. */
function settleRequests(task: ChainedTask): void {
  const steps: [behind: ChainedTask, ahead: ChainedTask][] = []
  const reached = [task]
  for (const ahead of reached) {
    for (const behind of ahead.$tasksBehind) {
      if (!routes.has(behind)) continue
      steps.push([behind, ahead])
      reached.push(behind)
    }
  }
  for (let i = steps.length - 1; i >= 0; i--) carry(...steps[i] as [ChainedTask, ChainedTask])
}

function carry(behind: ChainedTask, ahead: ChainedTask): void {
  const route = routes.get(behind) as Route
  const { coming, end } = route
  if (coming === 0) return
  route.coming = 0
  unsettled--
  ahead.$requests += coming
  if (ahead === end) return
  const next = routes.get(ahead) as Route // each task on a route has one, but for the end
  if (next.coming === 0) unsettled++
  next.coming += coming
}
