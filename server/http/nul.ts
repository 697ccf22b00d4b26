/** Whether any text in the value holds a NUL character, which PostgreSQL cannot store. */
export function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\u0000')
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array || value instanceof Date) return false
  if (Array.isArray(value)) return value.some(holdsNul)
  return Object.entries(value).some(([key, it]) => key.includes('\u0000') || holdsNul(it))
}
