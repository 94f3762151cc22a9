// The specs of the floors that are mutated, in Node only. The cheap ones go first, because one that fails is enough.
const { jest: { projects: [node] } } = require('../../package.json')

const floors = (process.env.SPECS ?? '').split(' ').filter(Boolean)
const elsewhere = ['cli', 'docs', 'eslint', 'engines', 'node', 'promise', 'study', 'examples', 'bench']

module.exports = {
  ...node,
  rootDir: '../..',
  ...floors.length > 0 && { testMatch: floors.map(floor => `<rootDir>/spec/${floor}/**/*.spec.ts`) },
  testPathIgnorePatterns: ['/node_modules/', ...elsewhere.map(folder => `<rootDir>/spec/${folder}/`)],
  testSequencer: '<rootDir>/.ci/mutants/cheap-first.cjs',
}
