import { Modal, MultiSelect, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { createInvitation, listInvitations } from '../../contract/access.ts'
import { listOrganisations, listTeams } from '../../contract/identity.ts'
import type { Role } from '../../contract/permissions.ts'
import { call } from '../api.ts'
import { FormDialog } from '../shell/form-dialog.tsx'
import { Secret } from '../shell/secret.tsx'
import { useMay } from '../shell/session.ts'
import { useDeed } from '../shell/use-deed.ts'
import { useAll } from '../use-pages.ts'
import { useRoleChoices } from './role-choices.ts'

/** Who, from where, to do what; then the link, shown once. */
export function InviteDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const may = useMay()
  const [roles, setRoles] = useState<string[]>(['responder'])
  const [teamIds, setTeamIds] = useState<string[]>([])
  const [organisationId, setOrganisationId] = useState<string | null>(null)
  const [made, setMade] = useState<{ email: string; link: string } | null>(null)
  const teams = useAll(listTeams, { enabled: opened })
  const organisations = useAll(listOrganisations, { enabled: opened && may('organisation.read') })
  const house = organisations.find((it) => it.kind === 'in_house')?.id ?? null
  const invite = useDeed(
    async (email: string) => {
      const wanted = organisationId ?? house
      setMade(
        await call(createInvitation, { body: { email, roles: roles as Role[], teamIds, ...(wanted ? { organisationId: wanted } : {}) } }),
      )
    },
    [listInvitations.path],
  )
  const choices = useRoleChoices()
  const done = () => {
    setMade(null)
    onClose()
  }
  if (made) return <LinkDialog made={made} onClose={done} />
  return (
    <FormDialog
      title={t('people.inviteTitle')}
      action={t('people.makeInvitation')}
      opened={opened}
      onClose={onClose}
      onSubmit={async (form) => {
        await invite.mutateAsync(String(form.get('email')))
        return false
      }}
    >
      <TextInput name="email" type="email" label={t('people.email')} required withAsterisk={false} maxLength={320} data-autofocus />
      <MultiSelect label={t('people.roles')} data={choices} value={roles} onChange={setRoles} />
      {teams.length > 0 && (
        <MultiSelect
          label={t('people.teams')}
          data={teams.map((it) => ({ value: it.id as string, label: it.name }))}
          value={teamIds}
          onChange={setTeamIds}
        />
      )}
      {organisations.length > 1 && (
        <Select
          label={t('people.organisation')}
          data={organisations.map((it) => ({ value: it.id as string, label: it.name }))}
          value={organisationId ?? house}
          onChange={setOrganisationId}
          allowDeselect={false}
        />
      )}
    </FormDialog>
  )
}

/** An invitation's link, the only time it is told. */
export function LinkDialog({ made, onClose }: { made: { email: string; link: string }; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('people.link')} closeButtonProps={{ 'aria-label': t('say.close') }}>
      <p style={{ marginBlockEnd: 12, color: 'var(--ink-2)' }}>{t('people.linkWords', { email: made.email })}</p>
      <Secret value={made.link} label={t('people.link')} />
    </Modal>
  )
}
