/** Text that PostgreSQL can hold and search can compare: no NUL, no lone surrogate, one form for each accented letter. */
export function storable(text: string): string {
  if (/^[\t\n\r -~]*$/.test(text)) return text
  return text.replaceAll('\u0000', '').toWellFormed().normalize('NFC')
}
