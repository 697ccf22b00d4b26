import type { Authentication } from '../../contract/mail.ts'

/** What three checks add up to for a reader. DMARC decides where it speaks; nothing is said where nothing was checked. */
export function verdictOn({ spf, dkim, dmarc }: Authentication): 'proven' | 'unproven' | 'failed' | 'pending' | null {
  const all = [spf, dkim, dmarc]
  if (all.every((it) => it === 'none')) return null
  if (all.includes('pending')) return 'pending'
  if (dmarc === 'pass') return 'proven'
  if (dmarc === 'fail' || dmarc === 'policy') return 'failed'
  return dkim === 'pass' && spf === 'pass' ? 'proven' : 'unproven'
}
