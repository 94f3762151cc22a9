import type { Group } from '../harness/group.mts'

/** The files of this folder that hold groups, in the order of the report. */
export const files = [
  'switching', 'turns', 'futures', 'spawning', 'delegation', 'queues', 'several', 'timers', 'idle', 'embedding', 'simulation', 'memory',
  'failing', 'loading', 'io',
] as const

export async function catalogue(file: string): Promise<readonly Group[]> {
  const { groups } = await import(`./${file}.mjs`) as { readonly groups: readonly Group[] }
  return groups
}
