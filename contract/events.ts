import type { z } from 'zod'
import { channelEvents } from './channels.ts'
import { conversationEvents } from './conversations.ts'
import { customerEvents } from './customers.ts'
import { identityEvents } from './identity.ts'
import { mailEvents } from './mail.ts'
import { mailOutEvents } from './mail-out.ts'

/** Everything that can happen. One shelf per module; names are past tense. */
export const events = { ...identityEvents, ...customerEvents, ...channelEvents, ...mailEvents, ...conversationEvents, ...mailOutEvents }

export type EventName = keyof typeof events
export type EventData<N extends EventName> = z.infer<(typeof events)[N]['data']>
