export type RefusalKind = 'invalid' | 'unauthenticated' | 'forbidden' | 'not_found' | 'conflict' | 'too_large' | 'too_many'

/** A rule said no. The http edge turns the kind into a status; the code is for programs, the message is a sentence for people. */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly kind: RefusalKind
  readonly code: string
  readonly details: Record<string, unknown> | undefined

  constructor(kind: RefusalKind, code: string, message: string, details?: Record<string, unknown>) {
    super(message)
    this.kind = kind
    this.code = code
    this.details = details
  }
}
