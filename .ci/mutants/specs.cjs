// Which specs a mutant meets: those of a floor, all that are quick, or all that are about the core.
const { readdirSync, statSync } = require('node:fs')
const { join } = require('node:path')

const root = join(__dirname, '../..')
const elsewhere = /^spec\/(cli|docs\/(?!misuse)|eslint|engines|node|promise|study|examples|bench)\//
/** They run programs by the thousand, or (the last) are about other doors, too. */
const slow = /^spec\/(fuzz\/|properties\/|hostile|keeps-nothing|sync\/crowds|queue\/priority-queue|loop\/ready-queue|surface)/

const all = () => readdirSync(join(root, 'spec'), { recursive: true, encoding: 'utf8' }).map(file => `spec/${file.replaceAll('\\', '/')}`)
  .filter(file => file.endsWith('.spec.ts') && !elsewhere.test(file))

/** Files that are short go first: they are quick. Those that run programs by the thousand go last. */
const cost = file => statSync(join(root, file)).size + (slow.test(file) || /conformance|misuse/.test(file) ? 1e9 : 0)
const cheapFirst = files => [...files].sort((one, other) => cost(one) - cost(other))

module.exports = {
  cheapFirst,
  core: all,
  quick: () => cheapFirst(all().filter(file => !slow.test(file))),
  ofFloors: floors => all().filter(file => floors.some(floor => file.startsWith(`spec/${floor}/`))),
}
