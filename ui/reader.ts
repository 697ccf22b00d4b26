import { createContext, useContext } from 'react'

/** How the person in front of the screen reads: locale for dates and numbers, and a clock that ticks once a minute. */
export type Reader = { locale: string; now: Date }

export const ReaderContext = createContext<Reader>({ locale: 'en', now: new Date() })
export const useReader = () => useContext(ReaderContext)
