// The specs of the core, in Node only. The cheap ones go first, because one that fails is enough.
const { jest: { projects: [node] } } = require('../../package.json')

const elsewhere = ['cli', 'docs', 'eslint', 'engines', 'node', 'promise', 'study', 'examples', 'bench']

module.exports = {
  ...node,
  rootDir: '../..',
  testPathIgnorePatterns: ['/node_modules/', ...elsewhere.map(folder => `<rootDir>/spec/${folder}/`)],
  testSequencer: '<rootDir>/.ci/mutants/cheap-first.cjs',
}
