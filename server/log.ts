import { type Logger, pino } from 'pino'
import type { Settings } from './settings.ts'

export type Log = Logger

/** The log of this process: short lines for a person at a terminal, JSON for machines. Ids only, never a name or a text of anybody. */
export function openLog(level: Settings['logLevel'], out: NodeJS.WriteStream = process.stdout): Log {
  const options = { level, base: null }
  return out.isTTY ? pino(options, { write: (line: string) => out.write(readable(line)) }) : pino(options, out)
}

const words: Record<number, string> = { 20: 'debug ', 30: '', 40: 'warning: ', 50: 'error: ', 60: 'fatal: ' }

/** One JSON line of the log as a person would like to read it. */
export function readable(line: string): string {
  const { level, time, msg, err, ...facts } = JSON.parse(line)
  const clock = new Date(time).toTimeString().slice(0, 8)
  const rest = Object.entries(facts).map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
  const text = [msg ?? err?.message, ...rest].filter(Boolean).join('  ')
  const stack = err?.stack ? `\n${err.stack}` : ''
  return `${clock}  ${words[level] ?? ''}${text}${stack}\n`
}
