// Runs a script where every intrinsic is frozen, in a compartment of its own that has nothing but `print`, as a sandbox would.
const { readFileSync, writeSync } = require('node:fs')
require('ses')

const [, , file] = process.argv
const lines = []
lockdown({ errorTaming: 'unsafe', consoleTaming: 'unsafe', overrideTaming: 'moderate' })
const compartment = new Compartment({ globals: { print: harden(text => { lines.push(text) }) }, __options__: true })
compartment.evaluate(readFileSync(file, 'utf8'))
writeSync(1, `${lines.join('\n')}\n`)
