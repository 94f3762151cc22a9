import { type Coroutine, EventLoop, Event, ManualHost, sleep } from '../../lib/index.ts'
import { inTransaction } from '../../lib/engine/sqlite/index.ts'
import { slip } from '../support/stories.ts'

interface Database {
  transaction<R>(body: () => R): () => R
  exec(sql: string): void
  prepare(sql: string): { run(...values: unknown[]): unknown; all(): { n: number }[] }
  readonly inTransaction: boolean
}

function open(): Database | string {
  try {
    return new (require('better-sqlite3') as new (path: string) => Database)(':memory:')
  } catch (error) {
    return String(error)
  }
}

const db = open()
if (typeof db === 'string') process.stderr.write(`skipped: better-sqlite3, ${db}\n`)

;(typeof db === 'string' ? describe.skip : describe)('a transaction of better-sqlite3', () => {
  const it_ = db as Database
  const rows = (): number[] => it_.prepare('select n from t order by rowid').all().map(({ n }) => n)
  function* writer(from: number, count: number, log: unknown[] = []): Coroutine<number> {
    try {
      for (let n = from; n < from + count; n++) {
        it_.prepare('insert into t values (?)').run(n)
        yield
      }
      return count
    } finally {
      log.push(`writer ${from}, in a transaction: ${String(it_.inTransaction)}`)
    }
  }
  beforeEach(() => { it_.exec('drop table if exists t; create table t (n integer)') })

  it('commits what two writers wrote in turn', () => {
    const [a, b]: [number, number] = inTransaction(it_, () => [writer(10, 3), writer(20, 2)])
    expect([a, b, rows(), it_.inTransaction]).toEqual([3, 2, [10, 20, 11, 21, 12], false])
  })

  it('rolls all back when one throws, after the others have cleaned up', () => {
    const log: unknown[] = []
    function* fails(): Coroutine<void> {
      yield
      throw new Error('no')
    }
    log.push(slip(() => inTransaction(it_, () => [writer(10, 5, log), fails()])), rows(), it_.inTransaction)
    expect(log).toEqual(['writer 10, in a transaction: true', 'ExceptionGroup EXCEPTION_GROUP: unhandled errors in a TaskGroup', [], false])
  })

  it('rolls all back when the writers wait for what cannot come', () => {
    function* stuck(): Coroutine<void> { yield* new Event().wait() }
    expect([String(slip(() => inTransaction(it_, () => [writer(1, 1), stuck()]))).slice(0, 22), rows(), it_.inTransaction]).toEqual(['DeadlockError DEADLOCK', [], false])
  })

  it('may be made by a task of a loop that runs', () => {
    const loop = new EventLoop({ host: new ManualHost() })
    const task = loop.createTask(function* () {
      yield* sleep(1)
      const counts = inTransaction(it_, () => [writer(1, 2), writer(5, 2)])
      yield* sleep(1)
      return [...counts, ...rows()]
    }())
    for (let i = 0; i < 4; i++) loop.frame({ dt: 1 })
    expect(task.result()).toEqual([2, 2, 1, 5, 2, 6])
  })
})

/** Of `transaction()`, what better-sqlite3 does: a body that throws leaves nothing. */
class Ledger {
  rows: number[] = []
  readonly log: string[] = []

  transaction<R>(body: () => R): () => R {
    return () => {
      const before = this.rows.slice()
      this.log.push('begin')
      try {
        const result = body()
        this.log.push('commit')
        return result
      } catch (error) {
        this.rows = before
        this.log.push('rollback')
        throw error
      }
    }
  }
}

describe('a transaction of anything that has transaction(function)', () => {
  function* writer(ledger: Ledger, from: number, count: number): Coroutine<number> {
    try {
      for (let n = from; n < from + count; n++) {
        ledger.log.push(`write ${n}`)
        ledger.rows.push(n)
        yield
      }
      return count
    } finally {
      ledger.log.push(`${from} is over`)
    }
  }

  it('begins before the first step, and commits when all are over', () => {
    const ledger = new Ledger()
    const counts = inTransaction(ledger, () => {
      ledger.log.push('they are made')
      return [writer(ledger, 1, 2), writer(ledger, 5, 1)]
    })
    expect([counts, ledger.rows, ledger.log]).toEqual([
      [2, 1], [1, 5, 2], ['begin', 'they are made', 'write 1', 'write 5', 'write 2', '5 is over', '1 is over', 'commit'],
    ])
  })

  it('has run every finally when it rolls back', () => {
    const ledger = new Ledger()
    function* fails(): Coroutine<void> {
      yield
      throw new Error('no')
    }
    const error = slip(() => inTransaction(ledger, () => [writer(ledger, 1, 9), fails()]))
    expect([error, ledger.rows, ledger.log]).toEqual([
      'ExceptionGroup EXCEPTION_GROUP: unhandled errors in a TaskGroup', [], ['begin', 'write 1', 'write 2', 'write 3', '1 is over', 'rollback'],
    ])
  })
})
