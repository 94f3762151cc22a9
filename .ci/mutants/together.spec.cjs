// All quick specs in one file: Jest takes longer to begin a file than to run most of them. Each has the library for itself, as ever.
const { join } = require('node:path')
const { quick } = require('./specs.cjs')

// One test that fails is enough, so the tests after it are left out.
let failed = false

function untilOneFails(test) {
  if (typeof test !== 'function' || test.length > 0) return test
  return function () {
    if (failed) return undefined
    try {
      return test.call(this)
    } catch (error) {
      failed = true
      throw error
    }
  }
}

function wrapped(it) {
  const each = table => (name, test, timeout) => {
    const define = it.each(table)
    define(name, function (...values) { return untilOneFails(() => test.apply(this, values)).call(this) }, timeout)
  }
  return Object.assign((name, test, timeout) => { it(name, untilOneFails(test), timeout) }, it, { each })
}

globalThis.it = wrapped(globalThis.it)
globalThis.test = wrapped(globalThis.test)

for (const file of quick()) {
  jest.resetModules()
  describe(file, () => { require(join('../..', file)) })
}
