import { expect, test } from 'vitest'
import type { MailProof } from '../../../kernel/instance.ts'
import { standingOf } from './proof.ts'

const found = (it: Partial<MailProof>): MailProof => ({ spf: 'none', dkim: 'none', dmarc: 'none', aligned: false, ...it })

test('DMARC decides where the domain of the sender publishes it', () => {
  expect(standingOf(found({ dmarc: 'pass', spf: 'fail' }), true)).toBe('proven')
  expect(standingOf(found({ dmarc: 'fail', spf: 'pass', dkim: 'pass' }), true)).toBe('disproven')
})

test('elsewhere SPF or DKIM prove for the very domain of the sender, and only for that', () => {
  expect(standingOf(found({ dkim: 'pass', aligned: true }), true)).toBe('proven')
  expect(standingOf(found({ spf: 'pass', dkim: 'pass' }), true)).toBe(null)
  expect(standingOf(found({ spf: 'fail' }), true)).toBe('disproven')
})

test('what could not be checked says nothing for or against', () => {
  expect(standingOf(found({}), true)).toBe(null)
  expect(standingOf(found({ spf: 'fail', dmarc: 'temperror' }), true)).toBe(null)
  expect(standingOf(found({ dkim: 'fail', dmarc: 'fail' }), false)).toBe(null)
})
