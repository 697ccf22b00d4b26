/** Text that PostgreSQL can hold and search can compare: no NUL, no lone surrogate, one form for each accented letter. */
export function storable(text: string): string {
  const whole = text.includes('\u0000') ? text.replaceAll('\u0000', '') : text
  return whole.toWellFormed().normalize('NFC')
}
