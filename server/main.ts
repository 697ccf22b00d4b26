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
