import { type Program, rerun } from '../../lib/cli/order.ts'
import { sweep } from '../../lib/cli/sweep.ts'
import { type Coroutine, EventLoop, TaskGroup, VirtualHost, run, sleep, use } from '../../lib/index.ts'
import { SeededEventLoop } from '../../lib/testing/index.ts'

const SEEDS = Array.from({ length: 20 }, (_, i) => i)

/** Five tasks, some of which wake at the same time. They print when they wake. */
function* main(print: (text: string) => void): Coroutine<void> {
  yield* use(new TaskGroup(), function* (group) {
    for (const [name, ms] of [['Ann', 10], ['Ben', 10], ['Cy', 5], ['Di', 10], ['Ed', 0]] as const) {
      group.createTask((function* (): Coroutine<void> {
        print(`${name} begins`)
        yield* sleep(ms)
        print(`${name} wakes`)
        yield
        print(`${name} ends`)
      })(), { name })
    }
  })
}

/** What is printed in the order of a seed, by a program that has this loop. */
function printed(seed: number, newLoop: () => EventLoop): string[] {
  const lines: string[] = []
  const program: Program = () => { run(main(text => { lines.push(text) }), { loopFactory: newLoop }) }
  expect(rerun(program, seed).failure).toBe(null)
  return lines
}

const plain = (): EventLoop => new EventLoop({ host: new VirtualHost() })
const seeded = (seed: number) => (): EventLoop => new SeededEventLoop({ seed, host: new VirtualHost() })

describe('another order', () => {
  it.each(SEEDS)('of seed %i is the one that SeededEventLoop gives', seed => {
    const lines: string[] = []
    run(main(text => { lines.push(text) }), { loopFactory: seeded(seed) })
    expect(printed(seed, plain)).toEqual(lines)
  })

  it('differs from seed to seed, and leaves a program alone that has chosen an order itself', () => {
    expect(new Set(SEEDS.map(seed => printed(seed, plain).join())).size).toBeGreaterThan(5)
    expect(new Set(SEEDS.map(seed => printed(seed, seeded(3)).join())).size).toBe(1)
  })

  it('ends with the run: a loop that lives on has the usual order again', () => {
    const loop = plain()
    const order = (): string[] => {
      const lines: string[] = []
      loop.runUntilComplete(loop.createTask(main(text => { lines.push(text) })))
      return lines
    }
    const usual = order()
    let other: string[] = []
    rerun(() => { other = order() }, 2)
    expect(other).not.toEqual(usual)
    expect(order()).toEqual(usual)
  })
})

it('the sweep cancels at each event of the recording once, and gives it the number that it has there', () => {
  const program: Program = (_, print) => { run(main(print), { host: new VirtualHost() }) }
  const { outcomes } = sweep(program, { cancels: 1000, seeds: 0 })
  const numbers = outcomes.flatMap(({ labels }) => labels).flatMap(label => /^cancelled at event (\d+) /.exec(label)?.[1] ?? []).map(Number)
  expect(new Set(numbers).size).toBe(numbers.length)
  const { events } = rerun(program, 0)
  const last = events.find(({ kind, to }) => kind === 'done' && to === 'Task-1')?.seq ?? 0
  expect(Math.max(...numbers)).toBeLessThanOrEqual(last)
  expect(numbers.length).toBeGreaterThan(last / 2)
})
