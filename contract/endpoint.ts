import { z } from 'zod'
import type { Permission } from './permissions.ts'

/** Who may knock at all. `staff` means a signed-in person or an API key; what they may do is the permission's matter. */
export type Access = 'public' | 'writeKey' | 'customer' | 'staff'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One thing a client may ask of the server. The server serves it, the console calls it, OpenAPI prints it and the
 * contract walk tests it, all from this one value.
 *
 * `path` is relative to `/api/v1` and names its parameters with colons. `body` of a JSON endpoint is a schema; a raw
 * endpoint names the media type it `accepts` and receives the bytes. `produces` names a media type other than JSON.
 * `large` lets a JSON body be as large as a mail. `status` is what success answers unless the route says otherwise. `secret` marks an endpoint whose question or answer
 * holds a password, a key or a link that lets somebody in: neither is kept for an Idempotency-Key.
 */
export type Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> = {
  method: Method
  path: `/${string}`
  summary: string
  access: Access
  permission: Permission | null
  params: P
  query: Q
  body: B
  returns: R
  status: 200 | 201 | 202 | 204
  accepts?: string
  produces?: string
  large?: boolean
  secret?: boolean
}

/** Nothing is asked or nothing is answered. */
export const nothing = z.undefined()
const noFields = z.object({})

type Asked<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> = Pick<
  Endpoint<P, Q, B, R>,
  'method' | 'path' | 'summary' | 'returns'
> & {
  access?: Access
  permission?: Permission
  params?: P
  query?: Q
  body?: B
  status?: Endpoint['status']
  accepts?: string
  produces?: string
  large?: boolean
  secret?: boolean
}

/** Declares an endpoint. What is left out: access `staff`, no permission beyond it, no params, no query, no body, status 200. */
export function endpoint<
  R extends z.ZodType,
  P extends z.ZodType = typeof noFields,
  Q extends z.ZodType = typeof noFields,
  B extends z.ZodType = typeof nothing,
>(it: Asked<P, Q, B, R>): Endpoint<P, Q, B, R> {
  return {
    access: 'staff',
    status: 200,
    ...it,
    permission: it.permission ?? null,
    params: it.params ?? (noFields as unknown as P),
    query: it.query ?? (noFields as unknown as Q),
    body: it.body ?? (nothing as unknown as B),
  }
}
