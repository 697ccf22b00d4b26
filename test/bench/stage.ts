import { createHash, createHmac, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { connect, urlOf } from '../../database/connect.ts'
import { type Embedded, startEmbedded } from '../../database/embedded.ts'
import { readMigrations } from '../../database/migrate.ts'
import { countSeed, type SeedSize, seedBench } from '../../database/seed/bench-seed.ts'
import { asPerson, clientOf } from './client.ts'
import type { Options } from './options.ts'
import { type Server, startServer } from './server.ts'

/** A data folder with the stated seed, its PostgreSQL running, and a pool like the server's own. */
export type Stage = { dataDir: string; pool: pg.Pool; url: string; manifest: Manifest; counted: SeedSize; close(): Promise<void> }

type Manifest = SeedSize & { made: string; email: string; password: string; personId: string; key: string }

/** Opens the data folder of the bench, made and seeded anew when it is missing or from other sources. */
export async function openStage(options: Options): Promise<Stage> {
  const { dataDir, seed } = options
  const known = readManifest(dataDir)
  if (known && known.made === fingerprint()) return enter(dataDir, seed, known)
  if (existsSync(dataDir)) {
    if (!existsSync(manifestFile(dataDir))) throw new Error(`${dataDir} is not a folder of the bench: name another by --data.`)
    rmSync(dataDir, { recursive: true })
  }
  console.log(`Seeding ${seed.conversations} conversations with ${seed.messages} messages into ${dataDir}; kept for the next run.`)
  mkdirSync(dataDir, { recursive: true, mode: 0o711 })
  writeFileSync(manifestFile(dataDir), '{}')
  const account = await setUp(dataDir, options)
  const embedded = await startEmbedded({ dataDir, as: 'tool' })
  const { pool } = connect(urlOf(embedded.connection))
  try {
    await seedBench(pool, seed, console.log)
  } finally {
    await pool.end()
    await embedded.stop()
  }
  const manifest = { ...seed, ...account, made: fingerprint() }
  writeFileSync(manifestFile(dataDir), JSON.stringify(manifest, null, 2))
  return enter(dataDir, seed, manifest)
}

async function enter(dataDir: string, stated: SeedSize, manifest: Manifest): Promise<Stage> {
  const embedded: Embedded = await startEmbedded({ dataDir, as: 'tool' })
  const url = urlOf(embedded.connection)
  const { pool } = connect(url)
  await clear(pool)
  const counted = await countSeed(pool)
  const close = async () => {
    await pool.end()
    await embedded.stop()
  }
  if (counted.conversations < stated.conversations || counted.messages < stated.messages) {
    await close()
    throw new Error(`The seed in ${dataDir} is smaller than stated (${JSON.stringify(counted)}): remove the folder to make it anew.`)
  }
  return { dataDir, pool, url, manifest, counted, close }
}

// What the run before left to do would be done during this one.
async function clear(pool: pg.Pool): Promise<void> {
  await pool.query(`update messages set authentication_state = 'none' where authentication_state = 'pending'`)
  await pool.query('delete from graphile_worker._private_jobs')
  await pool.query('delete from auth_sessions')
}

const manifestFile = (dataDir: string) => join(dataDir, 'bench-seed.json')

function readManifest(dataDir: string): Manifest | null {
  if (!existsSync(manifestFile(dataDir))) return null
  const manifest = JSON.parse(readFileSync(manifestFile(dataDir), 'utf8')) as Manifest
  return manifest.made ? manifest : null
}

// A seed is as good as the tables it was made for.
function fingerprint(): string {
  const seed = readFileSync(new URL('../../database/seed/bench.sql', import.meta.url))
  const hash = createHash('sha256').update(seed)
  for (const { sha256 } of readMigrations()) hash.update(sha256)
  return hash.digest('hex')
}

/** Sets an instance up as its first administrator does, and makes a key for programs. */
async function setUp(dataDir: string, options: Options) {
  const server = await startServer(dataDir, { ...options, profile: null })
  try {
    const email = 'bench@staff.example'
    const password = 'only for the bench'
    const token = new URL(server.setupLink ?? 'no:link').searchParams.get('token')
    const visitor = clientOf(server.port, asPerson('', server.port))
    const setting = { token, organisation: 'The bench', name: 'Bea Bench', email, password }
    const { personId } = (await visitor('/api/v1/setup', { method: 'POST', body: JSON.stringify(setting) })).json<{ personId: string }>()
    const person = clientOf(server.port, asPerson(await signIn(server, { email, password }), server.port))
    const asked = JSON.stringify({ name: 'bench', scopes: ['read', 'write', 'mail', 'import', 'admin'] })
    const { key } = (await person('/api/v1/api-keys', { method: 'POST', body: asked })).json<{ key: string }>()
    return { email, password, personId, key }
  } finally {
    await server.stop()
  }
}

/** Signs in and answers the cookie. */
export async function signIn(server: Server, { email, password }: { email: string; password: string }): Promise<string> {
  const origin = `http://localhost:${server.port}`
  const answer = await fetch(`${origin}/api/auth/staff/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin, 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ email, password }),
  })
  if (answer.status !== 200) throw new Error(`Signing in answered ${answer.status}: ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map((it) => it.split(';')[0])
    .join('; ')
}

/** Cookies of so many sessions of their own, as if so many browsers had signed in: signing in a thousand times takes a minute. */
export async function cookiesOf(stage: Stage, server: Server, count: number): Promise<string[]> {
  const [name = '', value = ''] = (await signIn(server, stage.manifest)).split('=')
  const [token = '', signature] = decodeURIComponent(value).split('.')
  const { staffAuth } = JSON.parse(readFileSync(join(stage.dataDir, 'secrets.json'), 'utf8')) as { staffAuth: string }
  const signed = (it: string) => createHmac('sha256', staffAuth).update(it).digest('base64')
  if (signed(token) !== signature) throw new Error('Sessions are signed in another way now: the bench has to learn it.')
  const tokens = Array.from({ length: count }, () => randomUUID())
  await stage.pool.query(
    `insert into auth_sessions (id, user_id, token, expires_at, created_at, updated_at)
     select gen_random_uuid(), user_id, fresh, now() + interval '1 day', now(), now() from auth_sessions, unnest($2::text[]) fresh where token = $1`,
    [token, tokens],
  )
  return tokens.map((it) => `${name}=${encodeURIComponent(`${it}.${signed(it)}`)}`)
}
