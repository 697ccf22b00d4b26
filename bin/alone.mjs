import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { inRoot } from './places.mjs'
import { say } from './say.mjs'

const lock = inRoot('.runtime', 'lock')
const silence = 20_000

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
  // A sign of life, so that a lock left behind by kill -9 is told from one at work.
  const alive = setInterval(() => touch(), 2000)
  try {
    return await work()
  } finally {
    clearInterval(alive)
    rmSync(lock, { force: true })
  }
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
    const holder = Number(readFileSync(lock, 'utf8'))
    const quietFor = Date.now() - statSync(lock).mtimeMs
    if (quietFor < 1000 || (isAlive(holder) && quietFor < silence)) return
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
