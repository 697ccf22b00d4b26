import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type BoxedMail, readMbox } from '../../domain/channels/index.ts'

/** A mailbox on this machine: its mails one after the other, how large it is, and how much of it was read. */
export type Mailbox = { mails: AsyncGenerator<BoxedMail>; size: number; read: () => number }

export const mailboxKinds = ['mbox', 'eml', 'maildir'] as const
export type MailboxKind = (typeof mailboxKinds)[number]

/** Opens a mailbox file, a mail file or a folder of them, or a Maildir. */
export async function openMailbox(kind: MailboxKind, path: string, sizeLimit: number): Promise<Mailbox> {
  if (kind === 'mbox') return openFile(path, sizeLimit)
  const paths = kind === 'eml' ? await listEml(path) : await listMaildir(path)
  const sizes = await Promise.all(paths.map(async (it) => (await stat(it)).size))
  let read = 0
  async function* mails(): AsyncGenerator<BoxedMail> {
    for (const [index, it] of paths.entries()) {
      const size = sizes[index] ?? 0
      read += size
      yield { raw: size > sizeLimit ? null : await readFile(it), size, receivedAt: kind === 'maildir' ? timeOf(it) : null }
    }
  }
  return { mails: mails(), size: sizes.reduce((sum, it) => sum + it, 0), read: () => read }
}

async function openFile(path: string, sizeLimit: number): Promise<Mailbox> {
  const { size } = await stat(path)
  const file = createReadStream(path, { highWaterMark: 1024 * 1024 })
  return { mails: readMbox(file, sizeLimit), size, read: () => file.bytesRead }
}

async function listEml(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path]
  return (await filesIn(path)).filter((it) => it.toLowerCase().endsWith('.eml'))
}

// A Maildir keeps mail in cur/ and new/, its folders each with their own; tmp/ holds what is not yet delivered.
async function listMaildir(path: string): Promise<string[]> {
  return (await filesIn(path)).filter((it) => /[\\/](cur|new)[\\/][^\\/]+$/.test(it) && !basename(it).startsWith('.'))
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((it) => it.isFile())
    .map((it) => join(it.parentPath, it.name))
    .sort()
}

// The name of a mail in a Maildir begins with the second it was delivered.
function timeOf(path: string): Date | null {
  const [, seconds] = /^(\d{9,10})\./.exec(basename(path)) ?? []
  return seconds === undefined ? null : new Date(Number(seconds) * 1000)
}
