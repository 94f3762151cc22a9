import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const LANGUAGES: Record<string, string> = { ts: 'ts', py: 'py' }

/**
 * The text of a lesson, with the programs and recordings that it names: `<!-- 01-send.ts -->` and a fence.
 * @param folder where they lie.
 */
export function withPrograms(text: string, folder: string): string {
  return text.replace(/<!-- (([\w-]+)\.([\w.]+)) -->\n```\w*\n[^]*?```\n/g, (_, file: string, name: string, kind: string) => {
    const content = readFileSync(join(folder, file), 'utf8')
    return `<!-- ${file} -->\n\`\`\`${LANGUAGES[kind] ?? 'text'}\n${shown(content, /^\d/.test(name) && kind === 'txt')}\`\`\`\n`
  })
}

/** Of a recording, the lines and the sentences; what the program prints stands in its sentences. */
function shown(content: string, isRecording: boolean): string {
  return isRecording ? content.slice(content.indexOf('\n\n') + 2) : content.replace(/\nexport \{\}\n$/, '')
}

export interface Question {
  readonly question: string
  /** The line of the recording that answers it. */
  readonly answer: string
}

/** The questions of a lesson, each with its answer: `<summary>…</summary>` and the first words in backquotes. */
export function questionsOf(text: string): Question[] {
  return Array.from(text.matchAll(/<details><summary>(.+?)<\/summary>\s+`([^`]+)`/g), ([, question, answer]) => ({ question: question as string, answer: answer as string }))
}
