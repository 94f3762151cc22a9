import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, openSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type * as Esbuild from 'esbuild'
import { programs } from '../../lib/node/thread/program-folder.ts'

const root = join(__dirname, '../..')
const lib = join(root, 'lib')
const cache = join(root, 'node_modules/.cache/yieldfrom')

/** esbuild checks what kind of byte arrays there are, and Jest's realms have others: it is asked in a process of its own. */
function bundle(sources: string[], outdir: string): void {
  const entryPoints = Object.fromEntries(sources.map(file => [basename(file, '.ts'), file]))
  const options: Esbuild.BuildOptions = {
    entryPoints, outdir, bundle: true, platform: 'node', target: 'node20', packages: 'external', format: 'cjs', logLevel: 'error',
    ignoreAnnotations: true, // a spec may import a file for what it does
    alias: { 'yieldfrom/bullmq': join(lib, 'bullmq/index.ts'), 'yieldfrom/node/services': join(lib, 'node/services.ts'), 'yieldfrom/node': join(lib, 'node/index.ts'), 'yieldfrom': join(lib, 'index.ts') },
  }
  execFileSync(process.execPath, ['-e', `require('esbuild').buildSync(${JSON.stringify(options)})`], { cwd: root, stdio: 'inherit' })
}

const threads = readdirSync(join(lib, 'node/programs')).map(file => join(lib, 'node/programs', file))

/** A folder with the programs of other threads, made of the sources as they are now. */
function newFolder(name: string): string {
  mkdirSync(cache, { recursive: true })
  return mkdtempSync(join(cache, `${name}-`))
}

/**
 * Let the library, which Jest loads from its sources, find the programs of its threads. Call it once in a spec file.
 * @param others each in the place of the one with its name.
 */
export function provideThreads(...others: string[]): void {
  const folder = newFolder('threads')
  bundle([...threads, ...others], folder)
  programs.folder = folder
}

/** A program of the specs for a thread of its own, put together: its file. */
export function builtProgram(source: string): string {
  const folder = newFolder('threads')
  bundle([source], folder)
  return join(folder, `${basename(source, '.ts')}.js`)
}

/** A program that is written to a file, put together with the library, and run in a process of its own. */
export class Program {
  private readonly file: string

  /** @param others programs of its threads, each in the place of the one with its name. */
  constructor(source: string, ...others: string[]) {
    const folder = newFolder('program')
    const written = join(folder, 'main.ts')
    writeFileSync(written, source)
    bundle([written, ...threads, ...others], folder)
    this.file = join(folder, 'main.js')
  }

  /** One that is written already. */
  static of(file: string): Program { return new Program(`import ${JSON.stringify(file)}`) }

  /** With a file as its standard input. */
  startWith(input: string): Running { return new Running(spawn(process.execPath, [this.file], { stdio: [openSync(input, 'r'), 'pipe', 'pipe'] })) }

  start(...args: string[]): Running { return new Running(spawn(process.execPath, [this.file, ...args])) }
}

/** How a process has ended. */
export interface Ending {
  readonly code: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

/** A process that runs. */
export class Running {
  stdout = ''
  private stderr = ''
  readonly ended: Promise<Ending>

  constructor(readonly process: ChildProcess) {
    process.stdout?.on('data', (text: Buffer) => { this.stdout += text.toString() })
    process.stderr?.on('data', (text: Buffer) => { this.stderr += text.toString() })
    this.ended = new Promise(resolve => {
      process.on('close', (code, signal) => { resolve({ code, signal, stdout: this.stdout, stderr: this.stderr }) })
    })
  }

  /** Until it has printed this. */
  printed(text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = (): void => { if (this.stdout.includes(text)) resolve() }
      this.process.stdout?.on('data', look)
      void this.ended.then(({ stderr }) => { reject(new Error(`ended before it printed ${text}: ${this.stdout}\n${stderr}`)) })
      look()
    })
  }

  signal(signal: NodeJS.Signals): void { this.process.kill(signal) }
}
