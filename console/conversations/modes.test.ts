import { expect, test } from 'vitest'
import type { ConversationView } from '../../contract/conversations.ts'
import { modesOf, namesFor } from './modes.ts'

const elena = { address: 'elena@juniper.example', name: 'Elena', admitted: true, customerId: null }
const rowan = { address: 'rowan@bell.example', name: '', admitted: true, customerId: null }
const given = (more: object) =>
  ({
    can: ['conversation.reply', 'conversation.note'],
    customer: { id: 'c', name: 'Elena', address: elena.address },
    participants: [elena],
    ...more,
  }) as unknown as ConversationView

test('a reply comes first where the customer has an address and one may reply', () => {
  expect(modesOf(given({}))).toEqual(['reply', 'note'])
  expect(modesOf(given({ customer: { id: 'c', name: 'Elena', address: null } }))).toEqual(['note'])
  expect(modesOf(given({ customer: null }))).toEqual(['note'])
  expect(modesOf(given({ can: ['conversation.note'] }))).toEqual(['note'])
  expect(modesOf(given({ can: [] }))).toEqual([])
})

test('a reply to all is offered where more people take part, and names them; a stranger is not among them', () => {
  const more = given({ participants: [elena, rowan] })
  expect(modesOf(more)).toEqual(['reply', 'all', 'note'])
  expect(namesFor('reply', more)).toBe('Elena')
  expect(namesFor('all', more)).toBe('Elena, rowan@bell.example')
  expect(modesOf(given({ participants: [elena, { ...rowan, admitted: false }] }))).toEqual(['reply', 'note'])
})
