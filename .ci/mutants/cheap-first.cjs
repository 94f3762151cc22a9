const { statSync } = require('node:fs')
const { default: Sequencer } = require('@jest/test-sequencer')

/** Files that are short go first: they are quick. Those that run programs by the thousand go last. */
module.exports = class CheapFirst extends Sequencer {
  sort(tests) {
    const cost = ({ path }) => statSync(path).size + (/spec\/(fuzz|properties|conformance)\//.test(path) ? 1e9 : 0)
    return [...tests].sort((one, other) => cost(one) - cost(other))
  }
}
