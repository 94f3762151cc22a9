import { GeneratorExit, RuntimeError, StopIteration } from '../../lib/index.ts'

/**
 * PEP 342 and 380 as their texts say it, for comparison: each generator is driven by the one around it, one nested in
 * the other, without any stack of frames. Slow, shallow, and independent of the library.
 */
export class ReferenceGenerator {
  private started = false
  private finished = false
  private running = false

  constructor(private readonly native: Generator<unknown, unknown>) {}

  send(value: unknown): IteratorResult<unknown, unknown> {
    if (this.finished) return { value: undefined, done: true }
    return this.step(() => this.native.next(value))
  }

  throw(error: unknown): IteratorResult<unknown, unknown> {
    if (this.finished) throw error
    if (!this.started) this.finished = true
    return this.step(() => this.native.throw(error))
  }

  close(): unknown {
    if (this.finished) return undefined
    if (!this.started) {
      this.finished = true
      return undefined
    }
    let result: IteratorResult<unknown, unknown>
    try {
      result = this.throw(new GeneratorExit())
    } catch (error) {
      if (error instanceof GeneratorExit) return undefined
      throw error
    }
    if (!result.done) throw new RuntimeError('generator ignored GeneratorExit')
    return result.value
  }

  private step(resume: () => IteratorResult<unknown, unknown>): IteratorResult<unknown, unknown> {
    if (this.running) throw new Error('re-entry is not in this model')
    this.started = this.running = true
    try {
      const result = resume()
      if (result.done) this.finished = true
      return result
    } catch (error) {
      this.finished = true
      throw error instanceof StopIteration ? new RuntimeError('generator raised StopIteration') : error
    } finally {
      this.running = false
    }
  }
}

/** The expansion that PEP 380 gives for `yield from child`. */
export function* expansion(child: ReferenceGenerator): Generator<unknown, unknown> {
  let result = child.send(undefined)
  while (!result.done) {
    let sent: unknown
    try {
      sent = yield result.value
    } catch (error) {
      if (error instanceof GeneratorExit) {
        child.close()
        throw error
      }
      result = child.throw(error)
      continue
    }
    result = child.send(sent)
  }
  return result.value
}
