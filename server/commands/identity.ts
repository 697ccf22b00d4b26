import { parseArgs } from 'node:util'
import { type Scope, scopes } from '../../contract/permissions.ts'
import { CannotStart } from '../../database/cannot-start.ts'
import { createApiKey, removeSecondFactor } from '../../domain/identity/index.ts'
import type { Actor } from '../../kernel/context.ts'
import { type Engine, transact } from '../../kernel/transact.ts'
import type { SignIn } from '../outside/sign-in.ts'

/** What these commands need of the instance; `say` prints a line. */
export type CommandParts = { engine: Engine; signIn: () => Promise<SignIn>; say: (line: string) => void }

const operator: Actor = { kind: 'system', id: 'command-line', permissions: new Set(), audience: null }

const usage = {
  apiKey: `sinew api-key create --name NAME --scopes all, or some of ${scopes.join(',')}`,
  user: 'sinew user reset-link EMAIL | sinew user remove-second-factor EMAIL',
}

/** Makes an API key and prints it alone on the last line. Works before set-up. */
async function apiKey(argv: string[], { engine, say }: CommandParts): Promise<void> {
  const { positionals, values } = parsed(argv, usage.apiKey)
  if (positionals.join() !== 'create' || !values.name || !values.scopes) throw new CannotStart(`Use: ${usage.apiKey}`)
  const asked = { name: values.name, scopes: scopesOf(values.scopes) }
  const { key, scopes: given } = await transact(engine, operator, (ctx) => createApiKey(ctx, asked))
  say(`A key to ${given.join(', ')}. It is told only here:`)
  say(key)
}

/** What an operator does for somebody who cannot come in. */
async function user(argv: string[], { engine, signIn, say }: CommandParts): Promise<void> {
  const { positionals } = parsed(argv, usage.user)
  const [deed, email] = positionals
  if (!email || positionals.length !== 2) throw new CannotStart(`Use: ${usage.user}`)
  const nobody = new CannotStart(`Nobody signs in here with the address ${email}.`)
  if (deed === 'reset-link') {
    const link = await (await signIn()).resetLink(email)
    if (!link) throw nobody
    say('Good for one hour and for one new password:')
    say(link)
  } else if (deed === 'remove-second-factor') {
    if (!(await transact(engine, operator, (ctx) => removeSecondFactor(ctx, email)))) throw nobody
    say('From now on the password alone is asked for.')
  } else throw new CannotStart(`Use: ${usage.user}`)
}

function scopesOf(text: string): Scope[] {
  if (text === 'all') return [...scopes]
  const asked = text.split(',').map((it) => it.trim())
  const unknown = asked.find((it) => !scopes.includes(it as Scope))
  if (unknown !== undefined) throw new CannotStart(`There is no scope "${unknown}": use all, or some of ${scopes.join(', ')}.`)
  return asked as Scope[]
}

function parsed(argv: string[], says: string) {
  try {
    return parseArgs({ args: argv, allowPositionals: true, options: { name: { type: 'string' }, scopes: { type: 'string' } } })
  } catch {
    throw new CannotStart(`Use: ${says}`)
  }
}

export const commands = { 'api-key': apiKey, user }
