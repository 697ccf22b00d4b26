import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport, type SendMailOptions } from 'nodemailer'
import type { HandedOver, MailOut, OutgoingMail } from '../../kernel/instance.ts'
import { type Overheard, overhear } from './smtp-dialogue.ts'
import { writeWhole } from './write-whole.ts'

export type Signing = { selector: string; privateKey: string }
type Needs = { name: string; from: string | undefined; folder: string; dkim: Signing | null }

/** How long a server may take for one mail, in ms: well below what a claim on it lasts. */
const patience = { connectionTimeout: 20_000, greetingTimeout: 20_000, socketTimeout: 120_000, dnsTimeout: 20_000 }
const longest = 300_000

/** Hands mail to the server at `url`, or without one writes it to a folder, where its fate can be seen. */
export function mailOut(url: string | undefined, { name, from, folder, dkim }: Needs): MailOut {
  const sender = from === undefined ? null : { address: from, name: '' }
  const path = (id: string) => join(folder, `${id}.eml`)
  const remove = (id: string) => rm(path(id), { force: true })
  if (url === undefined) return { from: sender, remove, send: (mail) => written(mail, path(mail.id), dkim) }
  return { from: sender, remove, send: (mail) => sent(mail, { url, name, dkim }) }
}

async function sent(mail: OutgoingMail, { url, name, dkim }: { url: string; name: string; dkim: Signing | null }): Promise<HandedOver> {
  const heard = overhear(passwordOf(url))
  const wire = createTransport({
    url,
    name,
    ...securityFor(url),
    ...patience,
    logger: heard.logger,
    debug: true,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as object)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The server took too long.')), longest)
  })
  try {
    const { rejectedErrors = [] } = (await Promise.race([wire.sendMail(fieldsOf(mail, dkim)), late])) as { rejectedErrors?: SmtpError[] }
    return told(mail, rejectedErrors, heard)
  } catch (error) {
    const { rejectedErrors = [] } = error as SmtpError
    const all = mail.envelope.to.map((recipient) => ({ ...(error as SmtpError), message: (error as Error).message, recipient }))
    return told(mail, rejectedErrors.length === mail.envelope.to.length ? rejectedErrors : all, heard)
  } finally {
    clearTimeout(timer)
    wire.close()
  }
}

async function written(mail: OutgoingMail, path: string, dkim: Signing | null): Promise<HandedOver> {
  const composer = createTransport({
    streamTransport: true,
    buffer: true,
    newline: 'windows',
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const { message } = await composer.sendMail(fieldsOf(mail, dkim))
  const done = { accepted: mail.envelope.to, refused: [], written: true, dialogue: '' }
  try {
    await writeWhole(path, message as Buffer)
    return done
  } catch (error) {
    const said = `The outbox folder could not be written (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`
    return { ...done, accepted: [], refused: mail.envelope.to.map((address) => ({ address, said, forGood: false })) }
  }
}

function fieldsOf(mail: OutgoingMail, dkim: Signing | null): SendMailOptions {
  const bracketed = (id: string) => `<${id}>`
  return {
    from: mail.from,
    to: [...mail.to],
    cc: [...mail.cc],
    replyTo: mail.replyTo,
    subject: mail.subject,
    date: mail.date,
    messageId: bracketed(mail.mailId),
    ...(mail.inReplyTo === null ? {} : { inReplyTo: bracketed(mail.inReplyTo) }),
    ...(mail.references.length === 0 ? {} : { references: mail.references.map(bracketed) }),
    headers: { ...mail.headers },
    text: mail.text,
    html: mail.html,
    attachments: mail.attachments.map((it) => ({ ...it, content: Buffer.from(it.content), contentDisposition: 'attachment' as const })),
    envelope: { from: mail.envelope.from, to: [...mail.envelope.to] },
    // The same mail again has the same bytes.
    ...({ baseBoundary: mail.id } as object),
    ...(dkim && { dkim: { domainName: domainOf(mail.from.address), keySelector: dkim.selector, privateKey: dkim.privateKey } }),
  }
}

type SmtpError = {
  message: string
  code?: string
  response?: string
  responseCode?: number
  command?: string
  recipient?: string
  rejectedErrors?: SmtpError[]
}

function told(mail: OutgoingMail, errors: readonly SmtpError[], heard: Overheard): HandedOver {
  const about = (address: string) => errors.find((it) => comparable(it.recipient ?? '') === comparable(address))
  const refused = mail.envelope.to.flatMap((address) => {
    const error = about(address)
    return error ? [{ address, said: wordsOf(error, heard), forGood: isForGood(error) }] : []
  })
  const accepted = mail.envelope.to.filter((address) => !about(address))
  return { accepted, refused, written: false, dialogue: heard.text() }
}

/**
 * Whether a refusal is about this mail and its recipients, or only about us and our server, which somebody may put right:
 * a server that does not know our password says 5xx too.
 */
function isForGood({ responseCode = 0, command = '' }: SmtpError): boolean {
  const ours = [530, 534, 535, 538].includes(responseCode) || !/^(MAIL FROM|RCPT TO|DATA)$/.test(command)
  return responseCode >= 500 && !ours
}

const wordsOf = ({ response, message, code }: SmtpError, heard: Overheard) =>
  heard.hushed(response ?? `${code ?? ''} ${message}`.trim()).slice(0, 500)

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1)

// As a server says it back: the domain in its ASCII form.
function comparable(address: string): string {
  const domain = domainOf(address)
  return `${address.slice(0, -domain.length)}${URL.parse(`http://${domain}`)?.hostname ?? domain}`.toLowerCase()
}

const passwordOf = (url: string) => decodeURIComponent(new URL(url).password)

// A password goes over an encrypted line, or over none that leaves this machine.
function securityFor(url: string): object {
  const { protocol, hostname, username } = new URL(url)
  const stays = /^(localhost|127\.|\[::1\])/.test(hostname)
  return protocol === 'smtp:' && username !== '' && !stays ? { requireTLS: true } : {}
}
