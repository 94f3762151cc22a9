// Context variables: each task has its own, copied from where the task was made
import { ContextVar, VirtualHost, gather, run, sleep } from 'yieldfrom'

const user = new ContextVar<string>('user', { default: 'nobody' })

function* log(text: string) {
  console.log(`${user.get()}: ${text}`)
}

function* handle(name: string, seconds: number) {
  yield* log('a task begins')
  user.set(name)
  yield* sleep(seconds * 1000)
  yield* log('a task ends')
}

function* main() {
  yield* log('main begins')
  const token = user.set('main')
  yield* gather([handle('Ann', 2), handle('Ben', 1)])
  yield* log('nobody has changed it here')
  user.reset(token)
  yield* log('main ends')
}

run(main(), { host: new VirtualHost() })
