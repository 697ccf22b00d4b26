import { join, resolve } from 'node:path'
import { z } from 'zod'
import { CannotStart } from '../database/cannot-start.ts'

// The folder of the product: from server/ as from dist/ it is one up. Where somebody stands when they call us must not matter.
const root = join(import.meta.dirname, '..')

const port = z.coerce
  .number('must be a number')
  .int('must be a whole number')
  .min(0, 'must not be negative')
  .max(65_535, 'must be at most 65535')

const mebibytes = z.coerce.number('must be a number').positive('must be more than 0').max(1024, 'must be at most 1024')

const webAddress = z.url({ protocol: /^https?$/, error: 'must begin with http:// or https://' }).transform((url) => url.replace(/\/+$/, ''))

const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: 'must begin with postgresql://' })

const smtpUrl = z.url({ protocol: /^smtps?$/, error: 'must begin with smtp:// or smtps://' })

const mailAddress = z.email('must be an e-mail address')

const dkimSelector = z.string().regex(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/i, 'must be the name of a DNS record')

/** `true`, a number of proxies, or their addresses, as Fastify's `trustProxy` takes them. */
const proxies = z.string().transform((text): boolean | number | string[] => {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^\d+$/.test(text) ? Number(text) : text.split(',').map((address) => address.trim())
})

const schema = z.object({
  HOST: z.string().default('127.0.0.1').describe('The address HTTP and SMTP listen on. `0.0.0.0` opens them to the network.'),
  PORT: port.default(3000).describe('The port of the web server.'),
  SMTP_PORT: port.default(2525).describe('The port that takes incoming mail.'),
  BASE_URL: webAddress.optional().describe('The address people type. Without it: `http://localhost:PORT`.'),
  TRUST_PROXY: proxies
    .default(false)
    .describe('Behind a reverse proxy: how many proxies to believe, their addresses (comma-separated), or `true`.'),
  DATA_DIR: z
    .string()
    .default(join(root, 'data'))
    .transform((path) => resolve(path))
    .describe('The folder for the database, files and secrets.'),
  DATABASE_URL: postgresUrl.optional().describe('Your own PostgreSQL, 15 or newer. Without it Sinew brings one of its own.'),
  ROLE: z
    .enum(['all', 'web', 'worker'], 'must be all, web or worker')
    .default('all')
    .describe('What this process does: `web` answers people, `worker` does the jobs, `all` does both.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error')
    .default('info')
    .describe('How much to log: `debug`, `info`, `warn` or `error`.'),
  MAIL_SIZE_LIMIT: mebibytes.default(50).describe('The largest mail taken in, in MiB.'),
  SMTP_URL: smtpUrl
    .optional()
    .describe('The server mail goes out by: `smtp://user:password@host:587`, or `smtps://…:465`. Without it mail is written to `outbox`.'),
  MAIL_FROM: mailAddress.optional().describe('Who mail is from where no channel fits. Otherwise it is from the channel.'),
  MAIL_DKIM_SELECTOR: dkimSelector
    .optional()
    .describe('Signs mail that goes out with DKIM, under this selector. `bin/sinew dkim` prints the DNS record to publish.'),
})

// May hold a password, which must not appear where people look for mistakes.
const hushed = new Set(['SMTP_URL'])

export type Settings = {
  host: string
  port: number
  smtpPort: number
  baseUrl: string
  trustProxy: boolean | number | string[]
  dataDir: string
  databaseUrl: string | undefined
  role: 'all' | 'web' | 'worker'
  logLevel: 'debug' | 'info' | 'warn' | 'error'
  /** In bytes. */
  mailSizeLimit: number
  smtpUrl: string | undefined
  mailFrom: string | undefined
  dkimSelector: string | undefined
}

/** Reads and checks every setting. A flag wins over the environment: `--smtp-port 2526` is `SMTP_PORT=2526`. */
export function readSettings(flags: Record<string, string | undefined> = {}, environment: NodeJS.ProcessEnv = process.env): Settings {
  const given = { ...filled(environment), ...filled(flags) }
  const checked = schema.safeParse(given)
  if (!checked.success) {
    const [issue] = checked.error.issues
    const name = String(issue?.path[0])
    const seen = hushed.has(name) ? '' : ` (it is "${given[name]}")`
    throw new CannotStart(`The setting ${name} ${issue?.message}${seen}.`)
  }
  const found = checked.data
  return {
    host: found.HOST,
    port: found.PORT,
    smtpPort: found.SMTP_PORT,
    baseUrl: found.BASE_URL ?? `http://localhost:${found.PORT}`,
    trustProxy: found.TRUST_PROXY,
    dataDir: found.DATA_DIR,
    databaseUrl: found.DATABASE_URL,
    role: found.ROLE,
    logLevel: found.LOG_LEVEL,
    mailSizeLimit: found.MAIL_SIZE_LIMIT * 1024 * 1024,
    smtpUrl: found.SMTP_URL,
    mailFrom: found.MAIL_FROM,
    dkimSelector: found.MAIL_DKIM_SELECTOR,
  }
}

// An empty variable means the same as none: that is how compose files and shells unset one.
function filled(values: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])))
}

/** The names of all settings, as flags: `smtp-port`. */
export const settingFlags = Object.keys(schema.shape).map((name) => name.toLowerCase().replaceAll('_', '-'))

/** Flags under the names of their settings. */
export function asSettings(flags: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(flags).map(([flag, value]) => [flag.toUpperCase().replaceAll('-', '_'), value]))
}

/** The table of settings as it stands in docs/how/install.md. */
export function settingsTable(): string {
  const rows = Object.entries(schema.shape).map(([name, field]) => {
    const usual = field.safeParse(undefined).data
    return `| \`${name}\` | ${describeDefault(name, usual)} | ${field.description} |`
  })
  return ['| setting | default | meaning |', '|---|---|---|', ...rows].join('\n')
}

function describeDefault(name: string, usual: unknown): string {
  if (usual === undefined || usual === false) return 'none'
  return name === 'DATA_DIR' ? '`./data`' : `\`${usual}\``
}
