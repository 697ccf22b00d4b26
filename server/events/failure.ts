const plainWord = /^[\w.:-]{1,60}$/

/** The class and code of what was thrown: enough to find it, and never a person's words, which messages may quote. */
export function failureOf(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is not an error'
  const { code } = error as { code?: unknown }
  const name = error.name !== 'Error' && plainWord.test(error.name) ? error.name : error.constructor.name
  return typeof code === 'string' && plainWord.test(code) ? `${name} ${code}` : name
}

/** Where it was thrown: the frames of the stack without its message. */
export function whereOf(error: unknown): string[] {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return stack
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .map((line) => line.trim())
}

/** What the river says to the log of the process: pino's shape. */
export type Log = Record<'info' | 'warn' | 'error', (facts: Record<string, unknown>, sentence: string) => void>
