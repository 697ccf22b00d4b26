import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshSinew, type Sinew } from '../test/support/sinew.ts'
import { Soon } from './transact.ts'

let sinew: Sinew
beforeAll(async () => {
  sinew = await freshSinew()
})
afterAll(() => sinew.close())

const bury = (key: string) => sql`insert into tombstones (kind, key, at) values ('mail', ${key}, now())`
const buried = async () => (await sinew.db.selectFrom('tombstones').select('key').orderBy('key').execute()).map((it) => it.key)

test('what happened but cannot be told undoes the verb', async () => {
  const verb = sinew.act(async (ctx) => {
    await bury('untold').execute(ctx.tx)
    ctx.record('conversation.erased', { conversationId: 'no id at all' } as never)
  })
  await expect(verb).rejects.toThrow()
  expect(await buried()).toEqual([])
})

test('a last statement that fails when the commit is on its way undoes the verb, and says why', async () => {
  const verb = sinew.act(async (ctx) => {
    await bury('first').execute(ctx.tx)
    return new Soon(bury('first').execute(ctx.tx))
  })
  await expect(verb).rejects.toMatchObject({ code: '23505' })
  expect(await buried()).toEqual([])
})

test('what is asked last is done when the verb has answered', async () => {
  await sinew.act(async (ctx) => new Soon(bury('last').execute(ctx.tx)))
  expect(await buried()).toEqual(['last'])
})
