import { Button, Textarea } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConversationView } from '../../contract/conversations.ts'
import { Shortcut, useSpokenKeys } from '../shell/shortcut.tsx'
import css from './composer.module.css'
import { namesFor } from './modes.ts'
import { SendingBar } from './sending-bar.tsx'
import { keysOf, useWriting } from './use-writing.ts'

type Writing = ReturnType<typeof useWriting>
type Props = { writing: Writing; names: string }

/** Where one writes: to the customer, or a note for colleagues. */
export function Composer({ conversation }: { conversation: ConversationView }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const writing = useWriting(conversation)
  const { mode, kind, text, sending, refusal, submit } = writing
  if (!mode) return null
  const names = namesFor(mode, conversation)
  const whom = [...(sending?.message.to ?? []), ...(sending?.message.cc ?? [])].map((it) => it.name || it.address).join(', ')
  return (
    <section ref={writing.foot} className={css.foot} tabIndex={-1} aria-label={t('reply.composer')}>
      <p role="status" className={css.spoken}>
        {sending && t('reply.sending', { name: whom })}
      </p>
      {sending && <SendingBar name={whom} seconds={sending.seconds} busy={writing.undoing} onUndo={() => void writing.undo()} />}
      <form
        className={css.composer}
        data-mode={kind}
        data-open={open || text !== '' || undefined}
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
        onFocus={() => setOpen(true)}
        onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
      >
        <Modes writing={writing} names={names} />
        <Field writing={writing} names={names} />
        {refusal && (
          <p className={css.refusal} role="alert">
            <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" />
            {refusal}
          </p>
        )}
        <Tools writing={writing} />
      </form>
    </section>
  )
}

function Modes({ writing: { modes, mode, writeIn }, names }: Props) {
  const { t } = useTranslation()
  const spoken = useSpokenKeys()
  const words = { reply: t('reply.mode'), all: t('reply.modeAll'), note: t('note.mode') }
  return (
    <fieldset className={css.modes} aria-label={t('reply.modes')}>
      {modes.map((it) => (
        <button
          key={it}
          type="button"
          className={css.mode}
          aria-pressed={it === mode}
          aria-keyshortcuts={spoken(keysOf[it])}
          onClick={() => writeIn(it)}
        >
          {words[it]}
        </button>
      ))}
      {mode !== 'note' && (
        <span className={css.whom} dir="auto">
          {t('reply.to', { names })}
        </span>
      )}
    </fieldset>
  )
}

function Field({ writing: { field, kind, mode, text, busy, change, submit }, names }: Props) {
  const { t } = useTranslation()
  const spoken = useSpokenKeys()
  const note = kind === 'note'
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void submit()
    }
    if (event.key === 'Escape') {
      event.stopPropagation()
      event.currentTarget.blur()
    }
  }
  return (
    <Textarea
      ref={field}
      variant="unstyled"
      autosize
      minRows={1}
      maxRows={10}
      value={text}
      readOnly={busy}
      aria-label={note ? t('note.label') : t('reply.label', { names })}
      aria-keyshortcuts={spoken(keysOf[mode ?? 'note'])}
      placeholder={note ? t('note.placeholder') : t('reply.placeholder', { names })}
      classNames={{ input: css.text! }}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  )
}

function Tools({ writing: { kind, text, busy } }: { writing: Writing }) {
  const { t } = useTranslation()
  const note = kind === 'note'
  return (
    <div className={css.tools}>
      <span className={css.meta}>{text ? t('note.kept') : note ? t('note.only') : t('reply.hint')}</span>
      <Button type="submit" variant="filled" size="xs" color={note ? 'note' : 'accent'} loading={busy} disabled={!text.trim()}>
        {note ? t('note.action') : t('reply.action')}
        <span className={css.keys}>
          <Shortcut keys="mod+enter" />
        </span>
      </Button>
    </div>
  )
}
