import { Badge, Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type InvitationView, listInvitations, resendInvitation, revokeInvitation } from '../../contract/access.ts'
import { shortMoment } from '../../ui/moment.ts'
import { useReader } from '../../ui/reader.ts'
import { call } from '../api.ts'
import { Listed } from '../shell/listed.tsx'
import css from '../shell/page.module.css'
import { Section } from '../shell/page.tsx'
import { useDeed } from '../shell/use-deed.ts'
import { usePages } from '../use-pages.ts'
import { LinkDialog } from './invite-dialog.tsx'

/** Who was invited and has not come yet. */
export function Invitations() {
  const { t } = useTranslation()
  const asked = usePages(listInvitations)
  const items = asked.data?.items.filter((it) => it.state === 'open' || it.state === 'expired')
  if (items?.length === 0 && !asked.more) return null
  return (
    <Section title={t('people.invitations')}>
      <Listed asked={{ ...asked, data: items && { items } }} empty={null}>
        {(it) => <Invitation invitation={it} />}
      </Listed>
    </Section>
  )
}

function Invitation({ invitation }: { invitation: InvitationView }) {
  const { t } = useTranslation()
  const { locale, now } = useReader()
  const params = { invitationId: invitation.id }
  const [made, setMade] = useState<{ email: string; link: string } | null>(null)
  const renew = useDeed(async () => setMade(await call(resendInvitation, { params })), [listInvitations.path])
  const revoke = useDeed(() => call(revokeInvitation, { params }), [listInvitations.path])
  return (
    <>
      <div className={css.main}>
        <b>
          {invitation.email}
          {invitation.state === 'expired' && <Badge color="warning">{t('people.state.expired')}</Badge>}
        </b>
        <span className={css.meta}>
          {invitation.roles.map((role) => t(`people.role.${role}`)).join(', ')} ·{' '}
          {t('people.until', { when: shortMoment(new Date(invitation.expiresAt), now, locale) })}
        </span>
      </div>
      <div className={css.side}>
        {invitation.can.includes('resend') && (
          <Button size="xs" loading={renew.isPending} onClick={() => renew.mutate(undefined)}>
            {t('people.newLink')}
          </Button>
        )}
        {invitation.can.includes('revoke') && (
          <Button size="xs" variant="subtle" color="danger" onClick={() => revoke.mutate(undefined)}>
            {t('people.revoke')}
          </Button>
        )}
      </div>
      {made && <LinkDialog made={made} onClose={() => setMade(null)} />}
    </>
  )
}
