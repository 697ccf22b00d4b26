import { APP_SIGNATURES, BRANDS, DEVICE_SIGNATURES } from './languages.ts'

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
const gap = (spaced: boolean) => (spaced ? '\\s?' : '')
const pattern = (line: string) =>
  escaped(line).replace(/\s?…\s?/g, (name) => `${gap(name.startsWith(' '))}\\S+(?:\\s\\S+){0,5}?${gap(name.endsWith(' '))}`)
const wholeLine = (lines: readonly string[]) => new RegExp(`^(?:${lines.map(pattern).join('|')})$`, 'iu')

const DEVICE = wholeLine(DEVICE_SIGNATURES)
const APP = wholeLine(APP_SIGNATURES)
const BRAND = new RegExp(BRANDS.map(escaped).join('|'), 'iu')

/** `-- ` by the rules, and what people and programs use instead. */
const RULED = /^-- ?$/
const DRAWN = /^(?:[—–―⸺]{1,40}|_{2,80}|[-–—]{2}\s?)$/
const DECORATION = /^[\s\p{P}\p{S}\u200b-\u200d\u1427]+$/u

/** Room for a link behind the name; beyond it the patterns would take the square of the length. */
const MAX_DEVICE_LINE = 400

/** A line like "Sent from my iPhone", alone and without a sentence around it. */
export function isDeviceLine(line: string): boolean {
  if (line.length > MAX_DEVICE_LINE) return false
  const text = line
    .trim()
    .replace(/^[*_>[(]+|[*_\])]+$/g, '')
    .replace(/\s*<?\(?https?:[^\s>)]*[>)]?/g, '')
    .trim()
  if (text.length < 5 || text.length > 90 || /[,;:!?]/.test(text)) return false
  const bare = text.replace(/\.$/, '')
  if (BRAND.test(bare)) return APP.test(bare) || DEVICE.test(bare)
  return bare === text && DEVICE.test(bare)
}

/** Only dashes, stars and the like: what remains of a rule or an editor's leftovers. */
export function isDecoration(line: string): boolean {
  return (
    line.trim() !== '' &&
    DECORATION.test(line) &&
    !/[?!]/.test(line) &&
    /[-_=*#~+ᐧ—–]/.test(line) &&
    !/\p{Extended_Pictographic}/u.test(line)
  )
}

/**
 * Where the signature begins in lines[from, to), or `to` when there is none. A rule that mail programs write is
 * believed; a drawn one only when what follows is short like a signature.
 */
export function signatureStart(lines: readonly string[], from: number, to: number): number {
  for (let i = to - 1, size = 0; i >= from; i--) {
    const line = lines[i]!
    if (isRule(line, size) && !looksLikeText(lines.slice(i + 1, to), RULED.test(line))) return withDeviceLine(lines, from, i)
    if (line.trim() !== '') size += 1
    if (size > 25) break
  }
  const last = lastFilled(lines, from, to)
  return last >= from && isDeviceLine(lines[last]!) ? withDeviceLine(lines, from, last) : to
}

function isRule(line: string, size: number): boolean {
  return RULED.test(line.trimEnd().padEnd(2)) ? size <= 25 : size <= 8 && size > 0 && DRAWN.test(line.trim())
}

function looksLikeText(after: readonly string[], ruled: boolean): boolean {
  const paragraphs = after
    .join('\n')
    .trim()
    .split(/\n\s*\n/)
  const long = after.filter((line) => line.trim().length > 90).length
  return ruled ? false : paragraphs.length > 3 || long > 1
}

function lastFilled(lines: readonly string[], from: number, to: number): number {
  let last = to - 1
  while (last >= from && lines[last]!.trim() === '') last -= 1
  return last
}

function withDeviceLine(lines: readonly string[], from: number, start: number): number {
  const last = lastFilled(lines, from, start)
  return last >= from && isDeviceLine(lines[last]!) ? last : start
}
