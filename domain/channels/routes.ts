import * as channels from '../../contract/channels.ts'
import * as mail from '../../contract/mail.ts'
import { route } from '../../kernel/route.ts'
import { changeChannel, createChannel, listChannels } from './channels.ts'
import { deleteQuarantined, listQuarantine, readQuarantinedSource } from './quarantine.ts'

export const routes = [
  route(channels.listChannels, async (ctx) => ({ items: await listChannels(ctx), smtp: ctx.instance.smtp })),
  route(channels.createChannel, (ctx, { body }) => createChannel(ctx, body)),
  route(channels.changeChannel, (ctx, { params, body }) => changeChannel(ctx, params.channelId, defined(body))),
  route(mail.listQuarantine, (ctx, { query }) => listQuarantine(ctx, query)),
  route(mail.readQuarantinedSource, (ctx, { params }) => readQuarantinedSource(ctx, params.inboundId)),
  route(mail.deleteQuarantined, (ctx, { params }) => deleteQuarantined(ctx, params.inboundId)),
]

// zod gives absent fields as undefined; a change speaks only of what is there.
function defined<T extends object>(it: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(it).filter(([, value]) => value !== undefined)) as never
}
