import { PasswordInput, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { getSetup } from '../../contract/access.ts'
import { ask } from '../api.ts'
import { auth } from './auth.ts'
import css from './door.module.css'
import { Door } from './door.tsx'
import { DoorForm } from './door-form.tsx'
import { refusalOf, useEnter } from './enter.ts'
import { SecondFactor } from './second-factor.tsx'

export function SignIn() {
  const { t } = useTranslation()
  const enter = useEnter()
  const [second, setSecond] = useState(false)
  const needed = useQuery(ask(getSetup)).data?.needed
  if (second) return <SecondFactor onBack={() => setSecond(false)} />
  return (
    <Door title={t('signIn.title')} foot={<Link to="/forgotten">{t('signIn.forgotten')}</Link>}>
      {needed && <p className={css.notice}>{t('signIn.notSetUp')}</p>}
      <DoorForm
        action={t('signIn.action')}
        onSubmit={async (field) => {
          const { data, error } = await auth.signIn.email({ email: field('email'), password: field('password') })
          if (error) return refusalOf(error, t, t('signIn.wrong'))
          if (data && 'twoFactorRedirect' in data && data.twoFactorRedirect) setSecond(true)
          else await enter()
          return null
        }}
      >
        <TextInput name="email" type="email" label={t('signIn.email')} autoComplete="username" required withAsterisk={false} autoFocus />
        <PasswordInput name="password" label={t('signIn.password')} autoComplete="current-password" required withAsterisk={false} />
      </DoorForm>
    </Door>
  )
}
