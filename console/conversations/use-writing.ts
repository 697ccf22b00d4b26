import { useRef, useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import { useActions } from '../shell/actions.ts'
import { useMe } from '../shell/session.ts'
import { useDrafts } from './drafts.ts'
import { type Mode, modesOf } from './modes.ts'
import { putUnsent } from './outbox.ts'
import { useSending } from './sending.ts'
import { useReply } from './use-reply.ts'
import { useLoadedTimeline } from './use-timeline.ts'

/** All that one can do where one writes: choose between reply and note, send, take back. */
export function useWriting(conversation: ConversationView) {
  const field = useRef<HTMLTextAreaElement>(null)
  const foot = useRef<HTMLElement>(null)
  const me = useMe().person?.id
  const { entries } = useLoadedTimeline(conversation.id)
  const { texts, write, putBack } = useDrafts(conversation.id)
  const modes = modesOf(conversation)
  const [chosen, choose] = useState<Mode>(texts.note && !texts.reply ? 'note' : 'reply')
  const mode = modes.includes(chosen) ? chosen : modes[0]
  const kind = mode === 'note' ? 'note' : 'reply'
  const text = texts[kind]
  const reply = useReply(conversation, entries)
  const sending = useSending(entries, me)
  const writeIn = (to: Mode) => {
    choose(to)
    field.current?.focus()
  }
  const change = (next: string) => {
    reply.forget()
    write(kind, next)
  }
  const submit = async () => {
    if (!text.trim() || !me || reply.busy) return
    if (kind === 'note') putUnsent(me, { conversationId: conversation.id, text: text.trim() })
    else if (!(await reply.send(text.trim(), mode === 'all'))) return
    write(kind, '')
    // Out of the field, so that the key that takes it back is not a letter of the next text.
    if (kind === 'reply' && isHere(foot.current)) foot.current?.focus()
  }
  const undo = async () => {
    const words = sending && !reply.undoing && (await reply.undo(sending.message))
    if (!words) return
    putBack('reply', words.text)
    writeIn(words.to.length + words.cc.length > 1 ? 'all' : 'reply')
  }
  useKeys({ modes, writeIn, undo: sending ? undo : null })
  return { field, foot, modes, mode, kind, text, change, submit, undo, writeIn, sending, ...pick(reply) }
}

// Whoever went elsewhere meanwhile stays there.
const isHere = (foot: HTMLElement | null) => document.activeElement === document.body || foot?.contains(document.activeElement)

const pick = ({ refusal, busy, undoing }: ReturnType<typeof useReply>) => ({ refusal, busy, undoing })

export const keysOf = { reply: 'r', all: 'shift+r', note: 'n' } as const

function useKeys({ modes, writeIn, undo }: { modes: Mode[]; writeIn: (to: Mode) => void; undo: (() => Promise<void>) | null }) {
  const write = (mode: Mode) => ({
    group: 'write' as const,
    keys: keysOf[mode],
    when: () => modes.includes(mode),
    perform: () => writeIn(mode),
  })
  useActions([
    { id: 'reply', label: 'action.reply', ...write('reply') },
    { id: 'replyAll', label: 'action.replyAll', ...write('all') },
    { id: 'note', label: 'action.note', ...write('note') },
    { id: 'undoSend', label: 'action.undoSend', group: 'write', keys: 'z', when: () => undo !== null, perform: () => void undo?.() },
  ])
}
