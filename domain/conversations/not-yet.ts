import { Refusal } from '../../kernel/refusal.ts'

/** Refuses `not_yet` for what a later capability will answer. */
export function notYet(what: string): never {
  throw new Refusal('invalid', 'not_yet', `${what} is not available yet.`)
}
