// How Stryker mutates the core. `main.mjs` runs it, floor by floor.
export default {
  testRunner: 'jest',
  plugins: ['@stryker-mutator/jest-runner', './.ci/mutants/sample.mjs'],
  ignorers: ['sample'],
  jest: { projectType: 'custom', configFile: '.ci/mutants/jest.config.cjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  ignorePatterns: ['dist', 'docs/performance', 'site', '.git', 'reports'],
  disableTypeChecks: '{lib,spec}/**/*.ts',
  tempDirName: '.stryker',
  reporters: ['json'],
  jsonReporter: { fileName: 'reports/mutants.json' },
  concurrency: Number(process.env.JOBS ?? 2),
  dryRunTimeoutMinutes: 30,
  allowConsoleColors: false,
  timeoutMS: 20_000,
  timeoutFactor: 3,
}
