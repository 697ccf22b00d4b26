import { expect, test } from 'vitest'
import { refuseCrossSite } from './cross-site.ts'

const origins = ['http://localhost:3000']
const ask = (method: string, headers: Record<string, string>) => () => refuseCrossSite({ method, headers }, origins)
const json = { 'content-type': 'application/json; charset=utf-8' }

test.each([
  ['a page of ours that sends JSON', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin', ...json }],
  ['an older browser that tells only the origin', { origin: 'http://localhost:3000', ...json }],
  ['a page of ours without a body', { 'sec-fetch-site': 'same-origin', 'x-sinew': '1' }],
])('%s may change things', (_, headers) => expect(ask('POST', headers)).not.toThrow())

test.each([
  ['a foreign page', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', ...json }],
  ['a page of another port', { origin: 'http://localhost:4000', 'sec-fetch-site': 'same-site', ...json }],
  ['a foreign origin that claims to be the same', { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin', ...json }],
  ['a form', { origin: 'http://localhost:3000', 'content-type': 'application/x-www-form-urlencoded' }],
  ['a form that hides JSON', { origin: 'http://localhost:3000', 'content-type': 'text/plain; application/json' }],
  ['somebody who tells nothing', { ...json }],
  ['a sandboxed frame', { origin: 'null', ...json }],
])('%s may not', (_, headers) => expect(ask('DELETE', headers)).toThrow('another site'))

test('reading is not held back', () => {
  expect(ask('GET', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' })).not.toThrow()
})
