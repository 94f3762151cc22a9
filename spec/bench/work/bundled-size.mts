import { gzipSync } from 'node:zlib'
import { buildSync } from 'esbuild'

/** Kilobytes of a bundle with all that a module exports, minified and compressed. */
export function bundledSize(path: string): number {
  const { outputFiles } = buildSync({
    stdin: { contents: `export * from '${path}'`, resolveDir: process.cwd() },
    bundle: true, minify: true, format: 'esm', target: 'es2022', external: ['node:*'], write: false, logLevel: 'error',
  })
  return gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length / 1000
}
