import { expect, test } from 'vitest'
import { mailIdentity } from './mail-identity.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const mail = 'Message-ID: <a@x.example>\nSubject: One\n\nWords\nand more\n'

test('a mail is the same whether its lines end as SMTP or as a mailbox file has them', () => {
  expect(mailIdentity(bytes(mail.replaceAll('\n', '\r\n')), 'a@x.example')).toEqual(mailIdentity(bytes(mail), 'a@x.example'))
  expect(mailIdentity(bytes(mail.replaceAll('\n', '\r\n')), null)).toEqual(mailIdentity(bytes(`${mail}\n\n`), null))
})

test('a header that changed on the way leaves the body the same', () => {
  const later = mail.replace('Subject: One', 'Received: by mx.example\nSubject: One')
  expect(mailIdentity(bytes(later), 'a@x.example')).toEqual(mailIdentity(bytes(mail), 'a@x.example'))
})

test('other words are another mail', () => {
  const other = mailIdentity(bytes(mail.replace('Words', 'Other words')), 'a@x.example')
  expect(other.messageHash).toBe(mailIdentity(bytes(mail), 'a@x.example').messageHash)
  expect(other.bodyHash).not.toBe(mailIdentity(bytes(mail), 'a@x.example').bodyHash)
})

test('the same words under another name are another mail, however the name is folded', () => {
  const from = (sender: string) => mailIdentity(bytes(`From: ${sender}\n${mail}`), 'a@x.example').bodyHash
  expect(from('Eve <eve@evil.example>')).not.toBe(from('Ann <ann@x.example>'))
  expect(from('Ann\n <ann@x.example>')).toBe(from('Ann <ann@x.example>'))
})
