import { TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { auth } from './auth.ts'
import { Door } from './door.tsx'
import { DoorForm } from './door-form.tsx'
import { refusalOf } from './enter.ts'

export function Forgotten() {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<string | null>(null)
  const foot = <Link to="/sign-in">{t('signIn.back')}</Link>
  if (asked) return <Door title={t('signIn.forgot.sent')} words={t('signIn.forgot.sentWords', { email: asked })} foot={foot} />
  return (
    <Door title={t('signIn.forgot.title')} words={t('signIn.forgot.words')} foot={foot}>
      <DoorForm
        action={t('signIn.forgot.action')}
        onSubmit={async (field) => {
          const { error } = await auth.requestPasswordReset({ email: field('email'), redirectTo: '/reset' })
          // Whether someone has an account is nobody's business: only a broken line is told apart.
          if (error && (error.status === 429 || error.status === 0 || error.status >= 500)) return refusalOf(error, t, '')
          setAsked(field('email'))
          return null
        }}
      >
        <TextInput name="email" type="email" label={t('signIn.email')} autoComplete="username" required withAsterisk={false} autoFocus />
      </DoorForm>
    </Door>
  )
}
