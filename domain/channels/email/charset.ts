/** Encodings whose every second byte may look like anything: valid UTF-8 inside them proves little. */
const EAST_ASIAN =
  /^(gb|x-gbk|chinese|big5|cn-big5|x-x-big5|shift|sjis|x-sjis|ms_?kanji|windows-31j|euc|iso-2022|ks|korean|cp9|ms9|windows-9)/

const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

/** Whether these bytes are well-formed UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    strictUtf8.decode(bytes)
    return true
  } catch {
    return false
  }
}

export function hasHighByte(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! > 0x7f) return true
  return false
}

/**
 * The charset the bytes are really in. Mail programs lie: UTF-8 declared as Latin-1, Windows text declared as UTF-8,
 * names nobody knows. What the bytes prove wins over what was declared; what they leave open is taken at its word.
 */
export function trueCharset(declared: string | undefined, bytes: Uint8Array): string {
  const name = declared?.trim().toLowerCase()
  const mark = byteOrderMark(bytes)
  if (mark) return mark
  if (!hasHighByte(bytes)) return name && !known(name) ? sevenBit(bytes) : (name ?? sevenBit(bytes))
  if (isUtf8(bytes)) return name && EAST_ASIAN.test(name) && decodes(name, bytes) && sequences(bytes) < 4 ? name : 'utf-8'
  if (name && name !== 'us-ascii' && name !== 'ascii' && !/^utf-?8$/.test(name) && known(name)) return name
  return mostlyUtf8(bytes) ? 'utf-8' : guessedLegacy(bytes)
}

/** The text of bytes that carry no declaration at all, such as an 8-bit header. */
export function undeclaredText(bytes: Uint8Array): string {
  return new TextDecoder(trueCharset(undefined, bytes)).decode(bytes)
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : null
}

/** ISO-2022-JP announces itself with ESC $; the rest of seven-bit text is ASCII. */
function sevenBit(bytes: Uint8Array): string {
  const esc = bytes.indexOf(0x1b)
  return esc >= 0 && (bytes[esc + 1] === 0x24 || bytes[esc + 1] === 0x28) ? 'iso-2022-jp' : 'utf-8'
}

const decoders = new Map<string, TextDecoder | null>()

function strictDecoder(charset: string): TextDecoder | null {
  const found = decoders.get(charset)
  if (found !== undefined) return found
  let decoder: TextDecoder | null = null
  try {
    decoder = new TextDecoder(charset, { fatal: true })
  } catch {
    // an unknown name
  }
  // names come from strangers: the memory of them stays small
  if (decoders.size < 200) decoders.set(charset, decoder)
  return decoder
}

/** The names the runtime has, and the decorations and code pages that postal-mime maps onto them. */
function known(charset: string): boolean {
  return strictDecoder(charset) !== null || /^(x-|cs)?(cp|ms|ibm|windows-?)?\d{3,5}$|^(x-)?(euc|shift|iso|big5|gb|tis|ks)/.test(charset)
}

function decodes(charset: string, bytes: Uint8Array): boolean {
  try {
    return strictDecoder(charset)?.decode(bytes) !== undefined
  } catch {
    return false
  }
}

/** How many multi-byte characters well-formed UTF-8 holds. */
function sequences(bytes: Uint8Array): number {
  let count = 0
  for (const byte of bytes) if (byte >= 0xc2) count++
  return count
}

/** A cut or spoilt character does not make UTF-8 something else. */
function mostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes)
  let broken = 0
  let whole = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0xfffd) broken++
    else if (code > 0x7f) whole++
  }
  return whole > broken * 4
}

/** Frequent letters decide between the encodings that were common before UTF-8. */
function guessedLegacy(bytes: Uint8Array): string {
  const sample = bytes.length > 20_000 ? bytes.subarray(0, 20_000) : bytes
  const scores = [
    ['shift_jis', share('shift_jis', sample, /[\u3040-\u30ff]/g)],
    ['euc-jp', share('euc-jp', sample, /[\u3040-\u30ff]/g)],
    ['gb18030', share('gb18030', sample, /[的一是不了在人有我他这们来到时大上你说好请问为以和个用可]/g) * 2],
    ['euc-kr', share('euc-kr', sample, /[\uac00-\ud7a3]/g)],
    ['windows-1251', share('windows-1251', sample, /[оеаинтсрвлкмдпуя]/g)],
    ['koi8-r', share('koi8-r', sample, /[оеаинтсрвлкмдпуя]/g)],
  ] as const
  const best = scores.reduce((a, b) => (b[1] > a[1] ? b : a))
  return best[1] > 0.3 ? best[0] : 'windows-1252'
}

/** Typical letters among the non-ASCII characters; 0 where the bytes are not this encoding at all. */
function share(charset: string, bytes: Uint8Array, typical: RegExp): number {
  const text = new TextDecoder(charset).decode(bytes)
  const foreign = text.match(/[^\p{ASCII}]/gu)?.length ?? 0
  const broken = text.match(/\ufffd/g)?.length ?? 0
  if (foreign < 3 || broken > foreign / 20) return 0
  return (text.match(typical)?.length ?? 0) / foreign
}
