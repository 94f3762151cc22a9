import type { TSESLint, TSESTree } from '@typescript-eslint/utils'

type Context = Readonly<TSESLint.RuleContext<string, readonly unknown[]>>

/** A rule of ESLint. Its type has only what ESLint needs, so that the package does not depend on ESLint's types. */
export interface Rule {
  /** What the rule says about itself, as ESLint wants it. */
  readonly meta: {
    readonly type: 'problem' | 'suggestion'
    readonly docs: { readonly description: string }
    readonly fixable?: 'code'
    readonly messages: Readonly<Record<string, string>>
    readonly schema: readonly object[]
  }
  /** Only ESLint calls this. Each version of ESLint has its own types for the context. */
  create(context: never): object
}

/** What a rule of this plugin says about itself. */
interface Draft<Name extends string> {
  readonly description: string
  readonly messages: Readonly<Record<Name, string>>
  readonly fixable?: boolean
  readonly create: (context: Context, report: Report<Name>) => TSESLint.RuleListener
}

/** Report a node. ESLint shows the message, and offers the fix. */
export type Report<Name extends string> = (node: TSESTree.Node, messageId: Name, more?: {
  readonly data?: Readonly<Record<string, string>>
  readonly fix?: TSESLint.ReportFixFunction | null
}) => void

/** Make a rule without options. */
export function rule<Name extends string>({ description, messages, fixable = false, create }: Draft<Name>): Rule {
  return {
    meta: { type: 'problem', docs: { description }, messages, schema: [], ...(fixable ? { fixable: 'code' as const } : {}) },
    create: (context: Context) => create(context, (node, messageId, { data, fix } = {}) => {
      context.report({ node, messageId, ...(data === undefined ? {} : { data }), fix: fix ?? null })
    }),
  }
}
