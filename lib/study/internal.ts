import { nameOfGenerator } from '../generator/names.ts'
import { Task } from '../task/task.ts'

/** Coroutines that the library runs for its own work. */
const INTERNAL = ['shutdownAsyncGenerators', 'shutdownDefaultExecutor', 'afterInterlude']

/** Does a generator of this name belong to the library? Names that begin with `$` do. */
export function isInternal(name: string): boolean { return name.startsWith('$') || INTERNAL.includes(name) }

/** Is it a task that the library has made for its own work? */
export function isInternalTask(task: unknown): boolean { return task instanceof Task && isInternal(nameOfGenerator(task.getCoro())) }
