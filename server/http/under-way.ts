import type { FastifyInstance } from 'fastify'

/** Counts requests that are being answered. `ended` resolves as soon as there are none. */
export function watchUnderWay(app: FastifyInstance): { ended(): Promise<void> } {
  let count = 0
  const waiting: (() => void)[] = []
  app.server.on('request', (_request, response) => {
    count += 1
    response.once('close', () => {
      count -= 1
      if (count === 0) for (const resolve of waiting.splice(0)) resolve()
    })
  })
  return { ended: () => (count === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))) }
}
