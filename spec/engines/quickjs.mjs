// Runs a script in QuickJS: `node quickjs.mjs script.js bare`, with the intrinsics that the library needs, or `default`.
import { readFileSync } from 'node:fs'
import variant from '@jitl/quickjs-wasmfile-release-sync'
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core'

const [script, which] = process.argv.slice(2)
const quickjs = await newQuickJSWASMModuleFromVariant(variant.default ?? variant)
const runtime = quickjs.newRuntime()
runtime.setMaxStackSize(1024 * 1024)
const context = runtime.newContext(which === 'bare' ? { intrinsics: { BaseObjects: true, Eval: true, MapSet: true } } : {})
const print = context.newFunction('print', (...texts) => { console.log(texts.map(text => context.getString(text)).join(' ')) })
context.setProp(context.global, 'print', print)
print.dispose()
const result = context.evalCode(readFileSync(script, 'utf8'), 'bundle.js')
if (result.error) {
  const [name, message, stack] = ['name', 'message', 'stack'].map(key => context.getProp(result.error, key).consume(context.getString))
  console.error(`${name}: ${message}\n${stack}`)
  process.exit(1)
}
result.value.dispose()
const has = name => context.typeof(context.getProp(context.global, name)) !== 'undefined'
console.log(['missing', ...['RegExp', 'JSON', 'Date', 'Promise', 'Proxy', 'Float64Array', 'WeakRef', 'Intl'].filter(name => !has(name))].join('\u0001'))
console.log(['pending jobs', String(runtime.hasPendingJob())].join('\u0001'))
