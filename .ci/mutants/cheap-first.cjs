const { relative } = require('node:path')
const { default: Sequencer } = require('@jest/test-sequencer')
const { cheapFirst } = require('./specs.cjs')

/** One spec that fails is enough, so the cheap ones go first. */
module.exports = class CheapFirst extends Sequencer {
  sort(tests) {
    const byFile = new Map(tests.map(test => [relative(test.context.config.rootDir, test.path), test]))
    return cheapFirst(byFile.keys()).map(file => byFile.get(file))
  }
}
