import { authenticate } from 'mailauth'
import type { Instance, MailProof } from '../../kernel/instance.ts'

const verdicts = new Set(['pass', 'fail', 'softfail', 'neutral', 'none', 'policy', 'temperror', 'permerror'])
const verdict = (it: string | undefined): MailProof['spf'] => (it && verdicts.has(it) ? (it as MailProof['spf']) : 'none')

/** Checks a mail with the DNS. SPF needs the sending server's address, so it is `none` for mail that did not come over SMTP. */
export const authenticateMail: Instance['authenticateMail'] = async ({ raw, sender, remoteAddress }) => {
  const known = remoteAddress !== null
  const result = await authenticate(Buffer.from(raw), {
    ...(known ? { ip: remoteAddress, helo: 'unknown', sender: sender ?? '' } : { disableArc: true, trustReceived: false }),
    disableBimi: true,
    disableArc: true,
  })
  const dkim = result.dkim.results.map((it) => verdict(it.status?.result))
  return {
    spf: known && result.spf ? verdict(result.spf.status?.result) : 'none',
    dkim: dkim.includes('pass') ? 'pass' : (dkim[0] ?? 'none'),
    dmarc: result.dmarc ? verdict(result.dmarc.status?.result) : 'none',
  }
}
