import { existsSync, realpathSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { root } from './places.mjs'
import { runQuietly } from './run.mjs'
import { Stop } from './say.mjs'

/** Runs npm under this Node: npm picks what fits the Node that runs it. Install scripts never run. */
export async function npm(args, failure) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error']
  // The npm that may have started us hands down its own options and says it installs for production, say.
  const env = { ...process.env, NODE_ENV: '', PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}` }
  const { code, output } = await runQuietly(process.execPath, [findNpm(), ...args, ...quiet], { env, cwd: root })
  if (code !== 0) throw new Stop(`${failure}. npm says:\n${output.trim()}`)
}

function findNpm() {
  const found = [process.env.npm_execpath, ...besides(process.execPath), ...onPath()].find(isNpm)
  if (!found) throw new Stop('Sinew installs its parts with npm, which is not on this machine: install npm and start again.')
  return realpathSync(found)
}

const isNpm = (path) => path && existsSync(path) && basename(realpathSync(path)) === 'npm-cli.js'

function besides(node) {
  const cli = join('node_modules', 'npm', 'bin', 'npm-cli.js')
  return [join(dirname(node), '..', 'lib', cli), join(dirname(node), cli)]
}

function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return folders.flatMap((folder) => [join(folder, 'npm'), ...besides(join(folder, 'node'))])
}
