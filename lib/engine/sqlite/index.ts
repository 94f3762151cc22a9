/**
 * The door `yieldfrom/engine/sqlite`: several coroutines in one transaction of better-sqlite3, or of anything that has the same
 * `transaction(function)`.
 * @module
 */
import { checkedFunction, checkedParts } from '../../base/checked.ts'
import { driveSync } from '../../run/drive-sync.ts'
import type { Awaitable } from '../../generator/types.ts'
import type { Results } from '../../group/gather.ts'

/** A `Database`, as far as this door needs it. */
export interface DatabaseLike {
  /** @returns a function that runs `body` in a transaction, which is rolled back when it throws. */
  transaction<R>(body: () => R): () => R
}

/**
 * Run several coroutines in one transaction. Either everything that they wrote is committed, or nothing.
 * @param begin returns the coroutines. It is called in the transaction.
 * @returns their results, by position.
 * @throws as `driveSync()`. Before that, the others are cancelled, their `finally` blocks have run, and everything is rolled back.
 */
export function inTransaction<const A extends readonly Awaitable<unknown>[]>(db: DatabaseLike, begin: () => A): Results<A> {
  checkedParts('inTransaction()', 'a database', db, 'transaction()')
  checkedFunction('inTransaction()', begin)
  return db.transaction(() => driveSync(begin()))()
}
