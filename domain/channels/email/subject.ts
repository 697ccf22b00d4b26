/** What programs put before a subject when answering or forwarding, in the languages they speak. */
const PREFIXES =
  're|r|aw|antw|antwort|sv|vs|vá|odp|ynt|ang|bls|res|rif|ref|rép|réf|ris|atb|απ|σχετ|на|отв|ответ|відп|отг|回复|回覆|回|答复|答覆|返信|답장|회신|trả lời|tl|bal|תגובה|השב|رد|ตอบกลับ|nuosat|svar|fwd?|fw|wg|tr|rv|enc|i|doorst|vb|vl|vid|vidaresänd|továbbítás|továbbított|pd|přep|preposl|fyi|пересл|fs|ilt|İLT|iletilen|πρθ|προωθ|redir|转发|轉寄|轉發|転送|전달|chuyển tiếp|trs|הועבר|إعادة توجيه|ส่งต่อ'

const LEADING = new RegExp(
  `^\\s*(?:(?:${PREFIXES})\\s?(?:[\\[(]\\d{1,3}[\\])]|\\*\\d{1,2}|\\^\\d{1,2})?\\s?[:：]|\\[(?:external|extern|ext|ext\\.|externe|externo|fwd|spam\\??)\\]|\\((?:fwd|fw)\\))\\s*`,
  'iu',
)

/** The subject without "Re:", "AW:", "[EXTERNAL]" …: what a conversation is called, and what answers have in common. */
export function withoutPrefixes(subject: string): string {
  let rest = subject.trim()
  for (let i = 0; i < 30; i++) {
    const prefix = LEADING.exec(rest)
    if (!prefix) break
    rest = rest.slice(prefix[0].length)
  }
  return rest.trim()
}

/** Whether a program marked it as an answer or a forward. */
export function hasReplyPrefix(subject: string): boolean {
  return LEADING.test(subject) && !/^\s*\[/.test(subject)
}

/** `[#1234]`: names a conversation in a subject, for programs that lose everything else. Proves nothing about who writes. */
export function subjectToken(number: number): string {
  return `[#${number}]`
}

/** The conversation number in a subject; only the exact bracketed form, never a bare "#1234". The last one counts. */
export function readSubjectToken(subject: string): number | null {
  const found = [...subject.matchAll(/\[#([1-9]\d{0,14})\]/g)].at(-1)?.[1]
  return found === undefined ? null : Number(found)
}

/** The subject of an answer: `Re:` once, whatever stood before it. */
export function replySubject(subject: string): string {
  return `Re: ${withoutPrefixes(subject)}`.trim()
}
