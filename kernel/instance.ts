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

export type Mailbox = { address: string; name: string }

/** A mail as it is handed to the outside. Ids are without brackets. Nothing in it changes between two tries. */
export type OutgoingMail = {
  /** Of the message it carries: names its file where mail is only written down. */
  id: string
  mailId: string
  from: Mailbox
  to: readonly Mailbox[]
  cc: readonly Mailbox[]
  replyTo: string
  subject: string
  date: Date
  inReplyTo: string | null
  references: readonly string[]
  text: string
  html: string
  attachments: readonly { filename: string; contentType: string; content: Uint8Array }[]
  headers: Readonly<{ [name: string]: string }>
  envelope: { from: string; to: readonly string[] }
}

/**
 * What became of handing a mail over: each recipient was accepted or refused, and `forGood` says that asking again is of no
 * use. `written`: it went into the outbox folder, for want of a server. `dialogue` is what was said, without passwords.
 */
export type HandedOver = {
  accepted: readonly string[]
  refused: readonly { address: string; said: string; forGood: boolean }[]
  written: boolean
  dialogue: string
}

/** The way out for mail. `send` never throws for what the world does; `remove` takes back what was only written down. */
export type MailOut = {
  /** Who mail is from where no channel fits. */
  from: Mailbox | null
  send(mail: OutgoingMail): Promise<HandedOver>
  remove(id: string): Promise<void>
}

/** What every part knows of this installation: its id, its public address without a trailing slash, its keys and its files. */
export type Instance = {
  id: string
  baseUrl: string
  /** Where mail is taken, as `host:port`; null when this process takes none. */
  smtp: string | null
  /** Keys that sign reply addresses: the first signs, all are accepted, so that old addresses thread after a change of key. */
  replyKeys: readonly string[]
  files: FileStore
  mailOut: MailOut
  /** Asks the DNS whether a mail comes from whom it says. Never throws for what the mail holds. */
  authenticateMail(mail: { raw: Uint8Array; sender: string | null; remoteAddress: string | null }): Promise<MailProof>
}
