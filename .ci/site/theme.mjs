// How the site is put together: addresses as in the repository, and one navigation for the pages and the reference.
import { relative } from 'node:path'
import { DefaultTheme, JSX, PageKind, StructureRouter } from 'typedoc'

/** `docs/tutorial.md` becomes `docs/tutorial.html`, and a name of `yieldfrom/node` `yieldfrom/node/serve.html`. */
export const routerFor = folder => class extends StructureRouter {
  getIdealBaseName(reflection) {
    const file = reflection.isDocument() ? reflection.project.files.getReflectionPath(reflection) : undefined
    return file === undefined ? super.getIdealBaseName(reflection) : relative(folder, file).replace(/\.md$/, '')
  }

  buildPages(project) {
    const pages = super.buildPages(project)
    for (const { model } of pages) {
      const text = model.isDocument?.() ? model.content.map(part => part.text).join('') : ''
      for (const [, id] of text.matchAll(/<a id="([^"]+)">/g)) this.getSlugger(model).slug(id) // it may be linked to
    }
    return pages
  }
}

/**
 * The navigation lists the pages in reading order, then the doors with what each has, by topic.
 * Below a page are links to the one before and the one after it.
 */
export const themeFor = (folder, sections) => class extends DefaultTheme {
  constructor(renderer) {
    super(renderer)
    renderer.hooks.on('content.end', ({ page }) => this.#neighbours(page))
  }

  /** Without a server, a folder is no page. */
  render(page) {
    return super.render(page).replace(/ href="((?:\.\.?\/)+)(?=[#"])/g, ' href="$1index.html')
  }

  buildNavigation(project) {
    const documents = this.#documents(project)
    const toElement = ({ page, sections: inner }) => {
      const document = documents.get(page)
      if (document === undefined) return { text: 'Start', path: 'index.html' }
      const children = inner.length === 1 ? inner[0].pages.map(toElement) : inner.map(toSection)
      return { text: document.name, path: this.router.getFullUrl(document), kind: document.kind, ...children.length > 0 && { children } }
    }
    const toSection = ({ title, pages }) => ({ text: title, children: pages.map(toElement) })
    const doors = super.buildNavigation(project).filter(({ path }) => !path?.startsWith('docs/') && !path?.startsWith('spec/'))
    return [...sections.map(toSection), { text: 'Reference', children: doors }]
  }

  /** The documents by the paths of their files. */
  #documents(project) {
    return new Map(project.documents.map(document => [relative(folder, project.files.getReflectionPath(document)).replace(/\.md$/, ''), document]))
  }

  #neighbours({ model, pageKind, project }) {
    if (pageKind !== PageKind.Document && pageKind !== PageKind.Index) return JSX.createElement(JSX.Fragment, null)
    const documents = this.#documents(project)
    const order = flat(sections).map(page => documents.get(page) ?? project)
    const at = order.indexOf(model)
    const link = (target, className) => target !== undefined && JSX.createElement('a', { href: this.router.relativeUrl(model, target), class: className },
      target === project ? 'Start' : target.name)
    return at < 0 ? JSX.createElement(JSX.Fragment, null) : JSX.createElement('nav', { class: 'neighbours', 'aria-label': 'Reading order' },
      link(order[at - 1], 'before'), link(order[at + 1], 'after'))
  }
}

/** The list of headings leaves out what is code. So code in a heading becomes text between two tags. */
export function wholeHeadings(parser) {
  parser.core.ruler.push('whole-headings', ({ tokens, Token }) => {
    for (const [i, { type }] of tokens.entries()) {
      if (type !== 'heading_open') continue
      const inline = tokens[i + 1]
      inline.children = inline.children.flatMap(token => token.type !== 'code_inline' ? [token] : ['<code>', token.content, '</code>'].map((content, k) =>
        Object.assign(new Token(k === 1 ? 'text' : 'html_inline', '', 0), { content })))
    }
  })
}

function flat(sections) { return sections.flatMap(({ pages }) => pages.flatMap(({ page, sections: inner }) => [page, ...flat(inner)])) }
