import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { alone } from './alone.mjs'
import { inRoot, modules, root } from './places.mjs'
import { runQuietly } from './run.mjs'
import { Stop, say } from './say.mjs'

const stamp = inRoot('dist', '.stamp')
const folders = ['contract', 'measures', 'kernel', 'database', 'domain', 'server', 'ui', 'console', 'portal', 'widget']
const files = ['package-lock.json', 'tsconfig.json', 'vite.config.ts']

/** Builds the product when its sources are not those of the last build. */
export async function ensureBuilt() {
  if (isCurrent(hashOfSources())) return
  await alone(async () => {
    const hash = hashOfSources()
    if (isCurrent(hash)) return
    say('Building …')
    await build()
    writeFileSync(stamp, hash)
  })
}

/** Builds whatever is there, and fails with what the build had to say. */
export async function build() {
  rmSync(inRoot('dist'), { recursive: true, force: true })
  const { code, output } = await runQuietly(process.execPath, [
    join(modules, 'vite', 'bin', 'vite.js'),
    'build',
    '--app',
    '--logLevel',
    'warn',
  ])
  if (code !== 0) throw new Stop(`The build failed:\n${output.trim()}`)
}

const isCurrent = (hash) => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash

function hashOfSources() {
  const hash = createHash('sha256')
  const sources = folders.flatMap((folder) => filesBelow(inRoot(folder)))
  for (const path of [...files.map((file) => inRoot(file)), ...sources]) {
    if (!existsSync(path)) continue
    hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0')
  }
  return hash.digest('hex')
}

function filesBelow(folder) {
  if (!existsSync(folder)) return []
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return paths.filter((path) => !/\.test\.tsx?$|\.sql$|\.md$/.test(path)).sort()
}
