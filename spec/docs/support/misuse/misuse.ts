/**
 * What every public function does with what it should not get, when it should not be called, and when it is called from within, found by
 * calling it.
 *
 *     npm run misuse    write docs/misuse.md, docs/misuse-states.md and docs/misuse-within.md
 */
import { writeFileSync } from 'node:fs'
import * as values from './arguments.ts'
import { pages } from './page.ts'
import * as states from './states.ts'
import * as within from './within.ts'

writeFileSync(pages.arguments, values.text(values.rows()))
writeFileSync(pages.states, states.text(states.rows()))
writeFileSync(pages.within, within.text(within.withinItself(), within.inOwnCallbacks(), within.inPlaces()))
