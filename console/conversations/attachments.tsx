import { IconDownload, IconPaperclip } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { readAttachment } from '../../contract/conversations.ts'
import type { MessageView } from '../../contract/timeline.ts'
import { useReader } from '../../ui/reader.ts'
import { addressOf } from '../api.ts'
import { sizeWords } from './size-words.ts'
import css from './timeline.module.css'

/** What was attached, except images that already stand in the words. */
export function Attachments({ message }: { message: MessageView }) {
  const { t } = useTranslation()
  const { locale } = useReader()
  const shown = message.attachments.filter((it) => !it.inline)
  if (shown.length === 0) return null
  return (
    <ul className={css.files} aria-label={t('message.attachments')}>
      {shown.map((it) => {
        const href = addressOf(readAttachment.path, { attachmentId: it.id })
        const size = sizeWords(it.size, locale)
        return (
          <li key={it.id}>
            <a className={css.file} href={href} download={it.filename} aria-label={t('message.download', { name: it.filename, size })}>
              <IconPaperclip size={14} stroke={1.75} aria-hidden="true" />
              <span>{it.filename}</span>
              <span className={css.size}>{size}</span>
              <IconDownload size={14} stroke={1.75} aria-hidden="true" />
            </a>
          </li>
        )
      })}
    </ul>
  )
}
