import { Popover } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconMinus, IconShieldCheck, IconShieldExclamation, IconShieldQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Authentication } from '../../contract/mail.ts'
import css from './timeline.module.css'
import { verdictOn } from './verdict.ts'

const icons = { proven: IconShieldCheck, unproven: IconShieldQuestion, failed: IconShieldExclamation, pending: IconShieldQuestion }
const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const

/** Whether the sender is who the mail says, in one sign; the three checks behind it in plain words. */
export function Trust({ authentication }: { authentication: Authentication }) {
  const { t } = useTranslation()
  const verdict = verdictOn(authentication)
  if (!verdict) return null
  const Icon = icons[verdict]
  return (
    <Popover width={280} position="bottom-end">
      <Popover.Target>
        <button type="button" className={css.trust} data-verdict={verdict} aria-label={`${t('trust.label')}: ${t(`trust.${verdict}`)}`}>
          <Icon {...icon} size={15} />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <b>{t(`trust.${verdict}`)}</b>
        {(['spf', 'dkim', 'dmarc'] as const).map((check) => {
          const passed = authentication[check] === 'pass'
          const failed = ['fail', 'softfail', 'policy'].includes(authentication[check])
          const Sign = passed ? IconCheck : failed ? IconAlertTriangle : IconMinus
          return (
            <div key={check} className={css.check}>
              <Sign {...icon} size={14} />
              <span>
                <b>{t(`trust.${check}`)}</b> {t(`trust.verdict.${authentication[check]}`)}
              </span>
              <p>{t(`trust.${check}Words`)}</p>
            </div>
          )
        })}
      </Popover.Dropdown>
    </Popover>
  )
}
