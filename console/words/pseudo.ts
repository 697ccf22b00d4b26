type Words = { [key: string]: string | Words }

const accents: Record<string, string> = Object.fromEntries(
  [...'aáeéiíoóuúyýcçnñsšzžAÁEÉIÍOÓUÚYÝCÇNÑSŠZŽ'].reduce<[string, string][]>((pairs, letter, index, all) => {
    if (index % 2 === 0) pairs.push([letter, all[index + 1]!])
    return pairs
  }, []),
)

/** The same words accented and about a third longer; for right-to-left also written backwards, as Arabic would run. */
export function pseudo<T extends Words>(words: T, direction: 'ltr' | 'rtl'): T {
  return Object.fromEntries(
    Object.entries(words).map(([key, value]) => [key, typeof value === 'string' ? disguise(value, direction) : pseudo(value, direction)]),
  ) as T
}

function disguise(sentence: string, direction: 'ltr' | 'rtl'): string {
  // What stands in {{ }}, $t( ) and < > is for the machine and stays.
  const pieces = sentence.split(/(\{\{[^}]*\}\}|\$t\([^)]*\)|<[^>]*>)/)
  const accented = pieces.map((piece, index) => (index % 2 === 1 ? piece : accent(piece, direction))).join('')
  const padding = '·'.repeat(Math.ceil(sentence.replace(/\{\{[^}]*\}\}|<[^>]*>/g, '').length * 0.3))
  return `[${accented}${padding}]`
}

function accent(piece: string, direction: 'ltr' | 'rtl'): string {
  const letters = [...piece].map((letter) => accents[letter] ?? letter).join('')
  return direction === 'rtl' && letters.trim() ? letters.replace(/[^\s]+/g, (word) => `\u202e${word}\u202c`) : letters
}
