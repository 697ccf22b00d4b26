import { DirectionProvider, localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { ReaderContext } from '../ui/reader.ts'
import { cssVariablesResolver, theme } from '../ui/theme.ts'
import { client, router } from './router.tsx'
import toast from './shell/toast.module.css'
import { useMinute } from './shell/use-minute.ts'
import { directionOf, localeOf } from './words/words.ts'

const schemes = localStorageColorSchemeManager({ key: 'sinew.colours' })

export function App() {
  const { i18n } = useTranslation()
  const direction = directionOf(i18n.language)
  const reader = { locale: localeOf(i18n.language), now: useMinute() }
  return (
    <DirectionProvider initialDirection={direction} detectDirection={false}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} colorSchemeManager={schemes} defaultColorScheme="auto">
        <QueryClientProvider client={client}>
          <ReaderContext value={reader}>
            <RouterProvider router={router} />
            <Notifications
              limit={1}
              position={direction === 'rtl' ? 'bottom-right' : 'bottom-left'}
              autoClose={8_000}
              containerWidth="min(420px, calc(100vw - 32px))"
              className={toast.place}
            />
          </ReaderContext>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  )
}
