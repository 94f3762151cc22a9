import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Every relative link in the README and in docs/ leads to a file, and to a heading of it. */
const root = join(__dirname, '../..')
const pages = ['README.md', ...readdirSync(join(root, 'docs')).filter(file => file.endsWith('.md')).map(file => `docs/${file}`)]

const text = (page: string) => readFileSync(join(root, page), 'utf8')

/** Without its blocks of code, in which brackets mean something else. */
const prose = (page: string) => text(page).replace(/^```.*?^```$/gms, '').replace(/`[^`\n]*`/g, '``')

const linksOf = (page: string) => Array.from(prose(page).matchAll(/\]\(([^()\s]+)\)/g), ([, link = '']) => link)
  .filter(link => !/^[a-z]+:/.test(link))

/** As GitHub makes them: the words of the heading in small letters, with dashes. */
const anchorsOf = (page: string) => [
  ...Array.from(text(page).replace(/^```.*?^```$/gms, '').matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
    heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, '').trim().replace(/ /g, '-')),
  ...Array.from(text(page).matchAll(/<a id="([^"]+)">/g), ([, id = '']) => id),
]

describe.each(pages)('in %s', page => {
  it('every link leads somewhere', () => {
    const broken = linksOf(page).filter(link => {
      const [path = '', anchor] = link.split('#')
      const target = path === '' ? page : join(dirname(page), path)
      if (!existsSync(join(root, target))) return true
      return anchor !== undefined && !anchorsOf(target).includes(anchor)
    })
    expect(broken).toEqual([])
  })
})

it('the pages link to each other', () => {
  expect(linksOf('README.md').length).toBeGreaterThan(3)
})

it('every page is reached from the index', () => {
  const index = linksOf('docs/README.md').map(link => link.split('#')[0])
  const here = pages.filter(page => page.startsWith('docs/') && page !== 'docs/README.md').map(page => page.slice('docs/'.length))
  expect(here.filter(page => !index.includes(page))).toEqual([])
})
