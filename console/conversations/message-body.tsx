import { Button } from '@mantine/core'
import { IconDots, IconPhotoOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageView } from '../../contract/timeline.ts'
import { LinkedText } from '../../ui/linked-text.tsx'
import { SafeHtml } from '../../ui/safe-html.tsx'
import css from './timeline.module.css'

/** The new words of a message; what it quotes waits behind three dots, images from elsewhere behind a question. */
export function MessageBody({ message, name }: { message: MessageView; name: string }) {
  const { t } = useTranslation()
  const [images, setImages] = useState(false)
  const [quoted, setQuoted] = useState(false)
  const hasQuoted = Boolean(message.quotedHtml || message.quotedText)
  const lines = message.quotedText.split('\n').filter((line) => line.trim()).length || 1
  return (
    <>
      <Words
        html={message.html}
        text={message.replyText || (hasQuoted ? '' : message.text)}
        title={t('message.body', { name })}
        images={images}
      />
      {message.remoteImages > 0 && !images && (
        <div className={css.notice}>
          <IconPhotoOff size={16} stroke={1.75} aria-hidden="true" />
          <span className={css.warning}>{t('message.images', { count: message.remoteImages })}</span>
          <Button size="xs" onClick={() => setImages(true)}>
            {t('message.loadImages')}
          </Button>
        </div>
      )}
      {hasQuoted && (
        <button
          type="button"
          className={css.fold}
          aria-expanded={quoted}
          aria-label={quoted ? t('message.hideQuoted') : t('message.showQuoted', { count: lines })}
          onClick={() => setQuoted(!quoted)}
        >
          <span>
            <IconDots size={14} stroke={2} aria-hidden="true" />
          </span>
        </button>
      )}
      {quoted && (
        <div className={css.quoted}>
          <Words html={message.quotedHtml} text={message.quotedText} title={t('message.hideQuoted')} images={images} />
        </div>
      )}
    </>
  )
}

function Words({ html, text, title, images }: { html: string | null; text: string; title: string; images: boolean }) {
  const { t } = useTranslation()
  if (html?.trim()) return <SafeHtml html={html} title={title} remoteImages={images} />
  if (!text.trim()) return <p className={css.nothing}>{t('message.empty')}</p>
  return (
    <div className={css.text} dir="auto">
      <LinkedText text={text.trim()} />
    </div>
  )
}
