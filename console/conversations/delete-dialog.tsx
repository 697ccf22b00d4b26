import { Button, Modal, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { deleteConversation, listConversations } from '../../contract/conversations.ts'
import { deleteCustomer } from '../../contract/customers.ts'
import { call, keyOf } from '../api.ts'
import { sentenceOf } from '../shell/complaint.ts'
import { say } from '../shell/toast.tsx'
import css from './conversation.module.css'
import { useGo } from './use-list-actions.ts'

type What = { kind: 'conversation'; id: string; number: number } | { kind: 'customer'; id: string; name: string }

/** Deleting for good asks for the conversation's number or the customer's name, so that no hand slips. */
export function DeleteDialog({ what, opened, onClose }: { what: What; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const go = useGo()
  const [typed, setTyped] = useState('')
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      what.kind === 'conversation'
        ? call(deleteConversation, { params: { conversationId: what.id } })
        : call(deleteCustomer, { params: { customerId: what.id } }),
    onSuccess: () => {
      onClose()
      go(undefined)
      say(t('delete.done'))
      void client.invalidateQueries({ queryKey: keyOf(listConversations) })
    },
  })
  const sign = what.kind === 'conversation' ? String(what.number) : what.name
  const sure = plain(typed) === plain(sign)
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      closeButtonProps={{ 'aria-label': t('say.close') }}
      title={what.kind === 'conversation' ? t('delete.conversation', what) : t('delete.customer', what)}
    >
      <form
        className={css.form}
        onSubmit={(event) => {
          event.preventDefault()
          if (sure) mutate()
        }}
      >
        <p className={css.muted}>{t(`delete.${what.kind}Words`)}</p>
        <TextInput
          label={t('delete.type', { sign })}
          value={typed}
          inputMode={what.kind === 'conversation' ? 'numeric' : 'text'}
          autoComplete="off"
          data-autofocus
          error={error && sentenceOf(error)}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <div className={css.formEnd}>
          <Button onClick={onClose}>{t('say.cancel')}</Button>
          <Button type="submit" variant="filled" color="danger" disabled={!sure} loading={isPending}>
            {t('delete.action')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}

// Typed by hand: neither case nor a doubled space nor the sign before a number should stand in the way.
const plain = (it: string) => it.normalize('NFKC').replace(/^#/, '').replace(/\s+/g, ' ').trim().toLocaleLowerCase()
