import { bench, dev, serve, test, types } from './commands.mjs'
import { ensureNode24 } from './node24.mjs'
import { Stop } from './say.mjs'

const [command = 'start', ...args] = process.argv.slice(2)
const own = { test, dev, bench, types }

try {
  await ensureNode24()
  process.exitCode = await (own[command] ?? ((rest) => serve(command, rest)))(args)
} catch (error) {
  if (!(error instanceof Stop)) throw error
  console.error(error.message)
  process.exitCode = 1
}
