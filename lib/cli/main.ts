#!/usr/bin/env node
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { serveJobs } from '../bullmq/index.ts'
import { toChromeTrace } from '../study/chrome-trace.ts'
import { toHTML } from '../study/html.ts'
import { marbles } from '../study/marbles.ts'
import { toMermaid } from '../study/mermaid.ts'
import { sentences } from '../study/sentences.ts'
import { toSVG } from '../study/svg.ts'
import { type Recording, type RecordingOptions, record } from './recording.ts'
import { table } from './table.ts'

interface TraceOptions extends RecordingOptions {
  readonly width?: number
  readonly json?: true
  readonly chrome?: string
  readonly mermaid?: string
  readonly svg?: string
  readonly ndjson?: string
}

interface WorkerFlags {
  readonly queue?: string
  readonly host?: string
  readonly port?: number
  readonly concurrency?: number
  readonly allowSource?: true
  readonly lock?: number
}

const { version } = JSON.parse(readFileSync(`${__dirname}/../../../package.json`, 'utf8')) as { version: string }

const program = new Command('yieldfrom')
  .description('See what generators, greenlets and tasks do: each send, throw, delegation, switch and turn.')
  .version(version)
  .showHelpAfterError('Write yieldfrom --help to see what there is.')
  .addHelpText('after', '\nExamples:\n  yieldfrom trace program.ts\n  yieldfrom html program.ts -o program.html\n  yieldfrom pstree program.ts --at 50')

const whole = (text: string): number => {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 0) return number
  throw new InvalidArgumentError('It takes a whole number.')
}

program.command('run').description('run a program, TypeScript or JavaScript')
  .argument('<program>', 'the file')
  .action(async (file: string) => { leave(await record(file, { limit: 1 })) })

program.command('trace').description('run a program, then show a line for each generator and a sentence for each transfer')
  .argument('<program>', 'the file')
  .option('--limit <events>', 'keep so many events, the last ones', whole)
  .option('--width <columns>', 'so wide', whole)
  .option('--silent', 'do not print what the program prints')
  .option('--json', 'print the recording as JSON')
  .option('--ndjson <file>', 'write one event a line')
  .option('--chrome <file>', 'write a trace that Perfetto opens')
  .option('--mermaid <file>', 'write a sequence diagram')
  .option('--svg <file>', 'write a picture')
  .action(async (file: string, options: TraceOptions) => {
    const recording = await record(file, options)
    const { events } = recording.recorder
    const files: [string | undefined, () => string][] = [
      [options.chrome, () => toChromeTrace(events)], [options.mermaid, () => toMermaid(events)],
      [options.svg, () => toSVG(events)], [options.ndjson, () => recording.recorder.toNDJSON()],
    ]
    for (const [path, text] of files) if (path !== undefined) writeFileSync(path, text())
    if (options.json === true) print(`${JSON.stringify(recording.recorder)}\n`)
    else if (files.every(([path]) => path === undefined)) showTrace(recording, options.width)
    leave(recording)
  })

program.command('html').description('run a program, and write a page that shows what it did')
  .argument('<program>', 'the file')
  .requiredOption('-o, --output <file>', 'where to')
  .option('--limit <events>', 'keep so many events, the last ones', whole)
  .action(async (file: string, options: RecordingOptions & { readonly output: string }) => {
    const recording = await record(file, options)
    writeFileSync(options.output, toHTML(recording.recorder.events, { title: basename(file), source: recording.source }))
    leave(recording)
  })

for (const [name, description] of [['ps', 'run a program, and list its tasks'], ['pstree', 'run a program, and show who waits for whom']] as const) {
  program.command(name).description(`${description}, at a time, or when most of them waited`)
    .argument('<program>', 'the file')
    .option('--at <ms>', 'so many milliseconds after the first turn', whole)
    .option('--json', 'print it as JSON')
    .action(async (file: string, options: RecordingOptions & { readonly json?: true }) => {
      const recording = await record(file, { ...options, silent: true, limit: 1 })
      const { tasks } = recording
      if (options.json === true) print(`${JSON.stringify(tasks === null ? null : { time: tasks.time, tasks: tasks.tree })}\n`)
      else if (tasks === null) print('no task ever waited\n')
      else print(name === 'ps' ? table(tasks.tree) : `${tasks.text}\n`)
      leave(recording)
    })
}

program.command('worker').description('serve the jobs of a BullMQExecutor with the exports of a module, until it is told to end')
  .argument('<module>', 'the file, JavaScript')
  .option('--queue <name>', 'the name of the queue')
  .option('--host <name>', 'where Redis or Valkey is')
  .option('--port <number>', 'its port', whole)
  .option('--concurrency <jobs>', 'how many jobs run at a time', whole)
  .option('--allow-source', 'run functions that travel as source, too: whoever can write into the queue can then run any code here')
  .option('--lock <ms>', 'after so long without a sign of life, a worker counts as dead', whole)
  .action((file: string, { queue, host = '127.0.0.1', port = 6379, concurrency, allowSource, lock }: WorkerFlags) => {
    const worker = serveJobs(file, {
      connection: { host, port }, ...queue !== undefined && { queue }, ...concurrency !== undefined && { concurrency },
      ...allowSource !== undefined && { allowSource }, ...lock !== undefined && { lockDuration: lock },
    })
    print(`serves ${basename(file)}\n`)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { worker.close(() => { process.exit() }) })
  })

function showTrace({ recorder }: Recording, width: number | undefined): void {
  const { events } = recorder
  print(`\n${marbles(events, { width: width ?? (process.stdout.isTTY ? process.stdout.columns : 100) })}\n`)
  const digits = String(recorder.events.at(-1)?.seq ?? 0).length
  print(sentences(events).map((sentence, i) => events[i]?.internal === true ? '' : `${dim(String(events[i]?.seq).padStart(digits))}  ${sentence}\n`).join(''))
  if (recorder.dropped > 0) print(`The first ${String(recorder.dropped)} events are not shown. Write --limit to keep more.\n`)
}

function dim(text: string): string {
  const plain = process.env['NO_COLOR'] !== undefined && process.env['NO_COLOR'] !== ''
  return process.stdout.isTTY && !plain ? `\u001B[2m${text}\u001B[22m` : text
}

function print(text: string): void { process.stdout.write(text) }

/** The exit code says whether the program failed. */
function leave({ failed }: Recording): void { if (failed) process.exitCode = 1 }

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
