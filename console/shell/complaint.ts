import i18next from 'i18next'
import { ApiError } from '../api.ts'

/** The sentence to show for something that failed: the server's own where it has one. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ApiError && error.status === 0) return i18next.t('error.unreachable')
  if (error instanceof ApiError && error.message && error.status < 500) return error.message
  return i18next.t('error.server')
}

/** The part for Details: what a colleague who knows the machine would ask for. */
export function codeOf(error: unknown): string {
  if (error instanceof ApiError) return `${error.status} ${error.code}`
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
}
