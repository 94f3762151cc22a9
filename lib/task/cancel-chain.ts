/**
 * When a task waits for another task, cancelling the first cancels the second, and so on to the end of the chain
 * (rule 12). Each task on the way counts the request.
 *
 * A program may cancel n tasks of one chain one after the other, and each call has to find the end. So a long walk leaves
 * routes behind. The next walk that comes to a task with a route goes straight to the end. The tasks in between have not
 * counted that request yet. The route keeps the number, and the tasks get it when somebody asks how many requests there are.
 */
export interface ChainedTask {
  /** How many requests this task has counted. */
  $requests: number
  /** The task is done: nobody waits for it any more. */
  readonly $ended: boolean
  /** A `cancel()` of this task is under way. */
  readonly $isCancelling: boolean
  $markCancelling(underWay: boolean): void
  /** The tasks that wait for this one. */
  readonly $tasksBehind: Iterable<ChainedTask>
  /** The task that this one waits for. It is `null` when this one waits for something else, or does not wait. */
  readonly $taskAhead: ChainedTask | null
  /** Cancel what this task waits for. */
  $cancelWait(message: string | undefined): void
}

interface Route {
  /** The last task of the chain at the time of the walk. */
  readonly end: ChainedTask
  /** How many requests came this way that the tasks after this one, up to the end, have not counted yet. */
  coming: number
}

/** A walk that is shorter than this leaves no routes. */
const LONG = 8

const routes = new Map<ChainedTask, Route>()
/** How many routes have requests that some tasks have not counted yet. */
let unsettled = 0

/** Cancel a task: walk along the tasks that wait for each other, and cancel what the last task waits for. */
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

/** @returns the last task of the chain. Each task before it has counted the request, or a route keeps it for that task. */
function walkToTheEnd(first: ChainedTask, walked: ChainedTask[]): ChainedTask {
  const steps: ChainedTask[] = [] // the tasks that were walked since the last route
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

/** How many requests to end have come to a task. */
export function requestsOf(task: ChainedTask): number {
  if (unsettled > 0) settleRequests(task)
  return task.$requests
}

/** A task has ended. Its route is of no use any more. Before the tasks behind it go on, they count their requests. */
export function forgetRoute(task: ChainedTask): void {
  if (routes.size === 0) return
  if (unsettled > 0) settleRequests(task)
  routes.delete(task)
}

/** A task no longer waits for the task that it waited for. Routes may lead past it, so all of them are dropped. */
export function forgetRoutes(): void {
  if (routes.size === 0) return
  const ends = new Set(Array.from(routes.values(), ({ end }) => end))
  for (const end of ends) settleRequests(end)
  routes.clear()
}

/** Let a task count the requests that routes keep for it. They come from the tasks that wait for it, and from the tasks behind those. */
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

/** Move the requests of one route one step on, to the task ahead. */
function carry(behind: ChainedTask, ahead: ChainedTask): void {
  const route = routes.get(behind) as Route
  const { coming, end } = route
  if (coming === 0) return
  route.coming = 0
  unsettled--
  ahead.$requests += coming
  if (ahead === end) return
  const next = routes.get(ahead) as Route // each task on a route has one, except the last
  if (next.coming === 0) unsettled++
  next.coming += coming
}
