import { Button, MultiSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changePerson, deactivatePerson, listPeople, type PersonView, reactivatePerson } from '../../contract/identity.ts'
import type { Role } from '../../contract/permissions.ts'
import { call } from '../api.ts'
import { FormDialog } from '../shell/form-dialog.tsx'
import css from '../shell/page.module.css'
import { useDeed } from '../shell/use-deed.ts'
import { useRoleChoices } from './role-choices.ts'

/** A person's name and roles; and the door. */
export function ChangePerson({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const { t } = useTranslation()
  const params = { personId: person.id }
  const choices = useRoleChoices()
  const [roles, setRoles] = useState<string[]>(person.roles)
  const [sure, setSure] = useState(false)
  const change = useDeed(
    (name: string) => call(changePerson, { params, body: { name, roles: roles as Role[] } }),
    [listPeople.path, '/me'],
    t('say.saved'),
  )
  const door = useDeed(() => call(person.deactivatedAt ? reactivatePerson : deactivatePerson, { params }), [listPeople.path])
  return (
    <FormDialog
      title={t('people.change', { name: person.name })}
      action={t('say.save')}
      opened
      onClose={onClose}
      onSubmit={(form) => change.mutateAsync(String(form.get('name')))}
    >
      <TextInput name="name" label={t('people.name')} defaultValue={person.name} required withAsterisk={false} maxLength={200} />
      <MultiSelect label={t('people.roles')} data={choices} value={roles} onChange={setRoles} comboboxProps={{ withinPortal: true }} />
      {person.can.includes('reactivate') && (
        <Button onClick={() => door.mutate(undefined, { onSuccess: onClose })}>{t('people.reactivate')}</Button>
      )}
      {person.can.includes('deactivate') && !sure && (
        <Button variant="subtle" color="danger" onClick={() => setSure(true)} justify="flex-start">
          {t('people.deactivate')}
        </Button>
      )}
      {sure && (
        <div className={css.form}>
          <p>{t('people.deactivateWords', { name: person.name })}</p>
          <Button variant="filled" color="danger" loading={door.isPending} onClick={() => door.mutate(undefined, { onSuccess: onClose })}>
            {t('people.deactivate')}
          </Button>
        </div>
      )}
    </FormDialog>
  )
}
