// Two coroutines in one transaction: both write, or neither does; here a few lines stand for better-sqlite3
// npx ts-node docs/examples/engines/sqlite.ts
import { type Coroutine, type ExceptionGroup, sleep } from 'yieldfrom'
import { inTransaction } from 'yieldfrom/engine/sqlite'

// With better-sqlite3, this is: new Database('shop.db')
const rows: string[] = []
const db = {
  transaction: <R>(body: () => R) => (): R => {
    const before = rows.slice()
    try {
      return body()
    } catch (error) {
      rows.splice(0, rows.length, ...before) // ROLLBACK
      throw error
    }
  },
}

function* writes(table: string, count: number): Coroutine<string> {
  for (let i = 1; i <= count; i++) {
    rows.push(`${table} ${i}`)
    yield* sleep(0) // the other one has its turn
  }
  return `${count} in ${table}`
}

function* fails(): Coroutine<void> {
  yield* sleep(1)
  throw new Error('no such item')
}

console.log(inTransaction(db, () => [writes('orders', 2), writes('items', 3)]).join(', '))
console.log(rows.join(', '))
try {
  inTransaction(db, () => [writes('orders', 5), fails()])
} catch (error) {
  console.log(String((error as ExceptionGroup).errors[0]))
}
console.log(`still ${rows.length} rows`)
