import { describe } from '../../base/describe.ts'
import { ValueError } from '../../base/errors.ts'

/** Where a request goes. */
export interface Target {
  /** The whole URL, without a name, a password and what stands behind `#`: these are not sent. */
  readonly url: string
  readonly origin: string
  /** What stands behind the origin, with the query. */
  readonly path: string
}

type Params = Readonly<Record<string, string | number | boolean>>

/** So many URLs are known at most. */
const MOST = 64

/** The URLs of a session. To read one takes as long as much of a small request, and most programs ask for the same ones again and again. */
export class Targets {
  private readonly known = new Map<string, Target>()

  constructor(private readonly base: string | URL | undefined) {}

  /** @throws ValueError when it is not a URL of `http:` or `https:`. */
  of(url: string | URL, params: Params | undefined): Target {
    if (typeof url !== 'string' || params !== undefined) return targetOf(url, this.base, params)
    const known = this.known.get(url)
    if (known !== undefined) return known
    const target = targetOf(url, this.base, params)
    if (this.known.size === MOST) this.known.clear()
    this.known.set(url, target)
    return target
  }
}

function targetOf(url: string | URL, base: string | URL | undefined, params: Params | undefined): Target {
  if (typeof url !== 'string' && !((url as unknown) instanceof URL)) throw new ValueError(`${describe(url)} is not a URL. Write 'http://…'`, { code: 'BAD_URL' })
  let target: URL
  try {
    target = new URL(url, base)
  } catch (cause) {
    throw new ValueError(`${url === '' ? "''" : String(url)} is not a URL. Write 'http://…', or give the session a baseUrl`, { code: 'BAD_URL', cause })
  }
  const { protocol, origin } = target
  if (protocol !== 'http:' && protocol !== 'https:') throw new ValueError(`a request goes to http: or https:, not to ${protocol}`, { code: 'BAD_URL' })
  if (params !== undefined) for (const [name, value] of Object.entries(params)) target.searchParams.append(name, String(value))
  const path = `${target.pathname}${target.search}`
  return { url: `${origin}${path}`, origin, path }
}
