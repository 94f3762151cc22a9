import { type Awaitable, CancelScope, type ContextManager, type Coroutine, ExceptionGroup, TaskGroup, isCancelled } from '../../../lib/index.ts'

interface Named { readonly name: string }

/**
 * What trio's nursery is, in the words of this library: a group in a scope. Each error cancels the scope, and the errors are
 * thrown at the end. The group itself never sees one, so it cancels nobody.
 */
export class Nursery implements ContextManager<Nursery> {
  readonly scope = new CancelScope()
  private readonly group = new TaskGroup()
  private readonly errors: unknown[] = []

  createTask(coroutine: Awaitable<unknown>, { name }: Named): void { this.group.createTask(coroutine, { name }) }

  *enter(): Coroutine<this> {
    yield* this.scope.enter()
    yield* this.group.enter()
    return this
  }

  *exit(...failure: [error?: unknown]): Coroutine<boolean> {
    const [error] = failure
    if (failure.length > 0) this.scope.cancel()
    const isError = failure.length > 0 && !isCancelled(error)
    if (isError) this.errors.push(error)
    let ending: [error?: unknown] = isError ? [] : failure
    try {
      yield* this.group.exit(...ending)
      ending = []
    } catch (cancelled) {
      ending = [cancelled]
    }
    if (this.errors.length > 0) ending = [new ExceptionGroup('of a nursery', this.errors)]
    const isCaught = yield* this.scope.exit(...ending)
    if (ending.length > 0 && !isCaught) throw ending[0]
    return true
  }

  /** A task has failed. */
  fail(error: unknown): void {
    this.errors.push(error)
    this.scope.cancel()
  }

  start(body: (started: (value: undefined) => void) => Coroutine<unknown>, { name }: Named): Coroutine<unknown> {
    return this.group.start(body, { name })
  }

  cancel(): void { this.scope.cancel() }
}
