import { useQueryClient } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { auth } from './auth.ts'

/** Goes in, to where one was going. Only ever to a page of ours. */
export function useEnter() {
  const navigate = useNavigate()
  const client = useQueryClient()
  const { back } = useSearch({ strict: false }) as { back?: string }
  return async (to?: string) => {
    // Somebody else may have sat here before.
    client.clear()
    const wanted = to ?? back ?? '/inbox'
    const own = wanted.startsWith('/') && !wanted.startsWith('//') && !wanted.startsWith('/\\')
    await navigate({ href: own ? wanted : '/inbox', replace: true })
  }
}

type Failure = { status: number; message?: string | undefined; code?: string | undefined }

/** What to say when sign-in says no. */
export function refusalOf(error: Failure, t: TFunction, wrong: string): string {
  if (error.status === 429) return t('signIn.tooMany')
  if (error.status === 0) return t('error.unreachable')
  return error.status >= 500 ? t('error.server') : wrong
}

/** Signs in with what was just chosen, after set-up, an invitation or a reset. */
export async function signInWith(email: string, password: string): Promise<boolean> {
  const { error } = await auth.signIn.email({ email, password })
  return !error
}
