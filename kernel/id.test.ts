import { expect, test } from 'vitest'
import { newId } from './id.ts'

test('ids of one moment sort in the order they were made', () => {
  const at = new Date('2026-11-21T12:00:00Z')
  const ids = Array.from({ length: 1000 }, () => newId(at))
  expect(ids.toSorted()).toEqual(ids)
})

test('an id of a later moment sorts after', () => {
  expect(newId(new Date(2000)) > newId(new Date(1000))).toBe(true)
})
