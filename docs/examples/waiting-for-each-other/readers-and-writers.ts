// A lock for many that read, or one that writes; nobody waits for those who come later
// No Python twin: asyncio has no such lock
import { ReadWriteLock, TaskGroup, VirtualHost, getRunningLoop, run, sleep, use } from 'yieldfrom'

function* visit(name: string, lock: ReadWriteLock, side: 'read' | 'write') {
  yield* use(lock[side], function* () {
    console.log(getRunningLoop().time(), name, `${side}s`)
    yield* sleep(10)
  })
}

function* main() {
  const lock = new ReadWriteLock()
  yield* use(new TaskGroup(), function* (group) {
    group.createTask(visit('Ann', lock, 'read'))
    group.createTask(visit('Ben', lock, 'read'))
    group.createTask(visit('Cleo', lock, 'write'))
    group.createTask(visit('Dan', lock, 'read'))
  })
}

run(main(), { host: new VirtualHost() })
