import { certificate } from '../support/certificates.ts'
import { allFaults } from './faults/faults.ts'
import { programWays } from '../support/ways.ts'
import { type Session, withPeers } from './faults/session.ts'

/** A worker that is to run out of memory has too much of it here: `npm run campaign:faults` gives it less, and tries all of it many times. */
const faults = allFaults(certificate(), { step: 40, moments: [{ turns: 0, ms: 0 }, { turns: 5, ms: 0 }, { turns: 0, ms: 3 }, { turns: 0, ms: 15 }] })
  .filter(({ name }) => !name.includes('out of memory') && !/: (half|stall) when \d*[1-46-9] bytes/.test(name))

/** Each peer, worker and cancellation that goes wrong, once; in all ways. */
describe('what goes wrong', () => {
  it.each(programWays)('is a named error for who waits, hangs nothing, and leaves nothing open, %s', way => {
    const wrong: string[] = []
    let tried = 0
    return withPeers(way, ({ live, ports }: Session) =>
      faults.reduce((before, fault) => before.then(() => live(fault, ports)).then(({ name, complaints }) => {
        tried++
        if (complaints.length > 0) wrong.push(`${name}: ${complaints.join('; ')}`)
      }), Promise.resolve())).then(() => {
      expect(wrong).toEqual([])
      expect(tried).toBe(faults.length)
    })
  })
})
