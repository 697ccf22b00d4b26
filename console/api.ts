import { queryOptions } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Endpoint } from '../contract/endpoint.ts'

type Issue = { path?: (string | number)[]; message: string }

/** The server said no, or said nothing at all (`status` 0). `message` is a sentence for people, `code` for Details. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly issues: Issue[]
  constructor(status: number, code: string, message: string, issues: Issue[] = []) {
    super(message)
    this.status = status
    this.code = code
    this.issues = issues
  }
}

type Asked<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  params?: z.input<P>
  query?: z.input<Q>
  body?: z.input<B>
  signal?: AbortSignal
  /** Asked twice under the same word, it is done once. */
  once?: string
}

export const root = '/api/v1'

/** The address of an endpoint with its parameters filled in. */
export function addressOf(path: string, params: unknown = {}, query: unknown = {}): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String((params as Record<string, unknown>)[name])))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query as object)) if (value !== undefined && value !== null) search.set(key, String(value))
  return `${root}${filled}${search.size > 0 ? `?${search}` : ''}`
}

/** Asks one endpoint of the contract. Answers are trusted in production and checked while developing. */
export async function call<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  asked: Asked<P, Q, B> = {},
): Promise<z.output<R>> {
  const response = await reach(addressOf(endpoint.path, asked.params, asked.query), {
    method: endpoint.method,
    credentials: 'same-origin',
    signal: asked.signal ?? null,
    // No form and no link elsewhere can send this header: it proves that our own page asks.
    headers: {
      'x-sinew': '1',
      ...(asked.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(asked.once ? { 'idempotency-key': asked.once } : {}),
    },
    ...(asked.body === undefined ? {} : { body: JSON.stringify(asked.body) }),
  })
  if (!response.ok) throw await refusal(response)
  if (endpoint.produces) return (await response.text()) as z.output<R>
  const answer = response.status === 204 ? undefined : await response.json()
  return import.meta.env.DEV ? endpoint.returns.parse(answer) : answer
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiError(0, 'unreachable', '')
  }
}

async function refusal(response: Response): Promise<ApiError> {
  const { error } = await response.json().catch(() => ({ error: null }))
  return new ApiError(response.status, error?.code ?? `http_${response.status}`, error?.message ?? '', error?.issues)
}

/** A question as a cached query: keyed by the endpoint and what is asked. */
export function ask<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, R>,
  asked: Pick<Asked<P, Q, B>, 'params' | 'query'> = {},
) {
  return queryOptions({
    queryKey: keyOf(endpoint, asked),
    queryFn: ({ signal }) => call(endpoint, { ...asked, signal } as Asked<P, Q, B>),
  })
}

/** The cache key of a question; without `asked` it starts every key of that endpoint. */
export function keyOf(endpoint: { path: string }, asked?: { params?: unknown; query?: unknown }): readonly unknown[] {
  return asked ? [endpoint.path, asked.params ?? {}, asked.query ?? {}] : [endpoint.path]
}
