import { Button, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { acceptInvitation, readInvitation } from '../../contract/access.ts'
import { ApiError, call } from '../api.ts'
import { sentenceOf } from '../shell/complaint.ts'
import { CouldNotLoad } from '../shell/failure.tsx'
import { Door } from './door.tsx'
import { DoorForm } from './door-form.tsx'
import { signInWith, useEnter } from './enter.ts'
import { NewPassword } from './new-password.tsx'

/** Where an invitation link leads. */
export function Join() {
  const { t } = useTranslation()
  const enter = useEnter()
  const { token = '' } = useSearch({ from: '/invitation' })
  const { data, error, isError, refetch } = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => call(readInvitation, { body: { token } }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (isError && error instanceof ApiError && error.status >= 400 && error.status < 429) {
    return (
      <Door title={t('join.ended')} words={t('join.endedWords')}>
        <Button renderRoot={(props) => <Link to="/sign-in" {...props} />}>{t('signIn.action')}</Button>
      </Door>
    )
  }
  if (isError) return <CouldNotLoad error={error} onRetry={() => void refetch()} />
  if (!data) return null
  return (
    <Door title={t('join.title', { organisation: data.organisation })} words={t('join.words', { email: data.email })}>
      <DoorForm
        action={t('join.action')}
        onSubmit={async (field) => {
          try {
            await call(acceptInvitation, { body: { token, name: field('name'), password: field('password') } })
          } catch (refused) {
            return sentenceOf(refused)
          }
          await enter((await signInWith(data.email, field('password'))) ? '/inbox' : '/sign-in')
          return null
        }}
      >
        <input type="hidden" name="email" autoComplete="username" value={data.email} />
        <TextInput
          name="name"
          label={t('setup.name')}
          defaultValue={data.name ?? ''}
          autoComplete="name"
          maxLength={200}
          required
          withAsterisk={false}
          autoFocus
        />
        <NewPassword name="password" label={t('signIn.password')} />
      </DoorForm>
    </Door>
  )
}
