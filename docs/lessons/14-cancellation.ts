// cancel() throws into a task, where it waits: it may clean up, and then it lets the error pass
import { type Coroutine, VirtualHost, createTask, isCancelled, run, sleep } from 'yieldfrom'

function* boil(): Coroutine<string> {
  console.log('the kettle is on')
  try {
    yield* sleep(1000)
    return 'hot water'
  } finally {
    console.log('the kettle is off')
  }
}

function* brew(): Coroutine<string> {
  try {
    return `tea of ${yield* boil()}`
  } catch (error) {
    console.log('no tea:', isCancelled(error))
    throw error
  }
}

function* main(): Coroutine<void> {
  const tea = createTask(brew(), { name: 'tea' })
  yield* sleep(10)
  tea.cancel()
  try {
    yield* tea
  } catch (error) {
    console.log('main knows:', isCancelled(error))
  }
}

run(main(), { host: new VirtualHost() })
