/** Bytes kept by their SHA-256. Putting the same bytes twice is one file. Large bytes live here, small ones in their row. */
export type FileStore = {
  put(sha256: string, bytes: Uint8Array): Promise<void>
  get(sha256: string): Promise<Uint8Array>
  remove(sha256: string): Promise<void>
}

/** What every part knows of this installation: its id, its public address without a trailing slash, its keys and its files. */
export type Instance = {
  id: string
  baseUrl: string
  /** Keys that sign reply addresses: the first signs, all are accepted, so that old addresses thread after a change of key. */
  replyKeys: readonly string[]
  files: FileStore
}
