import { setTimeout as pause } from 'node:timers/promises'
import { type Console, openConsole } from './console.ts'
import { median, percentile } from './drive.ts'
import { bareFanOut } from './fan-out.ts'
import { mailOf } from './mails.ts'
import { below, timesOf } from './report.ts'
import type { Bench } from './rows.ts'
import { cookiesOf } from './stage.ts'

/** A new message, seen by so many open consoles, each signed in by itself and reading its own stream. */
export async function measureLive(bench: Bench): Promise<void> {
  const viewers = bench.options.quick ? 100 : 1_000
  const messages = bench.options.quick ? 4 : 20
  const cookies = await cookiesOf(bench.stage, bench.server, viewers)
  const consoles: Console[] = []
  // One console in ten has the conversation open that the message comes into.
  for (const [at, cookie] of cookies.entries())
    consoles.push(await openConsole(bench.server.port, { cookie, opened: at % 10 === 0 ? '' : null }))
  const shown: number[] = []
  const arrivals: number[] = []
  const calms: number[] = []
  let frameBytes = 0
  for (let turn = 0; turn < messages; turn++) {
    const seen = await tell(bench, consoles, turn)
    frameBytes = seen.bytes
    arrivals.push(...seen.after)
    shown.push(Math.max(...seen.after))
    calms.push(await calm(consoles))
  }
  const asked = consoles.reduce((sum, it) => sum + it.asked(), 0) / viewers / messages
  const failed = consoles.reduce((sum, it) => sum + it.failed(), 0)
  for (const it of consoles) it.close()
  for (const size of [250, frameBytes]) {
    const bare = await bareFanOut(viewers, messages, size)
    bench.tell(
      timesOf(
        `floor: ${size} bytes to ${viewers} bare streams`,
        bare.sort((a, b) => a - b),
      ),
    )
  }
  const row = timesOf(
    `a new message on all of ${viewers} consoles`,
    shown.sort((a, b) => a - b),
  )
  const each = percentile(
    arrivals.sort((a, b) => a - b),
    0.95,
  )
  bench.tell({
    ...row,
    targets: [below('p95', row.p95, 300, ' ms'), below('requests caused per viewer', asked, 1.2)],
    note: `until the last console has it, from handing the mail in (so from before its commit); p95 of each console ${each.toFixed(0)} ms; the requests it caused were all answered after ${Math.max(...calms).toFixed(0)} ms at most, ${failed} failed`,
  })
}

// The next message waits until what the one before caused is answered: this measures a message, not a flood.
async function calm(consoles: readonly Console[]): Promise<number> {
  const began = performance.now()
  while (consoles.some((it) => it.busy())) await pause(20)
  const took = performance.now() - began
  await pause(500)
  return took
}

// A new conversation and an answer in turns, from customers we know.
async function tell(bench: Bench, consoles: Console[], turn: number) {
  const answering = turn % 2 === 1
  const began = performance.now()
  const raw = mailOf(`${bench.run}live`, turn, answering ? turn - 1 : undefined)
  const known = Buffer.from(raw.toString().replace(/writer\d+\.\S+@sender\.example/, `customer${turn + 1 - (turn % 2)}@mail.example`))
  const heard = consoles.map((it) => it.next(began))
  const answer = await bench.program('/api/v1/inbound/email', { method: 'POST', type: 'message/rfc822', body: known })
  const { conversation } = answer.json<{ conversation: { id: string } }>()
  if (!answering) for (const it of consoles) it.show(conversation.id)
  const all = await Promise.race([Promise.all(heard), pause(10_000)])
  if (!all) throw new Error('A console never heard of a message.')
  return { after: all.map((it) => it.after), bytes: median(all.map((it) => it.bytes)) }
}
