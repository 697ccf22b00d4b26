import { QueryCache, QueryClient } from '@tanstack/react-query'
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import { ApiError } from './api.ts'
import type { InboxSearch } from './conversations/inbox-search.ts'
import { landing } from './conversations/landing.ts'
import { BrokenPage, MissingPage } from './shell/failure.tsx'
import { meQuery } from './shell/session.ts'

const isSignedOut = (error: unknown) => error instanceof ApiError && error.status === 401

export const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error) => isSignedOut(error) && toSignIn() }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      retry: (tries, error) => tries < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500),
      refetchOnWindowFocus: true,
    },
  },
})

// Everything on screen hears at once that the session ended; only the first to say so knows where one was.
function toSignIn() {
  if (location.pathname === '/sign-in') return
  client.removeQueries({ queryKey: meQuery.queryKey })
  const back = location.pathname + location.search
  void router.navigate({ to: '/sign-in', search: { back }, replace: true })
}

const root = createRootRoute({ component: Outlet, notFoundComponent: MissingPage, errorComponent: BrokenPage })

const doors = () => import('./sign-in/doors.tsx')
const optional = (search: Record<string, unknown>, key: string) => (typeof search[key] === 'string' ? { [key]: search[key] } : {})
const door = <P extends string>(path: P, name: 'SignIn' | 'Forgotten' | 'Reset' | 'SetUp' | 'Join') =>
  createRoute({
    getParentRoute: () => root,
    path,
    validateSearch: (search: Record<string, unknown>): { back?: string; token?: string; error?: string } => ({
      ...optional(search, 'back'),
      ...optional(search, 'token'),
      ...optional(search, 'error'),
    }),
    component: lazyRouteComponent(doors, name),
  })

const shell = () => import('./shell/frame.tsx')
const inboxPages = () => import('./conversations/pages.ts')

const frame = createRoute({
  getParentRoute: () => root,
  id: 'frame',
  component: lazyRouteComponent(shell, 'Frame'),
  beforeLoad: async ({ location }) => {
    // On their way while the server says who is asking; whoever has to sign in first finds them there afterwards.
    void shell()
    void inboxPages()
    try {
      await client.ensureQueryData(meQuery)
    } catch (error) {
      if (isSignedOut(error)) throw redirect({ to: '/sign-in', search: { back: location.href } })
      throw error
    }
  },
})

const home = createRoute({ getParentRoute: () => frame, path: '/', beforeLoad: () => Promise.reject(redirect({ to: '/inbox' })) })
const inboxHome = createRoute({
  getParentRoute: () => frame,
  path: '/inbox',
  beforeLoad: async () => {
    const { view, search } = await landing(client)
    throw redirect({ to: '/inbox/$view', params: { view }, search, replace: true })
  },
})

const inbox = createRoute({
  getParentRoute: () => frame,
  path: '/inbox/$view',
  validateSearch: (search: Record<string, unknown>): InboxSearch => ({
    ...optional(search, 'team'),
    ...optional(search, 'customer'),
    ...(search.sort === 'oldest' ? { sort: 'oldest' as const } : {}),
  }),
  component: lazyRouteComponent(inboxPages, 'Inbox'),
})
const nowhere = createRoute({ getParentRoute: () => inbox, path: '/', component: lazyRouteComponent(inboxPages, 'Nowhere') })
const conversation = createRoute({
  getParentRoute: () => inbox,
  path: '$conversationId',
  component: lazyRouteComponent(inboxPages, 'ConversationPane'),
})
const short = createRoute({
  getParentRoute: () => frame,
  path: '/conversations/$conversationId',
  beforeLoad: ({ params }) =>
    Promise.reject(
      redirect({ to: '/inbox/$view/$conversationId', params: { view: 'all', conversationId: params.conversationId }, replace: true }),
    ),
})

const welcome = createRoute({
  getParentRoute: () => frame,
  path: '/welcome',
  component: lazyRouteComponent(() => import('./sign-in/welcome.tsx'), 'Welcome'),
})

const peoplePages = () => import('./people/pages.tsx')
const people = createRoute({ getParentRoute: () => frame, path: '/people', component: lazyRouteComponent(peoplePages, 'PeopleArea') })
const everyone = createRoute({ getParentRoute: () => people, path: '/', component: lazyRouteComponent(peoplePages, 'People') })
const teams = createRoute({ getParentRoute: () => people, path: '/teams', component: lazyRouteComponent(peoplePages, 'Teams') })
const organisations = createRoute({
  getParentRoute: () => people,
  path: '/organisations',
  component: lazyRouteComponent(peoplePages, 'Organisations'),
})

const settingsPages = () => import('./settings/pages.tsx')
const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  component: lazyRouteComponent(settingsPages, 'SettingsArea'),
})
const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: '/',
  beforeLoad: () => Promise.reject(redirect({ to: '/settings/profile', replace: true })),
})
const profile = createRoute({ getParentRoute: () => settings, path: '/profile', component: lazyRouteComponent(settingsPages, 'Profile') })
const channels = createRoute({
  getParentRoute: () => settings,
  path: '/channels',
  component: lazyRouteComponent(settingsPages, 'Channels'),
})
const quarantine = createRoute({
  getParentRoute: () => settings,
  path: '/quarantine',
  component: lazyRouteComponent(settingsPages, 'Quarantine'),
})
const keys = createRoute({ getParentRoute: () => settings, path: '/api-keys', component: lazyRouteComponent(settingsPages, 'ApiKeys') })

const tree = root.addChildren([
  door('/sign-in', 'SignIn'),
  door('/forgotten', 'Forgotten'),
  door('/reset', 'Reset'),
  door('/setup', 'SetUp'),
  door('/invitation', 'Join'),
  frame.addChildren([
    home,
    inboxHome,
    inbox.addChildren([nowhere, conversation]),
    short,
    welcome,
    people.addChildren([everyone, teams, organisations]),
    settings.addChildren([settingsHome, profile, channels, quarantine, keys]),
  ]),
])

export const router = createRouter({
  routeTree: tree,
  defaultPreload: 'intent',
  defaultNotFoundComponent: MissingPage,
  defaultErrorComponent: BrokenPage,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
