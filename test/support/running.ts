import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freshDatabase } from './database.ts'
import { freePort } from './free-port.ts'

const root = join(import.meta.dirname, '..', '..')

/** The whole product as people run it: a process of its own, as it was built, on a database of the test's own. */
export type Running = { address: string; setupLink: string; stop: () => Promise<void> }

/** Starts what `npm test` has built, and waits until it says that it is ready. */
export async function startSinew(): Promise<Running> {
  const database = await freshDatabase()
  const folder = mkdtempSync(join(tmpdir(), 'sinew-e2e-'))
  const [port, smtpPort] = await Promise.all([freePort(), freePort()])
  const address = `http://localhost:${port}`
  // Vitest has a BASE_URL of its own.
  const settings = {
    BASE_URL: address,
    PORT: `${port}`,
    SMTP_PORT: `${smtpPort}`,
    DATA_DIR: folder,
    DATABASE_URL: database.url,
    LOG_LEVEL: 'error',
  }
  const server = spawn(process.execPath, [join(root, 'dist', 'server.js'), 'start'], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const told = await ready(server)
  const stop = async () => {
    const ended = new Promise((done) => server.once('exit', done))
    server.kill('SIGTERM')
    await ended
    await database.drop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { address, setupLink: /https?:\S+\/setup\S+/.exec(told)?.[0] ?? '', stop }
}

function ready(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let told = ''
    const hear = (bytes: Buffer) => {
      told += bytes.toString()
      if (told.includes('ready at')) resolve(told)
    }
    server.stdout?.on('data', hear)
    server.stderr?.on('data', hear)
    server.once('exit', (code) => reject(new Error(`Sinew ended with ${code} before it was ready:\n${told}`)))
  })
}
