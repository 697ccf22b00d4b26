/** Who could see which thing when it was last sent, so that those who no longer can are told. */
export type Remembered = {
  get(key: string): readonly string[] | undefined
  set(key: string, audience: readonly string[]): void
  forget(key: string): void
}

/** Remembers the newest so many. */
export function rememberAudiences(most: number): Remembered {
  const audiences = new Map<string, readonly string[]>()
  return {
    get: (key) => audiences.get(key),
    forget: (key) => {
      audiences.delete(key)
    },
    set: (key, audience) => {
      audiences.delete(key)
      audiences.set(key, audience)
      if (audiences.size > most) for (const oldest of audiences.keys()) return void audiences.delete(oldest)
    },
  }
}
