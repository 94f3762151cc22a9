/** Python's words for values, and ours. */
const OTHER_WORDS: Readonly<Record<string, string>> = { none: 'undefined', null: 'undefined', nothing: 'undefined', true: 'true', false: 'false' }

/** Words that say nothing by which one choice could be told from another. */
const SMALL = ['it', 'the', 'a', 'an', 'is', 'to', 'on', 'of', 'line', 'and', 's']

/**
 * The choice that somebody means: by its letter or its number, or by words of it. Quotes, case and punctuation do not matter, and
 * `None` is `undefined`.
 * @returns its place, from 0; `null` when it is none of them, or not clear which.
 */
export function choiceOf(answer: string, choices: readonly string[]): number | null {
  const short = answer.trim().toLowerCase().replace(/[().:]+$/, '').replace(/^\(/, '')
  const letters = 'abc'.slice(0, choices.length)
  if (short.length === 1 && letters.includes(short)) return letters.indexOf(short)
  const wanted = wordsOf(answer)
  const all = choices.map(text => wordsOf(text.replace(/ on line \d+/g, '')))
  const same = choices.findIndex(text => wordsOf(text).join(' ') === wanted.join(' '))
  if (same >= 0) return same
  const telling = wordsOf(answer.replace(/ on line \d+/g, '')).filter(word => !SMALL.includes(word))
  const fits = telling.length === 0 ? [] : all.flatMap((words, k) => telling.every(word => words.includes(word)) ? [k] : [])
  if (fits.length === 1) return fits[0] as number
  return /^[1-3]$/.test(short) && Number(short) <= choices.length && fits.length === 0 ? Number(short) - 1 : null
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/[^\p{L}\p{N}#$_*.-]+/u).map(word => word.replace(/^[.-]+(?=\D)|\.+$/g, '')).filter(word => word !== '').map(word => OTHER_WORDS[word] ?? word)
}
