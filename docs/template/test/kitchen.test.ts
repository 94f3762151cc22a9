import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { VirtualHost, run } from 'yieldfrom'
import { brew, serve } from '../src/kitchen.ts'

describe('the kitchen', () => {
  it('brews side by side: all is ready when the slowest is', () => {
    const host = new VirtualHost()
    assert.deepEqual(run(serve(), { host }), ['one tea', 'one coffee'])
    assert.equal(host.now(), 500)
  })

  it('may take an hour: no real time passes in a test', () => {
    assert.equal(run(brew('stew', 3_600_000), { host: new VirtualHost() }), 'one stew')
  })
})
