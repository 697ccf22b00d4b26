import { ActionIcon, Badge, Button, Select, Switch, TextInput } from '@mantine/core'
import { IconLock, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addMember, archiveTeam, changeTeam, createTeam, listTeams, removeMember, type TeamView } from '../../contract/identity.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PersonAvatar } from '../../ui/person-avatar.tsx'
import { call } from '../api.ts'
import { FormDialog } from '../shell/form-dialog.tsx'
import { Listed } from '../shell/listed.tsx'
import css from '../shell/page.module.css'
import { Section } from '../shell/page.tsx'
import { useMay } from '../shell/session.ts'
import { useDeed } from '../shell/use-deed.ts'
import { useTitle } from '../shell/use-title.ts'
import { usePages } from '../use-pages.ts'
import { useNamed } from './use-named.ts'

export function Teams() {
  const { t } = useTranslation()
  useTitle(t('teams.title'))
  const [adding, setAdding] = useState(false)
  const asked = usePages(listTeams)
  const may = useMay()('team.update')
  const add = useDeed((form: FormData) => call(createTeam, { body: draftOf(form) }), [listTeams.path, '/me'])
  const button = may && (
    <Button variant="filled" onClick={() => setAdding(true)}>
      {t('teams.add')}
    </Button>
  )
  const none = asked.data?.items.length === 0
  return (
    <>
      <Section title={t('teams.title')} action={!none && button}>
        <Listed
          asked={asked}
          empty={
            <EmptyState title={t('teams.empty')} action={button}>
              {t('teams.emptyWords')}
            </EmptyState>
          }
        >
          {(team) => <Team team={team} />}
        </Listed>
      </Section>
      <FormDialog
        title={t('teams.add')}
        action={t('teams.add')}
        opened={adding}
        onClose={() => setAdding(false)}
        onSubmit={(form) => add.mutateAsync(form)}
      >
        <Fields />
      </FormDialog>
    </>
  )
}

const draftOf = (form: FormData) => ({
  name: String(form.get('name')),
  purpose: String(form.get('purpose') ?? '').trim() || null,
  private: form.get('private') === 'on',
})

function Fields({ team }: { team?: TeamView }) {
  const { t } = useTranslation()
  return (
    <>
      <TextInput
        name="name"
        label={t('teams.name')}
        defaultValue={team?.name ?? ''}
        required
        withAsterisk={false}
        maxLength={200}
        data-autofocus
      />
      <TextInput name="purpose" label={t('teams.purpose')} defaultValue={team?.purpose ?? ''} maxLength={2000} />
      <Switch name="private" label={t('teams.private')} description={t('teams.privateWords')} defaultChecked={team?.private ?? false} />
    </>
  )
}

function Team({ team }: { team: TeamView }) {
  const { t } = useTranslation()
  const [changing, setChanging] = useState(false)
  const params = { teamId: team.id }
  const may = team.can.includes('change')
  const change = useDeed((form: FormData) => call(changeTeam, { params, body: draftOf(form) }), [listTeams.path], t('say.saved'))
  const archive = useDeed(() => call(archiveTeam, { params }), [listTeams.path])
  return (
    <>
      <div className={css.main}>
        <b>
          {team.name}
          {team.private && (
            <Badge color="ink" leftSection={<IconLock size={11} stroke={2} aria-hidden="true" />}>
              {t('teams.private')}
            </Badge>
          )}
        </b>
        <span className={css.meta}>{team.purpose ?? t('teams.members', { count: team.members.length })}</span>
      </div>
      {may && (
        <Button size="xs" variant="subtle" aria-label={t('teams.change', { name: team.name })} onClick={() => setChanging(true)}>
          {t('say.change')}
        </Button>
      )}
      <Members team={team} may={may} />
      <FormDialog
        title={t('teams.change', { name: team.name })}
        action={t('say.save')}
        opened={changing}
        onClose={() => setChanging(false)}
        onSubmit={(form) => change.mutateAsync(form)}
      >
        <Fields team={team} />
        <div>
          <p className={css.meta}>{t('teams.archiveWords')}</p>
          <Button
            variant="subtle"
            color="danger"
            size="xs"
            onClick={() => archive.mutate(undefined, { onSuccess: () => setChanging(false) })}
          >
            {t('teams.archive')}
          </Button>
        </div>
      </FormDialog>
    </>
  )
}

function Members({ team, may }: { team: TeamView; may: boolean }) {
  const { t } = useTranslation()
  const params = { teamId: team.id }
  const [wanted, setWanted] = useState('')
  const { people } = useNamed(wanted, may)
  const add = useDeed((personId: string) => call(addMember, { params: { ...params, personId } }), [listTeams.path, '/me'])
  const remove = useDeed((personId: string) => call(removeMember, { params: { ...params, personId } }), [listTeams.path, '/me'])
  const others = people.filter((it) => !team.members.some((member) => member.id === it.id))
  return (
    <div className={css.chips} style={{ flexBasis: '100%' }}>
      {team.members.map((it) => (
        <span key={it.id} className={css.chip}>
          <PersonAvatar name={it.name} side={it.organisation.kind === 'in_house' ? 'colleague' : 'partner'} size="sm" />
          <span>{it.name}</span>
          {may && (
            <ActionIcon size="sm" aria-label={t('teams.remove', { name: it.name })} onClick={() => remove.mutate(it.id)}>
              <IconX size={13} stroke={2} aria-hidden="true" />
            </ActionIcon>
          )}
        </span>
      ))}
      {may && (
        <Select
          aria-label={t('teams.addMember')}
          placeholder={t('teams.addMember')}
          data={others.map((it) => ({ value: it.id as string, label: it.name }))}
          value={null}
          onChange={(id) => id && add.mutate(id)}
          searchable
          searchValue={wanted}
          onSearchChange={setWanted}
          filter={({ options }) => options}
          nothingFoundMessage={t('people.nobody')}
          w={180}
        />
      )}
    </div>
  )
}
