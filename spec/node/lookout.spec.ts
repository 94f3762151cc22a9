import { NEWS, makeCells } from '../../lib/node/thread/cells.ts'
import { Lookout } from '../../lib/node/thread/lookout.ts'

describe('a lookout', () => {
  it('looks longer when it has seen something in time, and shorter when it has not, within bounds', () => {
    const cells = makeCells()
    const lookout = new Lookout()
    const log: string[] = []
    const look = (seen: number, times: number): void => {
      for (let i = 0; i < times; i++) log.push(`${lookout.patience} ${lookout.sees(cells, seen) ? 'news' : 'nothing'}`)
    }
    Atomics.store(cells, NEWS, 5)
    look(5, 2)
    look(4, 3)
    look(5, 2)
    look(4, 8)
    expect(log).toEqual([
      '64 nothing', '64 nothing', '64 news', '128 news', '256 news', '512 nothing', '256 nothing',
      '128 news', '256 news', '512 news', '1024 news', '2048 news', '4096 news', '8192 news', '8192 news',
    ])
  })
})
