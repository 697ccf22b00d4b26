import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server'
import { counted, type SmtpLimits, usualLimits } from './smtp-limits.ts'

/** A mail as it came over the wire: who said they sent it, to whom, from which machine, and the bytes. */
export type Delivered = { raw: Uint8Array; from: string; to: string[]; remoteAddress: string }

/** Says no in SMTP. 4xx asks the sender to try again later, 5xx not to. */
export class SmtpRefusal extends Error {
  readonly responseCode: number
  constructor(responseCode: number, sentence: string) {
    super(sentence)
    this.responseCode = responseCode
  }
}

export type SmtpNeeds = {
  name: string
  sizeLimit: number
  limits?: SmtpLimits
  /** Whether an address is our own machine, which may connect as often as it likes. */
  isHere(address: string): boolean
  /** Throws an SmtpRefusal when mail to this address is not taken. */
  accepts(address: string, remoteAddress: string): Promise<void>
  /** Resolves when the mail is safe: only then the sender is told 250. */
  deliver(mail: Delivered): Promise<void>
  failed(error: unknown): void
}

/** Each mail may hold so many bytes whatever the others do; beyond that, all together so many times the largest one. */
const spared = 256 * 1024
const mostTogether = 4

/** Our side of SMTP: takes mail for addresses we know, and promises nothing before it is kept. */
export function smtpServer({ name, sizeLimit, limits = usualLimits, isHere, accepts, deliver, failed }: SmtpNeeds): SMTPServer {
  const together = heldTogether(sizeLimit * mostTogether)
  const server = new SMTPServer({
    name,
    banner: 'Sinew',
    size: sizeLimit,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    maxClients: 200,
    socketTimeout: 120_000,
    closeTimeout: 8_000,
    logger: false,
    ...door(limits, isHere),
    onRcptTo: ({ address }, session, done) => {
      const full = session.envelope.rcptTo.length >= limits.recipients
      ;(full ? Promise.reject(tooManyRecipients) : accepts(address, session.remoteAddress)).then(
        () => done(),
        (error) => done(spoken(error, failed)),
      )
    },
    onData: (stream, session, done) => {
      const held = together()
      const late = setTimeout(hangUp, limits.dataTime, server, session)
      take(stream, session, { sizeLimit, held })
        .finally(() => clearTimeout(late))
        .then(deliver)
        .finally(held.release)
        .then(
          () => done(null, 'Kept'),
          (error) => done(spoken(error, failed)),
        )
    },
  })
  server.on('error', failed)
  return server
}

const tooManyRecipients = new SmtpRefusal(452, 'Too many recipients for one mail, send the rest in another')

function door(limits: SmtpLimits, isHere: SmtpNeeds['isHere']): Pick<SMTPServerOptions, 'onConnect' | 'onClose'> {
  const connections = counted(limits.connections)
  return {
    onConnect: ({ id, remoteAddress }, done) => {
      if (isHere(remoteAddress) || connections.enter(remoteAddress, id)) done()
      else done(new SmtpRefusal(421, 'Too many connections from your address, try again later'))
    },
    onClose: ({ id, remoteAddress }) => connections.leave(remoteAddress, id),
  }
}

// A byte now and then keeps a connection from ever being idle: only a clock ends such a mail.
function hangUp({ connections }: SMTPServer, session: SMTPServerSession): void {
  for (const it of connections) if (it.session === session) it.send(421, 'This mail took too long, try again later')
}

type Held = { hold(bytes: number): boolean; release(): void }

/** Counts what all mails on their way in hold in memory, so that many large ones at once cannot take all of it. */
function heldTogether(most: number): () => Held {
  let all = 0
  return () => {
    let own = 0
    const hold = (bytes: number) => {
      if (own + bytes > spared && all + bytes > most) return false
      all += bytes
      own += bytes
      return true
    }
    const release = () => {
      all -= own
      own = 0
    }
    return { hold, release }
  }
}

type Taking = { sizeLimit: number; held: Held }

async function take(stream: SMTPServerDataStream, session: SMTPServerSession, { sizeLimit, held }: Taking): Promise<Delivered> {
  let chunks: Buffer[] | null = []
  let size = 0
  // Read to the end even when it is too large: the sender hears the answer only after its last dot.
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (chunks && size <= sizeLimit && held.hold(chunk.length)) chunks.push(chunk)
    else {
      chunks = null
      held.release()
    }
  }
  if (size > sizeLimit) throw new SmtpRefusal(552, 'This mail is larger than what is taken here')
  if (!chunks) throw new SmtpRefusal(452, 'Too much mail arrives at once, try again later')
  const { mailFrom, rcptTo } = session.envelope
  return {
    raw: Buffer.concat(chunks),
    from: mailFrom ? mailFrom.address : '',
    to: rcptTo.map((it) => it.address),
    remoteAddress: session.remoteAddress,
  }
}

function spoken(error: unknown, failed: (error: unknown) => void): Error {
  if (error instanceof SmtpRefusal) return error
  failed(error)
  return new SmtpRefusal(451, 'This could not be kept just now, try again later')
}
