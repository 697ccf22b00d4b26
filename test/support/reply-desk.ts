import { mailOut } from '../../server/outside/mail-out.ts'
import { freshPost, mail, post, runJob } from './mail.ts'
import { buildWorld } from './people.ts'
import { openPostOffice } from './post-office.ts'
import type { Credentials } from './sinew.ts'

/** A Sinew with a channel, its people, and a mail server that takes what it sends. */
export async function openReplyDesk() {
  const office = await openPostOffice({ user: 'larkspur', pass: 'p@ss/word' })
  const out = mailOut(office.url, { name: 'desk.larkspur.example', from: undefined, folder: '', dkim: null })
  const { sinew, as } = await freshPost({ instance: { mailOut: out } })
  const world = await buildWorld(sinew)
  await sinew.call('POST', '/channels', { as: world.administrator.as, body: { name: 'Larkspur Help', address: 'help@larkspur.example' } })
  // Everything a moment after what came before: the clock stands still until told.
  const receive = async (more: Parameters<typeof mail>[0] = {}) => {
    sinew.pass(1)
    return (await post(sinew, as, mail(more))).body
  }
  const reply = (id: string, body: object = {}, who: Credentials = world.responder.as) => {
    sinew.pass(1)
    return sinew.call('POST', `/conversations/${id}/messages`, { as: who, body: { kind: 'reply', text: 'We come on Monday.', ...body } })
  }
  const work = async (milliseconds = 0) => {
    sinew.pass(milliseconds)
    return runJob(sinew, 'conversations.send_mail')
  }
  return {
    office,
    sinew,
    as,
    world,
    receive,
    reply,
    /** Lets so much time pass and sends what is due then. Answers how many that were. */
    work,
    started: async (more: Parameters<typeof mail>[0] = {}) => (await receive(more)).conversation?.id ?? '',
    show: async (id: string) => (await sinew.call('GET', `/conversations/${id}`, { as })).body,
    messagesOf: async (id: string) =>
      (await sinew.call('GET', `/conversations/${id}/timeline`, { as })).body.items.filter((it: { type: string }) => it.type === 'message'),
    delivery: async (id: string) => (await sinew.call('GET', `/messages/${id}/delivery`, { as })).body,
    /** Sends what waited and forgets it: each test begins with an empty post office. */
    clear: async () => {
      await work(60_000)
      office.taken.length = 0
    },
    close: async () => {
      await sinew.close()
      await office.close()
    },
  }
}

export type ReplyDesk = Awaited<ReturnType<typeof openReplyDesk>>
