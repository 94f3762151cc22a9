import { createInterface } from 'node:readline'
import type { StudyEvent } from '../study/event.ts'
import { sentences } from '../study/sentences.ts'
import { choiceOf } from './answer.ts'
import { reasonFor } from './reason.ts'

/** A question about a recording: what comes next? */
export interface Question {
  /** The sentences of what has just happened. */
  readonly before: readonly string[]
  readonly choices: readonly string[]
  /** The place of the right answer among the choices, from 0. */
  readonly right: number
  /** Why it is the right one. */
  readonly why: string
}

/** The number of events that are shown before a question. */
const SHOWN = 3
/** The largest number of choices. */
const CHOICES = 3
/** Events that nobody can guess, or that are not worth a question. */
const DULL: readonly StudyEvent['kind'][] = ['made', 'turn', 'timer', 'due', 'callback', 'enter']

/**
 * Make questions about a recording. The wrong answers are other things that happen in it.
 * @param most the largest number of questions. They are spread over the recording.
 */
export function questions(events: readonly StudyEvent[], most: number): Question[] {
  const told = events.filter(({ internal }) => internal !== true)
  const words = sentences(told)
  const all = Array.from(new Set(words.filter((_, i) => !isDull(told[i] as StudyEvent))))
  const places = told.map((_, i) => i).filter(i => i > 0 && !isDull(told[i] as StudyEvent))
  const chosen = places.filter((_, k) => Math.floor(k * most / places.length) !== Math.floor((k - 1) * most / places.length) || places.length <= most)
  return chosen.map((at, k) => {
    const right = words[at] as string
    const nearby = [...all.slice(all.indexOf(right) + 1), ...all].filter((text, i, list) => text !== right && list.indexOf(text) === i)
    const choices = nearby.slice(0, CHOICES - 1)
    const place = (at + k * k) % (choices.length + 1) // not always the same place, but the same at each run
    choices.splice(place, 0, right)
    return { before: words.slice(Math.max(0, at - SHOWN), at), choices, right: place, why: reasonFor(told[at] as StudyEvent) }
  })
}

function isDull({ kind, why }: StudyEvent): boolean { return DULL.includes(kind) || (kind === 'switch' && why !== 'switch' && why !== 'throw') }

/** Ask the questions, and keep score. An answer that is none is asked for again. @returns how many answers were right. */
export async function predict(asked: readonly Question[], print: (text: string) => void, input: NodeJS.ReadableStream = process.stdin): Promise<number> {
  if (asked.length === 0) {
    print('There is nothing to ask: no generator of the program has done anything.\n')
    return 0
  }
  const lines = createInterface({ input })
  const answers = lines[Symbol.asyncIterator]() as AsyncIterator<string, unknown>
  let score = 0
  for (const [i, question] of asked.entries()) {
    const { before, choices, right, why } = question
    print(`\n${before.map(text => `   ${text}\n`).join('')}${String(i + 1)}. What comes next?\n${choices.map((text, k) => `   ${letter(k)}) ${text}\n`).join('')}`)
    let chosen: number | null = null
    while (chosen === null) {
      print('> ')
      const answer = await answers.next()
      if (answer.done === true || answer.value.trim() === 'q') {
        print(`\n${String(score)} of ${String(i)}: you left after ${String(i)} of ${String(asked.length)} questions.\n`)
        lines.close()
        return score
      }
      chosen = choiceOf(answer.value, choices)
      if (chosen === null) print(`That is none of them, or more than one. Answer with ${choices.map((_, k) => letter(k)).join(', ')}, or with more words; q ends.\n`)
    }
    if (chosen === right) score++
    print(`${chosen === right ? 'Right' : `No, it is ${letter(right)}) ${choices[right] as string}`}${why === '' ? '.' : `: ${why}`}\n`)
  }
  lines.close()
  print(`\n${String(score)} of ${String(asked.length)} right.\n`)
  return score
}

function letter(k: number): string { return 'abc'.charAt(k) }
