// Makes the site: `npm run site` writes it into dist/site, where index.html can be opened as it is, without a server.
// `npm run site:check` leaves the folder as it is, and fails when a public name has no docstring, or one of them a link that leads nowhere.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Application, Converter, IndexEvent, LogLevel } from 'typedoc'
import { doors } from '../doors.mjs'
import { checkLinks } from './links.mjs'
import {
  UNNAMED, describedElsewhere, describedSetters, nameDocument, nameDoor, plainParameters, topicOrder, topics, withoutInternals, withoutReferences,
} from './names.mjs'
import { writePages } from './pages.mjs'
import { routerFor, themeFor, wholeHeadings } from './theme.mjs'

const CHECK = process.argv.includes('--check')
/** A check may run beside a build, which empties dist: its pages lie elsewhere. */
const PAGES = CHECK ? mkdtempSync(join(tmpdir(), 'yieldfrom-pages-')) : resolve('dist/pages')
if (CHECK) process.on('exit', () => { rmSync(PAGES, { recursive: true }) })
const SITE = 'dist/site'

const { files, sections } = writePages(PAGES)
const app = await Application.bootstrap({
  name: 'yieldfrom',
  entryPoints: doors.map(({ path }) => `lib/${path}.ts`),
  tsconfig: 'lib/tsconfig.json',
  readme: `${PAGES}/README.md`,
  projectDocuments: CHECK ? [] : files.filter(file => file !== `${PAGES}/README.md`),
  out: SITE,
  alwaysCreateEntryPointModule: true,
  sortEntryPoints: false,
  sort: ['alphabetical'],
  disableGit: true,
  disableSources: true,
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true,
  categorizeByGroup: false,
  categoryOrder: topicOrder,
  headings: { readme: false, document: false }, // a page has its own
  markdownItLoader: wholeHeadings,
  navigation: { includeCategories: true, includeGroups: false, includeFolders: false, excludeReferences: true },
  validation: { notDocumented: true, invalidLink: true, notExported: true, rewrittenLink: true },
  intentionallyNotExported: UNNAMED,
  treatValidationWarningsAsErrors: true,
  searchInComments: true,
  searchInDocuments: true,
  hideGenerator: true,
  githubPages: false,
  lightHighlightTheme: 'github-light-high-contrast',
  darkHighlightTheme: 'github-dark',
  highlightLanguages: ['ts', 'js', 'json', 'python', 'sh', 'text', 'html'],
  customCss: '.ci/site/site.css',
  theme: 'yieldfrom',
  router: 'yieldfrom',
  logLevel: LogLevel.Warn,
})
app.renderer.defineTheme('yieldfrom', themeFor(PAGES, sections))
app.renderer.defineRouter('yieldfrom', routerFor(PAGES))
app.converter.on(Converter.EVENT_CREATE_DOCUMENT, (_, document) => { nameDocument(document) })
app.converter.on(Converter.EVENT_CREATE_DECLARATION, (_, declaration) => { nameDoor(declaration) })
app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
  withoutInternals(project)
  topics(project)
}, 1000)
app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
  plainParameters(project)
  describedSetters(project)
  app.options.setValue('intentionallyNotDocumented', describedElsewhere(project))
})
app.renderer.on(IndexEvent.PREPARE_INDEX, withoutReferences)

const project = await app.convert()
if (project === undefined) process.exit(1)
app.validate(project)
if (!CHECK) {
  await app.generateOutputs(project)
  const { pages, broken } = checkLinks(SITE)
  for (const link of broken) console.error(link)
  console.log(`${SITE}/index.html: ${pages} pages, ${broken.length === 0 ? 'and every link leads somewhere' : `${broken.length} links that lead nowhere`}`)
  if (broken.length > 0) process.exitCode = 1
}
if (app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1
