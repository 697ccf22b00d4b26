import { htmlToText } from '../channels/index.ts'

/** The plain words of what somebody wrote, whichever form they sent. */
export function textOf({ text, html }: { text?: string | undefined; html?: string | undefined }): string {
  return text ?? (html === undefined ? '' : htmlToText(html))
}
