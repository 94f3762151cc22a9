import { readFileSync, writeFileSync } from 'node:fs'
import type { Linter } from 'eslint'

/** What a rule has found in a file. */
export type Found = Linter.LintMessage & { readonly file: string }

const BYTE_ORDER_MARK = '\uFEFF'

export function isFixable({ fix }: Found): boolean { return fix !== undefined }

/** Mend each file from its end to its start, so that no place moves before its turn. Of two that overlap, the second waits for the next round. */
export function mend(found: readonly Found[]): void {
  for (const file of new Set(found.filter(isFixable).map(({ file }) => file))) {
    const fixes = found.flatMap(slip => slip.file === file && slip.fix !== undefined ? [slip.fix] : []).sort((a, b) => b.range[0] - a.range[0])
    const text = readFileSync(file, 'utf8')
    const start = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0 // the places are counted without it
    let [mended, end] = [text, Infinity]
    for (const { range: [from, to], text: put } of fixes) {
      if (to > end) continue
      mended = mended.slice(0, start + from) + put + mended.slice(start + to)
      end = from
    }
    writeFileSync(file, mended)
  }
}
