import { createServer } from 'node:net'

// Below the ports that systems lend to outgoing connections: what is free here now is not taken by chance a moment later.
const from = 12_000
const to = 31_000

/** A port of this machine that nothing listens on, drawn at random so that tests that run side by side do not meet. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = from + Math.floor(Math.random() * (to - from))
    if (await isFree(port)) return port
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
