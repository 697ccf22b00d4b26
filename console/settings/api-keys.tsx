import { Badge, Button, Checkbox, Modal, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ApiKeyView, createApiKey, listApiKeys, revokeApiKey } from '../../contract/access.ts'
import { type Scope, scopes } from '../../contract/permissions.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { shortMoment } from '../../ui/moment.ts'
import { useReader } from '../../ui/reader.ts'
import { call } from '../api.ts'
import { FormDialog } from '../shell/form-dialog.tsx'
import { Listed } from '../shell/listed.tsx'
import css from '../shell/page.module.css'
import { Section } from '../shell/page.tsx'
import { Secret } from '../shell/secret.tsx'
import { useMay } from '../shell/session.ts'
import { useDeed } from '../shell/use-deed.ts'
import { useTitle } from '../shell/use-title.ts'
import { usePages } from '../use-pages.ts'

export function ApiKeys() {
  const { t } = useTranslation()
  useTitle(t('keys.title'))
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<string | null>(null)
  const asked = usePages(listApiKeys)
  const items = asked.data?.items.toSorted((a, b) => Number(a.revokedAt !== null) - Number(b.revokedAt !== null))
  const add = useDeed(
    async (form: FormData) =>
      setMade((await call(createApiKey, { body: { name: String(form.get('name')), scopes: form.getAll('scope') as Scope[] } })).key),
    [listApiKeys.path],
  )
  const button = useMay()('api_key.update') && (
    <Button variant="filled" onClick={() => setAdding(true)}>
      {t('keys.add')}
    </Button>
  )
  const none = items?.length === 0
  return (
    <Section title={t('keys.title')} words={t('keys.words')} action={!none && button}>
      <Listed
        asked={{ ...asked, data: items && { items } }}
        empty={
          <EmptyState title={t('keys.empty')} action={button}>
            {t('keys.emptyWords')}
          </EmptyState>
        }
      >
        {(it) => <Key apiKey={it} />}
      </Listed>
      <FormDialog
        title={t('keys.add')}
        action={t('keys.add')}
        opened={adding}
        onClose={() => setAdding(false)}
        onSubmit={(form) => add.mutateAsync(form)}
      >
        <TextInput name="name" label={t('keys.name')} required withAsterisk={false} maxLength={200} data-autofocus />
        <fieldset style={{ border: 0, padding: 0, margin: 0, display: 'grid', gap: 8 }}>
          <legend style={{ fontWeight: 600, paddingBlockEnd: 6 }}>{t('keys.scopes')}</legend>
          {scopes
            .filter((it) => it !== 'demand:write')
            .map((it) => (
              <Checkbox key={it} name="scope" value={it} label={t(`keys.scope.${it}`)} defaultChecked={it === 'read' || it === 'write'} />
            ))}
        </fieldset>
      </FormDialog>
      <Modal
        opened={made !== null}
        onClose={() => setMade(null)}
        title={t('keys.once')}
        closeButtonProps={{ 'aria-label': t('say.close') }}
      >
        <p style={{ marginBlockEnd: 12, color: 'var(--ink-2)' }}>{t('keys.onceWords')}</p>
        <Secret value={made ?? ''} label={t('keys.once')} />
      </Modal>
    </Section>
  )
}

function Key({ apiKey }: { apiKey: ApiKeyView }) {
  const { t } = useTranslation()
  const { locale, now } = useReader()
  const [ending, setEnding] = useState(false)
  const revoke = useDeed(() => call(revokeApiKey, { params: { apiKeyId: apiKey.id } }), [listApiKeys.path])
  const used = apiKey.lastUsedAt ? t('keys.used', { when: shortMoment(new Date(apiKey.lastUsedAt), now, locale) }) : t('keys.never')
  return (
    <>
      <div className={css.main}>
        <b>
          {apiKey.name}
          {apiKey.revokedAt && <Badge color="danger">{t('keys.revoked')}</Badge>}
        </b>
        <span className={css.meta}>
          {apiKey.prefix}… · {used}
        </span>
      </div>
      <div className={css.side}>
        {apiKey.scopes.map((it) => (
          <Badge key={it} color="ink">
            {t(`keys.scope.${it}`)}
          </Badge>
        ))}
        {apiKey.can.includes('revoke') && (
          <Button size="xs" variant="subtle" color="danger" onClick={() => setEnding(true)}>
            {t('keys.revoke')}
          </Button>
        )}
      </div>
      <FormDialog
        title={t('keys.revoke')}
        action={t('keys.revoke')}
        danger
        opened={ending}
        onClose={() => setEnding(false)}
        onSubmit={() => revoke.mutateAsync(undefined)}
      >
        <p>{t('keys.revokeWords', { name: apiKey.name })}</p>
      </FormDialog>
    </>
  )
}
