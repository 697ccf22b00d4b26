import { Skeleton } from '@mantine/core'
import css from './states.module.css'
import { usePatience } from './use-patience.ts'

type Props = { rows?: number; avatars?: boolean; label: string; loading?: boolean }

/** The shape of what comes. Stays away for the first 150 ms, then stays for at least 300 ms, so that nothing flickers. */
export function LoadingRows({ rows = 4, avatars = true, label, loading = true }: Props) {
  const shown = usePatience(loading)
  if (!shown) return null
  return (
    <div className={css.rows} role="status" aria-label={label}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows without identity
        <div key={index} className={css.row}>
          {avatars && <Skeleton circle height={28} width={28} />}
          <div className={css.bars}>
            <Skeleton height={8} width={`${32 + ((index * 17) % 30)}%`} />
            <Skeleton height={8} />
            <Skeleton height={8} width={`${55 + ((index * 23) % 35)}%`} />
          </div>
        </div>
      ))}
    </div>
  )
}
