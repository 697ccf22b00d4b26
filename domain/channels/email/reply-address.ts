import { createHmac, timingSafeEqual } from 'node:crypto'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const MARK = '+c.'
const ID_BYTES = 16
/** 80 bits: nobody guesses one by sending mail. */
const PROOF_BYTES = 10
const TOKEN_LENGTH = Math.ceil(((ID_BYTES + PROOF_BYTES) * 8) / 5)
/** RFC 5321 §4.5.3.1.1. */
const MAX_LOCAL_PART = 64

/**
 * The address that answers to a conversation come to: `help@x.example` → `help+c.<token>@x.example`. The token is the
 * conversation's id (a UUID) and a signature, in letters whose case does not matter. A base whose local part leaves no
 * room (more than 19 characters) is returned as it is; threading then rests on the headers and the subject.
 */
export function replyAddress({ base, conversationId, secret }: { base: string; conversationId: string; secret: string }): string {
  const at = base.lastIndexOf('@')
  const local = `${base.slice(0, at)}${MARK}${conversationToken(conversationId, secret)}`
  return at < 1 || local.length > MAX_LOCAL_PART ? base : `${local}${base.slice(at)}`
}

/** The conversation an address was made for, if one of the secrets signed it; else null. Secrets: the current one first. */
export function readReplyAddress(address: string, secrets: readonly string[]): string | null {
  const local = address.slice(0, Math.max(0, address.lastIndexOf('@'))).toLowerCase()
  const mark = local.lastIndexOf(MARK)
  return mark < 0 ? null : readConversationToken(local.slice(mark + MARK.length), secrets)
}

/** 42 characters of a-z and 2-7 that name a conversation and prove that we named it. */
export function conversationToken(conversationId: string, secret: string): string {
  const id = Buffer.from(conversationId.replaceAll('-', ''), 'hex')
  if (id.length !== ID_BYTES) throw new TypeError('A conversation id is a UUID.')
  return encoded(Buffer.concat([id, proof(id, secret)]))
}

/** The conversation a token names, or null when nobody with these secrets made it. Takes the same time either way. */
export function readConversationToken(token: string, secrets: readonly string[]): string | null {
  const bytes = decoded(token.toLowerCase())
  if (bytes === null) return null
  const id = bytes.subarray(0, ID_BYTES)
  const sent = bytes.subarray(ID_BYTES)
  const signed = secrets.map((secret) => timingSafeEqual(proof(id, secret), sent)).includes(true)
  return signed ? uuid(id.toString('hex')) : null
}

function proof(id: Buffer, secret: string): Buffer {
  return createHmac('sha256', secret).update('reply-address\0').update(id).digest().subarray(0, PROOF_BYTES)
}

function uuid(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function encoded(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return bits.replace(/.{1,5}/g, (five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]!)
}

/** Only the one spelling that `encoded` produces, so that no changed letter is the same token. */
function decoded(token: string): Buffer | null {
  if (token.length !== TOKEN_LENGTH || !/^[a-z2-7]+$/.test(token)) return null
  const bits = [...token].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const bytes = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)))
  return encoded(bytes) === token ? bytes : null
}
