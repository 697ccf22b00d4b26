import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { listEvents } from '../../contract/stream.ts'
import type { Actor, Tx } from '../../kernel/context.ts'
import type { LiveSource } from '../../kernel/live.ts'
import { permit } from '../../kernel/permission.ts'
import { Refusal } from '../../kernel/refusal.ts'
import { Nonsense } from '../http/refusals.ts'
import type { WhoIs } from '../http/serve.ts'
import type { Live, Viewer } from './live.ts'
import { pageOfEvents } from './page.ts'
import { parseWatch } from './watch.ts'

export type EventsNeeds = {
  db: Tx
  live: Live
  sources: readonly LiveSource[]
  /** Who asks, by session cookie or key; null when neither. Asked again while a stream is open. */
  whoIs: WhoIs
}

/** Serves `GET /api/v1/events`: a page of the log, or the live stream. */
export function serveEvents(app: FastifyInstance, needs: EventsNeeds): void {
  app.get(`/api/v1${listEvents.path}`, async (request, reply) => {
    const actor = await needs.whoIs(request)
    if (!actor) throw new Refusal('unauthenticated', 'not_signed_in', 'Sign in, or send an API key.')
    permit({ actor }, 'event.read')
    const { success, data: asked, error } = listEvents.query.safeParse(request.query)
    if (!success) throw new Nonsense('query', error)
    if (wantsStream(request)) return openStream(request, reply, { ...needs, actor, asked })
    return listEvents.returns.parse(await pageOfEvents({ tx: needs.db, actor }, needs.sources, asked))
  })
  app.addHook('preClose', () => needs.live.stop())
}

const wantsStream = ({ headers }: FastifyRequest) => headers.accept?.includes('text/event-stream') ?? false

/** A client that reads so slowly is cut off; it comes back with the mark of what it got. */
const mostUnsentBytes = 1_000_000

type Opening = EventsNeeds & { actor: Actor; asked: { after?: number | undefined; watch?: string | undefined } }

function openStream(request: FastifyRequest, reply: FastifyReply, { live, whoIs, actor, asked }: Opening): void {
  const watch = asked.watch === undefined ? null : parseWatch(asked.watch)
  const since = markOf(request) ?? asked.after
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  raw.flushHeaders()
  const viewer: Viewer = {
    actor,
    watch,
    send: (bytes) => {
      if (raw.writableLength > mostUnsentBytes) raw.destroy()
      else raw.write(bytes)
    },
    close: () => raw.end(),
    whoIs: () => whoIs(request).catch(orNobody),
  }
  raw.on('error', () => raw.destroy())
  raw.on('close', () => live.leave(viewer))
  live.join(viewer, since)
}

// Only a refusal says that somebody is nobody now; an outage of the database does not.
function orNobody(error: unknown): null {
  if (error instanceof Refusal) return null
  throw error
}

function markOf({ headers }: FastifyRequest): number | undefined {
  const mark = headers['last-event-id']
  return typeof mark === 'string' && /^\d{1,15}$/.test(mark) ? Number(mark) : undefined
}
