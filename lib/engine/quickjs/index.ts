/**
 * The door `yieldfrom/engine/quickjs`: for a host that runs scripts in a sandbox of QuickJS. This code runs in the host. The bundle
 * of the program, with the library in it, runs in the sandbox.
 * @module
 */

import { checkedFunction, checkedParts, checkedText } from '../../base/checked.ts'

/** A `QuickJSRuntime` of quickjs-emscripten, as far as this door needs it. */
export interface RuntimeLike {
  /** Say how many bytes of stack a script may use. */
  setMaxStackSize(bytes: number): void
  /** Ask now and then whether the script is to be interrupted: it is when the handler returns true. */
  setInterruptHandler(handler: () => boolean): void
  /** Ask no more. */
  removeInterruptHandler(): void
}

/** A `QuickJSContext`, as far as this door needs it. `H` is its `QuickJSHandle`. */
export interface ContextLike<H extends HandleLike> {
  /** The runtime that the context is in. */
  readonly runtime: RuntimeLike
  /** The global object of the scripts. */
  readonly global: H
  /** Run a script. @returns its value, or the error that it threw. */
  evalCode(code: string, filename?: string): { readonly value: H } | { readonly error: H }
  /** @returns a value of the sandbox as a value of the host. */
  dump(handle: H): unknown
}

/** A `QuickJSHandle`, as far as this door needs it. */
export interface HandleLike {
  /** Let the value go. */
  dispose(): void
}

/**
 * The size of JavaScript's stack in the sandbox, in bytes. A native `yield*` that goes too deep must be an error in the sandbox,
 * not in the host.
 */
const STACK = 256 * 1024

/** An error that was thrown in the sandbox. */
export class SandboxError extends Error {
  /** @param thrown the value that was thrown in the sandbox, as the host sees it. */
  constructor(readonly thrown: unknown) { super(typeof thrown === 'object' && thrown !== null && 'message' in thrown ? String(thrown.message) : String(thrown)) }
}

/**
 * Evaluate code in the sandbox.
 * @param filename the name of the file in stacks of errors.
 * @returns the value of the code, as the host sees it.
 * @throws SandboxError when the code throws.
 */
export function evaluate<H extends HandleLike>(context: ContextLike<H>, code: string, filename = 'script.js'): unknown {
  checkedContext('evaluate()', context)
  checkedText('evaluate()', code)
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
 * `evaluate()` with a limit: when `isOver()` returns true, the code is stopped where it is. The loop in the sandbox can be used
 * again after a call of `loop.abandon()` there.
 * @throws SandboxError when the code throws, or is stopped.
 */
export function evaluateWithin<H extends HandleLike>(context: ContextLike<H>, isOver: () => boolean, code: string): unknown {
  checkedContext('evaluateWithin()', context)
  checkedFunction('evaluateWithin()', isOver)
  context.runtime.setInterruptHandler(isOver)
  try {
    return evaluate(context, code)
  } finally {
    context.runtime.removeInterruptHandler()
  }
}

function checkedContext<H extends HandleLike>(what: string, context: ContextLike<H>): void {
  checkedParts(what, 'a context of QuickJS', context, 'runtime.setMaxStackSize()', 'runtime.setInterruptHandler()', 'evalCode()', 'dump()')
}
