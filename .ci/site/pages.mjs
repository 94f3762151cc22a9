// The pages of the site as files of Markdown, in a folder that has the same tree as the repository: the README, docs/, and each
// program that one of them links to, which becomes a page that shows it.
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join, normalize, relative } from 'node:path'

/** The reading order is written down here. */
const INDEX = 'docs/README.md'

/** What the page of a program shows. */
const PARTS = [
  { ending: '.ts', title: 'TypeScript', language: 'ts' },
  { ending: '.py', title: 'Python', language: 'python' },
  { ending: '.txt', title: 'Prints', language: 'text' },
]

/** The path and the anchor of a link, or of a picture, in the repository. Blocks of code match as a whole: they have no links. */
const LINK = /^```.*?^```|`[^`\n]*`|(?<=\]\()(?![a-z]+:|#)([^()\s#]+)(#[^()\s]*)?(?=\))/gms

/** A page of the site: `page` is the path of its Markdown without the ending, and `pages` are those that it is a list of. */
/** @returns all pages that are reached from the index, each written below a folder, in sections and in reading order. */
export function writePages(folder) {
  rmSync(folder, { recursive: true, force: true })
  const written = new Set()
  const write = source => {
    const page = nameOf(source)
    if (written.has(page)) return
    written.add(page)
    const found = []
    const text = textOf(source).replace(LINK, (whole, path, anchor = '') => {
      if (path === undefined) return whole
      const target = targetOf(join(dirname(source), path))
      if (!isPage(target)) {
        copy(target, join(folder, target))
        return whole
      }
      found.push(target)
      return `${relative(dirname(source), nameOf(target)) || basename(nameOf(target))}.md${anchor}`
    })
    mkdirSync(dirname(join(folder, page)), { recursive: true })
    writeFileSync(join(folder, `${page}.md`), text)
    for (const target of found) write(target)
  }
  write('README.md')
  write(INDEX)
  return { files: Array.from(written, page => join(folder, `${page}.md`)), sections: sectionsOf(INDEX) }
}

/** The sections of a list of pages. A page that lists pages of its own folder, or of one below it, has them as children. */
function sectionsOf(source) {
  const sections = []
  for (const [, title, path] of readFileSync(source, 'utf8').replace(/^```.*?^```/gms, '').matchAll(/^#{2,3} (.*)$|\]\((?![a-z]+:|#)([^()\s#]+)/gm)) {
    if (title !== undefined) sections.push({ title, pages: [] })
    else sections.at(-1)?.pages.push(targetOf(join(dirname(source), path)))
  }
  const listed = new Set()
  for (const section of sections) {
    section.pages = section.pages.filter(page => isPage(page) && !listed.has(page) && listed.add(page))
      .map(page => ({ page: nameOf(page), sections: LISTS.test(page) ? sectionsOf(page) : [] }))
  }
  return sections.filter(({ pages }) => pages.length > 0)
}

/** The pages that are lists of pages themselves. */
const LISTS = /^docs\/(examples|lessons\/README)\.md$/

/** The file that a link leads to. A folder is shown by the list of what is in it, and what belongs to a program by the page of that. */
function targetOf(path) {
  const file = normalize(path)
  if (!existsSync(file)) throw new Error(`${file} is linked to, and is not there`)
  if (statSync(file).isDirectory()) return `${dirname(file)}.md`
  const program = file.replace(/\.[a-z]+$/, '.ts')
  return PARTS.some(({ ending }) => file.endsWith(ending)) && existsSync(program) ? program : file
}

function isPage(file) { return /\.(md|ts)$/.test(file) }

/** A program and a page may have one name. */
function nameOf(file) { return file.endsWith('.ts') ? `${file.slice(0, -'.ts'.length)}.program` : file.slice(0, -'.md'.length) }

function textOf(file) { return file.endsWith('.ts') ? program(file) : readFileSync(file, 'utf8') }

/** The page of a program: it, its twin in Python, and what both print. */
function program(file) {
  const stem = file.slice(0, -'.ts'.length)
  const parts = PARTS.filter(({ ending }) => existsSync(stem + ending)).map(({ ending, title, language }) =>
    `## ${title}\n\n\`${basename(stem)}${ending}\`\n\n\`\`\`\`${language}\n${readFileSync(stem + ending, 'utf8').trimEnd()}\n\`\`\`\`\n`)
  return `# ${basename(stem)}\n\n${parts.join('\n')}`
}

function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to)
}
