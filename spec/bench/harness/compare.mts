import type { Group } from './group.mts'
import { withRevision } from './revision.mts'
import { spread } from './results.mts'
import { type Located, measureApart } from './round.mts'
import { times } from './table.mts'

const NOW = '.'

/** Print, for every entry, how many times as much it takes now as it took in a revision, measured in turn. */
export function compareWith(revision: string, selected: readonly Located[], rounds: number): void {
  withRevision(revision, then => {
    console.log(`now, as a multiple of ${revision}; plain JavaScript among it shows the noise`)
    for (const located of selected) {
      console.log(`\n${located.group.title}`)
      compareGroup(located, then, rounds)
    }
  })
}

function compareGroup({ file, group }: Located, then: string, rounds: number): void {
  const names = own(group)
  const ratios = names.map((): number[] => [])
  for (let round = 0; round < Math.min(rounds, group.rounds ?? rounds); round++) {
    for (const [i, name] of names.entries()) {
      const figures: Record<string, number> = {}
      for (const folder of round % 2 === 0 ? [then, NOW] : [NOW, then]) {
        figures[folder] = measured(folder, { file, title: group.title, name })
      }
      ratios[i]?.push((figures[NOW] ?? NaN) / (figures[then] ?? NaN))
    }
  }
  const width = Math.max(...names.map(name => name.length))
  for (const [i, name] of names.entries()) {
    const ratio = spread(ratios[i] ?? [])
    console.log(`  ${name.padEnd(width)}  ${Number.isNaN(ratio.median) ? 'new' : times(ratio)}`)
  }
}

function own({ entries }: Group): string[] {
  return entries.filter(({ kind }) => kind !== 'peer').map(({ name }) => name)
}

/** `NaN` when the revision does not have what is measured. */
function measured(folder: string, order: Parameters<typeof measureApart>[1]): number {
  try {
    const answer = measureApart(folder, order)
    return 'name' in answer ? answer.usual : NaN
  } catch {
    return NaN
  }
}
