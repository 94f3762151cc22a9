/**
 * The door `yieldfrom/engine/sqlite`: coroutines side by side in one transaction of better-sqlite3, or of anything with a
 * `transaction(function)` like that.
 */
import { driveSync } from '../../run/drive-sync.ts'
import type { Awaitable } from '../../generator/types.ts'
import type { Results } from '../../group/gather.ts'

/** Of a `Database`. */
export interface DatabaseLike {
  transaction<R>(body: () => R): () => R
}

/**
 * Run coroutines in one transaction: all of what they wrote is committed, or nothing.
 * @returns their results, by position.
 * @throws as `driveSync()`: by then the others are cancelled, their `finally` has run, and all is rolled back.
 */
export function inTransaction<const A extends readonly Awaitable<unknown>[]>(db: DatabaseLike, begin: () => A): Results<A> {
  return db.transaction(() => driveSync(begin()))()
}
