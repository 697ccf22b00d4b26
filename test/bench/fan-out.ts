import { get, type IncomingMessage } from 'node:http'
import { Worker } from 'node:worker_threads'

/** Times in ms until so many streams of a plain server of node:http all have a message of so many bytes. */
export async function bareFanOut(viewers: number, messages: number, size: number): Promise<number[]> {
  const worker = new Worker(new URL('bare-streams.ts', import.meta.url), { workerData: size })
  const port = await new Promise<number>((resolve) => worker.once('message', resolve))
  const streams = await Promise.all(Array.from({ length: viewers }, () => open(port)))
  const times: number[] = []
  for (let turn = 0; turn < messages; turn++) {
    const all = Promise.all(streams.map((it) => new Promise((resolve) => it.once('data', resolve))))
    const began = performance.now()
    worker.postMessage('send')
    await all
    times.push(performance.now() - began)
  }
  for (const it of streams) it.destroy()
  await worker.terminate()
  return times
}

const open = (port: number) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get({ host: '127.0.0.1', port, agent: false }, (response) => response.once('data', () => resolve(response))).on('error', reject)
  })
