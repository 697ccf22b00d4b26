import { useSpotlight } from '@mantine/spotlight'
import { lazy, Suspense, useRef } from 'react'
import { paletteStore } from './palette-store.ts'

const Palette = lazy(() => import('./palette.tsx').then(({ Palette }) => ({ default: Palette })))

/** The palette, fetched when it is first asked for. */
export function PaletteDoor() {
  const { opened } = useSpotlight(paletteStore)
  const asked = useRef(false)
  asked.current ||= opened
  return (
    asked.current && (
      <Suspense>
        <Palette />
      </Suspense>
    )
  )
}
