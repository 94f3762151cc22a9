import { ModuleKind, ScriptTarget, transpileModule } from 'typescript'
import { EventLoop, VirtualHost, setEventLoopPolicy } from 'yieldfrom'

/** A block of TypeScript or JavaScript in a page. */
export interface Block {
  /** Where it begins in the page. */
  readonly line: number
  readonly language: string
  readonly code: string
  /** It imports what it needs, or says what it prints: it can be run. */
  readonly isProgram: boolean
  /** The lines that it is said to print; `null` when nothing is said. */
  readonly prints: readonly string[] | null
}

/** ` ```ts `, the code, ` ``` `, and perhaps "prints" and another block. */
const BLOCK = /^```(ts|js|mjs)\n(.*?)^```$(?:\n+prints\n+```\n(.*?)^```$)?/gms
const COMMENT = /\/\/ (?:.*; )?prints: (.*)$/m

export function blocksOf(page: string): Block[] {
  return Array.from(page.matchAll(BLOCK), ({ 1: language = '', 2: code = '', 3: output, index }) => {
    const comment = COMMENT.exec(code)?.[1]
    const prints = output?.trimEnd().split('\n') ?? comment?.split(', ') ?? null
    return {
      line: page.slice(0, index).split('\n').length,
      language,
      code,
      isProgram: prints !== null || /^import /m.test(code),
      prints,
    }
  })
}

/**
 * Run a program, in virtual time unless it names a host of its own: so a busy machine does not change what it prints.
 * @returns the lines that it prints.
 */
export function run({ code }: Block): string[] {
  const lines: string[] = []
  const print = (...values: unknown[]): void => { lines.push(...values.map(String).join(' ').split('\n')) }
  const { outputText } = transpileModule(code, { compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 } })
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the page is ours
  const program = new Function('require', 'exports', 'console', outputText) as (...given: unknown[]) => void
  setEventLoopPolicy({ newEventLoop: () => new EventLoop({ host: new VirtualHost() }) })
  try {
    program((name: string): unknown => require(name), {}, { log: print, error: print })
  } finally {
    setEventLoopPolicy(null)
  }
  return lines
}
