import type { FrameData, FrameName, LogItem } from '../../contract/stream.ts'

/** The bytes of one frame, made once however many connections get them. */
export function frameBytes<N extends FrameName>(name: N, position: number, data: FrameData<N>): Buffer {
  return Buffer.from(`id: ${position}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`)
}

/** A line of the log as a plain message, for those who follow the log itself. */
export function itemBytes(item: LogItem): Buffer {
  return Buffer.from(`id: ${item.position}\ndata: ${JSON.stringify(item)}\n\n`)
}

/** Keeps proxies from closing a quiet stream, and moves the resume mark past what the reader may not see. */
export function heartbeat(position: number): Buffer {
  return Buffer.from(`: beat\nid: ${position}\n\n`)
}
