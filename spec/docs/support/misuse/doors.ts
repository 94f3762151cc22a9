import * as core from '../../../../lib/index.ts'
import * as bullmq from '../../../../lib/bullmq/index.ts'
import * as babylon from '../../../../lib/engine/babylon/index.ts'
import * as bedrock from '../../../../lib/engine/bedrock/index.ts'
import * as excalibur from '../../../../lib/engine/excalibur/index.ts'
import * as frame from '../../../../lib/engine/frame/index.ts'
import * as quickjs from '../../../../lib/engine/quickjs/index.ts'
import * as screeps from '../../../../lib/engine/screeps/index.ts'
import * as sqlite from '../../../../lib/engine/sqlite/index.ts'
import * as node from '../../../../lib/node/index.ts'
import * as promise from '../../../../lib/promise/index.ts'
import * as study from '../../../../lib/study/index.ts'
import * as testing from '../../../../lib/testing/index.ts'

/** The doors by their folders in lib/, in the order of the pages. */
export const modules: Readonly<Record<string, object>> = {
  '': core, 'testing': testing, 'study': study, 'promise': promise, 'engine/frame': frame, 'engine/babylon': babylon, 'engine/excalibur': excalibur,
  'engine/bedrock': bedrock, 'engine/screeps': screeps, 'engine/sqlite': sqlite, 'engine/quickjs': quickjs, 'node': node, 'bullmq': bullmq,
}
export const doors = Object.keys(modules)
/** The doors of the core: they need neither Node nor an engine. */
export const coreDoors: readonly string[] = ['', 'testing']
