/** Something on this machine keeps Sinew from starting. The message is the one sentence a person needs; there is no stack to read. */
export class CannotStart extends Error {
  override name = 'CannotStart'
}

const sentences: Record<string, (path: string) => string> = {
  EACCES: (path) => `Sinew may not write to ${path}: give this user the right to, or set DATA_DIR to another folder.`,
  EPERM: (path) => `Sinew may not write to ${path}: give this user the right to, or set DATA_DIR to another folder.`,
  EROFS: (path) => `${path} is on a read-only file system: set DATA_DIR to another folder.`,
  ENOSPC: (path) => `The disk that holds ${path} is full: free some space and start again.`,
  EDQUOT: (path) => `The disk that holds ${path} is full: free some space and start again.`,
  ENOTDIR: (path) => `${path} is not a folder: move the file away or set DATA_DIR to another folder.`,
  EEXIST: (path) => `${path} is not a folder: move the file away or set DATA_DIR to another folder.`,
}

/** Does work on files below a folder; what the file system refuses becomes one sentence about that folder. */
export async function onDisk<T>(folder: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const sentence = sentences[(error as NodeJS.ErrnoException).code ?? '']
    if (!sentence || error instanceof CannotStart) throw error
    throw new CannotStart(sentence(folder), { cause: error })
  }
}
