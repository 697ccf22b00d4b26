import { fullMoment, messageMoment, shortMoment } from './moment.ts'
import { useReader } from './reader.ts'

type Props = { at: string; precise?: boolean; className?: string | undefined }

/** A moment in few letters, with the whole of it for whoever points at it. */
export function Time({ at, precise = false, className }: Props) {
  const { locale, now } = useReader()
  const moment = new Date(at)
  const words = precise ? messageMoment(moment, now, locale) : shortMoment(moment, now, locale)
  return (
    <time dateTime={at} title={fullMoment(moment, locale)} className={className}>
      {words}
    </time>
  )
}
