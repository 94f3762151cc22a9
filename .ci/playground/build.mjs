// Puts the playground together: one file that holds the library, the editor, the lessons and the examples, and asks for no other file.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url))
const read = file => readFileSync(file, 'utf8')

/** The text of a module and of all that it imports. */
async function bundled(entry, options) {
  const { outputFiles: [{ text }] } = await build({
    entryPoints: [entry], bundle: true, write: false, target: 'es2022', minify: true, keepNames: true, legalComments: 'none', logLevel: 'warning',
    tsconfigRaw: { compilerOptions: { paths: { 'yieldfrom': ['./lib/index.ts'], 'yieldfrom/*': ['./lib/*/index.ts'] }, baseUrl: '.' } },
    absWorkingDir: fileURLToPath(new URL('../..', import.meta.url)), ...options,
  })
  return text
}

/** A module of a name, with a value that is known when it is built. */
const known = values => ({
  name: 'known',
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(${Object.keys(values).join('|')})$`)
    onResolve({ filter }, ({ path }) => ({ path, namespace: 'known' }))
    onLoad({ filter, namespace: 'known' }, ({ path }) => ({ contents: JSON.stringify(values[path]), loader: 'json' }))
  },
})

const sourceOf = file => read(file).replace(/\n\nexport \{\}\n$/, '\n')

/** The lessons, with the recordings of their twins. */
function lessons() {
  return readdirSync(`${DOCS}lessons`).filter(file => /^\d.*\.ts$/.test(file)).map(file => {
    const name = file.replace(/\.ts$/, '')
    const events = read(`${DOCS}lessons/${name}.python.ndjson`).trimEnd().split('\n').map(line => JSON.parse(line))
    const title = read(`${DOCS}lessons/${name}.md`).split('\n', 1)[0].replace(/^# |`/g, '')
    return { name, title, source: sourceOf(`${DOCS}lessons/${file}`), twin: { title: `${name}.py`, events } }
  })
}

/** The examples in these folders need Node, or an engine. */
const HOSTED = ['node', 'engines']

/** The examples, in the order and below the headings of the first list of their index. */
function examples() {
  const groups = []
  for (const [, heading, name, folder] of read(`${DOCS}examples.md`).split(/^## /m)[1].matchAll(/^### (.*)$|^- \[([\w-]+)\]\(examples\/([\w-]+)\/[\w-]+\.ts\)/gm)) {
    if (heading !== undefined) groups.push({ title: heading, programs: [] })
    else if (!HOSTED.includes(folder)) groups.at(-1).programs.push({ name, title: name, source: sourceOf(`${DOCS}examples/${folder}/${name}.ts`), twin: null })
  }
  return groups.filter(({ programs }) => programs.length > 0)
}

/** Write the page. @returns its path. */
export async function buildPlayground(folder) {
  const worker = await bundled(`${here}worker.mjs`, { format: 'iife' })
  const groups = [{ title: 'Lessons', programs: lessons() }, ...examples()]
  const script = await bundled(`${here}page.mjs`, { format: 'iife', plugins: [known({ worker, groups })] })
  const styles = await bundled(`${here}../../lib/study/page-style.ts`, { format: 'esm' })
  const { COLOURS } = await import(`data:text/javascript,${encodeURIComponent(styles)}`)
  const parts = { style: COLOURS + read(`${here}page.css`), script }
  mkdirSync(folder, { recursive: true })
  const file = `${folder}/index.html`
  writeFileSync(file, read(`${here}page.html`).replace(/\/\* (style|script) \*\//g, (_, part) => parts[part]))
  return file
}
