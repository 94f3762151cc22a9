// Runs a script in isolated-vm, and then steps of code with their time limits: `node --no-node-snapshot isolate.cjs script.js '[["code", 300]]'`.
// Prints what each gives.
const { readFileSync } = require('node:fs')

const [script, steps] = process.argv.slice(2)
let ivm
try {
  ivm = require('isolated-vm')
} catch (error) {
  console.log(JSON.stringify({ missing: String(error) }))
  process.exit()
}
const isolate = new ivm.Isolate({ memoryLimit: 64 })
const context = isolate.createContextSync()
context.evalSync(readFileSync(script, 'utf8'))
console.log(JSON.stringify({
  results: JSON.parse(steps).map(([code, timeout]) => {
    try {
      return context.evalSync(code, timeout === undefined ? {} : { timeout }) ?? null
    } catch (error) {
      return String(error)
    }
  }),
}))
