import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { alone } from './alone.mjs'
import { keepers } from './keepers.mjs'
import { npm } from './npm.mjs'
import { inRoot } from './places.mjs'
import { runHere } from './run.mjs'
import { Stop, say } from './say.mjs'

const version = '24.21.0'
const folder = inRoot('.runtime', `node-${version}`)

// Where Node 24 comes as a package. Elsewhere it has to be there already.
const packaged = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win-x64']

/** Goes on under Node 24. An older Node installs it beside the product, hands over to it, and ends with its exit code. */
export async function ensureNode24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return
  const program = nodeProgram()
  if (!existsSync(program)) await alone(() => existsSync(program) || install())
  const args = [inRoot('bin', 'sinew'), ...process.argv.slice(2)]
  process.exit(
    await runHere(program, args, { cwd: process.cwd(), env: { ...process.env, SINEW_KEEPERS: [...keepers(), process.pid].join(',') } }),
  )
}

function packageName() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  return `${platform}-${process.arch}`
}

function nodeProgram() {
  const bin = join(folder, 'node_modules', `node-${packageName()}`, 'bin')
  return join(bin, process.platform === 'win32' ? 'node.exe' : 'node')
}

async function install() {
  const name = packageName()
  const musl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime
  if (musl || !packaged.includes(name)) {
    throw new Stop(
      `Sinew needs Node 24, which it cannot install by itself on ${name}${musl ? ' with musl' : ''}: install Node 24 and start again.`,
    )
  }
  say(`Installing Node ${version} (this machine has ${process.versions.node}) …`)
  await npm(['install', '--prefix', folder, '--no-save', '--no-package-lock', `node-${name}@${version}`], 'Node 24 could not be installed')
}
