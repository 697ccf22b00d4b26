import type { MailProof } from '../../../kernel/instance.ts'

/** Whether a mail is from whom it says; null when the checks cannot tell. */
export type Standing = 'proven' | 'disproven' | null

/**
 * What the checks add up to. DMARC decides where the sender's domain publishes it; elsewhere SPF or DKIM for that very
 * domain proves, and a failure of either without the other disproves. `overSmtp`: without a sending server SPF knows
 * nothing, so that a failure proves nothing.
 */
export function standingOf({ spf, dkim, dmarc, aligned }: MailProof, overSmtp: boolean): Standing {
  if (dmarc === 'pass') return 'proven'
  if (dmarc === 'fail' || dmarc === 'policy') return overSmtp ? 'disproven' : null
  if (aligned) return 'proven'
  return overSmtp && dmarc === 'none' && (spf === 'fail' || dkim === 'fail') ? 'disproven' : null
}
