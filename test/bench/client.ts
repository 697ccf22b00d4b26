import { Agent, request } from 'node:http'

export type Answer = { status: number; body: Buffer; json<T>(): T }
export type Asked = { method?: string; body?: string | Buffer; type?: string; headers?: Record<string, string> }

/** Asks one server over kept-alive connections, as somebody. */
export type Client = (path: string, asked?: Asked) => Promise<Answer>

/** A client that keeps as many connections as are asked for at once. Any answer but 2xx throws: a bench of errors measures nothing. */
export function clientOf(port: number, as: Record<string, string>, connections = 64): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  return (path, { method = 'GET', body, type = 'application/json', headers } = {}) =>
    new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) }
      const asked = request(
        { agent, host: '127.0.0.1', port, path, method, headers: { host: `localhost:${port}`, ...as, ...length, ...headers } },
        (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('error', reject)
          response.on('end', () => {
            const all = parts.length === 1 ? parts[0]! : Buffer.concat(parts)
            const status = response.statusCode ?? 0
            if (status < 200 || status > 299) reject(new Error(`${method} ${path} answered ${status}: ${all.toString().slice(0, 300)}`))
            else resolve({ status, body: all, json: () => JSON.parse(all.toString()) })
          })
        },
      )
      asked.on('error', reject)
      asked.end(body)
    })
}

/** What a browser of ours sends with a session. */
export const asPerson = (cookie: string, port: number) => ({
  cookie,
  origin: `http://localhost:${port}`,
  'sec-fetch-site': 'same-origin',
  'x-sinew': '1',
})
export const asKey = (key: string) => ({ authorization: `Bearer ${key}` })
