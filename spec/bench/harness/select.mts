import { catalogue, files } from '../groups/catalogue.mts'
import type { Located } from './round.mts'

/** The groups whose title, or the name of whose file, has the word; in the order of the report. */
export async function select(word = ''): Promise<Located[]> {
  const located: Located[] = []
  for (const file of files) {
    for (const group of await catalogue(file)) {
      if (file.includes(word) || group.title.includes(word)) located.push({ file, group })
    }
  }
  return located
}
