import { decodeWords } from 'postal-mime'
import { storable } from './storable.ts'

/** RFC 2047 with an honest charset: some programs write Windows text and call it UTF-8. */
export function honestWords(value: string): string {
  return value.includes('=?') && decodeWords(value).includes('\ufffd') ? value.replace(/=\?utf-?8(?=[?*])/gi, '=?windows-1252') : value
}

/** The text of a header whose foreign letters are encoded words. */
export function decodedHeader(value: string): string {
  return storable(value.includes('=?') ? decodeWords(honestWords(value)) : value)
}
