import { expect, test } from 'vitest'
import { addressed, type Known, sendable } from './recipients.ts'

const known = (address: string, more: Partial<Known> = {}): Known => ({
  address,
  name: '',
  admitted: true,
  isCustomer: false,
  isColleague: false,
  ...more,
})
const elena = known('elena@juniper.example', { name: 'Elena Marchetti', isCustomer: true })
const bo = known('bo@juniper.example')
const mallory = known('mallory@elsewhere.example', { admitted: false })
const rui = known('rui@larkspur.example', { isColleague: true })
const us = known('help@larkspur.example')
const all = [bo, elena, mallory, rui, us]
const isOurs = (address: string) => address.toLowerCase().startsWith('help@')
const plain = ({ to, cc }: { to: { address: string }[]; cc: { address: string }[] }) => [
  to.map((it) => it.address),
  cc.map((it) => it.address),
]

test('a reply goes to the customer, under the name they have', () => {
  expect(addressed({}, all, isOurs)).toEqual({ to: [{ address: elena.address, name: 'Elena Marchetti' }], cc: [], newcomers: [] })
})

test('a reply to everyone goes to those who take part: no stranger, no colleague’s mere address, not to us', () => {
  expect(plain(addressed({ everyone: true }, all, isOurs))).toEqual([[elena.address], [bo.address]])
})

test('a customer whose address is a colleague’s is not answered by itself', () => {
  expect(() => addressed({}, [known('rui@larkspur.example', { isCustomer: true, isColleague: true })], isOurs)).toThrow('Say whom')
  expect(plain(addressed({ to: ['rui@larkspur.example'] }, [rui], isOurs))).toEqual([['rui@larkspur.example'], []])
})

test('who writes may name others, each once; they are new to the conversation', () => {
  const given = addressed(
    { to: ['new@x.example', 'NEW@x.example'], cc: ['new@x.example', 'Bo@juniper.example', 'help@larkspur.example'] },
    all,
    isOurs,
  )
  expect(plain(given)).toEqual([['new@x.example'], ['Bo@juniper.example']])
  expect(given.newcomers).toEqual(['new@x.example'])
})

test('a stranger is written to only after a person let them take part', () => {
  expect(() => addressed({ to: ['Mallory@elsewhere.example'] }, all, isOurs)).toThrow('vouched')
  expect(() => addressed({ cc: [mallory.address] }, all, isOurs)).toThrow('vouched')
})

test('a mail has somebody in To, and at most fifty in all', () => {
  expect(plain(addressed({ cc: ['a@x'] }, [], isOurs))).toEqual([['a@x'], []])
  expect(() => addressed({}, [], isOurs)).toThrow('Say whom')
  expect(() => addressed({ to: [], cc: [] }, all, isOurs)).toThrow('Say whom')
  const many = (n: number) => Array.from({ length: n }, (_, at) => `c${at}@x.example`)
  expect(() => addressed({ to: many(26), cc: many(51).slice(26) }, all, isOurs)).toThrow('at most 50')
})

test('nothing a header once held begins another header', () => {
  const given = addressed({}, [{ ...elena, name: 'Elena\r\nBcc: eve@x.example\u0000' }], isOurs)
  expect(given.to[0]?.name).toBe('Elena Bcc: eve@x.example')
  expect(['a@x\r\nBcc: b@y', 'a b@x', 'a', '@x', 'a@', 'a@b@c', '<a@x>', 'a@x,b@x'].filter(sendable)).toEqual([])
  expect(['a@x', 'jörg@bücher.example', "o'neill+x@y.example"].filter(sendable)).toHaveLength(3)
  expect(() => addressed({}, [known('x\r\ny@z', { isCustomer: true })], isOurs)).toThrow('Say whom')
})
