import { expect, test } from 'vitest'
import { withoutHalfTag } from './half-tag.ts'

test('HTML that was cut within a tag ends before it', () => {
  expect(withoutHalfTag('<p>One</p><a href="https://x.exam')).toBe('<p>One</p>')
  expect(withoutHalfTag('<p>One</p><')).toBe('<p>One</p>')
})

test('HTML that was cut between tags or within words stays', () => {
  expect(withoutHalfTag('<p>One</p>')).toBe('<p>One</p>')
  expect(withoutHalfTag('<p>One tw')).toBe('<p>One tw')
  expect(withoutHalfTag('no tag at all')).toBe('no tag at all')
})
