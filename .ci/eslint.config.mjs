import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['**/*.{js,cjs,mjs}'] }, // programs that others run: there are no types to look at
  ...tseslint.configs.strictTypeChecked,
  { ignores: ['**/spec/engines/*.mjs'] }, // run as it is, and without types
  {
    files: ['**/*.{ts,mts}'],
    languageOptions: { parserOptions: { projectService: true } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'require-yield': 'off',
      // Operations count their arguments, and a rest parameter would allocate an array for each call.
      'prefer-rest-params': 'off',
      'no-restricted-syntax': ['error',
        { selector: 'AwaitExpression, FunctionDeclaration[async=true], FunctionExpression[async=true], ArrowFunctionExpression[async=true]',
          message: 'No async: this library stands on synchronous generators.' },
        { selector: 'PropertyDefinition > PrivateIdentifier, MethodDefinition > PrivateIdentifier',
          message: 'ES2020 output turns #private into WeakMaps. Write private.' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Errors of user code are passed on as they are, whatever they are.
      '@typescript-eslint/only-throw-error': 'off',
      // The library tells its classes apart by what they are, not by a flag beside.
      '@typescript-eslint/class-literal-property-style': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      // The register of the current fiber is typed from below, where greenlets are not known.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    files: ['**/lib/**/*.ts'],
    ignores: ['**/lib/host/**', '**/lib/base/engine.ts', '**/lib/node/**', '**/lib/promise/**', '**/lib/cli/**'], // which look at what the engine has, and Node
    rules: {
      'no-restricted-globals': ['error', 'Promise', 'Date', 'console', 'process', 'performance', 'setTimeout', 'setInterval',
        'setImmediate', 'clearTimeout', 'clearInterval', 'clearImmediate', 'queueMicrotask', 'globalThis', 'structuredClone'],
    },
  },
  {
    files: ['**/lib/**/*.ts'],
    rules: { 'max-lines': ['error', 300] }, // a file has one idea
  },
  {
    // Jest's matchers are typed with `any`, and a spec may do what a program should not.
    files: ['**/spec/**/*.{ts,mts}', '**/docs/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-require-imports': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
    },
  },
  {
    files: ['**/docs/template/**'],
    rules: { '@typescript-eslint/no-floating-promises': ['error', { allowForKnownSafeCalls: [{ from: 'package', name: ['describe', 'it'], package: 'node:test' }] }] },
  },
  {
    files: ['**/lib/cli/**'],
    rules: { 'no-restricted-syntax': 'off' }, // Node's module loader takes asynchronous functions
  },
  {
    files: ['**/spec/bench/**/*.mts', '**/spec/promise/**', '**/spec/cli/check.spec.ts'],
    rules: {
      // Asynchronous functions are measured too, with and without a reason to wait. ESLint is asynchronous.
      'no-restricted-syntax': 'off',
      '@typescript-eslint/await-thenable': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['**/lib/generator/native-generator.ts'],
    rules: { '@typescript-eslint/unbound-method': 'off' }, // its purpose: the methods, apart from any generator
  },
  {
    files: ['**/lib/eslint/**'],
    rules: { '@typescript-eslint/no-unsafe-enum-comparison': 'off' }, // to import the enum is to load its package
  },
  {
    files: ['**/lib/greenlet/greenlet.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-declaration-merging': 'off', // `run`, see there
    },
  },
)
