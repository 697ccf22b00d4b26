import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A mail as the outside took it. */
export type Taken = { from: string; to: string[]; raw: string }

type Answer = number | undefined

/** The outside world: a real SMTP server, that takes mail or says no as a test tells it. */
export async function openPostOffice({ user, pass }: { user?: string; pass?: string } = {}) {
  const taken: Taken[] = []
  const moods = {
    /** What it answers to a recipient; nothing means 250. */
    recipient: (_address: string): Answer => undefined,
    /** What it answers once it has the whole mail. */
    mail: (): Answer => undefined,
  }
  const no = (code: number) => Object.assign(new Error(code < 500 ? 'Try again later' : 'Not taken here'), { responseCode: code })
  const server = new SMTPServer({
    authOptional: user === undefined,
    allowInsecureAuth: true,
    disabledCommands: user === undefined ? ['AUTH', 'STARTTLS'] : ['STARTTLS'],
    logger: false,
    onAuth: (auth, _session, done) => (auth.username === user && auth.password === pass ? done(null, { user: 'ok' }) : done(no(535))),
    onRcptTo: ({ address }, _session, done) => {
      const code = moods.recipient(address)
      done(code === undefined ? null : no(code))
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const code = moods.mail()
        if (code !== undefined) return done(no(code))
        const from = envelope.mailFrom ? envelope.mailFrom.address : ''
        taken.push({ from, to: envelope.rcptTo.map((it) => it.address), raw: Buffer.concat(chunks).toString() })
        done(null, 'Taken')
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo
  const who = user === undefined ? '' : `${encodeURIComponent(user)}:${encodeURIComponent(pass ?? '')}@`
  return {
    taken,
    moods,
    url: `smtp://${who}127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

export type PostOffice = Awaited<ReturnType<typeof openPostOffice>>
