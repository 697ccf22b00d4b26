/** Bytes kept by their SHA-256. Putting the same bytes twice is one file. Large bytes live here, small ones in their row. */
export type FileStore = {
  put(sha256: string, bytes: Uint8Array): Promise<void>
  get(sha256: string): Promise<Uint8Array>
  remove(sha256: string): Promise<void>
}

export type MailVerdict = 'pass' | 'fail' | 'softfail' | 'neutral' | 'none' | 'policy' | 'temperror' | 'permerror'

/**
 * What SPF, DKIM and DMARC say of a mail. `aligned`: SPF or a DKIM signature passed for the very domain in From, which is
 * what proves a sender whose domain publishes no DMARC.
 */
export type MailProof = { spf: MailVerdict; dkim: MailVerdict; dmarc: MailVerdict; aligned: boolean }

/** What every part knows of this installation: its id, its public address without a trailing slash, its keys and its files. */
export type Instance = {
  id: string
  baseUrl: string
  /** Where mail is taken, as `host:port`; null when this process takes none. */
  smtp: string | null
  /** Keys that sign reply addresses: the first signs, all are accepted, so that old addresses thread after a change of key. */
  replyKeys: readonly string[]
  files: FileStore
  /** Asks the DNS whether a mail comes from whom it says. Never throws for what the mail holds. */
  authenticateMail(mail: { raw: Uint8Array; sender: string | null; remoteAddress: string | null }): Promise<MailProof>
}
