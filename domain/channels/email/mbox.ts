/** A mail from a mailbox file, and when the file says it arrived. `raw` is null when it is larger than what is taken. */
export type BoxedMail = { raw: Buffer | null; size: number; receivedAt: Date | null }

export class NoMailbox extends Error {
  override name = 'NoMailbox'
}

const newline = 10
const letterF = 70
const greaterThan = 62
/** A line longer than this cannot be a separator: it goes on to its mail before it has ended. */
const longestLine = 64 * 1024

type Open = { parts: Buffer[]; size: number; receivedAt: Date | null }

/**
 * The mails of a mailbox file, one after the other, without ever holding more than one. A mail begins at a line `From …`
 * with a time as programs write it (a sentence that begins with "From" is none); `>From` loses one `>`, as in mboxrd.
 */
export async function* readMbox(chunks: AsyncIterable<Buffer>, sizeLimit: number): AsyncGenerator<BoxedMail> {
  let open: Open | null = null
  let rest: Buffer = Buffer.alloc(0)
  let inLine = false
  const keep = (bytes: Buffer) => {
    if (open === null) return refuseWords(bytes)
    open.size += bytes.length
    if (open.size <= sizeLimit + 2) open.parts.push(bytes)
  }
  for await (const chunk of endingInNewline(chunks)) {
    const buffer: Buffer = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk
    let from = 0
    let line = 0
    for (let end = buffer.indexOf(newline); end >= 0; end = buffer.indexOf(newline, line)) {
      if (!inLine && buffer[line] === letterF && separates(buffer.subarray(line, end), open === null)) {
        keep(buffer.subarray(from, line))
        if (open) yield closed(open, sizeLimit)
        open = { parts: [], size: 0, receivedAt: timeOf(buffer.subarray(line, end)) }
        from = end + 1
      } else if (!inLine && buffer[line] === greaterThan && /^>+From /.test(buffer.toString('latin1', line, Math.min(end, line + 80)))) {
        keep(buffer.subarray(from, line))
        from = line + 1
      }
      inLine = false
      line = end + 1
    }
    const long = buffer.length - line > longestLine
    keep(buffer.subarray(from, long ? buffer.length : line))
    rest = long ? Buffer.alloc(0) : buffer.subarray(line)
    inLine ||= long
  }
  if (open) yield closed(open, sizeLimit)
}

// So that the last line is a line like any other.
async function* endingInNewline(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let last = newline
  for await (const chunk of chunks) {
    last = chunk.at(-1) ?? last
    yield chunk
  }
  if (last !== newline) yield Buffer.from('\n')
}

function refuseWords(bytes: Buffer): void {
  if (bytes.toString('latin1').trim() !== '') throw new NoMailbox('It does not begin with a line "From …", as a mailbox file does.')
}

const time = /\b([A-Z][a-z]{2}) +(\d{1,2}) +(\d{1,2}:\d\d(?::\d\d)?)(?: +([+-]\d{4}|[A-Z]{1,5}))? +(\d{4})\b(?: +([+-]\d{4}))?/

function separates(line: Buffer, isFirst: boolean): boolean {
  const text = line.toString('latin1', 0, 200)
  return text.startsWith('From ') && (isFirst || time.test(text))
}

function timeOf(line: Buffer): Date | null {
  const [, month, day, clock, zone, year, after] = time.exec(line.toString('latin1', 0, 200)) ?? []
  const offset = [zone, after].find((it) => it?.match(/^[+-]/)) ?? 'UTC'
  const at = new Date(`${day} ${month} ${year} ${clock} ${offset}`)
  return Number.isNaN(at.getTime()) ? null : at
}

// The empty line before the next mail belongs to the file.
function closed({ parts, size, receivedAt }: Open, sizeLimit: number): BoxedMail {
  if (size > sizeLimit + 2) return { raw: null, size, receivedAt }
  const whole = Buffer.concat(parts)
  const end = /(?:^|\n)(\r?\n)$/.exec(whole.toString('latin1', Math.max(0, whole.length - 3)))?.[1]?.length ?? 0
  return { raw: whole.subarray(0, whole.length - end), size: whole.length - end, receivedAt }
}
