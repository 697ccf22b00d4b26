import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asKey, asPerson, clientOf } from './client.ts'
import { measureLive } from './live.ts'
import { readOptions, resultsFolder } from './options.ts'
import { checkPlans } from './plans.ts'
import { processorOf } from './processor.ts'
import { measureConversation, measureCounts, measureInbox } from './reads.ts'
import { headLine, lineOf, type Row } from './report.ts'
import { measureRest } from './rest.ts'
import type { Bench } from './rows.ts'
import { startServer } from './server.ts'
import { openStage, signIn } from './stage.ts'
import { measureCreate, measureMail, measureNote, measureStatus } from './writes.ts'

// Reads come first, on the seed as it was loaded; then what writes.
const measurements: Record<string, (bench: Bench) => Promise<void>> = {
  plans: checkPlans,
  inbox: measureInbox,
  conversation: measureConversation,
  counts: measureCounts,
  live: measureLive,
  status: measureStatus,
  note: measureNote,
  create: measureCreate,
  mail: measureMail,
}

const options = readOptions(process.argv.slice(2))
const names = [...Object.keys(measurements), 'rest']
const unknown = options.only.find((it) => !names.includes(it))
if (unknown) {
  console.error(`There is no measurement "${unknown}": ${names.join(', ')}.`)
  process.exit(1)
}
const wanted = (name: string) => options.only.length === 0 || options.only.includes(name)
const rows: Row[] = []
const tell = (row: Row) => {
  rows.push(row)
  console.log(lineOf(row))
}

const stage = await openStage(options)
const closing = [stage.close]
const { conversations, messages } = stage.counted
console.log(`\n${conversations} conversations, ${messages} messages; ${options.rounds} rounds of ${options.seconds} s each\n${headLine()}`)
try {
  const server = await startServer(options.dataDir, options)
  closing.unshift(server.stop)
  const cookie = await signIn(server, stage.manifest)
  const person = clientOf(server.port, asPerson(cookie, server.port))
  const program = clientOf(server.port, asKey(stage.manifest.key))
  const { rows: keys } = await stage.pool.query<{ key: string }>(`select 'team:' || team_id as key from memberships where person_id = $1`, [
    stage.manifest.personId,
  ])
  const audience = ['house', `person:${stage.manifest.personId}`, ...keys.map((it) => it.key)]
  const floor = { pool: stage.pool, audience, personId: stage.manifest.personId }
  const bench: Bench = {
    options,
    stage,
    server,
    person,
    program,
    floor,
    tell,
    used: await processorOf(stage.pool, server.pid),
    run: Date.now().toString(36),
  }
  for (const [name, measure] of Object.entries(measurements)) if (wanted(name)) await measure(bench)
} finally {
  for (const close of closing) await close()
}
if (wanted('rest')) await measureRest(options, tell)

const missed = rows.flatMap((row) => row.targets.filter((it) => !it.met).map((it) => `${row.name}: ${it.says}`))
mkdirSync(resultsFolder, { recursive: true })
const file = join(resultsFolder, `bench-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`)
writeFileSync(
  file,
  JSON.stringify({ at: new Date(), seed: stage.counted, measurement: !options.quick, rounds: options.rounds, rows, missed }, null, 2),
)
console.log(`\n${missed.length === 0 ? 'Every target is met.' : `Missed:\n  ${missed.join('\n  ')}`}\nWritten to ${file}`)
if (options.quick) console.log('This was a quick run on a small seed: it shows that the bench runs, and is not a measurement.')
process.exit(missed.length > 0 && !options.quick ? 1 : 0)
