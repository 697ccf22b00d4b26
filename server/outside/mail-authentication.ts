import { authenticate } from 'mailauth'
import type { Instance, MailProof } from '../../kernel/instance.ts'

const verdicts = new Set(['pass', 'fail', 'softfail', 'neutral', 'none', 'policy', 'temperror', 'permerror'])
const verdict = (it: string | undefined): MailProof['spf'] => (it && verdicts.has(it) ? (it as MailProof['spf']) : 'none')

// Of the sending address, or a part of the domain in From: stricter than DMARC would be, and needs no list of public suffixes.
const domainOf = (address = '') => address.slice(address.lastIndexOf('@') + 1).toLowerCase()
const sameDomain = (spf: string | undefined, from: string | undefined) => {
  const [sending, author] = [domainOf(spf), domainOf(from)]
  return author !== '' && (sending === author || sending.endsWith(`.${author}`))
}

/** Checks a mail with the DNS. SPF needs the sending server's address, so it is `none` for mail that did not come over SMTP. */
export const authenticateMail: Instance['authenticateMail'] = async ({ raw, sender, remoteAddress }) => {
  const known = remoteAddress !== null
  const result = await authenticate(Buffer.from(raw), {
    ...(known ? { ip: remoteAddress, helo: 'unknown', sender: sender ?? '' } : { disableArc: true, trustReceived: false }),
    disableBimi: true,
    disableArc: true,
  })
  const dkim = result.dkim.results.map((it) => verdict(it.status?.result))
  const [author] = result.dkim.headerFrom ?? []
  const spfAligned = known && result.spf && verdict(result.spf.status?.result) === 'pass' && sameDomain(result.spf.domain, author)
  return {
    aligned: spfAligned || result.dkim.results.some((it) => verdict(it.status?.result) === 'pass' && Boolean(it.status?.aligned)),
    spf: known && result.spf ? verdict(result.spf.status?.result) : 'none',
    dkim: dkim.includes('pass') ? 'pass' : (dkim[0] ?? 'none'),
    dmarc: result.dmarc ? verdict(result.dmarc.status?.result) : 'none',
  }
}
