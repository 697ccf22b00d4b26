import { parseArgs } from 'node:util'
import { CannotStart } from '../database/cannot-start.ts'
import { asSettings, readSettings, type Settings, settingFlags } from './settings.ts'

type Command = { says: string; run: (args: string[]) => Promise<void> }

// Each command is loaded only when it is asked for: the running server stays small.
const commands: Record<string, Command> = {
  start: {
    says: 'run Sinew',
    run: async (args) => {
      const { start } = await import('./start.ts')
      await start(settingsOf(args), { watchParent: args.includes('--watch-parent') })
    },
  },
  migrate: {
    says: 'bring the database to this version',
    run: async (args) => {
      const { migrateCommand } = await import('./commands/migrate.ts')
      await migrateCommand(settingsOf(args))
    },
  },
  'api-key': { says: 'create a key for programs', run: (args) => identityCommand('api-key', args) },
  user: { says: 'help somebody who cannot come in', run: (args) => identityCommand('user', args) },
}

async function identityCommand(command: 'api-key' | 'user', args: string[]): Promise<void> {
  const [{ commands: known }, { withInstance }] = await Promise.all([import('./commands/identity.ts'), import('./commands/tool.ts')])
  const { own, flags } = apart(args)
  await withInstance(settingsOf(flags), (parts) => known[command](own, parts))
}

// A command takes its own arguments and, like `start`, any setting as a flag.
function apart(args: string[]): { own: string[]; flags: string[] } {
  const own: string[] = []
  const flags: string[] = []
  for (let at = 0; at < args.length; at++) {
    const name = args[at]?.replace(/^--/, '').split('=')[0] ?? ''
    const isSetting = args[at]?.startsWith('--') && settingFlags.includes(name)
    if (!isSetting) own.push(args[at] ?? '')
    else flags.push(args[at] ?? '', ...(args[at]?.includes('=') ? [] : [args[++at] ?? '']))
  }
  return { own, flags }
}

function settingsOf(args: string[]): Settings {
  const options = Object.fromEntries(settingFlags.map((flag) => [flag, { type: 'string' } as const]))
  try {
    const { values } = parseArgs({ args, options: { ...options, 'watch-parent': { type: 'boolean' } }, strict: true })
    const { 'watch-parent': _, ...flags } = values
    return readSettings(asSettings(flags as Record<string, string>))
  } catch (error) {
    if (error instanceof TypeError) throw new CannotStart(error.message.replace(/\. To specify.*/s, '.'))
    throw error
  }
}

function overview(): string {
  const lines = Object.entries(commands).map(([name, { says }]) => `  ${name.padEnd(10)}${says}`)
  return `bin/sinew <command>\n\n${lines.join('\n')}\n  test      check everything\n`
}

const [name = 'help', ...args] = process.argv.slice(2)
const command = commands[name]
try {
  if (command) await command.run(args)
  else if (name === 'help') console.log(overview())
  else throw new CannotStart(`There is no command "${name}": see bin/sinew help.`)
  process.exit()
} catch (error) {
  console.error(error instanceof CannotStart ? error.message : error)
  process.exit(1)
}
