import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MessageView, TimelineEntry } from '../../contract/timeline.ts'
import { download, freshPost, mail, mailOf, post } from '../support/mail.ts'
import type { Sinew } from '../support/sinew.ts'

let sinew: Sinew
let as: { key: string }
beforeAll(async () => {
  const fresh = await freshPost()
  sinew = fresh.sinew
  as = fresh.as
})
afterAll(() => sinew.close())

const send = async (raw: string) => (await post(sinew, as, raw)).body
const read = async (id: string, query = '') => {
  const { bytes } = await download(sinew, as, `/conversations/${id}/timeline?limit=200${query}`)
  return { size: bytes.length, ...(JSON.parse(bytes.toString()) as { items: TimelineEntry[]; next: string | null }) }
}
const isMessage = (it: TimelineEntry): it is MessageView => it.type === 'message'
const words = (size: number) => 'These are the same words again. \n'.repeat(size / 33)

test('a conversation of thirty huge mails opens page by page, each mail once and none page beyond measure', {
  timeout: 60_000,
}, async () => {
  const text = words(1_900_000)
  const { conversation } = await send(mail({ id: 'huge0@juniper.example', text }))
  for (let n = 1; n < 30; n++)
    await send(mail({ id: `huge${n}@juniper.example`, inReplyTo: 'huge0@juniper.example', text: `${n} ${text}` }))
  const seen: MessageView[] = []
  let pages = 0
  let after = ''
  do {
    const page = await read(conversation?.id ?? '', after)
    expect(page.size).toBeLessThan(10_000_000)
    seen.push(...page.items.filter(isMessage))
    after = page.next === null ? '' : `&after=${page.next}`
    pages++
  } while (after !== '')
  expect(new Set(seen.map((it) => it.id)).size).toBe(30)
  expect(seen).toHaveLength(30)
  expect(pages).toBeLessThan(5)
})

test('what is too long is there from its beginning, and says that it is not all', async () => {
  const html = `<p>Start</p>${'<p class="x" title="a long title, so that the cut falls into it">Word</p>'.repeat(4000)}`
  const { conversation } = await send(mailOf([{ headers: ['Content-Type: text/html'], body: html }]))
  const [it] = (await read(conversation?.id ?? '')).items.filter(isMessage)
  expect(it).toMatchObject({ truncated: true, hasSource: true })
  expect(it?.html).toMatch(/^<p>Start<\/p>/)
  expect(it?.html?.length).toBeLessThanOrEqual(100_000)
  expect(it?.html?.lastIndexOf('<')).toBeLessThan(it?.html?.lastIndexOf('>') ?? 0)
})

test('what fits is whole, to the last letter, in letters of many bytes too', async () => {
  const text = 'ä'.repeat(70_000)
  const { conversation, message } = await send(mailOf([{ headers: ['Content-Type: text/plain; charset=utf-8'], body: text }]))
  const [it] = (await read(conversation?.id ?? '')).items.filter(isMessage)
  expect(it).toMatchObject({ truncated: false, text: message?.text })
  expect(it?.text.length).toBeGreaterThanOrEqual(70_000)
})

test('a long note is shown whole: it has no raw mail to be read in', async () => {
  const { conversation } = await send(mail())
  const path = `/conversations/${conversation?.id}/messages`
  const text = words(300_000).trim()
  sinew.pass(1000)
  const note = await sinew.call('POST', path, { as, body: { kind: 'note', text } })
  expect(note.body).toMatchObject({ text, truncated: false })
  expect((await read(conversation?.id ?? '')).items.filter(isMessage).at(-1)).toMatchObject({ text, truncated: false })
})
