// Compiles the type specs with each TypeScript that is supported: first over lib/, then over the built package, as a user
// imports it. Give the names of compilers to have only those: `npm run types:all -- typescript-5.8`
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const compilers = process.argv.length > 2 ? process.argv.slice(2) : ['typescript-5.8', 'typescript', 'typescript-7']
const { compilerOptions: { strict, noUncheckedIndexedAccess, exactOptionalPropertyTypes, noImplicitOverride, noImplicitReturns, target, paths } } =
  JSON.parse(readFileSync('tsconfig.json', 'utf8'))
const house = { strict, noUncheckedIndexedAccess, exactOptionalPropertyTypes, noImplicitOverride, noImplicitReturns }

/** What is compiled in which way. Nothing of the package may need Node's types, or leave a declaration unchecked. */
const shared = { ...house, target, noEmit: true, skipLibCheck: false, types: [], allowImportingTsExtensions: true }
/** What is written most often by mistake, and what a compiler has to say about it. */
const mistake = `import { type Coroutine, createTask, sleep } from 'yieldfrom'
export function* forgetful(): Coroutine<void> { yield createTask(sleep(1)) }
`
const sentence = `Property '"write yield* instead of yield"' is missing in type 'Task<void>' but required in type 'TrapToken'`
const lib = ['ES2020', 'ESNext.Disposable']
const ways = {
  'lib/': { ...shared, lib, module: 'preserve', moduleResolution: 'bundler', paths: absolute(paths) },
  'the package, by a bundler': { ...shared, lib: ['ES2020', 'DOM'], module: 'preserve', moduleResolution: 'bundler' },
  'the package, by Node': { ...shared, lib: ['ES2020', 'DOM'], module: 'nodenext', moduleResolution: 'nodenext' },
}

/** The declarations of the engines do not hold by themselves, with every compiler: `npm run types` looks at these. */
const OF_ENGINES = resolve('spec/types/engines.ts')

if (!existsSync('dist/esm/index.d.ts')) throw new Error('there is no built package. Write npm run build')
const folder = mkdtempSync('spec/types/.compiled-')
try {
  let failed = false
  writeFileSync(join(folder, 'mistake.ts'), mistake)
  for (const [way, compilerOptions] of Object.entries(ways)) {
    const file = join(folder, 'tsconfig.json')
    writeFileSync(file, JSON.stringify({ compilerOptions, include: [`${resolve('spec/types')}/*.ts`, './mistake.ts'], exclude: [OF_ENGINES] }))
    for (const compiler of compilers) {
      const { version, bin } = JSON.parse(readFileSync(`node_modules/${compiler}/package.json`, 'utf8'))
      const said = await compile([`node_modules/${compiler}/${bin.tsc}`, '-p', file])
      const errors = said.split(/\n(?! )/).filter(Boolean)
      const others = errors.filter(error => !error.includes('mistake.ts'))
      if (errors.length !== others.length + 1 || !errors.some(error => error.includes(sentence))) others.push(`a mistake is not told: «${sentence}»`)
      const output = others.join('\n')
      console.log(`TypeScript ${version}, ${way}: ${output === '' ? 'compiles' : `fails\n${output}`}`)
      failed ||= output !== ''
    }
  }
  process.exitCode = failed ? 1 : 0
} finally {
  rmSync(folder, { recursive: true })
}

function absolute(paths) {
  return Object.fromEntries(Object.entries(paths).map(([name, [path]]) => [name, [resolve(path)]]))
}

/** @returns what it complains about. */
function compile(args) {
  return new Promise((done, fail) => {
    const child = spawn('node', args, { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', text => { output += text })
    child.on('error', fail).on('close', code => { done(code === 0 ? '' : output || `exit code ${code}`) })
  })
}
