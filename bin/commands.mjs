import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { keepers } from './keepers.mjs'
import { inRoot, modules } from './places.mjs'
import { runHere } from './run.mjs'

// A smaller nursery for young objects saves a quarter of what a server at rest takes, and more under load.
const flags = ['--enable-source-maps', '--max-semi-space-size=8']

/** Everything the product itself does, start included: installs and builds what is missing, then becomes the product. */
export async function serve(command, args) {
  await ensureInstalled()
  await ensureBuilt()
  const pids = keepers()
  const watch = command === 'start' && pids.length > 0 ? [`--watch=${pids}`] : []
  return become([...flags, inRoot('dist', 'server.js'), command, ...args, ...watch])
}

// Replacing this process saves its memory and leaves nobody between a signal and the server.
function become(args) {
  if (typeof process.execve !== 'function') return runHere(process.execPath, args, { cwd: process.cwd() })
  process.removeAllListeners('warning')
  process.execve(process.execPath, [process.execPath, ...args], process.env)
}

export async function types() {
  await ensureInstalled()
  return runHere(process.execPath, [inRoot('database', 'generate-types.ts')])
}

export async function bench(args) {
  await ensureInstalled()
  await ensureBuilt()
  return runHere(process.execPath, [inRoot('test', 'bench', 'main.ts'), ...args])
}

/** The server from its sources, started anew when they change, and the console from Vite, replaced in place. */
export async function dev(args) {
  await ensureInstalled()
  const server = runHere(process.execPath, ['--watch', ...flags, inRoot('server', 'main.ts'), 'start', ...args])
  const console = runHere(process.execPath, [join(modules, 'vite', 'bin', 'vite.js')])
  return Math.max(...(await Promise.all([server, console])))
}

export { test } from './test.mjs'
