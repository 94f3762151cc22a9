import type { TaskRow } from '../../lib/cli/recording.ts'
import { table } from '../../lib/cli/table.ts'

it('a table has a line for each task, be it waited for by several, in columns', () => {
  const boil: TaskRow = { name: 'boil', frames: ['boil'], waitsFor: 'sleep(20)', tasks: [] }
  const tasks: TaskRow[] = [
    { name: 'Task-1', frames: ['main', 'brew'], waitsFor: 'gather()', tasks: [{ name: 'tea', frames: ['brew'], waitsFor: 'boil', tasks: [boil] }, boil] },
    { name: 'look', frames: [], waitsFor: null, tasks: [] },
  ]
  expect(table(tasks).split('\n')).toEqual([
    'TASK    WAITS FOR  IN', 'Task-1  gather()   main > brew', 'tea     boil       brew', 'boil    sleep(20)  boil', 'look    -', '',
  ])
  expect(table([])).toBe('TASK  WAITS FOR  IN\n')
})
