import { useEffect, useRef, useState } from 'react'

/** True while something has been loading for 150 ms, and then for at least 300 ms more. */
export function usePatience(loading: boolean, after = 150, least = 300): boolean {
  const [shown, setShown] = useState(false)
  const since = useRef(0)
  useEffect(() => {
    const wait = loading ? after : Math.max(0, since.current + least - Date.now())
    const timer = setTimeout(() => {
      if (loading) since.current = Date.now()
      setShown(loading)
    }, wait)
    return () => clearTimeout(timer)
  }, [loading, after, least])
  return shown
}
