const day = 24 * 60 * 60 * 1000
const startOfDay = (it: Date) => new Date(it.getFullYear(), it.getMonth(), it.getDate()).getTime()

/** 09:02 today, Mon within the week on either side, 9 Mar this year, 9 Mar 2024 before and after. */
export function shortMoment(at: Date, now: Date, locale: string): string {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / day)
  if (days === 0) return format(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, at)
  if (Math.abs(days) < 7) return format(locale, { weekday: 'short' }, at)
  if (at.getFullYear() === now.getFullYear()) return format(locale, { day: 'numeric', month: 'short' }, at)
  return format(locale, { day: 'numeric', month: 'short', year: 'numeric' }, at)
}

/** The same with the time of day kept, for one message among many: Mon 09:02. */
export function messageMoment(at: Date, now: Date, locale: string): string {
  const time = format(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, at)
  return startOfDay(at) === startOfDay(now) ? time : `${shortMoment(at, now, locale)} ${time}`
}

/** Everything, for whoever asks: Monday 9 March 2026, 09:02. */
export const fullMoment = (at: Date, locale: string) => format(locale, { dateStyle: 'full', timeStyle: 'short', hourCycle: 'h23' }, at)

const formats = new Map<string, Intl.DateTimeFormat>()
function format(locale: string, options: Intl.DateTimeFormatOptions, at: Date): string {
  const key = locale + JSON.stringify(options)
  const found = formats.get(key) ?? new Intl.DateTimeFormat(locale, options)
  formats.set(key, found)
  return found.format(at)
}
