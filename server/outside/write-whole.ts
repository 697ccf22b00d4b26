import { mkdir, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { newId } from '../../kernel/id.ts'

/** Writes a file so that it is complete and on the disk before its name exists, and the name survives a power cut. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const firstMade = await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${newId()}`
  await writeSafely(draft, bytes)
  await rename(draft, path)
  await syncFolders(dirname(path), firstMade === undefined ? dirname(path) : dirname(firstMade))
}

async function writeSafely(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

// The names of the file and of every folder made for it must survive a power cut too.
async function syncFolders(from: string, upTo: string): Promise<void> {
  await syncFolder(from)
  if (from !== upTo && dirname(from) !== from) await syncFolders(dirname(from), upTo)
}

// Windows cannot open folders; its file systems order renames themselves.
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null)
  await folder?.sync().catch(() => undefined)
  await folder?.close()
}
