import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

const compilerOptions = { target: ts.ScriptTarget.ES2020, module: ts.ModuleKind.CommonJS, isolatedModules: true }
const compiled = (text, fileName) => ts.transpileModule(text, { fileName, compilerOptions }).outputText

/** Write the library and its specs as JavaScript, under the names that they have. @param texts what some files have instead of what is on the disk. */
export function writeTree(tree, texts) {
  rmSync(tree, { recursive: true, force: true })
  mkdirSync(tree, { recursive: true })
  for (const folder of ['lib', 'spec']) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue
      const file = join(entry.parentPath ?? entry.path, entry.name)
      mkdirSync(join(tree, dirname(file)), { recursive: true })
      if (!/(?<!\.d)\.ts$/.test(file)) cpSync(file, join(tree, file))
      else writeFileSync(join(tree, file), compiled(texts.get(file) ?? readFileSync(file, 'utf8'), file))
    }
  }
  for (const name of ['docs', 'package.json', 'README.md', 'tsconfig.json']) symlinkSync(join(process.cwd(), name), join(tree, name))
}
