import type { z } from 'zod'
import type { Endpoint } from '../contract/endpoint.ts'
import type { Context } from './context.ts'
import type { Steps } from './transact.ts'

type Asked<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = { params: z.output<P>; query: z.output<Q>; body: z.output<B> }

/** An answer with another status than the endpoint's usual one. */
export class Answered<T> {
  readonly status: number
  readonly body: T
  constructor(status: number, body: T) {
    this.status = status
    this.body = body
  }
}

/** Bytes for the asker instead of JSON. */
export type Download = { bytes: Uint8Array; contentType: string; filename: string; inline: boolean }

// Nothing is answered by returning nothing, bytes by a download; any answer may come with a status of its own.
// biome-ignore lint/suspicious/noConfusingVoidType: a verb that answers nothing has no return value
type Given<A> = A | Answered<A> | (A extends undefined ? void : never) | (A extends Uint8Array ? Download : never)
type Answer<R extends z.ZodType> = Promise<Given<z.input<R>>>

/** An endpoint and what answers it: in one transaction (`read` when it is a GET), or stepwise. */
export type Route =
  | { endpoint: Endpoint; answer: (ctx: Context, asked: Asked<z.ZodType, z.ZodType, z.ZodType>) => Promise<unknown> }
  | { endpoint: Endpoint; stepwise: (steps: Steps, asked: Asked<z.ZodType, z.ZodType, z.ZodType>) => Promise<unknown> }

/** Pairs an endpoint with the verb or read that answers it in one transaction. */
export function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  answer: (ctx: Context, asked: Asked<P, Q, B>) => Answer<R>,
): Route {
  return { endpoint, answer: answer as never }
}

/** Pairs an endpoint with a verb that runs several transactions of its own. */
export function stepwise<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  answer: (steps: Steps, asked: Asked<P, Q, B>) => Answer<R>,
): Route {
  return { endpoint, stepwise: answer as never }
}
