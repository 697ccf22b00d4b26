import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { newId } from '../../kernel/id.ts'
import type { FileStore } from '../../kernel/instance.ts'

/** Keeps files in a folder, two levels deep. A file is complete and on the disk before its name exists. */
export function folderStore(folder: string): FileStore {
  const path = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  return {
    async put(sha256, bytes) {
      const target = path(sha256)
      if (await stat(target).catch(() => null)) return
      const firstMade = await mkdir(dirname(target), { recursive: true, mode: 0o700 })
      const draft = `${target}.${newId()}`
      await writeSafely(draft, bytes)
      await rename(draft, target)
      await syncFolders(dirname(target), firstMade === undefined ? dirname(target) : dirname(firstMade))
    },
    get: (sha256) => readFile(path(sha256)),
    remove: (sha256) => rm(path(sha256), { force: true }),
  }
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
