import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { CannotStart, onDisk } from '../database/cannot-start.ts'
import { makeDataFolder } from '../database/data-folder.ts'

const key = z.string().min(40)

const schema = z.object({
  /** Names this installation in cookies and message ids. Not secret, but as lasting as the rest. */
  instanceId: z.string().min(8),
  staffAuth: key,
  customerAuth: key,
  csrf: key,
  /** The first signs reply addresses, all are accepted. */
  replyAddress: z.array(key).min(1),
  /** Signs mail that goes out: an RSA key in PEM, whose public half is published in the DNS. */
  dkim: key,
})

const earlier = schema.omit({ dkim: true }).extend({ dkim: z.undefined().optional() })

export type Secrets = z.infer<typeof schema>

const newKey = () => randomBytes(32).toString('base64url')

const newSecrets = (): Secrets => ({
  instanceId: randomBytes(6).toString('hex'),
  staffAuth: newKey(),
  customerAuth: newKey(),
  csrf: newKey(),
  replyAddress: [newKey()],
  dkim: newDkimKey(),
})

const newDkimKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()

/** The keys of this installation, made on its first start and kept in the data folder, for its user's eyes only. */
export function readSecrets(dataDir: string): Promise<Secrets> {
  const path = join(dataDir, 'secrets.json')
  return onDisk(dataDir, () => {
    makeDataFolder(dataDir)
    return parse(path, completed(path, read(path) ?? create(path)))
  })
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return undefined
  }
}

// Written aside and linked into place: never half a file, and of two first starts at once only one makes the keys.
function create(path: string): string {
  const aside = `${path}.${process.pid}`
  writeFileSync(aside, `${JSON.stringify(newSecrets(), null, 2)}\n`, { mode: 0o600, flush: true })
  try {
    linkSync(aside, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(aside)
  }
  return readFileSync(path, 'utf8')
}

// Those of an earlier version lack the key that signs mail.
function completed(path: string, text: string): string {
  if (!earlier.safeParse(textAsJson(text)).success) return text
  const aside = `${path}.${process.pid}`
  const whole = { ...earlier.parse(textAsJson(text)), dkim: newDkimKey() }
  writeFileSync(aside, `${JSON.stringify(whole, null, 2)}\n`, { mode: 0o600, flush: true })
  renameSync(aside, path)
  return readFileSync(path, 'utf8')
}

function textAsJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function parse(path: string, text: string): Secrets {
  try {
    return schema.parse(JSON.parse(text))
  } catch {
    throw new CannotStart(`${path} is damaged: bring it back from a backup, because signatures and sessions depend on it.`)
  }
}
