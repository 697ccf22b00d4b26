/** What to call a part that nobody named. */
const EXTENSIONS: Record<string, string> = {
  'message/rfc822': 'eml',
  'message/delivery-status': 'txt',
  'text/rfc822-headers': 'txt',
  'text/calendar': 'ics',
  'text/plain': 'txt',
  'text/html': 'html',
  'text/csv': 'csv',
  'text/vcard': 'vcf',
  'application/pdf': 'pdf',
  'application/ms-tnef': 'dat',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
}

const NAMES: Record<string, string> = {
  'message/rfc822': 'message',
  'text/calendar': 'invitation',
  'message/delivery-status': 'delivery-status',
}

/** A name safe to save under: no path, no control or direction-changing characters, at most 200 characters, never empty. */
export function filenameOf(sent: string | null, contentType: string, index: number): string {
  const last = (sent ?? '').split(/[/\\]/).at(-1) ?? ''
  const clean = last
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*]/gu, '_')
    .trim()
    .replace(/^\.+/, '')
  return clean === '' ? invented(contentType, index) : shortened(clean)
}

function invented(contentType: string, index: number): string {
  return `${NAMES[contentType] ?? 'attachment'}-${index + 1}.${EXTENSIONS[contentType] ?? 'bin'}`
}

function shortened(name: string): string {
  if (name.length <= 200) return name
  const extension = /\.[\w-]{1,15}$/.exec(name)?.[0] ?? ''
  return name.slice(0, 200 - extension.length).toWellFormed() + extension
}
