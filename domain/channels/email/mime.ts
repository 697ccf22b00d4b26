import PostalMime, { type Email } from 'postal-mime'
import { hasHighByte, isUtf8, trueCharset, undeclaredText } from './charset.ts'
import { unflowed } from './flowed.ts'

/** Beyond these a mail is an attack or a mistake; the raw mail still has everything. */
export const LIMITS = { parts: 1_000, depth: 60, headerBytes: 1_000_000, textBytes: 8_000_000, lines: 1_000_000, paddings: 100_000 }

type Bytes = Uint8Array<ArrayBuffer>
type Decoder = { update(line: Bytes): void; finalize(): Promise<ArrayBuffer> }

/** What we rely on inside postal-mime, whose version is pinned; `parse.test.ts` notices when it changes. */
type MimeNode = {
  state: 'header' | 'body' | 'finished'
  contentType: { parsed: { value: string; params: Record<string, string> } }
  contentDisposition: { parsed: { value: string; params: Record<string, string> } }
  contentTransferEncoding: { encoding: string }
  contentDecoder: Decoder | null
  content: ArrayBuffer | null
  getTextContent(): string
}
type Reader = {
  currentNode: MimeNode
  headerSize: number
  av: Uint8Array
  readPos: number
  parse(raw: Uint8Array): Promise<Email>
  processLine(line: Bytes, isFinal: boolean): Promise<void>
  collectNode(node: MimeNode, alternative: MimeNode | false, related: boolean): Promise<void>
  finalize(): Promise<void>
}

const encoder = new TextEncoder()
const nothing: Bytes = new Uint8Array()

/** Reads MIME with postal-mime, mending on the way what mail programs get wrong about bytes. Rejects what is nested too deeply. */
export async function readMime(raw: Uint8Array): Promise<{ email: Email; truncated: boolean }> {
  const reader = new PostalMime({
    forceRfc822Attachments: true,
    maxNestingDepth: LIMITS.depth,
    maxHeadersSize: LIMITS.headerBytes * 2,
  }) as unknown as Reader
  const cut = mendLines(reader)
  mendParts(reader)
  return { email: await reader.parse(raw), truncated: cut() }
}

/** Header lines become UTF-8, a missing blank line before the body is put back, and what exceeds the limits is left out. */
function mendLines(reader: Reader): () => boolean {
  const processLine = reader.processLine.bind(reader)
  const used: Used = { parts: 0, lines: 0, textBytes: 0, paddings: 0 }
  let truncated = false
  let node: MimeNode | null = null
  let inBody = false
  reader.processLine = (line, isFinal) => {
    if (node !== reader.currentNode) {
      node = reader.currentNode
      used.parts += 1
      used.textBytes = 0
      inBody = false
    }
    used.lines += 1
    if (used.parts > LIMITS.parts || used.lines > LIMITS.lines) {
      truncated = true
      return stopped(reader)
    }
    if (node.state === 'header') {
      if (reader.headerSize + line.length <= LIMITS.headerBytes) {
        return startsBody(line)
          ? processLine(nothing, false).then(() => reader.processLine(line, isFinal))
          : processLine(inUtf8(line), isFinal)
      }
      truncated = true
      return isFinal ? reader.finalize() : Promise.resolve()
    }
    if (!inBody) inBody = gatherBody(node)
    const kept = keptOf(line, node, used)
    truncated ||= kept < line.length
    return processLine(kept < line.length ? line.subarray(0, kept) : line, isFinal)
  }
  return () => truncated
}

type Used = { parts: number; lines: number; textBytes: number; paddings: number }

/** Lets the library finish with what it has, as if the mail ended here. */
function stopped(reader: Reader): Promise<void> {
  reader.readPos = reader.av.length
  return reader.finalize()
}

/** The library keeps an object for each line of an unencoded body, and 50 MiB of line ends are 50 million of them. */
function gatherBody(node: MimeNode): true {
  if (/base64|quoted-printable/.test(node.contentTransferEncoding.encoding)) return true
  let bytes: Bytes = new Uint8Array(1_024)
  let length = 0
  node.contentDecoder = {
    update(line) {
      if (length + line.length + 1 > bytes.length) {
        const grown = new Uint8Array((length + line.length + 1) * 2)
        grown.set(bytes)
        bytes = grown
      }
      bytes.set(line, length)
      length += line.length + 1
      bytes[length - 1] = 0x0a
    },
    finalize: async () => bytes.buffer.slice(0, length),
  }
  return true
}

/** How much of a body line to take: text has an end that someone reads, and each `=` of base64 costs a buffer. */
function keptOf(line: Bytes, node: MimeNode, used: Used): number {
  if (line.includes(0x3d) && node.contentTransferEncoding.encoding === 'base64') {
    for (const byte of line) if (byte === 0x3d) used.paddings += 1
    if (used.paddings > LIMITS.paddings) return 0
  }
  if (node.contentType.parsed.value.startsWith('text/')) {
    used.textBytes += line.length + 1
    if (used.textBytes > LIMITS.textBytes && line[0] !== 0x2d) return Math.max(0, line.length - (used.textBytes - LIMITS.textBytes))
  }
  return line.length
}

/** Text without a colon is no header: like mail servers, take it as the body. Folded lines and boundaries are neither. */
function startsBody(line: Bytes): boolean {
  const first = line[0]
  if (first === undefined || first === 0x20 || first === 0x09 || first === 0x2d) return false
  return line.subarray(0, 200).indexOf(0x3a) < 0
}

function inUtf8(line: Bytes): Bytes {
  const japanese = line.includes(0x1b)
  return japanese || (hasHighByte(line) && !isUtf8(line)) ? encoder.encode(undeclaredText(line)) : line
}

/** Decodes each text part by what its bytes are, and keeps a second named text as the attachment it is meant to be. */
function mendParts(reader: Reader): void {
  const collectNode = reader.collectNode.bind(reader)
  let bodySeen = false
  reader.collectNode = (node, alternative, related) => {
    if (/^text\/(plain|html)$/.test(node.contentType.parsed.value) && node.content) {
      const named = node.contentDisposition.parsed.params.filename
      if (named && bodySeen) node.contentDisposition.parsed.value = 'attachment'
      bodySeen = true
      mendText(node)
    }
    return collectNode(node, alternative, related)
  }
}

function mendText(node: MimeNode): void {
  const { params, value } = node.contentType.parsed
  const bytes = new Uint8Array(node.content ?? new ArrayBuffer(0))
  params.charset = trueCharset(params.charset ?? (value === 'text/html' ? metaCharset(bytes) : undefined), bytes)
  if (params.format?.toLowerCase() !== 'flowed') return
  // the library joins lines of different quote depths, and the answer would end inside the question
  const delSp = params.delsp?.toLowerCase() === 'yes'
  delete params.format
  const decode = node.getTextContent.bind(node)
  node.getTextContent = () => unflowed(decode(), delSp)
}

function metaCharset(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2_000))
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]{2,40})/i.exec(head)?.[1]
}
