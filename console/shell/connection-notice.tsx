import { useNetwork } from '@mantine/hooks'
import { IconWifiOff } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useUnsent } from '../conversations/outbox.ts'
import type { Connection } from '../live/stream.ts'
import css from './connection-notice.module.css'
import { useMe } from './session.ts'

const patience = 4_000

/** Speaks only when something is wrong: no network, or news no longer arrives by itself. */
export function ConnectionNotice({ connection }: { connection: Connection }) {
  const { t } = useTranslation()
  const { online } = useNetwork()
  const down = useLasting(connection === 'down')
  const count = useUnsent(useMe().person?.id ?? '').length
  const offline = count > 0 ? t('connection.offlineWaiting', { count }) : t('connection.offline')
  const words = !online ? offline : down ? t('connection.down') : null
  return (
    <div role="status">
      {words && (
        <p className={css.notice}>
          <IconWifiOff size={16} stroke={1.75} aria-hidden="true" />
          {words}
        </p>
      )}
    </div>
  )
}

// A hiccup that heals by itself is nobody's concern.
function useLasting(now: boolean): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLasting(now), now ? patience : 0)
    return () => clearTimeout(timer)
  }, [now])
  return lasting
}
