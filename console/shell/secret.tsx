import { Button, CopyButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import css from './page.module.css'

/** Something shown once, to be copied. */
export function Secret({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation()
  return (
    <div className={css.secret}>
      <input
        className={css.secretValue}
        readOnly
        aria-label={label}
        value={value}
        dir="ltr"
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button size="xs" onClick={copy}>
            {copied ? t('say.copied') : t('say.copy')}
          </Button>
        )}
      </CopyButton>
    </div>
  )
}
