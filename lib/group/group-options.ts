import type { TaskOptions } from '../task/task-options.ts'

/** The options of `group.createTask()` and `group.start()`. */
export interface GroupTaskOptions extends Pick<TaskOptions, 'name' | 'context'> {
  /** The task only serves the others: when the body and the other tasks have ended, it is cancelled. */
  readonly background?: boolean
}

const names = ['name', 'context', 'background']

/** The options of `group.createTask()`. */
export const CREATE_TASK = { call: "group.createTask(coroutine, { name: 'tea' })", names }
/** The options of `group.start()`. */
export const START = { call: "group.start(body, { name: 'tea' })", names }
