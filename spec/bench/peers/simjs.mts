import type { Case } from '../harness/group.mts'
import { CUSTOMERS, GAP, MEAN_WAIT, SERVERS, SERVICE, exponential } from '../cases/queueing.mts'

interface Request { done(callback: (...data: number[]) => void, entity: object, data?: number[]): void }

declare class Entity {
  time(): number
  setTimer(delay: number): Request
  useFacility(facility: object, service: number): Request
}

interface Simjs {
  readonly Sim: new () => { addEntity(kind: new () => Entity): void; simulate(end: number): void }
  readonly Entity: typeof Entity
  readonly Facility: new (name: string, discipline: number, servers: number) => object
}

// It exports nothing, but puts itself into `window`.
const page: { Sim?: Simjs } = {}
Object.assign(globalThis, { window: page })
await import('simjs')
const simjs = page.Sim as Simjs

const FIRST_COME_FIRST_SERVED = 0

let waited = 0

class Source extends simjs.Entity {
  private readonly gap = exponential(GAP, 1)
  private readonly service = exponential(SERVICE, 2)
  private readonly servers = new simjs.Facility('servers', FIRST_COME_FIRST_SERVED, SERVERS)
  private left = CUSTOMERS

  start(): void { if (this.left-- > 0) this.setTimer(this.gap()).done(this.arrive, this) }

  private readonly arrive = (): void => {
    const service = this.service()
    this.useFacility(this.servers, service).done(this.leave, this, [this.time(), service])
    this.start()
  }

  private readonly leave = (arrived: number, service: number): void => { waited += this.time() - arrived - service }
}

function simulate(): number {
  waited = 0
  const sim = new simjs.Sim()
  sim.addEntity(Source)
  sim.simulate(Infinity)
  return waited / CUSTOMERS
}

export const simulation: Case = { name: 'simjs', ops: CUSTOMERS, gives: MEAN_WAIT, prepare: () => simulate, once: true }
