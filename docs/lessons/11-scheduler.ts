// A scheduler in twenty lines: a bare yield says "somebody else may run"
type Job = Generator<undefined, void>

function* countdown(name: string, from: number): Job {
  for (let n = from; n > 0; n--) {
    console.log(name, n)
    yield
  }
  console.log(name, 'is done')
}

function schedule(jobs: Job[]): void {
  const ready = [...jobs]
  for (let job = ready.shift(); job !== undefined; job = ready.shift()) {
    if (job.next().done !== true) ready.push(job) // it goes to the end of the queue
  }
}

schedule([countdown('tea', 2), countdown('egg', 3)])

export {}
