import { headerBlockLength } from './header-block.ts'
import { FORWARDED_MESSAGE, ORIGINAL_MESSAGE } from './languages.ts'

const PHRASES = new Set([...ORIGINAL_MESSAGE, ...FORWARDED_MESSAGE])
const DASHED = /^[\s*_>]*(-{2,}|_{2,}|={2,}|—{1,})\s*([^-_=].{1,80}?)\s*[-_=—]{2,}[\s*:]*$/
const BEGIN = /^\s*(.{8,60}?)\s*[:：]\s*$/
const ABOVE_LINE =
  /(?:reply|respond|answer|type your (?:reply|response)) above this line|above this line to reply|antworte\w* .{0,20}oberhalb dieser (?:linie|zeile)|(?:répondre|réponse) au-dessus de cette ligne/i

/** A line that announces a whole message below: "-----Original Message-----", "Begin forwarded message:", a rule over copied headers. */
export function isMessageRule(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? ''
  if (line.length > 120 || line.trim() === '') return false
  const dashed = DASHED.exec(line)?.[2]
  if (dashed) return isPhrase(dashed) || headersFollow(lines, at)
  const begin = BEGIN.exec(line)?.[1]
  if (begin && FORWARDED_MESSAGE.includes(phrase(begin))) return true
  if (ABOVE_LINE.test(line)) return true
  return /^[\s>]*[-_=*]{4,}\s*$/.test(line) && headersFollow(lines, at)
}

function isPhrase(text: string): boolean {
  return PHRASES.has(phrase(text))
}

function phrase(text: string): string {
  return text
    .replace(/[*_’]/g, (sign) => (sign === '’' ? "'" : ''))
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase()
}

function headersFollow(lines: readonly string[], at: number): boolean {
  let next = at + 1
  while (next < at + 4 && lines[next]?.trim() === '') next += 1
  return headerBlockLength(lines, next) > 0
}
