import { twoFactorClient } from 'better-auth/client/plugins'
import { createAuthClient } from 'better-auth/react'

/** Staff sign-in. It proves who someone is; everything else about them comes from `/me`. */
export const auth = createAuthClient({ basePath: '/api/auth/staff', plugins: [twoFactorClient()] })
