/** What we and a server said to each other, in short lines and without the password. */
export type Overheard = { logger: object; text: () => string; hushed: (words: string) => string }

const mostLines = 200
const longestLine = 500

/** A logger for nodemailer that keeps the dialogue, not the mail. */
export function overhear(password: string): Overheard {
  const lines: string[] = []
  const secrets = password === '' ? [] : [password, base64(password), base64(encodeURIComponent(password))]
  const hushed = (words: string) => secrets.reduce((text, secret) => text.replaceAll(secret, '…'), words)
  const hear = ({ tnx }: { tnx?: string }, words: unknown, ...values: unknown[]) => {
    const who = { client: 'C', server: 'S' }[tnx ?? '']
    // What is told of the message itself is, but for its size, the message itself.
    const noted = tnx === 'smtp' || tnx === 'network' || (tnx === 'message' && String(words).startsWith('<%s bytes'))
    if ((!who && !noted) || lines.length >= mostLines) return
    const said = filledIn(String(words), values)
      .replace(/^(AUTH [\w-]+).*/is, '$1 …')
      .trim()
    for (const line of said.split(/\r?\n/)) lines.push(`${who ?? '#'}: ${hushed(line).slice(0, longestLine)}`)
  }
  const logger = Object.fromEntries(['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => [level, hear]))
  return { logger, hushed, text: () => lines.slice(0, mostLines).join('\n').toWellFormed().replaceAll('\u0000', '') }
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

function filledIn(words: string, values: readonly unknown[]): string {
  let at = 0
  return words.replace(/%[sd]/g, () => String(values[at++] ?? ''))
}
