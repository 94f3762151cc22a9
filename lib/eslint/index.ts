/**
 * The plugin for ESLint: it finds a forgotten `yield*` and its like before the program runs.
 *
 *     import tseslint from 'typescript-eslint'
 *     import yieldfrom from 'yieldfrom/eslint'
 *
 *     export default tseslint.config(
 *       { files: ['**\/*.ts'], languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true } } },
 *       yieldfrom.configs.recommended,
 *     )
 * @module
 */
import type { Rule } from './rule.ts'
import { noAwait } from './rules/no-await.ts'
import { noBlockingCall } from './rules/no-blocking-call.ts'
import { noEmitInScope } from './rules/no-emit-in-scope.ts'
import { noFloatingCoroutine } from './rules/no-floating-coroutine.ts'
import { noMisusedCoroutine } from './rules/no-misused-coroutine.ts'
import { noSwallowedCancellation } from './rules/no-swallowed-cancellation.ts'
import { noUncalledMethod } from './rules/no-uncalled-method.ts'
import { yieldStar } from './rules/yield-star.ts'

export type { Rule } from './rule.ts'

/** The rules by their names, without the `yieldfrom/` before them. */
export const rules: Readonly<Record<string, Rule>> = {
  'no-await': noAwait,
  'no-blocking-call': noBlockingCall,
  'no-emit-in-scope': noEmitInScope,
  'no-floating-coroutine': noFloatingCoroutine,
  'no-misused-coroutine': noMisusedCoroutine,
  'no-swallowed-cancellation': noSwallowedCancellation,
  'no-uncalled-method': noUncalledMethod,
  'yield-star': yieldStar,
}

/** What the plugin says about itself. */
const meta = { name: 'yieldfrom' }

/** A part of a flat configuration, in which all rules are errors. */
export interface RecommendedConfig {
  /** What ESLint calls it in its messages. */
  readonly name: string
  /** The plugin, with its rules. */
  readonly plugins: { readonly yieldfrom: { readonly meta: { readonly name: string }; readonly rules: Readonly<Record<string, Rule>> } }
  /** All rules of the plugin, as errors. */
  readonly rules: Readonly<Record<string, 'error'>>
}

/** The ready-made configurations: `recommended` turns all rules on. */
export const configs: { readonly recommended: RecommendedConfig } = {
  recommended: {
    name: 'yieldfrom/recommended',
    plugins: { yieldfrom: { meta, rules } },
    rules: Object.fromEntries(Object.keys(rules).map(name => [`yieldfrom/${name}`, 'error' as const])),
  },
}

/** The plugin, for `plugins` of a flat configuration. */
export default { meta, rules, configs }
