import { Button, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationView } from '../../contract/conversations.ts'
import { useActions } from '../shell/actions.ts'
import { useMay, useMe } from '../shell/session.ts'
import { Shortcut, useSpokenKeys } from '../shell/shortcut.tsx'
import css from './composer.module.css'
import { useDraft } from './drafts.ts'
import { putUnsent } from './outbox.ts'

/** Where one writes. Until mail goes out, that is a note for colleagues. */
export function Composer({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation()
  const spoken = useSpokenKeys()
  const field = useRef<HTMLTextAreaElement>(null)
  const [open, setOpen] = useState(false)
  const { text, write } = useDraft(conversation.id)
  const me = useMe().person?.id
  const may = useMay()('conversation.note')
  useActions([{ id: 'note', label: 'action.note', group: 'write', keys: 'n', when: () => may, perform: () => field.current?.focus() }])
  if (!may) return null
  const submit = () => {
    if (!text.trim() || !me) return
    putUnsent(me, { conversationId: conversation.id, text: text.trim() })
    write('')
  }
  return (
    <div className={css.foot}>
      <form
        className={css.composer}
        data-open={open || text !== '' || undefined}
        onSubmit={(event) => {
          event.preventDefault()
          submit()
        }}
        onFocus={() => setOpen(true)}
        onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
      >
        <Textarea
          ref={field}
          variant="unstyled"
          autosize
          minRows={1}
          maxRows={10}
          value={text}
          aria-label={t('note.label')}
          aria-keyshortcuts={spoken('n')}
          placeholder={t('note.placeholder')}
          classNames={{ input: css.text! }}
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault()
              submit()
            }
            if (event.key === 'Escape') {
              event.stopPropagation()
              event.currentTarget.blur()
            }
          }}
        />
        <div className={css.tools}>
          <span className={css.meta}>{text ? t('note.kept') : t('note.only')}</span>
          <Button type="submit" variant="filled" size="xs" color="note" disabled={!text.trim()}>
            {t('note.action')}
            <span className={css.keys}>
              <Shortcut keys="mod+enter" />
            </span>
          </Button>
        </div>
      </form>
    </div>
  )
}
