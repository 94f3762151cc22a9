/// <reference lib="esnext.disposable" preserve="true" />

/** The name of the method that `using` calls. An engine without `Symbol.dispose` gets the symbol that polyfills use. */
export const dispose: typeof Symbol.dispose =
  ((Symbol as { dispose?: symbol }).dispose ?? Symbol.for('Symbol.dispose')) as typeof Symbol.dispose
