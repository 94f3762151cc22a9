// The specs that mutants meet, in Node only. SPECS says which: the floors by name, `together`, or nothing for all.
const { jest: { projects: [node] } } = require('../../package.json')
const { core, ofFloors } = require('./specs.cjs')

const chosen = (process.env.SPECS ?? '').split(' ').filter(Boolean)
const files = chosen.includes('together') ? ['.ci/mutants/together.spec.cjs'] : chosen.length > 0 ? ofFloors(chosen) : core()

module.exports = {
  ...node,
  rootDir: '../..',
  testMatch: files.map(file => `<rootDir>/${file}`),
  testSequencer: '<rootDir>/.ci/mutants/cheap-first.cjs',
}
