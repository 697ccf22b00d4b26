import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type ConversationView, readTimeline, writeMessage } from '../../contract/conversations.ts'
import { Keycap } from '../../ui/keycap.tsx'
import { call, keyOf } from '../api.ts'
import { useActions } from '../shell/actions.ts'
import { apple } from '../shell/apple.ts'
import { printed } from '../shell/keys.ts'
import { useMay } from '../shell/session.ts'
import { say } from '../shell/toast.tsx'
import css from './composer.module.css'
import { useDraft } from './drafts.ts'

/** Where one writes. Until mail goes out, that is a note for colleagues. */
export function Composer({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation()
  const field = useRef<HTMLTextAreaElement>(null)
  const [open, setOpen] = useState(false)
  const { text, write } = useDraft(conversation.id)
  const { mutate, isPending } = useSend(conversation.id, () => write(''))
  const may = useMay()('conversation.note')
  useActions([{ id: 'note', label: 'action.note', group: 'write', keys: 'n', when: () => may, perform: () => field.current?.focus() }])
  if (!may) return null
  const send = () => text.trim() && !isPending && mutate(text.trim())
  return (
    <div className={css.foot}>
      <form
        className={css.composer}
        data-open={open || text !== '' || undefined}
        onSubmit={(event) => {
          event.preventDefault()
          send()
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
          aria-keyshortcuts="N"
          placeholder={t('note.placeholder')}
          classNames={{ input: css.text! }}
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
              event.preventDefault()
              send()
            }
            if (event.key === 'Escape') {
              event.stopPropagation()
              event.currentTarget.blur()
            }
          }}
        />
        <div className={css.tools}>
          <span className={css.meta}>{text ? t('note.kept') : t('note.only')}</span>
          <Button type="submit" variant="filled" size="xs" color="note" disabled={!text.trim()} loading={isPending}>
            {t('note.action')}
            <span className={css.keys}>
              <Keycap keys={printed('mod+enter', apple)} />
            </span>
          </Button>
        </div>
      </form>
    </div>
  )
}

function useSend(conversationId: string, onSent: () => void) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const params = { conversationId }
  return useMutation({
    mutationFn: (text: string) => call(writeMessage, { params, body: { kind: 'note', text } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: keyOf(readTimeline, { params }).slice(0, 2) })
      onSent()
    },
    onError: () => say(t('note.failed')),
  })
}
