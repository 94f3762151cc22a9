import type { Body, Deed, Manager, Program, Statement } from './language.ts'
import { numbered } from './numbers.ts'

/** A program, written for people. The numbers in the log are those at the left: task `t5` is made in line 5, and nest `n5` there. */
export function readable(program: Program): string {
  const numbers = numbered(program)
  const lines: string[] = []
  const line = (depth: number, text: string, statement?: object): void => {
    const number = statement === undefined ? '' : String(numbers.get(statement))
    lines.push(`${number.padStart(3)} ${'  '.repeat(depth)}${text}`)
  }
  const block = (depth: number, body: Body): void => { for (const statement of body) write(depth, statement) }
  const write = (depth: number, statement: Statement): void => {
    const inner = depth + 1
    switch (statement.op) {
      case 'sleep': return line(depth, `sleep ${statement.ms}`, statement)
      case 'raise': return line(depth, 'raise', statement)
      case 'cancel':
      case 'shield': return line(depth, deed(statement), statement)
      case 'try':
        line(depth, 'try', statement)
        block(inner, statement.body)
        if (statement.catches !== 'nothing') line(depth, `catch ${statement.catches}`)
        line(depth, statement.shielded ? 'finally, shielded' : 'finally')
        return block(inner, statement.cleanup)
      case 'use':
        line(depth, `with ${statement.managers.map(manager).join(', ')}`, statement)
        return block(inner, statement.body)
      case 'child':
        line(depth, `createTask in group ${statement.at}`, statement)
        return block(inner, statement.body)
      case 'start':
        line(depth, `start in group ${statement.at}`, statement)
        block(inner, statement.before)
        if (statement.starts) line(inner, 'started()')
        return block(inner, statement.after)
      case 'run':
        line(depth, `${statement.by} ${statement.by.startsWith('wait') ? `${statement.ms} ` : ''}${statement.eager ? 'eager ' : ''}task`, statement)
        return block(inner, statement.body)
      case 'gather':
        line(depth, statement.errors ? 'gather, with errors' : 'gather', statement)
        for (const body of statement.bodies) {
          line(inner, 'task')
          block(inner + 1, body)
        }
        return
      case 'wait_for':
        line(depth, `waitFor ${statement.ms}`, statement)
        return block(inner, statement.body)
      case 'join': return line(depth, `join task ${statement.at}`, statement)
    }
  }
  if (program.eager) line(0, 'all tasks are eager')
  for (const [i, body] of program.bodies.entries()) {
    line(0, `main${i}`)
    block(1, body)
  }
  for (const strike of program.strikes) line(0, `at ${strike.ms}: ${deed(strike.does)}`, strike.does)
  return lines.join('\n')
}

function deed(does: Deed): string {
  return does.op === 'shield' ? `${does.on ? 'close' : 'open'} the shield of scope ${does.at}` : `cancel ${does.what} ${does.at}`
}

function manager(one: Manager): string {
  if (one.is === 'group') return 'group'
  if (one.is === 'timeout') return `timeout ${one.ms}`
  const limit = one.ms === null ? '' : ` ${one.fails ? 'fail' : 'move on'} ${one.until ? 'at' : 'after'} ${one.ms}`
  return `scope${limit}${one.shield ? ' shielded' : ''}`
}
