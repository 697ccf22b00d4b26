import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { getSetup, setUp } from '../../contract/access.ts'
import { ask, call } from '../api.ts'
import { sentenceOf } from '../shell/complaint.ts'
import { Door } from './door.tsx'
import { DoorForm } from './door-form.tsx'
import { signInWith, useEnter } from './enter.ts'
import { NewPassword } from './new-password.tsx'

/** The first page of a new Sinew. */
export function SetUp() {
  const { t } = useTranslation()
  const enter = useEnter()
  const { token } = useSearch({ from: '/setup' })
  const needed = useQuery(ask(getSetup)).data?.needed
  if (needed === false) {
    return (
      <Door title={t('setup.done')} words={t('setup.doneWords')}>
        <Button renderRoot={(props) => <Link to="/sign-in" {...props} />}>{t('signIn.action')}</Button>
      </Door>
    )
  }
  if (!token) return <Door title={t('setup.noToken')} words={t('setup.noTokenWords')} />
  return (
    <Door title={t('setup.title')} words={t('setup.words')}>
      <DoorForm
        action={t('setup.action')}
        onSubmit={async (field) => {
          const [email, password] = [field('email'), field('password')]
          try {
            await call(setUp, { body: { token, organisation: field('organisation'), name: field('name'), email, password } })
          } catch (error) {
            return sentenceOf(error)
          }
          await enter((await signInWith(email, password)) ? '/welcome' : '/sign-in')
          return null
        }}
      >
        <TextInput
          name="organisation"
          label={t('setup.organisation')}
          description={t('setup.organisationHint')}
          autoComplete="organization"
          maxLength={200}
          required
          withAsterisk={false}
          autoFocus
        />
        <TextInput name="name" label={t('setup.name')} autoComplete="name" maxLength={200} required withAsterisk={false} />
        <TextInput
          name="email"
          type="email"
          label={t('signIn.email')}
          autoComplete="username"
          maxLength={320}
          required
          withAsterisk={false}
        />
        <NewPassword name="password" label={t('signIn.password')} />
      </DoorForm>
    </Door>
  )
}
