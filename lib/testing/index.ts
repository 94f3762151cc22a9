/**
 * The door `yieldfrom/testing`: hosts and helpers for specs.
 * @module
 */
export { ManualHost } from '../host/manual-host.ts'
export { VirtualHost } from '../host/virtual-host.ts'
export { type Exploration, type ExploreOptions, explore } from './explore.ts'
export { runBriefly } from './run-briefly.ts'
export { SeededEventLoop, type SeededLoopOptions } from './seeded-event-loop.ts'
export { Sequencer } from './sequencer.ts'
export { waitAllTasksBlocked } from './wait-all-tasks-blocked.ts'
