import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { happens } from './event.ts'
import { Time } from './paging.ts'

/** A way in: an address, the API, a form. Mail to `address` starts conversations for `team`. */
export const ChannelView = z.object({
  id: z.uuid(),
  kind: z.enum(['email', 'api', 'form', 'widget']),
  name: z.string(),
  address: z.string().nullable(),
  team: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  createdAt: Time,
  can: z.array(z.string()),
})
export type ChannelView = z.infer<typeof ChannelView>

const ChannelParams = z.object({ channelId: z.uuid() })
const Draft = z.object({
  name: z.string().trim().min(1).max(200),
  address: z.email().transform((it) => it.toLowerCase()),
  team: z.uuid().nullable().default(null),
})

export const listChannels = endpoint({
  method: 'GET',
  path: '/channels',
  summary: 'All channels',
  permission: 'channel.read',
  returns: z.object({ items: z.array(ChannelView), smtp: z.string().nullable() }),
})
export const createChannel = endpoint({
  method: 'POST',
  path: '/channels',
  summary: 'Add an e-mail channel',
  permission: 'channel.update',
  body: Draft,
  returns: ChannelView,
  status: 201,
})
export const changeChannel = endpoint({
  method: 'PATCH',
  path: '/channels/:channelId',
  summary: 'Change a channel',
  permission: 'channel.update',
  params: ChannelParams,
  body: z.object({ name: Draft.shape.name.optional(), address: Draft.shape.address.optional(), team: z.uuid().nullable().optional() }),
  returns: ChannelView,
})

const Channel = z.object({ channelId: z.uuid() })
export const channelEvents = {
  'channel.created': happens('channel', 'channelId', Channel),
  'channel.changed': happens('channel', 'channelId', Channel),
}
