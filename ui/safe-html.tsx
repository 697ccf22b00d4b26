import { useComputedColorScheme } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type Ink, isPainted, safeDocument } from './safe-document.ts'
import css from './safe-html.module.css'

type Props = { html: string; title: string; remoteImages?: boolean; lang?: string | undefined }

/**
 * Someone else's HTML in a frame of its own: no scripts, no forms, no styles that leak, no image from elsewhere unless
 * asked. The frame is as high as its words.
 */
export function SafeHtml({ html, title, remoteImages = false, lang }: Props) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState(24)
  const measure = useCallback(() => {
    if (frame.current?.contentDocument?.body) setHeight(fitted(frame.current))
  }, [])
  useGrowth(frame, measure)
  const scheme = useComputedColorScheme('light')
  const painted = isPainted(html)
  return (
    <div className={painted ? css.paper : css.plain}>
      <iframe
        ref={frame}
        className={css.frame}
        title={title}
        style={{ blockSize: height }}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={safeDocument(html, { remoteImages, origin: location.origin, lang, ink: painted ? null : inkOf(scheme) })}
        onLoad={measure}
      />
    </div>
  )
}

const smallest = 0.6

/** Makes words that were laid out for a wider page a little smaller; what is wider still scrolls. Answers the height it needs. */
function fitted(frame: HTMLIFrameElement): number {
  const { body, documentElement: page } = frame.contentDocument!
  body.style.zoom = '1'
  const room = frame.clientWidth / page.scrollWidth
  const zoom = room < 1 && room >= smallest ? room : 1
  body.style.zoom = String(zoom)
  const bar = frame.clientHeight - page.clientHeight
  return Math.ceil(Math.max(body.scrollHeight * zoom, body.getBoundingClientRect().height)) + bar
}

function inkOf(scheme: 'light' | 'dark'): Ink {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(name).trim()
  return { scheme, text: token('--ink'), quiet: token('--ink-2'), link: token('--accent'), line: token('--thread') }
}

// A frame keeps the keys pressed in it; the shortcuts of the page around should still work.
const handOn = ({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent) =>
  document.body.dispatchEvent(
    new KeyboardEvent('keydown', { key, code, ctrlKey, metaKey, altKey, shiftKey, bubbles: true, cancelable: true }),
  )

/** Measures again when the column changes width or an image arrives. */
function useGrowth(frame: { current: HTMLIFrameElement | null }, measure: () => void) {
  useEffect(() => {
    const element = frame.current
    if (!element) return
    const sizes = new ResizeObserver(measure)
    sizes.observe(element)
    const begin = () => {
      const body = element.contentDocument?.body
      if (!body) return
      sizes.observe(body)
      for (const image of body.querySelectorAll('img')) image.addEventListener('load', measure)
      body.ownerDocument.addEventListener('keydown', handOn)
      measure()
    }
    element.addEventListener('load', begin)
    return () => {
      sizes.disconnect()
      element.removeEventListener('load', begin)
    }
  }, [frame, measure])
}
