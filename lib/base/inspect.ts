/**
 * Where Node's `console.log()` looks for how an object prints. Each class whose objects a program sees has a method of this
 * name, which gives what `toString()` does: one line.
 */
export const INSPECT: unique symbol = Symbol.for('nodejs.util.inspect.custom')
