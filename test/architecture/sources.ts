import { globSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

export const root = join(import.meta.dirname, '..', '..')
export const text = (path: string) => readFileSync(join(root, path), 'utf8')

const elsewhere = new Set(['node_modules', '.runtime', 'dist', 'data', 'results', '.git'])
const fromRoot = (path: string) => relative(root, path).split(sep).join('/')

/** Every file of the product, as paths from its root. */
export const files = globSync(join(root, '**/*'), { withFileTypes: true, exclude: (it) => elsewhere.has(it.name) })
  .filter((it) => it.isFile())
  .map((it) => fromRoot(join(it.parentPath, it.name)))
  .concat(globSync(['.dependency-cruiser.cjs', '.npmrc', '.gitignore', '.ci/*'], { cwd: root }))
  .sort()

const folders = /^(contract|measures|kernel|database|domain|server|console|portal|widget|ui|bin|test)\//
const generated = new Set(['database/schema.ts'])
const isProgram = (path: string) => (folders.test(path) && /\.(ts|tsx|mjs)$/.test(path)) || path === 'bin/sinew'

/** Every program we write by hand, tests included. */
export const programs = files.filter((path) => isProgram(path) && !generated.has(path))
/** Those that ship. */
export const shipped = programs.filter((path) => !/\.(test|spec)\.tsx?$/.test(path) && !path.startsWith('test/'))
