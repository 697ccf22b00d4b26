import { Badge, Button, Select, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  changeOrganisation,
  createOrganisation,
  deleteOrganisation,
  listOrganisations,
  type OrganisationView,
} from '../../contract/identity.ts'
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

export function Organisations() {
  const { t } = useTranslation()
  useTitle(t('organisations.title'))
  const [adding, setAdding] = useState(false)
  const [kind, setKind] = useState<'partner' | 'supplier'>('partner')
  const asked = usePages(listOrganisations)
  const may = useMay()('organisation.update')
  const add = useDeed((name: string) => call(createOrganisation, { body: { name, kind } }), [listOrganisations.path])
  return (
    <Section
      title={t('organisations.title')}
      words={t('organisations.words')}
      action={
        may && (
          <Button variant="filled" onClick={() => setAdding(true)}>
            {t('organisations.add')}
          </Button>
        )
      }
    >
      <Listed asked={asked} empty={null}>
        {(it) => <Organisation organisation={it} />}
      </Listed>
      <FormDialog
        title={t('organisations.add')}
        action={t('organisations.add')}
        opened={adding}
        onClose={() => setAdding(false)}
        onSubmit={(form) => add.mutateAsync(String(form.get('name')))}
      >
        <TextInput name="name" label={t('organisations.name')} required withAsterisk={false} maxLength={200} data-autofocus />
        <Select
          label={t('organisations.kind')}
          data={(['partner', 'supplier'] as const).map((value) => ({ value, label: t(`organisations.kinds.${value}`) }))}
          value={kind}
          onChange={(value) => value && setKind(value as typeof kind)}
          allowDeselect={false}
        />
      </FormDialog>
    </Section>
  )
}

function Organisation({ organisation }: { organisation: OrganisationView }) {
  const { t } = useTranslation()
  const [changing, setChanging] = useState(false)
  const [functions, setFunctions] = useState(organisation.functions)
  const params = { organisationId: organisation.id }
  const change = useDeed(
    (name: string) => call(changeOrganisation, { params, body: { name, functions } }),
    [listOrganisations.path, '/me'],
    t('say.saved'),
  )
  const remove = useDeed(() => call(deleteOrganisation, { params }), [listOrganisations.path])
  return (
    <>
      <PersonAvatar name={organisation.name} side={organisation.kind === 'in_house' ? 'colleague' : 'partner'} />
      <div className={css.main}>
        <b>{organisation.name}</b>
        <span className={css.meta}>{organisation.functions.join(', ')}</span>
      </div>
      <div className={css.side}>
        <Badge color={organisation.kind === 'in_house' ? 'accent' : 'partner'}>{t(`organisations.kinds.${organisation.kind}`)}</Badge>
        {organisation.can.includes('change') && (
          <Button
            size="xs"
            variant="subtle"
            aria-label={t('organisations.change', { name: organisation.name })}
            onClick={() => setChanging(true)}
          >
            {t('say.change')}
          </Button>
        )}
      </div>
      <FormDialog
        title={t('organisations.change', { name: organisation.name })}
        action={t('say.save')}
        opened={changing}
        onClose={() => setChanging(false)}
        onSubmit={(form) => change.mutateAsync(String(form.get('name')))}
      >
        <TextInput
          name="name"
          label={t('organisations.name')}
          defaultValue={organisation.name}
          required
          withAsterisk={false}
          maxLength={200}
        />
        <TagsInput label={t('organisations.functions')} value={functions} onChange={setFunctions} maxTags={20} />
        {organisation.can.includes('delete') && (
          <Button
            variant="subtle"
            color="danger"
            size="xs"
            justify="flex-start"
            onClick={() => remove.mutate(undefined, { onSuccess: () => setChanging(false) })}
          >
            {t('say.delete')}
          </Button>
        )}
      </FormDialog>
    </>
  )
}
