import { Badge, Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconUserPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { listPeople, type PersonView } from '../../contract/identity.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PersonAvatar } from '../../ui/person-avatar.tsx'
import { Listed } from '../shell/listed.tsx'
import css from '../shell/page.module.css'
import { Section } from '../shell/page.tsx'
import { useMay, useMe } from '../shell/session.ts'
import { useTitle } from '../shell/use-title.ts'
import { usePages } from '../use-pages.ts'
import { ChangePerson } from './change-person.tsx'
import { Invitations } from './invitations.tsx'
import { InviteDialog } from './invite-dialog.tsx'

export function People() {
  const { t } = useTranslation()
  useTitle(t('people.title'))
  const [inviting, setInviting] = useState(false)
  const [wanted, setWanted] = useState('')
  const [q] = useDebouncedValue(wanted.trim(), 200)
  const mayInvite = useMay()('person.invite')
  const asked = usePages(listPeople, { query: q ? { q } : {} })
  return (
    <>
      <Section
        title={t('people.title')}
        action={
          mayInvite && (
            <Button
              variant="filled"
              leftSection={<IconUserPlus size={16} stroke={1.75} aria-hidden="true" />}
              onClick={() => setInviting(true)}
            >
              {t('people.invite')}
            </Button>
          )
        }
      >
        <TextInput
          type="search"
          maw={320}
          aria-label={t('people.find')}
          placeholder={t('people.find')}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
        />
        <Listed asked={asked} empty={<EmptyState title={t('people.nobody')} />}>
          {(person) => <Person person={person} />}
        </Listed>
      </Section>
      {mayInvite && <Invitations />}
      <InviteDialog opened={inviting} onClose={() => setInviting(false)} />
    </>
  )
}

function Person({ person }: { person: PersonView }) {
  const { t } = useTranslation()
  const me = useMe().person?.id
  const [changing, setChanging] = useState(false)
  const outside = person.organisation.kind !== 'in_house'
  return (
    <>
      <PersonAvatar name={person.name} side={outside ? 'partner' : 'colleague'} />
      <div className={css.main}>
        <b>
          {person.name}
          {person.id === me && <span className={css.meta}>{t('people.you')}</span>}
          {outside && <Badge color="partner">{person.organisation.name}</Badge>}
          {person.deactivatedAt && <Badge color="danger">{t('people.deactivated')}</Badge>}
        </b>
        <span className={css.meta}>{person.email}</span>
      </div>
      <div className={css.side}>
        {person.teams.map((it) => (
          <Badge key={it.id} color="ink">
            {it.name}
          </Badge>
        ))}
        <span className={css.meta}>{person.roles.map((role) => t(`people.role.${role}`)).join(', ')}</span>
        {person.can.includes('change') && (
          <Button size="xs" variant="subtle" aria-label={t('people.change', { name: person.name })} onClick={() => setChanging(true)}>
            {t('say.change')}
          </Button>
        )}
      </div>
      {changing && <ChangePerson person={person} onClose={() => setChanging(false)} />}
    </>
  )
}
