import { Button, Checkbox, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { auth } from './auth.ts'
import { Door } from './door.tsx'
import { DoorForm } from './door-form.tsx'
import { refusalOf, useEnter } from './enter.ts'

/** The code from the app, or one of the codes kept for the day it is lost. */
export function SecondFactor({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation()
  const enter = useEnter()
  const [backup, setBackup] = useState(false)
  const verify = async (field: (name: string) => string) => {
    const code = field('code').replace(/\s/g, '')
    const trustDevice = field('trust') === 'on'
    const { error } = backup
      ? await auth.twoFactor.verifyBackupCode({ code, trustDevice })
      : await auth.twoFactor.verifyTotp({ code, trustDevice })
    if (error) return refusalOf(error, t, t(backup ? 'signIn.code.backupWrong' : 'signIn.code.wrong'))
    await enter()
    return null
  }
  return (
    <Door
      title={t('signIn.code.title')}
      words={t(backup ? 'signIn.code.backupWords' : 'signIn.code.words')}
      foot={
        <>
          <Button variant="subtle" onClick={() => setBackup(!backup)}>
            {t(backup ? 'signIn.code.useApp' : 'signIn.code.useBackup')}
          </Button>
          <Button variant="subtle" color="ink" onClick={onBack}>
            {t('signIn.back')}
          </Button>
        </>
      }
    >
      <DoorForm key={String(backup)} action={t('signIn.code.action')} onSubmit={verify}>
        <TextInput
          name="code"
          label={t(backup ? 'signIn.code.backup' : 'signIn.code.label')}
          autoComplete="one-time-code"
          inputMode={backup ? 'text' : 'numeric'}
          required
          withAsterisk={false}
          autoFocus
        />
        <Checkbox name="trust" label={t('signIn.code.trust')} />
      </DoorForm>
    </Door>
  )
}
