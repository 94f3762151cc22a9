/**
 * Measures one entry, in a process of its own, and prints the figure: what else is measured has no influence, and the
 * same suite can measure another build of the library.
 */
import { catalogue } from '../groups/catalogue.mts'
import type { Entry, Library } from './group.mts'
import { QUICK, type Sample, THOROUGH, sample } from './measure.mts'

/** An entry by its file in `groups/`, its group and its name; or that of a library. */
export type Order = { readonly quick?: boolean } & (Library | Place)

interface Place {
  readonly file: string
  readonly title: string
  readonly name: string
}

export type Answer = ({ readonly name: string } & Sample) | { readonly missing: string }

async function find(order: Order): Promise<Entry | undefined> {
  if ('of' in order) return (await import(`../peers/${order.of}.mjs`) as Record<string, Entry>)[order.take]
  const groups = await catalogue(order.file)
  return groups.find(({ title }) => title === order.title)?.entries.find(({ name }) => name === order.name)
}

function isMissing(error: unknown): boolean {
  return (error as { readonly code?: string }).code === 'ERR_MODULE_NOT_FOUND'
}

async function answer(order: Order): Promise<Answer> {
  try {
    const entry = await find(order) as Entry
    return { name: entry.name, ...await sample(entry, order.quick === true ? QUICK : THOROUGH) }
  } catch (error) {
    if ('of' in order && isMissing(error)) return { missing: order.of }
    throw error
  }
}

console.log(JSON.stringify(await answer(JSON.parse(process.argv[2] as string) as Order)))
process.exit() // whatever timers a peer has left
