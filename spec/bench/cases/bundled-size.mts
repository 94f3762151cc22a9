import { gzipSync } from 'node:zlib'
import { buildSync } from 'esbuild'

/** Kilobytes of a bundle with all that a module exports, or with these names of it, minified and compressed. */
export function bundledSize(path: string, names = '*'): number {
  const { outputFiles } = buildSync({
    stdin: { contents: `export ${names} from '${path}'`, resolveDir: process.cwd() },
    bundle: true, minify: true, format: 'esm', target: 'es2022', external: ['node:*'], write: false, logLevel: 'error',
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length / 1000
}
