import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { root } from './sources.ts'

test('nothing lies about unused: no file, no export, no dependency', { timeout: 60_000 }, async () => {
  const program = join(root, 'node_modules', 'knip', 'bin', 'knip.js')
  const run = promisify(execFile)(process.execPath, [program, '--no-progress', '--treat-config-hints-as-errors'], { cwd: root })
  // It ends with a failing code when it finds something, and says what.
  const { stdout } = await run.catch((error: { stdout: string }) => error)
  expect(stdout.trim()).toBe('')
})
