// Looks whether each link of a folder of pages leads to a file in it, and to a place of that file that is there; and that no page
// asks another server for anything.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** @returns how many pages there are, and a sentence for each link that leads nowhere. */
export function checkLinks(folder) {
  const pages = readdirSync(folder, { recursive: true }).filter(file => file.endsWith('.html'))
  const text = new Map(pages.map(page => [page, readFileSync(join(folder, page), 'utf8')]))
  const ids = new Map(Array.from(text, ([page, html]) => [page, new Set(Array.from(html.matchAll(/\sid="([^"]*)"/g), ([, id]) => decode(id)))]))
  const broken = []
  for (const [page, html] of text) {
    for (const [tag, name, address] of html.matchAll(/<[a-z]+ [^>]*?(href|src)="([^"]*)"/g)) {
      const link = decode(address)
      if (/^(https?:)?\/\//.test(link)) {
        if (!tag.startsWith('<a ')) broken.push(`${page} loads ${link} from elsewhere`)
        continue
      }
      if (/^(data|mailto):/.test(link)) continue
      const [path, anchor] = link.split('#')
      const target = path === '' ? page : normalize(join(dirname(page), decodeURIComponent(path)))
      if (!existsSync(join(folder, target)) || statSync(join(folder, target)).isDirectory()) broken.push(`${page} has ${name}="${link}", and there is no ${target}`)
      else if (anchor && ids.has(target) && !ids.get(target).has(decodeURIComponent(anchor))) broken.push(`${page} links to ${link}, and ${target} has no place of that name`)
    }
  }
  return { pages: pages.length, broken }
}

function decode(text) { return text.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&') }
