import { PasswordInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'

type Props = { name: string; label: string; autoFocus?: boolean }

/** Where somebody chooses a password: the same rules wherever they do. */
export function NewPassword({ name, label, autoFocus = false }: Props) {
  const { t } = useTranslation()
  return (
    <PasswordInput
      name={name}
      label={label}
      description={t('signIn.reset.hint')}
      autoComplete="new-password"
      minLength={10}
      maxLength={128}
      required
      withAsterisk={false}
      autoFocus={autoFocus}
    />
  )
}
