import { parseArgs } from 'node:util'
import { CannotStart } from '../database/cannot-start.ts'
import { asSettings, readSettings, type Settings, settingFlags } from './settings.ts'

/** The arguments of a command: its own, and the settings given as flags. */
export function apart(args: string[]): { own: string[]; flags: string[] } {
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

/** The settings of the environment and these flags. Any other argument is refused. */
export function settingsOf(args: string[]): Settings {
  const options = Object.fromEntries(settingFlags.map((flag) => [flag, { type: 'string' } as const]))
  try {
    return readSettings(asSettings(parseArgs({ args, options, strict: true }).values))
  } catch (error) {
    if (error instanceof TypeError) throw new CannotStart(error.message.replace(/\. To specify.*/s, '.'))
    throw error
  }
}

/** The processes named by the launcher's `--watch=1,2`: when one of them ends, so does the server. */
export function keepersOf(own: string[]): number[] {
  const watched = own.find((arg) => arg.startsWith('--watch='))
  const unknown = own.find((arg) => arg !== watched)
  if (unknown !== undefined) throw new CannotStart(`Unknown argument ${unknown}: see bin/sinew help.`)
  return watched ? watched.slice('--watch='.length).split(',').map(Number) : []
}
