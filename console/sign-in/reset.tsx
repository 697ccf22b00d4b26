import { Button } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { auth } from './auth.ts'
import { Door } from './door.tsx'
import { DoorForm } from './door-form.tsx'
import { refusalOf } from './enter.ts'
import { NewPassword } from './new-password.tsx'

export function Reset() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { token, error: refused } = useSearch({ from: '/reset' })
  const [ended, setEnded] = useState(!token || refused !== undefined)
  if (ended || !token) {
    return (
      <Door title={t('signIn.reset.ended')} words={t('signIn.reset.endedWords')}>
        <Button renderRoot={(props) => <Link to="/forgotten" {...props} />}>{t('signIn.reset.again')}</Button>
      </Door>
    )
  }
  return (
    <Door title={t('signIn.reset.title')}>
      <DoorForm
        action={t('signIn.reset.action')}
        onSubmit={async (field) => {
          const { error } = await auth.resetPassword({ newPassword: field('password'), token })
          if (error?.code === 'INVALID_TOKEN') setEnded(true)
          else if (error) return refusalOf(error, t, error.message ?? t('error.server'))
          else await navigate({ to: '/sign-in' })
          return null
        }}
      >
        <NewPassword name="password" label={t('signIn.reset.password')} autoFocus />
      </DoorForm>
    </Door>
  )
}
