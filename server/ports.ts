import { createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { CannotStart } from '../database/cannot-start.ts'

/** Makes sure that a port can be had, so that a start fails before it touched anything. A server that is just ending gets a moment. */
export async function expectFree(port: { setting: 'PORT' | 'SMTP_PORT'; host: string; number: number }): Promise<void> {
  const giveUpAt = Date.now() + 2_500
  for (;;) {
    const code = await tryListening(port.host, port.number)
    if (code === undefined) return
    if (code !== 'EADDRINUSE') throw refused(port, code)
    if (Date.now() > giveUpAt) {
      const { setting, number } = port
      throw new CannotStart(`Port ${number} is in use: stop the program that uses it, or choose another, such as ${setting}=${number + 1}.`)
    }
    await pause(150)
  }
}

function refused(port: { setting: string; host: string; number: number }, code: string): CannotStart {
  if (code === 'EACCES') return new CannotStart(`Port ${port.number} is only for administrators: choose one above 1023 by ${port.setting}.`)
  return new CannotStart(`Sinew cannot listen on ${port.host}, port ${port.number} (${code}): set HOST to an address of this machine.`)
}

function tryListening(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'))
    server.listen({ host, port }, () => server.close(() => resolve(undefined)))
  })
}
