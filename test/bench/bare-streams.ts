import { createServer, type ServerResponse } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'

// The floor of the live stream: the least a server can do is to write the same bytes to everyone.
const streams: ServerResponse[] = []
const frame = Buffer.from(`data: ${'x'.repeat(Math.max(0, Number(workerData) - 8))}\n\n`)
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(': hello\n\n')
  streams.push(response)
})
server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as { port: number }).port))
parentPort?.on('message', () => {
  for (const it of streams) it.write(frame)
})
