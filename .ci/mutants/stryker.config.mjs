// Mutation tests of the core: Stryker changes the source in small ways, one at a time, and the specs have to notice each of them.
//
// The core has far too many places for one afternoon. So `sample.mjs` draws some of the functions by lot:
//   SAMPLE=0.05 SEED=1 npm run mutants        a twentieth of all functions
//   npm run mutants -- --mutate lib/sync/lock.ts      all of a file (without SAMPLE)
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner', './.ci/mutants/sample.mjs'],
  ignorers: ['sample'],
  jest: { projectType: 'custom', configFile: '.ci/mutants/jest.config.cjs', enableFindRelatedTests: true },
  coverageAnalysis: 'perTest',
  // The core. The floors with a host of their own run in other threads and processes, which Stryker cannot see into.
  mutate: [
    'lib/{base,context,generator,greenlet,loop,host,transport,clock,tick,task,scope,sync,iteration,queue,group,streams,frame,replay,inspect,run,testing}/**/*.ts',
    '!lib/**/index.ts',
  ],
  ignorePatterns: ['dist', 'docs/performance', 'site', '.git', 'reports'],
  disableTypeChecks: '{lib,spec}/**/*.ts',
  tempDirName: '.stryker',
  reporters: ['json', 'clear-text'],
  jsonReporter: { fileName: 'reports/mutants.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  concurrency: 2,
  timeoutMS: 20_000,
  timeoutFactor: 3,
  thresholds: { high: 95, low: 90, break: 90 },
}
