import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiError } from '../api.ts'
import { FormDialog } from '../shell/form-dialog.tsx'
import css from '../shell/page.module.css'
import { Section } from '../shell/page.tsx'
import { Secret } from '../shell/secret.tsx'
import { useMe } from '../shell/session.ts'
import { say } from '../shell/toast.tsx'
import { auth } from '../sign-in/auth.ts'

type Made = { totpURI: string; backupCodes: string[] }

/** The second factor, on or off. Both ask for the password; turning on also for a first code. */
export function TwoFactor() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const on = useMe().twoFactor
  const [asking, setAsking] = useState(false)
  const [made, setMade] = useState<Made | null>(null)
  const done = async (words: string) => {
    await client.invalidateQueries({ queryKey: ['/me'] })
    say(words)
  }
  const withPassword = async (form: FormData) => {
    const password = String(form.get('password'))
    if (on) {
      check((await auth.twoFactor.disable({ password })).error)
      return done(t('profile.turnedOff'))
    }
    const { data, error } = await auth.twoFactor.enable({ password })
    check(error)
    setMade(data as Made)
  }
  const withCode = async (form: FormData) => {
    check((await auth.twoFactor.verifyTotp({ code: String(form.get('code')).replace(/\s/g, '') })).error)
    setMade(null)
    await done(t('profile.turnedOn'))
  }
  return (
    <Section
      title={t('profile.twoFactor')}
      words={t(on ? 'profile.twoFactorOn' : 'profile.twoFactorOff')}
      action={<Button onClick={() => setAsking(true)}>{t(on ? 'profile.turnOff' : 'profile.turnOn')}</Button>}
    >
      <FormDialog
        title={t('profile.twoFactor')}
        action={t(on ? 'profile.turnOff' : 'profile.turnOn')}
        danger={on}
        opened={asking}
        onClose={() => setAsking(false)}
        onSubmit={withPassword}
      >
        <PasswordInput
          name="password"
          label={t('profile.confirmPassword')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          data-autofocus
        />
      </FormDialog>
      <FormDialog
        title={t('profile.scan')}
        action={t('profile.turnOn')}
        opened={made !== null}
        onClose={() => setMade(null)}
        onSubmit={withCode}
      >
        {made && <Steps made={made} />}
      </FormDialog>
    </Section>
  )
}

function Steps({ made }: { made: Made }) {
  const { t } = useTranslation()
  const secret = new URL(made.totpURI).searchParams.get('secret') ?? ''
  return (
    <>
      <Secret value={secret} label={t('profile.scan')} />
      <Anchor href={made.totpURI} size="sm">
        {t('profile.openApp')}
      </Anchor>
      <div>
        <b>{t('profile.backup')}</b>
        <p className={css.meta}>{t('profile.backupWords')}</p>
      </div>
      <ul className={css.codes} dir="ltr">
        {made.backupCodes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <TextInput name="code" label={t('profile.thenCode')} inputMode="numeric" autoComplete="one-time-code" required withAsterisk={false} />
    </>
  )
}

function check(error: { status: number; message?: string | undefined; code?: string | undefined } | null) {
  if (error) throw new ApiError(error.status, error.code ?? 'refused', error.message ?? '')
}
