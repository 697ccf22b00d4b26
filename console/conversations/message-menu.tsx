import { Drawer, Menu } from '@mantine/core'
import { IconCode, IconDots, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readSource } from '../../contract/conversations.ts'
import type { MessageView } from '../../contract/timeline.ts'
import { LoadingRows } from '../../ui/loading-rows.tsx'
import { ask } from '../api.ts'
import { CouldNotLoad } from '../shell/failure.tsx'
import { useMay } from '../shell/session.ts'
import css from './timeline.module.css'

const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const

/** What one rarely wants to know of a message. */
export function MessageMenu({ message, facts, onFacts }: { message: MessageView; facts: boolean; onFacts: () => void }) {
  const { t } = useTranslation()
  const [source, setSource] = useState(false)
  const raw = useMay()('mail.raw') && message.hasSource
  return (
    <>
      <Menu>
        <Menu.Target>
          <button type="button" className={css.dots} aria-label={t('message.more')}>
            <IconDots {...icon} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item data-autofocus leftSection={<IconUsers {...icon} />} aria-expanded={facts} onClick={onFacts}>
            {t('message.recipients')}
          </Menu.Item>
          {raw && (
            <Menu.Item leftSection={<IconCode {...icon} />} onClick={() => setSource(true)}>
              {t('message.source')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <Drawer
        opened={source}
        onClose={() => setSource(false)}
        size="xl"
        title={t('message.source')}
        closeButtonProps={{ 'aria-label': t('say.close') }}
      >
        {source && <Source messageId={message.id} />}
      </Drawer>
    </>
  )
}

function Source({ messageId }: { messageId: string }) {
  const { t } = useTranslation()
  const { data, error, isError, refetch } = useQuery({ ...ask(readSource, { params: { messageId } }), staleTime: Number.POSITIVE_INFINITY })
  if (isError) return <CouldNotLoad error={error} onRetry={() => void refetch()} />
  if (data === undefined) return <LoadingRows label={t('say.loading')} avatars={false} />
  return (
    <>
      <p style={{ color: 'var(--ink-3)', marginBlockEnd: 12 }}>{t('message.sourceWords')}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, and the keyboard must be able to */}
      <pre className={css.source} tabIndex={0} dir="ltr">
        {String(data)}
      </pre>
    </>
  )
}
