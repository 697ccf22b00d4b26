import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getMe, type Me } from '../../contract/identity.ts'
import type { Permission } from '../../contract/permissions.ts'
import { ask } from '../api.ts'
import { forgetView } from '../conversations/landing.ts'

export const meQuery = { ...ask(getMe), staleTime: 60_000 }

/** Who is signed in. Inside the shell there always is someone. */
export function useMe(): Me {
  return useQuery(meQuery).data as Me
}

/** Whether I may do something at all; what I may do with one thing stands in its own `can`. */
export function useMay(): (permission: Permission) => boolean {
  const { permissions } = useMe()
  return (permission) => permissions.includes(permission)
}

/** Signs out and forgets everything that was on screen. */
export function useSignOut(): () => Promise<void> {
  const client = useQueryClient()
  return async () => {
    const { auth } = await import('../sign-in/auth.ts')
    await auth.signOut()
    client.clear()
    forgetView()
    location.assign('/sign-in')
  }
}
