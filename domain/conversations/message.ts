import type { ConversationId } from '../../contract/conversations.ts'
import type { OutcomeReason } from '../../contract/mail.ts'

export type MailAddress = { address: string; name: string }

export type Author = {
  kind: 'customer' | 'person' | 'stranger' | 'integration' | 'system'
  id: string | null
  organisationId?: string | null
  name: string
}

/** One thing said, in whatever medium. `text` is the body, or the transcript of what was spoken. */
export type Message = {
  id: string
  conversationId: ConversationId
  at: Date
  medium: 'email' | 'chat' | 'form' | 'call' | 'visit' | 'sms' | 'api'
  direction: 'in' | 'out' | 'internal'
  author: Author
  from?: MailAddress | null
  to?: readonly MailAddress[]
  cc?: readonly MailAddress[]
  subject?: string | null
  text: string
  replyText: string
  quotedText?: string
  html?: string | null
  quotedHtml?: string | null
  remoteImages?: number
  sentAt?: Date | null
  automatic?: OutcomeReason | null
  marks?: readonly OutcomeReason[]
  authentication?: 'none' | 'pending'
  inboundId?: string | null
  mailId?: string | null
  historic?: boolean
}

/** A file that came with a message. */
export type MessageFile = {
  id: string
  file: string
  filename: string
  contentType: string
  size: number
  contentId: string | null
  inline: boolean
}
