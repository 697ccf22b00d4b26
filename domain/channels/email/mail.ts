/** A mailbox as written in a header. The domain is lower-cased, the local part and umlauts are kept as sent. */
export type Address = { address: string; name: string }

export type MailAttachment = {
  filename: string
  contentType: string
  disposition: 'attachment' | 'inline' | null
  /** Without angle brackets. */
  contentId: string | null
  content: Uint8Array
  /** The body shows it: an image the HTML refers to by its Content-ID. */
  inline: boolean
}

/** An e-mail as understood. Every string can be stored by PostgreSQL: no NUL, no lone surrogate. */
export type Mail = {
  /** Identifiers are without angle brackets. */
  messageId: string | null
  inReplyTo: string | null
  /** Oldest first, as the header has it. */
  references: readonly string[]
  from: Address | null
  sender: Address | null
  replyTo: readonly Address[]
  to: readonly Address[]
  cc: readonly Address[]
  bcc: readonly Address[]
  /** Where the mail system says it delivered to (Delivered-To, X-Original-To, Envelope-To …). */
  deliveredTo: readonly string[]
  subject: string
  /** What the sender claims; null when missing or impossible. */
  sentAt: Date | null
  /** The plain text as sent, or made from the HTML where there is no text. */
  text: string
  /** Raw: never show it without `safeHtml`. */
  html: string | null
  attachments: readonly MailAttachment[]
  /** Lower-case name → values in order, unfolded and decoded. */
  headers: ReadonlyMap<string, readonly string[]>
  /** Parts, headers or text beyond our limits are only in the raw mail. */
  truncated: boolean
}

/** The first value of a header, by its lower-case name. */
export function headerOf(mail: Mail, name: string): string | null {
  return mail.headers.get(name)?.[0] ?? null
}

/** Who wrote it, as far as the headers say: From, else Sender, else the first Reply-To. */
export function authorOf(mail: Mail): Address | null {
  return mail.from ?? mail.sender ?? mail.replyTo[0] ?? null
}

/** Every mailbox the mail was addressed or delivered to, each once. */
export function recipientsOf(mail: Mail): string[] {
  const named = [...mail.to, ...mail.cc, ...mail.bcc].map((to) => to.address)
  return [...new Set([...named, ...mail.deliveredTo])]
}

/** The messages this one says it answers, nearest first, each once. */
export function ancestorsOf(mail: Mail): string[] {
  const nearestFirst = [...(mail.inReplyTo ? [mail.inReplyTo] : []), ...mail.references.toReversed()]
  return [...new Set(nearestFirst)].filter((id) => id !== mail.messageId)
}
