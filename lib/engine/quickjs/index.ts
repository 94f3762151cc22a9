/**
 * The door `yieldfrom/engine/quickjs`: for a host that runs scripts in a sandbox of QuickJS. It runs in the host; the bundle of the
 * program, with the library in it, runs in the sandbox.
 */

/** Of a `QuickJSRuntime` of quickjs-emscripten. */
export interface RuntimeLike {
  setMaxStackSize(bytes: number): void
  setInterruptHandler(handler: () => boolean): void
  removeInterruptHandler(): void
}

/** Of a `QuickJSContext`. `H` is its `QuickJSHandle`. */
export interface ContextLike<H extends HandleLike> {
  readonly runtime: RuntimeLike
  readonly global: H
  evalCode(code: string, filename?: string): { readonly value: H } | { readonly error: H }
  dump(handle: H): unknown
}

/** Of a `QuickJSHandle`. */
export interface HandleLike {
  dispose(): void
}

/** JavaScript's own stack is finite: a native `yield*` that goes too deep is to be an error in the sandbox, and not of the host. */
const STACK = 256 * 1024

/** An error that was thrown in the sandbox. */
export class SandboxError extends Error {
  /** @param thrown what was thrown there, as it came out. */
  constructor(readonly thrown: unknown) { super(typeof thrown === 'object' && thrown !== null && 'message' in thrown ? String(thrown.message) : String(thrown)) }
}

/** Evaluate code in the sandbox. @returns its value, as it comes out. @throws SandboxError for what the code throws. */
export function evaluate<H extends HandleLike>(context: ContextLike<H>, code: string, filename = 'script.js'): unknown {
  context.runtime.setMaxStackSize(STACK)
  const result = context.evalCode(code, filename)
  const handle = 'error' in result ? result.error : result.value
  try {
    const value = context.dump(handle)
    if ('error' in result) throw new SandboxError(value)
    return value
  } finally {
    handle.dispose()
  }
}

/**
 * The same with a limit: code for which `isOver()` says true is torn off. The loop in the sandbox is usable again after
 * `loop.abandon()` there.
 * @throws SandboxError when it is.
 */
export function evaluateWithin<H extends HandleLike>(context: ContextLike<H>, isOver: () => boolean, code: string): unknown {
  context.runtime.setInterruptHandler(isOver)
  try {
    return evaluate(context, code)
  } finally {
    context.runtime.removeInterruptHandler()
  }
}
