import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ConversationView } from '../../contract/conversations.ts'
import { useChange } from './changes.ts'
import css from './conversation.module.css'

/** The subject while it is being changed: Enter keeps, Escape leaves it. */
export function SubjectField({ conversation, onDone }: { conversation: ConversationView; onDone: () => void }) {
  const { t } = useTranslation()
  const change = useChange(conversation.id)
  const keep = (subject: string) => {
    if (subject && subject !== conversation.subject) void change({ subject }, { subject })
    onDone()
  }
  return (
    <TextInput
      className={css.subjectField!}
      aria-label={t('conversation.subject')}
      defaultValue={conversation.subject}
      maxLength={1000}
      autoFocus
      onBlur={(event) => keep(event.currentTarget.value.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur()
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onDone()
      }}
    />
  )
}
