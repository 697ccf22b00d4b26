const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Minutes east of Greenwich. Other names say nothing certain (RFC 5322 §4.3) and count as UTC. */
const ZONES: Record<string, number> = { EST: -300, EDT: -240, CST: -360, CDT: -300, MST: -420, MDT: -360, PST: -480, PDT: -420 }

const RFC_DATE = /(\d{1,2})[\s-]+([a-z]{3})[a-z]*[\s-]+(\d{2,4})\s+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?:\s*([+-]\d{4}|[a-z]{1,5}))?/i

/** The time in a Date header, or null when there is none or it cannot be: 31 February, year 0099, a zone of 90 hours. */
export function sentAt(header: string): Date | null {
  const found = RFC_DATE.exec(header.slice(0, 200))
  const time = found ? rfcTime(found) : otherTime(header)
  return time && time.getUTCFullYear() >= 1971 && time.getUTCFullYear() <= 2100 ? time : null
}

function rfcTime([, day, month, year, hour, minute, second, zone]: RegExpExecArray): Date | null {
  const at = [fullYear(Number(year)), MONTHS.indexOf(month?.toLowerCase() ?? ''), Number(day)] as const
  const clock = [Number(hour), Number(minute), Math.min(Number(second ?? 0), 59)] as const
  const offset = zoneMinutes(zone)
  if (at[1] < 0 || clock[0] > 23 || clock[1] > 59 || offset === null) return null
  const local = new Date(Date.UTC(...at, ...clock))
  if (local.getUTCDate() !== at[2]) return null
  return new Date(local.getTime() - offset * 60_000)
}

function fullYear(year: number): number {
  if (year < 50) return 2000 + year
  return year < 1000 ? 1900 + year : year
}

function zoneMinutes(zone: string | undefined): number | null {
  if (!zone) return 0
  if (!/^[+-]/.test(zone)) return ZONES[zone.toUpperCase()] ?? 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3))
  if (minutes > 14 * 60) return null
  return zone.startsWith('-') ? -minutes : minutes
}

/** Some programs write ISO 8601; anything looser would be read in the zone of this machine. */
function otherTime(header: string): Date | null {
  if (!/^\s*\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*(Z|[+-]\d{2}:?\d{2})\s*$/.test(header)) return null
  const time = new Date(header.trim())
  return Number.isNaN(time.getTime()) ? null : time
}
