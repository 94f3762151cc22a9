// All quick specs in one file. Jest takes longer to begin a file than to run most of them. Each still has the library for itself.
const { readdirSync } = require('node:fs')
const { join } = require('node:path')

const root = join(__dirname, '../..')
const slow = require('./jest.config.cjs').slow
const files = readdirSync(join(root, 'spec'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.spec.ts') && !slow.some(start => file.startsWith(start))).sort()

// After the first test that fails the others are left out: one is enough.
let failed = false
const until = body => typeof body !== 'function' ? body : function (...values) {
  if (failed) return undefined
  try {
    return body.apply(this, values)
  } catch (error) {
    failed = true
    throw error
  }
}
