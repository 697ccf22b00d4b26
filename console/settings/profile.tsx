import { Button, PasswordInput, SegmentedControl, Select, Switch, TextInput, useMantineColorScheme } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changeMe } from '../../contract/identity.ts'
import { call } from '../api.ts'
import css from '../shell/page.module.css'
import { Section } from '../shell/page.tsx'
import { useMe } from '../shell/session.ts'
import { useKeysAlone } from '../shell/shortcut.tsx'
import { say } from '../shell/toast.tsx'
import { useDeed } from '../shell/use-deed.ts'
import { useTitle } from '../shell/use-title.ts'
import { auth } from '../sign-in/auth.ts'
import { NewPassword } from '../sign-in/new-password.tsx'
import { type Language, languages, rememberLanguage } from '../words/words.ts'
import { Sessions } from './sessions.tsx'
import { TwoFactor } from './two-factor.tsx'

export function Profile() {
  const { t } = useTranslation()
  useTitle(t('profile.title'))
  return (
    <>
      <About />
      <Appearance />
      <Keyboard />
      <Password />
      <TwoFactor />
      <Sessions />
    </>
  )
}

function About() {
  const { t } = useTranslation()
  const { person } = useMe()
  const save = useDeed((name: string) => call(changeMe, { body: { name } }), ['/me', '/people'], t('say.saved'))
  return (
    <Section title={t('profile.about')}>
      <form
        className={css.narrow}
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(String(new FormData(event.currentTarget).get('name')))
        }}
      >
        <TextInput
          name="name"
          label={t('profile.name')}
          defaultValue={person?.name ?? ''}
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={200}
        />
        <TextInput label={t('profile.email')} value={person?.email ?? ''} readOnly variant="filled" />
        <Button type="submit" loading={save.isPending}>
          {t('say.save')}
        </Button>
      </form>
    </Section>
  )
}

function Appearance() {
  const { t, i18n } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const choose = (language: Language) => {
    rememberLanguage(language)
    location.search = ''
  }
  // The made-up languages are for whoever checks words and layout, not for people at work.
  const testing = import.meta.env.DEV || i18n.language !== 'en'
  return (
    <Section title={t('profile.appearance')}>
      <div className={css.narrow}>
        <SegmentedControl
          aria-label={t('profile.appearance')}
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
          data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`shell.${value}`) }))}
        />
        {testing && (
          <Select
            label={t('profile.language')}
            data={languages.map((value) => ({ value, label: t(`profile.languages.${value}`) }))}
            value={i18n.language}
            onChange={(value) => value && choose(value as Language)}
            allowDeselect={false}
          />
        )}
      </div>
    </Section>
  )
}

function Keyboard() {
  const { t } = useTranslation()
  const [alone, setAlone] = useKeysAlone()
  return (
    <Section title={t('profile.keys')}>
      <Switch
        label={t('profile.keysAlone')}
        description={t('profile.keysAloneWords')}
        checked={alone}
        onChange={(event) => setAlone(event.currentTarget.checked)}
      />
    </Section>
  )
}

function Password() {
  const { t } = useTranslation()
  const [wrong, setWrong] = useState<string | null>(null)
  const submit = async (form: HTMLFormElement) => {
    const fields = new FormData(form)
    const { error } = await auth.changePassword({
      currentPassword: String(fields.get('current')),
      newPassword: String(fields.get('new')),
      revokeOtherSessions: true,
    })
    setWrong(error ? (error.code === 'INVALID_PASSWORD' ? t('profile.wrong') : (error.message ?? t('error.server'))) : null)
    if (error) return
    form.reset()
    say(t('profile.changed'))
  }
  return (
    <Section title={t('profile.password')}>
      <form
        className={css.narrow}
        onSubmit={(event) => {
          event.preventDefault()
          void submit(event.currentTarget)
        }}
      >
        <PasswordInput
          name="current"
          label={t('profile.current')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          error={wrong}
        />
        <NewPassword name="new" label={t('profile.new')} />
        <Button type="submit">{t('profile.change')}</Button>
      </form>
    </Section>
  )
}
