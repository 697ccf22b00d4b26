import { CannotStart } from '../database/cannot-start.ts'
import { apart, keepersOf, settingsOf } from './flags.ts'

type Command = { says: string; run: (args: string[]) => Promise<void> }

// Each command is loaded only when it is asked for: the running server stays small.
const commands: Record<string, Command> = {
  start: {
    says: 'run Sinew',
    run: async (args) => {
      const { start } = await import('./start.ts')
      const { own, flags } = apart(args)
      await start(settingsOf(flags), keepersOf(own))
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
  import: {
    says: 'take in a mailbox: mbox, eml or maildir',
    run: async (args) => {
      const [{ importMail }, { withInstance }] = await Promise.all([import('./commands/import.ts'), import('./commands/tool.ts')])
      const { own, flags } = apart(args)
      await withInstance(settingsOf(flags), async (parts) => void (await importMail(own, parts)))
    },
  },
  dkim: {
    says: 'print the DNS record that belongs to the signature of mail',
    run: async (args) => {
      const { dkimCommand } = await import('./commands/dkim.ts')
      await dkimCommand(settingsOf(args))
    },
  },
  user: { says: 'help somebody who cannot come in', run: (args) => identityCommand('user', args) },
}

async function identityCommand(command: 'api-key' | 'user', args: string[]): Promise<void> {
  const [{ commands: known }, { withInstance }] = await Promise.all([import('./commands/identity.ts'), import('./commands/tool.ts')])
  const { own, flags } = apart(args)
  await withInstance(settingsOf(flags), (parts) => known[command](own, parts))
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
