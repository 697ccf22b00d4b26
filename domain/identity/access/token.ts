import { createHash, randomBytes } from 'node:crypto'

/** A secret for a link: 256 random bits, safe in a URL. Only its hash is kept. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** What is kept of a secret with enough randomness of its own: no salt and no slow hash are needed. */
export const sha256 = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** A new API key, `snw_<prefix>_<random>`: the prefix finds it again on a list, the rest is told once. */
export function newKey(): { key: string; prefix: string; sha256: string } {
  const prefix = randomBytes(4).toString('hex')
  const key = `snw_${prefix}_${randomBytes(32).toString('hex')}`
  return { key, prefix, sha256: sha256(key) }
}
