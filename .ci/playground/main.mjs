// `npm run playground` builds the playground and serves it until Ctrl-C. With `--build`, it only builds it, and says where
// it lies: the page also opens as a file, without a server.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildPlayground } from './build.mjs'

const PORT = Number(process.env.PORT ?? 8380)
const file = await buildPlayground('dist/playground')
if (process.argv.includes('--build')) {
  console.log(`\nSee these programs and the lessons run, step by step, in a browser:\n${pathToFileURL(resolve(file)).href}`)
} else {
  const page = readFileSync(file)
  const server = createServer(({ url }, response) => {
    if (/^\/(index\.html)?(\?|$)/.test(url)) response.setHeader('content-type', 'text/html; charset=utf-8').end(page)
    else response.writeHead(404).end()
  })
  server.on('error', ({ code, message }) => {
    console.error(code === 'EADDRINUSE' ? `Port ${PORT} is taken. Write PORT=8381 npm run playground` : message)
    process.exitCode = 1
  })
  server.listen(PORT, 'localhost', () => { console.log(`The playground: http://localhost:${server.address().port}/\nCtrl-C ends it.`) })
}
