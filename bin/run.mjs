import { spawn } from 'node:child_process'
import { alsoHeldBy } from './alone.mjs'
import { root } from './places.mjs'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Runs a program in our terminal and answers its exit code. Signals are its business; we only wait. */
export function runHere(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options })
    // In a terminal the program got the same Ctrl-C; it knows that the second of two at once is an echo.
    const pass = (signal) => child.kill(signal)
    for (const signal of signals) process.on(signal, pass)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, pass)
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1))
    })
  })
}

/** Runs a program quietly and answers its exit code and what it printed. */
export function runQuietly(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], ...options })
    if (child.pid) alsoHeldBy(child.pid)
    let output = ''
    child.stdout.on('data', (text) => (output += text))
    child.stderr.on('data', (text) => (output += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}
