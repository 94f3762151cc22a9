import type { Group } from '../harness/group.mts'
import { OWNERS, SCRIPTS, closeOwner, manyOwners, manyTasks, returnEach, throwIntoEach, throwIntoWaits } from '../cases/embedding/endings.mts'
import { FEW_FRAMES, MOVING, byBabylon, byExcalibur, byNothing, scriptsInBabylon, scriptsInExcalibur } from '../cases/embedding/engines.mts'
import { ACTIVE, FRAMES, byHand, frames } from '../cases/embedding/frames.mts'

const MOVES = ACTIVE * FRAMES
const BY_HAND = 'hand-written: next() of the active ones'
const MOVED = MOVING * FEW_FRAMES
const BARE = 'hand-written: next() of each'
const RETURN = 'native: return() of each'
const THROW = 'native: throw() into each at a yield*, and catch'

export const groups: readonly Group[] = [{
  title: 'a script moves in a frame, 1,000 active beside 10,000 that sleep',
  anchor: BY_HAND,
  entries: [
    { name: BY_HAND, ops: MOVES, gives: MOVES, prepare: byHand, kind: 'plain' },
    { name: 'frame(), yield', ops: MOVES, gives: MOVES, prepare: () => frames('yield') },
    { name: 'frame(), nextFrame()', ops: MOVES, gives: MOVES, prepare: () => frames('nextFrame') },
    { name: 'frame(), yield, recorded', ops: MOVES, gives: MOVES, prepare: () => frames('yield', true) },
  ],
  targets: [
    { of: 'frame(), yield', per: BY_HAND, atMost: 1.7 },
    { of: 'frame(), nextFrame()', per: BY_HAND, atMost: 2.5 },
    { of: 'frame(), yield, recorded', per: 'frame(), yield', atMost: 1.3 },
  ],
  watched: ['frame(), yield', 'frame(), nextFrame()'],
}, {
  title: 'a script moves in a frame of an engine, 1,000 active',
  anchor: BARE,
  entries: [
    { name: BARE, ops: MOVED, gives: MOVED, prepare: byNothing, kind: 'plain' },
    { name: 'Babylon: yieldfrom/engine/babylon, nextFrame()', ops: MOVED, gives: MOVED, prepare: scriptsInBabylon },
    { name: 'Babylon: its own coroutines', ops: MOVED, gives: MOVED, prepare: byBabylon, kind: 'peer' },
    { name: 'Excalibur: yieldfrom/engine/excalibur, nextFrame()', ops: MOVED, gives: MOVED, prepare: scriptsInExcalibur },
    { name: 'Excalibur: its own coroutines', ops: MOVED, gives: MOVED, prepare: byExcalibur, kind: 'peer' },
  ],
}, {
  title: 'end one of 1,000 scripts that wait in a try',
  anchor: RETURN,
  entries: [
    { name: RETURN, ops: SCRIPTS, gives: SCRIPTS, run: returnEach, kind: 'plain' },
    { name: 'native: throw() into each, and catch', ops: SCRIPTS, gives: SCRIPTS, run: throwIntoEach, kind: 'plain' },
    { name: THROW, ops: SCRIPTS, gives: SCRIPTS, run: throwIntoWaits, kind: 'plain' },
    { name: 'owner.close()', ops: SCRIPTS, gives: SCRIPTS, run: closeOwner },
  ],
  targets: [
    { of: 'owner.close()', per: RETURN, atMost: 20 },
    { of: 'owner.close()', per: THROW, atMost: 2 }, // a script can catch what ends it, so something has to be thrown
  ],
}, {
  title: 'one of 100,000 owners is made, has a script, and is closed',
  anchor: 'a task without an owner, cancelled',
  entries: [
    { name: 'a task without an owner, cancelled', ops: OWNERS, gives: OWNERS, run: manyTasks, once: true },
    { name: 'an owner with a task, closed', ops: OWNERS, gives: OWNERS, run: manyOwners, once: true },
  ],
  rounds: 3,
}]
