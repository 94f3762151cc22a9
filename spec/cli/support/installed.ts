import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buildSync } from 'esbuild'

const ROOT = join(__dirname, '../../..')
/** What the commands stand on. */
const PACKAGES = ['acorn', 'commander', 'magic-string', '@jridgewell', 'sucrase', 'lines-and-columns', 'ts-interface-checker', 'typescript', 'undici', 'workerpool']

/** What a command has printed, and its exit code; 130 also stands for the signal of Ctrl-C. */
export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/**
 * An empty folder in which this package is installed, as it lies in lib/ now: each of its modules is a file, which is made faster than
 * what is shipped. The lessons lie in the installed package, and nowhere else.
 */
export class Installed {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'yieldfrom-')))
  private readonly main: string

  constructor() {
    const packages = join(this.folder, 'node_modules')
    const home = join(packages, 'yieldfrom')
    const out = join(home, 'dist/cjs')
    const sources = (readdirSync(join(ROOT, 'lib'), { recursive: true }) as string[]).filter(file => file.endsWith('.ts'))
    buildSync({ entryPoints: sources.map(file => join(ROOT, 'lib', file)), outbase: join(ROOT, 'lib'), outdir: out, format: 'cjs', platform: 'node', target: 'es2022', tsconfigRaw: {}, logLevel: 'error' })
    for (const file of sources) {
      const path = join(out, file.replace(/ts$/, 'js'))
      writeFileSync(path, readFileSync(path, 'utf8').replace(/(require\("\.[^"]*)\.ts"\)/g, '$1.js")'))
    }
    writeFileSync(join(home, 'package.json'), JSON.stringify({ name: 'yieldfrom', version: '0.0.0', type: 'commonjs', exports: { '.': './dist/cjs/index.js', './*': './dist/cjs/*/index.js' } }))
    cpSync(join(ROOT, 'docs/lessons'), join(home, 'docs/lessons'), { recursive: true })
    for (const name of PACKAGES) symlinkSync(join(ROOT, 'node_modules', name), join(packages, name))
    this.main = join(out, 'cli/main.js')
  }

  /** Write a file into the folder. @returns its whole path. */
  write(file: string, text: string): string {
    const path = join(this.folder, file)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return path
  }

  read(file: string): string { return readFileSync(join(this.folder, file), 'utf8') }

  /** `npx yieldfrom …` in the folder. */
  yieldfrom(args: readonly string[], input = ''): Ended {
    return this.node([this.main, ...args], input)
  }

  /** `node …` in the folder. */
  node(args: readonly string[], input = ''): Ended {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: this.folder, encoding: 'utf8', input, timeout: 60_000, maxBuffer: 2 ** 28 })
    return { code: status, out: stdout, err: stderr }
  }

  /** The same, and another program reads what it prints, or sends it a signal. */
  start(args: readonly string[]): ReturnType<typeof spawn> { return spawn(process.execPath, [this.main, ...args], { cwd: this.folder, stdio: ['ignore', 'pipe', 'pipe'] }) }

  /** `npx yieldfrom …`, and Ctrl-C as soon as it prints something. */
  interrupted(args: readonly string[]): Promise<Ended> {
    const child = this.start(args)
    const said = { out: '', err: '' }
    child.stdout?.on('data', data => {
      if (said.out === '') child.kill('SIGINT')
      said.out += String(data)
    })
    child.stderr?.on('data', data => { said.err += String(data) })
    return new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', code => { resolve({ code, ...said }) })
    })
  }
}
