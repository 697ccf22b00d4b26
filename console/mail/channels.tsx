import { Badge, Button, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ChannelView, changeChannel, createChannel, listChannels } from '../../contract/channels.ts'
import { listTeams } from '../../contract/identity.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ask, call } from '../api.ts'
import { FormDialog } from '../shell/form-dialog.tsx'
import { Listed } from '../shell/listed.tsx'
import css from '../shell/page.module.css'
import { Section } from '../shell/page.tsx'
import { useMay } from '../shell/session.ts'
import { useDeed } from '../shell/use-deed.ts'
import { useTitle } from '../shell/use-title.ts'
import { useAll } from '../use-pages.ts'

export function Channels() {
  const { t } = useTranslation()
  useTitle(t('channels.title'))
  const [adding, setAdding] = useState(false)
  const asked = useQuery(ask(listChannels))
  const add = useDeed((body: ReturnType<typeof draftOf>) => call(createChannel, { body }), [listChannels.path])
  const button = useMay()('channel.update') && (
    <Button variant="filled" onClick={() => setAdding(true)}>
      {t('channels.add')}
    </Button>
  )
  const none = asked.data?.items.length === 0
  return (
    <Section title={t('channels.title')} words={t('channels.words')} action={!none && button}>
      <Listed
        asked={asked}
        empty={
          <EmptyState title={t('channels.empty')} action={button}>
            {t('channels.emptyWords')}
          </EmptyState>
        }
      >
        {(it) => <Channel channel={it} />}
      </Listed>
      <FormDialog
        title={t('channels.add')}
        action={t('channels.add')}
        opened={adding}
        onClose={() => setAdding(false)}
        onSubmit={(form) => add.mutateAsync(draftOf(form))}
      >
        <Fields />
      </FormDialog>
    </Section>
  )
}

const draftOf = (form: FormData) => ({
  name: String(form.get('name')),
  address: String(form.get('address')),
  team: String(form.get('team') ?? '') || null,
})

function Channel({ channel }: { channel: ChannelView }) {
  const { t } = useTranslation()
  const [changing, setChanging] = useState(false)
  const may = useMay()('channel.update') && channel.kind === 'email'
  const change = useDeed(
    (body: ReturnType<typeof draftOf>) => call(changeChannel, { params: { channelId: channel.id }, body }),
    [listChannels.path],
    t('say.saved'),
  )
  return (
    <>
      <div className={css.main}>
        <b>{channel.name}</b>
        {channel.address && <span className={css.meta}>{channel.address}</span>}
      </div>
      <div className={css.side}>
        {channel.team && <Badge color="ink">{channel.team.name}</Badge>}
        <Badge color="info">{t(`channels.kind.${channel.kind}`)}</Badge>
        {may && (
          <Button size="xs" variant="subtle" aria-label={t('channels.change', { name: channel.name })} onClick={() => setChanging(true)}>
            {t('say.change')}
          </Button>
        )}
      </div>
      <FormDialog
        title={t('channels.change', { name: channel.name })}
        action={t('say.save')}
        opened={changing}
        onClose={() => setChanging(false)}
        onSubmit={(form) => change.mutateAsync(draftOf(form))}
      >
        <Fields channel={channel} />
      </FormDialog>
    </>
  )
}

function Fields({ channel }: { channel?: ChannelView }) {
  const { t } = useTranslation()
  const teams = useAll(listTeams)
  return (
    <>
      <TextInput
        name="name"
        label={t('channels.name')}
        defaultValue={channel?.name ?? ''}
        required
        withAsterisk={false}
        maxLength={200}
        data-autofocus
      />
      <TextInput
        name="address"
        type="email"
        label={t('channels.address')}
        description={t('channels.addressHint')}
        defaultValue={channel?.address ?? ''}
        required
        withAsterisk={false}
      />
      {teams.length > 0 && (
        <Select
          name="team"
          label={t('channels.team')}
          placeholder={t('channels.noTeam')}
          data={teams.map((it) => ({ value: it.id as string, label: it.name }))}
          defaultValue={channel?.team?.id ?? null}
          clearable
        />
      )}
    </>
  )
}
