/** Whether a value holds things in things beyond so many levels. Counts level by level: no depth exhausts the stack. */
export function isDeeperThan(levels: number, value: unknown): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true
    level = level.flatMap((it) => (it !== null && typeof it === 'object' && !(it instanceof Uint8Array) ? Object.values(it) : []))
  }
  return false
}
