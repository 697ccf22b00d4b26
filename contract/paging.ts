import { z } from 'zod'

/** Keyset paging: how many (1 to 100) and after which opaque mark. */
export const Paging = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  after: z.string().max(200).optional(),
})
export type Paging = z.infer<typeof Paging>

/** A page of items and the mark of the next page, null at the end. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() })

/** Moments leave as ISO 8601 in UTC. */
export const Time = z.iso.datetime()
