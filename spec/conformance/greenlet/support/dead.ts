/** A greenlet that has ended; the twin of `dead.py`. */
import { type Greenlet, greenlet } from '../../../../lib/greenlet/index.ts'
import { label } from '../../programs.ts'

export function deadGreenlet(name: string, parent?: Greenlet): Greenlet {
  const g = greenlet(() => 'dead')
  label(g, name)
  g.resume()
  if (parent !== undefined) g.parent = parent
  return g
}
