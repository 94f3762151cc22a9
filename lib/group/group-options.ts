import { checkOptions } from '../base/options.ts'
import { notACoroutine } from '../task/task-coroutine.ts'
import type { TaskOptions } from '../task/task-options.ts'

/** The options of `group.createTask()` and `group.start()`. */
export interface GroupTaskOptions extends Pick<TaskOptions, 'name' | 'context'> {
  /** The task only serves the others: when the body and the other tasks have ended, it is cancelled. */
  readonly background?: boolean
}

const names = ['name', 'context', 'background']

/** The options of `group.createTask()`. */
const CREATE_TASK = { call: "group.createTask(coroutine, { name: 'tea' })", names }
/** The options of `group.start()`. */
const START = { call: "group.start(body, { name: 'tea' })", names }

/** @throws TypeError when an option is wrong; and first, when the coroutine is a function that was not called: its arguments follow it. */
export function checkTaskOfGroup(coroutine: unknown, options: GroupTaskOptions, start: object | null): void {
  if (typeof coroutine === 'function') throw notACoroutine(coroutine, 'group.createTask(…)')
  checkOptions(options, start === null ? CREATE_TASK : START)
}
