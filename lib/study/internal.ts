import { nameOfGenerator } from '../generator/names.ts'
import { Task } from '../task/task.ts'

/** Coroutines that the library runs for its own ends. */
const INTERNAL = ['shutdownAsyncGenerators', 'shutdownDefaultExecutor', 'afterInterlude']

/** Is a generator of that name one of the library's own? What the library keeps for itself begins with `$`. */
export function isInternal(name: string): boolean { return name.startsWith('$') || INTERNAL.includes(name) }

/** Is it a task that the library has made for its own ends? */
export function isInternalTask(task: unknown): boolean { return task instanceof Task && isInternal(nameOfGenerator(task.getCoro())) }
