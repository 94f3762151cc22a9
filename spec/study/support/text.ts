import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { folder } from './lesson.ts'

/** The text of a lesson, with the programs and recordings that it names: `<!-- 01-send.ts -->` and a fence. */
export function withPrograms(text: string): string {
  return text.replace(/<!-- (\S+)\.(ts|py|txt) -->\n```\w*\n[^]*?```\n/g, (_, name: string, kind: string) => {
    const content = readFileSync(join(folder, `${name}.${kind}`), 'utf8')
    return `<!-- ${name}.${kind} -->\n\`\`\`${kind === 'txt' ? 'text' : kind}\n${shown(content, kind)}\`\`\`\n`
  })
}

/** Of a recording, the lines and the sentences; what it prints stands in its sentences. */
function shown(content: string, kind: string): string {
  return kind === 'txt' ? content.slice(content.indexOf('\n\n') + 2) : content.replace(/\nexport \{\}\n$/, '')
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
