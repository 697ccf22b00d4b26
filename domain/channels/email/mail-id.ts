import { conversationToken, readConversationToken } from './reply-address.ts'

/** What a Message-ID of ours names. */
export type OurMail = { messageId: string; conversationId: string }

/**
 * The Message-ID of a mail we send, without brackets: `<message>.<token>@<domain>`. The token proves that we named the
 * conversation, so that an answer finds home even when everything but its References is lost.
 */
export function newMailId({ messageId, conversationId, secret, domain }: OurMail & { secret: string; domain: string }): string {
  return `${messageId.replaceAll('-', '')}.${conversationToken(conversationId, secret)}@${asciiDomain(domain)}`
}

/** The message and conversation a Message-ID of ours names; null when none of the secrets signed it. */
export function readMailId(id: string, secrets: readonly string[]): OurMail | null {
  const [, hex, token] = /^([0-9a-f]{32})\.([a-z2-7]+)@/i.exec(id) ?? []
  if (!hex || !token) return null
  const conversationId = readConversationToken(token, secrets)
  return conversationId === null
    ? null
    : { messageId: hex.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'), conversationId }
}

// A Message-ID holds ASCII only; a domain with umlauts has a form that is.
function asciiDomain(domain: string): string {
  const ascii = URL.parse(`http://${domain}`)?.hostname ?? ''
  return ascii === '' ? 'localhost' : ascii
}

/** What may stand in References: the nearest ids, oldest first, none that could end its header or its brackets. */
export function referencesOf(ids: readonly string[], most = 20): string[] {
  return [...new Set(ids)].filter((id) => /^[\x21-\x3b\x3d\x3f-\x7e]{3,250}$/.test(id)).slice(-most)
}
