// Packs the package, installs it into an empty project, and uses it there: by import, by require, and from TypeScript.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const project = mkdtempSync(join(tmpdir(), 'yieldfrom-'))
const run = (program, args, cwd = project) => execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })

const program = names => `
${names}
function* ping() { return yield* yieldFrom(['a', 'b']) }
const g = greenlet(function* (word) { return word + (yield* getCurrent().parent.switch('half way')) })
console.log([g.resume('one '), g.resume('two'), ...pyGenerator(ping)].join())
`
const names = '{ getCurrent, greenlet, pyGenerator, yieldFrom }'
const printed = 'half way,one two,a,b\n'
const test = (core, testing) => `
${core}
${testing}
function* main() { yield* waitAllTasksBlocked(); return 'quiet' }
console.log([run(main(), { host: new VirtualHost() }), explore(main, { seeds: 5 }).runs].join())
`
const forTests = '{ VirtualHost, explore, waitAllTasksBlocked }'
const tested = 'quiet,5\n'
const files = [
  ['import.mjs', printed, program(`import ${names} from 'yieldfrom'`)],
  ['import-greenlet.mjs', printed, program(`import ${names} from 'yieldfrom/greenlet'`)],
  ['import-testing.mjs', tested, test(`import { run } from 'yieldfrom'`, `import ${forTests} from 'yieldfrom/testing'`)],
  ['require.cjs', printed, program(`const ${names} = require('yieldfrom')`)],
  ['require-greenlet.cjs', printed, program(`const ${names} = require('yieldfrom/greenlet')`)],
  ['require-testing.cjs', tested, test(`const { run } = require('yieldfrom')`, `const ${forTests} = require('yieldfrom/testing')`)],
]
const real = names => `
${names}
function* main() {
  const server = yield* serve(function* (request) { return { body: 'hello ' + request.path } })
  const [host, port] = server.sockets[0]
  const text = yield* use(new ClientSession(), function* (session) { return yield* (yield* session.get('http://' + host + ':' + port + '/you')).text() })
  server.close()
  return [text, yield* toThread(n => n * n, 7)].join()
}
console.log(run(main()))
`
const forReal = '{ ClientSession, run, serve, toThread, use }'
files.push(['import-node.mjs', 'hello /you,49\n', real(`import ${forReal} from 'yieldfrom/node'`)])
files.push(['require-node.cjs', 'hello /you,49\n', real(`const ${forReal} = require('yieldfrom/node')`)])
const both = `
import { createRequire } from 'node:module'
import * as imported from 'yieldfrom'
const required = createRequire(import.meta.url)('yieldfrom')
console.log(Object.keys(imported).filter(name => imported[name] !== required[name]).join() || 'the same')
`
files.push(['import-and-require.mjs', 'the same\n', both])
const typed = `
import { type Coroutine, greenlet, pyGenerator, yieldFrom } from 'yieldfrom'
import { getCurrent } from 'yieldfrom/greenlet'
import { type Exploration, explore } from 'yieldfrom/testing'
function* inner() { yield 1; return 'result' }
function* outer() { const result: string = yield* yieldFrom(inner()); return result.length }
const numbers: IterableIterator<number> = pyGenerator(outer)
function* task(): Coroutine<string> { return yield* greenlet(() => 1).switch<string>() }
greenlet(task, getCurrent()).kill()
const { failure }: Exploration = explore(task)
console.log(numbers, failure?.seed)
`

/** The links between pages of a folder that lead to a file which is not there. */
function deadLinks(folder) {
  const pages = readdirSync(folder, { recursive: true }).filter(file => file.endsWith('.md'))
  return pages.flatMap(page => {
    const prose = readFileSync(join(folder, page), 'utf8').replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, '')
    const links = Array.from(prose.matchAll(/\]\(([^()\s#]+)[^()\s]*\)/g), ([, link]) => link).filter(link => !/^[a-z]+:/.test(link))
    return links.filter(link => !existsSync(join(folder, dirname(page), link))).map(link => `${page}: ${link}`)
  })
}

run('npm', ['run', 'build'], resolve('.'))
try {
  const root = resolve('.')
  const [{ filename }] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', project], root))
  writeFileSync(join(project, 'package.json'), '{ "private": true }')
  run('npm', ['install', '--no-audit', '--no-fund', `./${filename}`])
  const dead = deadLinks(join(project, 'node_modules/yieldfrom'))
  if (dead.length > 0) throw new Error(`links of the installed pages lead nowhere:\n${dead.join('\n')}`)
  console.log('links between the installed pages: lead somewhere')
  for (const [file, expected, text] of files) {
    writeFileSync(join(project, file), text)
    const prints = run('node', [file])
    if (prints !== expected) throw new Error(`${file} printed ${prints}`)
    console.log(`${file}: works`)
  }
  for (const lesson of readdirSync('docs/lessons').filter(file => file.endsWith('.ts'))) {
    const traced = run('npx', ['yieldfrom', 'trace', `docs/lessons/${lesson}`]) // as its text says: the lesson lies in the installed package
    if (traced !== readFileSync(`docs/lessons/${lesson.replace(/ts$/, 'txt')}`, 'utf8')) throw new Error(`yieldfrom trace ${lesson} printed ${traced}`)
  }
  console.log('yieldfrom trace: works, for each lesson')
  const created = join(project, 'my-program')
  run('npx', ['yieldfrom', 'new', 'my-program'])
  run('npm', ['install', '--no-audit', '--no-fund'], created)
  const started = run('npm', ['start', '--silent'], created)
  if (started !== 'one tea\none coffee\n') throw new Error(`the new program printed ${started}`)
  run('npm', ['test', '--silent'], created)
  run('npm', ['run', '--silent', 'check'], created)
  writeFileSync(join(created, 'src/slip.ts'), `import { sleep } from 'yieldfrom'\nexport function* slip() { sleep(1) }\n`)
  const checked = spawnSync('npx', ['yieldfrom', 'check'], { cwd: created, encoding: 'utf8' })
  if (checked.status !== 1 || !checked.stdout.startsWith('src/slip.ts:2:')) throw new Error(`yieldfrom check did not find the slip: ${checked.stdout}${checked.stderr}`)
  console.log('yieldfrom new, yieldfrom check: work')
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  for (const [file, module] of [['types.mts', 'node16'], ['types.cts', 'node16'], ['types.ts', 'preserve']]) {
    writeFileSync(join(project, file), typed)
    run('node', [tsc, '--noEmit', '--strict', '--target', 'es2020', '--lib', 'es2020,dom', '--module', module, file])
    console.log(`${file} with --module ${module}: compiles, with the types of all files checked`)
  }
} finally {
  rmSync(project, { recursive: true, force: true })
}
