import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * The processes our life hangs on: the npm that ran us, and an older Node's launcher that handed over to us. Killed, they can
 * pass on no signal, and nobody could reach a server that outlived them.
 */
export function keepers() {
  const handedDown = process.env.SINEW_KEEPERS?.split(',').filter(Boolean)
  if (handedDown) return handedDown
  const npm = process.env.npm_lifecycle_event && process.platform !== 'win32' ? npmAbove() : undefined
  return npm ? [npm] : []
}

// npm runs its scripts by a shell. Some shells step aside, others wait in between.
function npmAbove() {
  try {
    const parent = look(process.ppid)
    return /(^|\/)-?(ba|da|z|k|a)?sh$/.test(parent.command) ? parent.parent : String(process.ppid)
  } catch {
    return undefined
  }
}

function look(pid) {
  const [, command, parent] = /^\d+ \((.*)\) \S (\d+)/s.exec(read(pid)) ?? /^\s*(.*\S)\s+(\d+)\s*$/.exec(ps(pid)) ?? []
  return { parent, command }
}

const read = (pid) => (process.platform === 'linux' ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '')

const ps = (pid) => execFileSync('ps', ['-o', 'comm=,ppid=', '-p', String(pid)], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
