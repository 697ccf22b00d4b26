import { z } from 'zod'
import { Time } from './paging.ts'

// Whatever may stand in an envelope, umlauts too; nothing that could begin another header or command.
const Recipient = z
  .string()
  .trim()
  .max(320)
  .regex(/^[^\s\p{C}<>()[\]",;:\\@]{1,64}@[^\s\p{C}<>()[\]",;:\\@]{1,255}$/u, 'This is no address mail can be sent to.')
const Recipients = z.array(Recipient).max(50)

/** A file that goes with a reply: one that is here already, by its id, or new bytes as base64. */
export const FileDraft = z.union([
  z.object({ id: z.uuid() }),
  z.object({
    filename: z.string().trim().min(1).max(200),
    contentType: z.string().regex(/^[\w.+-]{1,100}\/[\w.+-]{1,100}$/),
    content: z.base64(),
  }),
])
export type FileDraft = z.infer<typeof FileDraft>

/**
 * What a reply says beside its words. Without `to` and `cc` it goes to the customer, with `everyone` to all who take part.
 * It goes out after ten seconds, in which it can be withdrawn, or at `sendAt`.
 */
export const ReplyDraft = z.object({
  to: Recipients.optional(),
  cc: Recipients.optional(),
  everyone: z.boolean().optional(),
  attachments: z.array(FileDraft).max(20).optional(),
  quote: z.boolean().optional(),
  sendAt: Time.optional(),
  thenStatus: z.enum(['waiting', 'closed']).optional(),
})
