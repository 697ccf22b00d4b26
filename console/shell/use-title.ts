import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** Names the page in the browser's own words: what, then whose product. */
export function useTitle(title: string | undefined) {
  const { t } = useTranslation()
  useEffect(() => {
    document.title = title ? `${title} · ${t('product')}` : t('product')
  }, [title, t])
}
