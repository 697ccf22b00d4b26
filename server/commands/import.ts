import { CannotStart } from '../../database/cannot-start.ts'
import { NoMailbox } from '../../domain/channels/index.ts'
import { receiveEmail } from '../../domain/conversations/index.ts'
import type { Actor } from '../../kernel/context.ts'
import { type Engine, stepsOf } from '../../kernel/transact.ts'
import { type Mailbox, type MailboxKind, mailboxKinds, openMailbox } from '../outside/mailboxes.ts'
import { type Progress, showProgress } from './progress.ts'

/** What importing needs of the instance; `say` prints a line. */
export type ImportParts = { engine: Engine; settings: { mailSizeLimit: number }; say: (line: string) => void }

/** How the mails of a mailbox ended up. */
export type Counts = Record<'started' | 'appended' | 'duplicates' | 'automatic' | 'quarantined' | 'deleted' | 'tooLarge', number>

const operator: Actor = { kind: 'system', id: 'command-line', permissions: new Set(), audience: null }
const usage = 'sinew import mbox FILE | sinew import eml FILE-OR-FOLDER | sinew import maildir FOLDER'
const hands = 4

/** Takes in a mailbox as history: nobody is told and nothing is sent. Run again, it only adds what is missing. */
export async function importMail(argv: string[], { engine, settings, say }: ImportParts): Promise<Counts> {
  const [kind, path, ...more] = argv
  if (!mailboxKinds.includes(kind as MailboxKind) || !path || more.length > 0) throw new CannotStart(`Use: ${usage}`)
  const mailbox = await openMailbox(kind as MailboxKind, path, settings.mailSizeLimit).catch((error) => {
    throw new CannotStart(`${path} cannot be read (${error.code ?? error.name}).`)
  })
  const counts: Counts = { started: 0, appended: 0, duplicates: 0, automatic: 0, quarantined: 0, deleted: 0, tooLarge: 0 }
  const progress = showProgress(say)
  try {
    await Promise.all(Array.from({ length: hands }, () => takeAll({ engine, mailbox, counts, progress })))
  } catch (error) {
    if (error instanceof NoMailbox) throw new CannotStart(`${path} is no mailbox file. ${error.message}`)
    say('Stopped by a failure. Run the same command again: it goes on where it stopped.')
    throw error
  } finally {
    progress.end()
  }
  for (const line of summary(counts)) say(line)
  return counts
}

type Work = { engine: Engine; mailbox: Mailbox; counts: Counts; progress: Progress }

// Several hands take from one pile: a generator gives each mail to one of them.
async function takeAll({ engine, mailbox, counts, progress }: Work): Promise<void> {
  for (;;) {
    const { value: mail, done } = await mailbox.mails.next()
    if (done) return
    if (mail.raw === null) counts.tooLarge++
    else {
      const arrival = { raw: mail.raw, via: 'import', historic: true, envelopeFrom: null, envelopeTo: [] } as const
      const { status, body } = await receiveEmail(stepsOf(engine, operator), { ...arrival, receivedAt: mail.receivedAt ?? undefined })
      counts[ended(status, body)]++
    }
    progress.step(mailbox.read() / Math.max(1, mailbox.size))
  }
}

function ended(status: number, { outcome, reason }: { outcome: string; reason?: string | undefined }): keyof Counts {
  if (status === 200) return 'duplicates'
  if (outcome === 'suppressed') return reason === 'deleted' ? 'deleted' : 'automatic'
  return outcome as 'started' | 'appended' | 'quarantined'
}

function summary(counts: Counts): string[] {
  const { deleted, tooLarge, ...usual } = counts
  const total = Object.values(counts).reduce((sum, it) => sum + it, 0)
  return [
    `${total} mails: ${Object.entries(usual)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ')}.`,
    ...(deleted > 0 ? [`${deleted} were deleted for good before and stay so.`] : []),
    ...(tooLarge > 0 ? [`${tooLarge} are larger than MAIL_SIZE_LIMIT and were left out.`] : []),
    ...(counts.quarantined > 0 ? ['What could not be read waits in quarantine.'] : []),
  ]
}
