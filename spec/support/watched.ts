/**
 * Somebody watches all specs. Where nobody does, the machine takes short ways; here it takes the long ones, and is to do the
 * same.
 */
import type * as Greenlets from '../../lib/greenlet/index.ts'
import { tryLess } from './thorough.ts'

// This spec counts the generators of the library, which has to be loaded after the census.
if (expect.getState().testPath?.endsWith('cancel-examples-at-every-event.spec.ts') === true) require('../properties/generator-census.ts')
const { watch } = require('../../lib/greenlet/index.ts') as typeof Greenlets

tryLess({ runs: 10, events: 3 })

let endWatch: () => void

beforeEach(() => { endWatch = watch(() => undefined) })

afterEach(() => { endWatch() })
