import { ActionIcon, Button } from '@mantine/core'
import { IconArrowBackUp, IconCheck, IconChevronLeft } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationView } from '../../contract/conversations.ts'
import { useSpokenKeys } from '../shell/shortcut.tsx'
import css from './conversation.module.css'
import { DeleteDialog } from './delete-dialog.tsx'
import { HeadMenu } from './head-menu.tsx'
import { OwnerPicker } from './owner-picker.tsx'
import { SnoozeMenu } from './snooze-menu.tsx'
import { StatusMenu } from './status-menu.tsx'
import { SubjectField } from './subject-field.tsx'
import { useConversationActions } from './use-conversation-actions.ts'
import { useGo } from './use-list-actions.ts'

const icon = { size: 16, stroke: 1.75, 'aria-hidden': true } as const

/** Subject, owner, status; and what one does most: close. */
export function Head({ conversation, onPanel }: { conversation: ConversationView; onPanel: () => void }) {
  const { t } = useTranslation()
  const go = useGo()
  const spoken = useSpokenKeys()
  const [renaming, setRenaming] = useState(false)
  const [deleting, setDeleting] = useState(false)
  const [picking, setPicking] = useState<'owner' | 'snooze' | null>(null)
  const verbs = useConversationActions(conversation, { onAssign: () => setPicking('owner'), onSnooze: () => setPicking('snooze') })
  const closed = conversation.status === 'closed'
  const may = verbs.mayChange
  const opening = (what: 'owner' | 'snooze') => ({ opened: picking === what, onChange: (to: boolean) => setPicking(to ? what : null) })
  return (
    <header className={css.head}>
      <ActionIcon className={css.back!} aria-label={t('action.back')} onClick={() => go(undefined)}>
        <IconChevronLeft {...icon} size={20} className="turns" />
      </ActionIcon>
      {renaming ? (
        <SubjectField conversation={conversation} onDone={() => setRenaming(false)} />
      ) : (
        <h1 className={css.subject} dir="auto" title={conversation.subject}>
          {conversation.subject || t('list.noSubject')}
        </h1>
      )}
      <span className={css.controls}>
        <OwnerPicker conversation={conversation} disabled={!may} {...opening('owner')} />
        <StatusMenu conversation={conversation} disabled={!may} verbs={verbs} />
        {may && !closed && <SnoozeMenu {...opening('snooze')} onPick={verbs.snooze} />}
      </span>
      {may && (
        <Button
          className={css.closing!}
          aria-label={closed ? t('conversation.reopen') : t('conversation.close')}
          onClick={closed ? verbs.reopen : verbs.close}
          leftSection={closed ? <IconArrowBackUp {...icon} className="turns" /> : <IconCheck {...icon} />}
          aria-keyshortcuts={spoken('e')}
        >
          <span className={css.closingWord}>{closed ? t('conversation.reopen') : t('conversation.close')}</span>
        </Button>
      )}
      <HeadMenu
        number={conversation.number}
        may={{ change: may, delete: verbs.mayDelete }}
        onPanel={onPanel}
        onUnread={verbs.unread}
        onRename={() => setRenaming(true)}
        onDelete={() => setDeleting(true)}
      />
      <DeleteDialog
        what={{ kind: 'conversation', id: conversation.id, number: conversation.number }}
        opened={deleting}
        onClose={() => setDeleting(false)}
      />
    </header>
  )
}
