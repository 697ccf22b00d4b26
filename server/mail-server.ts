import { findChannelFor, hasMailChannel } from '../domain/channels/index.ts'
import { receiveEmail } from '../domain/conversations/index.ts'
import { look, stepsOf } from '../kernel/transact.ts'
import { systemActor } from './jobs/actor.ts'
import { SmtpRefusal, smtpServer } from './outside/smtp.ts'
import type { Flowing, Running } from './parts.ts'

const loopback = /^(127\.|::1$|::ffff:127\.)/

/** Takes mail over SMTP: for the addresses of our channels, and before there is any, whatever this machine itself sends. */
export async function startMailServer({ settings, engine, log }: Flowing): Promise<Running> {
  const actor = systemActor('smtp')
  const server = smtpServer({
    name: new URL(settings.baseUrl).hostname,
    sizeLimit: settings.mailSizeLimit,
    isHere: (address) => loopback.test(address),
    accepts: async (address, remoteAddress) => {
      const known = await look(engine, actor, ({ tx }) => findChannelFor(tx, [address]))
      if (known) return
      const open = loopback.test(remoteAddress) && !(await look(engine, actor, ({ tx }) => hasMailChannel(tx)))
      if (!open) throw new SmtpRefusal(550, 'There is no such address here')
    },
    deliver: async (mail) => {
      const { raw, from, to, remoteAddress } = mail
      await receiveEmail(stepsOf(engine, actor), { raw, via: 'smtp', envelopeFrom: from, envelopeTo: to, remoteAddress })
    },
    failed: (error) =>
      log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'A mail could not be taken; its sender was told to try again.'),
  })
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(settings.smtpPort, settings.host, resolve)
  })
  return {
    name: 'The mail server',
    lines: [`Mail is taken at smtp://${settings.host === '127.0.0.1' ? 'localhost' : settings.host}:${settings.smtpPort}`],
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}
