import { readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileStore } from '../../kernel/instance.ts'
import { writeWhole } from './write-whole.ts'

/** Keeps files in a folder, two levels deep. A file is complete and on the disk before its name exists. */
export function folderStore(folder: string): FileStore {
  const path = (sha256: string) => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
  return {
    async put(sha256, bytes) {
      const target = path(sha256)
      if (!(await stat(target).catch(() => null))) await writeWhole(target, bytes)
    },
    get: (sha256) => readFile(path(sha256)),
    remove: (sha256) => rm(path(sha256), { force: true }),
  }
}
