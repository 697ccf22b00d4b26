import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { inRoot } from './places.mjs'
import { say } from './say.mjs'

const lock = inRoot('.runtime', 'lock')
// A launcher at work touches the lock every two seconds; what it had started may go on for a while after it was killed.
const launcherSilence = 20_000
const programSilence = 600_000
let holding = false

/** Does work that only one launcher of this folder may do at a time; another one waits for it. */
export async function alone(work) {
  mkdirSync(inRoot('.runtime'), { recursive: true })
  let told = false
  while (!take()) {
    if (!told) say('Waiting for another start that is installing or building …')
    told = true
    breakIfDead()
    await pause(200)
  }
  holding = true
  const alive = setInterval(() => touch(), 2000)
  try {
    return await work()
  } finally {
    clearInterval(alive)
    holding = false
    rmSync(lock, { force: true })
  }
}

/** A program started meanwhile keeps the lock even when we are killed: two installations into one folder spoil it. */
export function alsoHeldBy(pid) {
  if (holding) appendFileSync(lock, `\n${pid}`)
}

function take() {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EEXIST') return false
    throw error
  }
}

function touch() {
  const now = new Date()
  utimesSync(lock, now, now)
}

function breakIfDead() {
  try {
    const [launcher, ...programs] = readFileSync(lock, 'utf8').split('\n').map(Number)
    const quietFor = Date.now() - statSync(lock).mtimeMs
    const atWork = (isAlive(launcher) && quietFor < launcherSilence) || (programs.some(isAlive) && quietFor < programSilence)
    if (quietFor < 1000 || atWork) return
    // Moved aside first: of several that wait, one gets it.
    renameSync(lock, `${lock}.${process.pid}`)
    rmSync(`${lock}.${process.pid}`, { force: true })
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
