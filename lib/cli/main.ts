#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Argument, Command, CommanderError, InvalidArgumentError } from 'commander'
import { serveJobs } from '../bullmq/index.ts'
import { toChromeTrace } from '../study/chrome-trace.ts'
import { toHTML } from '../study/html.ts'
import { toMermaid } from '../study/mermaid.ts'
import { toSVG } from '../study/svg.ts'
import { recordApart } from './apart.ts'
import { check } from './check.ts'
import { type Shell, completion } from './completion.ts'
import { failureText } from './failure.ts'
import { checkPlace, readTwin, writeTo } from './files.ts'
import { terminalLook } from './look.ts'
import { newProgram } from './new.ts'
import { predict, questions } from './predict.ts'
import { HOME, fileNamed, isFile } from './program-files.ts'
import { type Recording, type RecordingOptions, record } from './recording.ts'
import { programOf } from './rerun.ts'
import { type StepOptions, step } from './step.ts'
import { keysHelp } from './keys.ts'
import { study } from './study.ts'
import { sweep } from './sweep.ts'
import { sweepText } from './sweep-text.ts'
import { ProgramSyntaxError } from './syntax-error.ts'
import { table } from './table.ts'
import { endQuietly, print } from './terminal.ts'
import { traceText } from './trace-text.ts'

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

const { version } = JSON.parse(readFileSync(join(HOME, 'package.json'), 'utf8')) as { version: string }

const look = terminalLook()

const program = new Command('yieldfrom')
  .exitOverride()
  .enablePositionalOptions()
  .description('See what generators, greenlets and tasks do: each send, throw, delegation, switch and turn.')
  .version(version)
  .showHelpAfterError('Write yieldfrom --help to see all commands.')
  .addHelpText('after', '\nExamples:\n  yieldfrom trace program.ts\n  yieldfrom html program.ts -o program.html\n  yieldfrom pstree program.ts --at 50\n  yieldfrom sweep program.ts --seeds 20\n  yieldfrom new my-program\n  yieldfrom check src\n\nExit codes: 0 all is well, 1 the program failed or has slips, 2 the command cannot be done. With NO_COLOR set, there are no colours.')

const whole = (text: string): number => {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 0) return number
  throw new InvalidArgumentError('It takes a whole number.')
}

/** A command for a program. What the program itself is to get stands behind it. */
function forProgram(name: string, description: string): Command {
  return program.command(name).description(description)
    .argument('<program>', 'the file, or a lesson: docs/lessons/01-send.ts')
    .argument('[args...]', 'the arguments of the program; write -- before them')
}

forProgram('run', 'run a program in TypeScript or JavaScript')
  .passThroughOptions()
  .action(async (file: string, args: string[]) => { leave(await record(fileNamed(file), { limit: 1, args })) })

forProgram('trace', 'run a program, then show a line for each generator and a sentence for each event')
  .option('--limit <events>', 'keep only the last events, this many; by default, the last 1000 are printed', whole)
  .option('--width <columns>', 'the width of the lines', whole)
  .option('--silent', 'do not print what the program prints')
  .option('--json', 'print the recording as JSON')
  .option('--ndjson <file>', 'write the events to a file, one on each line')
  .option('--chrome <file>', 'write a trace that Perfetto opens')
  .option('--mermaid <file>', 'write a sequence diagram')
  .option('--svg <file>', 'write a picture')
  .action(async (file: string, args: string[], options: TraceOptions) => {
    for (const path of [options.chrome, options.mermaid, options.svg, options.ndjson]) if (path !== undefined) checkPlace(path)
    leave(await study(fileNamed(file), { ...options, args }, ({ recorder, failed }) => {
      const { events } = recorder
      if (failed && events.length === 0) return // such as a program that cannot be parsed
      const files: [string | undefined, () => string][] = [
        [options.chrome, () => toChromeTrace(events)], [options.mermaid, () => toMermaid(events)],
        [options.svg, () => toSVG(events)], [options.ndjson, () => recorder.toNDJSON()],
      ]
      for (const [path, text] of files) if (path !== undefined) writeTo(path, text())
      if (options.json === true) print(`${JSON.stringify(recorder)}\n`)
      else if (files.every(([path]) => path === undefined)) print(traceText(recorder, { ...look, ...options.width === undefined ? {} : { width: options.width } }, options.limit))
    }))
  })

forProgram('html', 'run a program, and write a page that shows what it did')
  .requiredOption('-o, --output <file>', 'the file to write')
  .option('--limit <events>', 'keep only the last events, this many', whole)
  .option('--twin <file>', 'show beside it the recording of a twin, a file as trace --ndjson writes it')
  .action(async (file: string, args: string[], options: RecordingOptions & { readonly output: string; readonly twin?: string }) => {
    checkPlace(options.output)
    const twin = options.twin === undefined ? {} : { twin: readTwin(fileNamed(options.twin, 'the recording of a twin')) }
    leave(await study(fileNamed(file), { ...options, args }, ({ recorder, source }) => {
      writeTo(options.output, toHTML(recorder.events, { title: basename(file), source, ...twin }))
    }))
  })

forProgram('step', 'run a program, then step through what it did, forward and back')
  .option('--limit <events>', 'keep only the last events, this many', whole)
  .option('--keys <keys>', 'press these keys, print the screen, and end: nnn/send\\n')
  .addHelpText('after', `\nKeys:\n${keysHelp(look.width)}\nr runs the program again in this process, and idle time is skipped then.`)
  .action(async (file: string, args: string[], options: StepOptions) => {
    const { events, failed } = recordApart(fileNamed(file), args, options)
    await step({ events, file: fileNamed(file), args }, options)
    leave({ failed, code: 1 })
  })

forProgram('predict', 'run a program, then ask what comes next, and keep score')
  .option('--questions <count>', 'the largest number of questions', whole, 10)
  .option('--json', 'print the questions and their answers as JSON, and ask nothing')
  .action(async (file: string, args: string[], options: { readonly questions: number; readonly json?: true }) => {
    const { events, failed } = recordApart(fileNamed(file), args)
    const asked = questions(events, options.questions)
    if (options.json === true) print(`${JSON.stringify(asked)}\n`)
    else await predict(asked, print)
    leave({ failed, code: 1 })
  })

forProgram('sweep', 'run a program many times: cancel its first task at each event, and run its tasks in other orders')
  .option('--cancels <count>', 'cancel at the first events, this many', whole, 100)
  .option('--seeds <count>', 'how many orders to try', whole, 20)
  .action((file: string, args: string[], options: { readonly cancels: number; readonly seeds: number }) => {
    print(sweepText(sweep(programOf(fileNamed(file), args), options)))
  })

program.command('check').description('find a forgotten yield* and its like, without running the program')
  .argument('[files...]', 'files and folders; all of tsconfig.json by default')
  .option('--fix', 'mend what is safe to mend')
  .action(async (files: string[], options: { readonly fix?: true }) => {
    const { files: count, slips, fixable } = await check(files, process.cwd(), options)
    for (const slip of slips) print(`${slip}\n`)
    print(slips.length === 0 ? `${counted(count, 'file')}, and nothing is wrong\n` : `\n${counted(slips.length, 'slip')} in ${counted(count, 'file')}${fixable > 0 ? `; yieldfrom check --fix mends ${String(fixable)}` : ''}\n`)
    if (slips.length > 0) process.exitCode = 1
  })

program.command('new').description('make a folder with a first program and its test')
  .argument('<folder>', 'its name; it must not be there yet, or be empty')
  .action((folder: string) => {
    for (const file of newProgram(folder, HOME)) print(`${join(folder, file)}\n`)
    print(`\nNow write: cd ${folder} && npm install && npm start && npm test\n`)
  })

program.command('completion').description('print a script that completes commands and options: source <(yieldfrom completion bash)')
  .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish']))
  .action((shell: Shell) => { print(completion(program, shell)) })

for (const [name, description] of [['ps', 'run a program, and list its tasks'], ['pstree', 'run a program, and show who waits for whom']] as const) {
  forProgram(name, `${description}, at a given time, or when most of them waited`)
    .option('--at <ms>', 'the time, in milliseconds after the first turn', whole)
    .option('--json', 'print JSON')
    .action(async (file: string, args: string[], options: RecordingOptions & { readonly json?: true }) => {
      leave(await study(fileNamed(file), { ...options, args, silent: true, limit: 1 }, ({ tasks }) => {
        if (options.json === true) print(`${JSON.stringify(tasks === null ? null : { time: tasks.time, tasks: tasks.tree })}\n`)
        else if (tasks === null) print('no task ever waited\n')
        else print(name === 'ps' ? table(tasks.tree) : `${tasks.text}\n`)
      }))
    })
}

program.command('worker').description('serve the jobs of a BullMQExecutor with the functions that a module exports, until a signal ends it')
  .argument('<module>', 'the JavaScript file')
  .option('--queue <name>', 'the name of the queue')
  .option('--host <name>', 'where Redis or Valkey is')
  .option('--port <number>', 'its port', whole)
  .option('--concurrency <jobs>', 'how many jobs run at a time', whole)
  .option('--allow-source', 'also run functions that were sent as source: whoever can write into the queue can then run any code here')
  .option('--lock <ms>', 'how long a worker may give no sign of life before it counts as dead', whole)
  .action((file: string, { queue, host = '127.0.0.1', port = 6379, concurrency, allowSource, lock }: WorkerFlags) => {
    const worker = serveJobs(moduleNamed(file), {
      connection: { host, port }, ...queue !== undefined && { queue }, ...concurrency !== undefined && { concurrency },
      ...allowSource !== undefined && { allowSource }, ...lock !== undefined && { lockDuration: lock },
    })
    print(`serves ${basename(file)}\n`)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { worker.close(() => { process.exit() }) })
  })

function moduleNamed(file: string): string {
  if (isFile(file)) return file
  throw new Error(`${file} ${existsSync(file) ? 'is no file' : 'is not there'}. Name the JavaScript file of the functions`)
}

function counted(count: number, noun: string): string { return `${String(count)} ${noun}${count === 1 ? '' : 's'}` }

/** Let the exit code say whether the program failed. */
function leave({ failed, code }: Pick<Recording, 'failed' | 'code'>): void { if (failed) process.exitCode = code }

endQuietly()
program.parseAsync().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : 2 // commander has printed what is wrong
    return
  }
  const isProgram = error instanceof ProgramSyntaxError // what is wrong is the program, and not the command
  process.stderr.write(isProgram ? failureText(error) : `yieldfrom: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = isProgram ? 1 : 2
})
